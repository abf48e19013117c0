#include "crosshead/exact/replacement_file.hpp"

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::exact {

ReplacementFile::ReplacementFile(const std::filesystem::path& path) : path_(path.string()) {
  static std::atomic<unsigned> count{0};
  temporary_ = path_ + ".partial-" + std::to_string(::getpid()) + "-" + std::to_string(count++);
  descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (descriptor_ < 0) fail(errno);
}

ReplacementFile::~ReplacementFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void ReplacementFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void ReplacementFile::commit() {
  // The data must be on disk before the name is, or a power cut could leave the name with nothing behind it.
  if (::fsync(descriptor_) != 0 && errno != EINVAL) fail(errno);
  const int closed = ::close(descriptor_);
  descriptor_ = -1;
  if (closed != 0 || std::rename(temporary_.c_str(), path_.c_str()) != 0) fail(errno);
  temporary_.clear();
}

void ReplacementFile::fail(int error) const {
  throw InputError(path_, "", std::string("cannot be written: ") + std::strerror(error));
}

void replace_file(const std::filesystem::path& path, std::string_view text) {
  ReplacementFile file(path);
  file.write(text);
  file.commit();
}

}  // namespace crosshead::exact

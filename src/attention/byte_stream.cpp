#include "byte_stream.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::attention {

using exact::InputError;

ByteFile::ByteFile(const std::filesystem::path& path) : name_(path.string()) {
  // Without O_NONBLOCK, opening a named pipe would wait for a writer before it could be refused.
  descriptor_ = ::open(name_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor_ < 0) throw InputError(name_, "", std::string("cannot be opened: ") + std::strerror(errno));
  struct stat status {};
  const bool regular = ::fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode);
  if (!regular) {
    ::close(descriptor_);
    throw InputError(name_, "", "is not a regular file; expected a tensor file");
  }
  size_ = static_cast<std::uint64_t>(status.st_size);
}

ByteFile::~ByteFile() {
  ::close(descriptor_);
}

void ByteFile::read(std::uint64_t offset, char* into, std::size_t length) const {
  if (offset > size_ || length > size_ - offset) {
    fail(offset,
         std::to_string(length) + " bytes expected here, but the file ends at byte " + std::to_string(size_));
  }
  while (length > 0) {
    const ssize_t got = ::pread(descriptor_, into, length, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(offset, std::string("cannot be read: ") + std::strerror(errno));
    if (got == 0) fail(offset, "the file became shorter while it was read");
    into += got;
    offset += static_cast<std::uint64_t>(got);
    length -= static_cast<std::size_t>(got);
  }
}

std::string ByteFile::bytes(std::uint64_t offset, std::size_t length) const {
  if (offset > size_ || length > size_ - offset) read(offset, nullptr, length);
  std::string result(length, '\0');
  read(offset, result.data(), length);
  return result;
}

void ByteFile::fail(std::uint64_t offset, const std::string& message) const {
  throw InputError(name_, "byte " + std::to_string(offset), message);
}

void ByteStream::read(char* into, std::size_t length) {
  if (length > remaining()) {
    fail(position_, std::to_string(length) + " bytes expected here, but only " + std::to_string(remaining()) +
                        " are left");
  }
  fetch(into, length);
  position_ += length;
}

std::string ByteStream::bytes(std::size_t length) {
  if (length > remaining()) read(nullptr, length);
  std::string result(length, '\0');
  read(result.data(), length);
  return result;
}

void ByteStream::skip(std::uint64_t length) {
  if (length > remaining()) read(nullptr, length);
  if (seekable()) {
    position_ += length;
    return;
  }
  constexpr std::uint64_t kBlock = std::uint64_t{1} << 16;
  std::string block;
  for (; length > 0; length -= block.size()) {
    block.resize(std::min(length, kBlock));
    read(block.data(), block.size());
  }
}

void ByteStream::finish() {
  if (remaining() > 0)
    fail(position_, std::to_string(remaining()) + " bytes too many; expected the end here");
  check_end();
}

void ByteStream::fail(std::uint64_t offset, const std::string& message) const {
  throw InputError(file_, (part_.empty() ? "" : part_ + ", ") + "byte " + std::to_string(offset), message);
}

namespace {

class FileRange final : public ByteStream {
 public:
  FileRange(std::shared_ptr<const ByteFile> file, std::uint64_t begin, std::uint64_t length, std::string part)
      : ByteStream(file->name(), std::move(part), length), file_(std::move(file)), begin_(begin) {}

 private:
  void fetch(char* into, std::size_t length) override { file_->read(begin_ + position(), into, length); }
  bool seekable() const override { return true; }

  std::shared_ptr<const ByteFile> file_;
  std::uint64_t begin_;
};

}  // namespace

std::unique_ptr<ByteStream> stream_of(std::shared_ptr<const ByteFile> file, std::uint64_t begin,
                                      std::uint64_t length, std::string part) {
  return std::make_unique<FileRange>(std::move(file), begin, length, std::move(part));
}

}  // namespace crosshead::attention

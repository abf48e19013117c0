// Journals on disk. One write and one fsync make a batch of records durable; what a crash can leave is a
// beginning of the batch, whose last record may be torn.
#include "crosshead/search/journal.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::search {
namespace {

using exact::InputError;

/// Opens a regular file to read. Others, such as /dev/zero, may have no end.
std::ifstream open_to_read(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) throw InputError(path.string(), "", "there is no such journal");
  if (!std::filesystem::is_regular_file(status)) {
    throw InputError(path.string(), "", "this is no regular file; expected a journal of a search");
  }
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw InputError(path.string(), "", std::string("cannot be read: ") + std::strerror(errno));
  return stream;
}

/// A line up to its newline; nothing, with what is left in `line`, if there is none.
bool read_line(std::ifstream& stream, std::string& line, const std::string& file) {
  const bool whole = static_cast<bool>(std::getline(stream, line)) && !stream.eof();
  if (stream.bad()) throw InputError(file, "", "cannot be read to its end");
  return whole;
}

/// Makes the name of a new file durable.
void sync_folder(const std::filesystem::path& path) {
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

JournalReader::JournalReader(const std::filesystem::path& path)
    : file_(path.string()), stream_(open_to_read(path)) {
  // A file that is no journal is told from its first bytes, however long its first line may be.
  constexpr std::string_view kBeginning = "{\"journal\":";
  std::string line(kBeginning.size(), '\0'), rest;
  stream_.read(line.data(), static_cast<std::streamsize>(line.size()));
  line.resize(static_cast<std::size_t>(stream_.gcount()));
  if (line != kBeginning.substr(0, line.size())) header_ = parse_header_line(line, file_);  // complains
  if (line.size() < kBeginning.size() || !read_line(stream_, rest, file_)) {
    throw InputError(file_, "byte 0", "the journal ends within its first line: nothing is journalled");
  }
  line += rest;
  header_ = parse_header_line(line, file_);
  text_.emplace(header_);
  plan_.emplace(header_.plan());
  seen_.emplace(*plan_);
  offset_ = line.size() + 1;
}

std::optional<ShardResult> JournalReader::next(const SystemSpace& space) {
  std::string line;
  if (!read_line(stream_, line, file_)) {
    torn_ = line.size();
    return std::nullopt;
  }
  ShardResult record = text_->parse(space, line, file_, offset_);
  const std::uint64_t number = plan_->number_of(record.shard);
  const auto refuse = [&](const std::string& what) {
    throw InputError(file_, "byte " + std::to_string(offset_),
                     "the record of ranks " + std::to_string(record.shard.first) + " to " +
                         std::to_string(record.shard.first + record.shard.count - 1) + what);
  };
  if (number == plan_->shards()) refuse(" is no shard of the journal's search");
  if (!plan_->in_part(number)) refuse(" does not belong to the journal's part " + to_string(plan_->part()));
  if (!seen_->insert(number)) refuse(" is there twice");
  offset_ += line.size() + 1;
  return record;
}

JournalWriter::JournalWriter(const std::filesystem::path& path, const JournalHeader& header, int flags)
    : file_(path.string()), text_(header) {
  constexpr int kMode = 0666;
  descriptor_ = ::open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC | flags, kMode);
  if (descriptor_ < 0 && errno == EEXIST) {
    throw exact::UsageError("the journal " + file_ + " exists already; --resume continues it");
  }
  if (descriptor_ < 0) fail("cannot be opened to write", errno);
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
  const int error = errno;
  ::close(descriptor_);
  if (error == EWOULDBLOCK) throw InputError(file_, "", "the journal is in use by another process");
  fail("cannot be locked", error);
}

JournalWriter::JournalWriter(JournalWriter&& other) noexcept
    : file_(std::move(other.file_)),
      text_(other.text_),
      descriptor_(other.descriptor_),
      length_(other.length_) {
  other.descriptor_ = -1;
}

JournalWriter::~JournalWriter() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

JournalWriter JournalWriter::begin(const std::filesystem::path& path, const JournalHeader& header) {
  JournalWriter journal(path, header, O_CREAT | O_EXCL);
  journal.write(header_line(header));
  sync_folder(path);
  return journal;
}

JournalWriter JournalWriter::resume(const std::filesystem::path& path, const JournalHeader& header,
                                    const SystemSpace& space, std::vector<ShardResult>& records,
                                    std::uint64_t& torn_bytes) {
  std::ifstream stream = open_to_read(path);
  JournalWriter journal(path, header, 0);
  const std::string first = header_line(header);
  std::string begin(first.size(), '\0');
  stream.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  begin.resize(static_cast<std::size_t>(stream.gcount()));
  if (begin.size() < first.size() && first.compare(0, begin.size(), begin) == 0) {
    torn_bytes = begin.size();
    if (::ftruncate(journal.descriptor_, 0) != 0) journal.fail("cannot be cut", errno);
    journal.write(first);
    return journal;
  }
  JournalReader reader(path);
  expect_same_search(header, reader.header(), journal.file_);
  if (reader.header().part != header.part) {
    throw InputError(journal.file_, "",
                     "the journal is of part " + to_string(reader.header().part) +
                         " of this search, expected part " + to_string(header.part));
  }
  while (auto record = reader.next(space)) records.push_back(std::move(*record));
  torn_bytes = reader.torn_bytes();
  journal.length_ = reader.intact_bytes();
  if (torn_bytes > 0 && ::ftruncate(journal.descriptor_, static_cast<off_t>(journal.length_)) != 0) {
    journal.fail("cannot be cut", errno);
  }
  return journal;
}

void JournalWriter::append(const SystemSpace& space, const std::vector<ShardResult>& records) {
  std::string lines;
  for (const ShardResult& record : records) lines += text_.line(space, record);
  if (!lines.empty()) write(lines);
}

void JournalWriter::write(std::string_view bytes) {
  const std::uint64_t length = length_ + bytes.size();
  int error = 0;
  while (!bytes.empty() && error == 0) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      error = errno;
    }
  }
  if (error == 0 && ::fsync(descriptor_) != 0 && errno != EINVAL) error = errno;
  if (error != 0) {
    // Should this fail as well, a torn record stays, which the next reader drops.
    [[maybe_unused]] const int ignored = ::ftruncate(descriptor_, static_cast<off_t>(length_));
    fail("cannot be written (its first " + std::to_string(length_) + " bytes are in order)", error);
  }
  length_ = length;
}

void JournalWriter::fail(const std::string& what, int error) const {
  throw InputError(file_, "", "the journal " + what + ": " + std::strerror(error));
}

}  // namespace crosshead::search

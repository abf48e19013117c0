#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace crosshead::attention {

/// A regular file opened for reading at any offset. Its size is taken once, when it is opened; every read is
/// checked against it, so no length found inside the file can make a reader allocate more than the file
/// really holds. Reads are thread-safe. Throws exact::InputError when the file cannot be opened, is not a
/// regular file, or shrinks.
class ByteFile {
 public:
  explicit ByteFile(const std::filesystem::path& path);
  ~ByteFile();
  ByteFile(const ByteFile&) = delete;
  ByteFile& operator=(const ByteFile&) = delete;

  const std::string& name() const { return name_; }
  std::uint64_t size() const { return size_; }
  /// `length` bytes from `offset`; the range must lie inside the file.
  void read(std::uint64_t offset, char* into, std::size_t length) const;
  std::string bytes(std::uint64_t offset, std::size_t length) const;
  /// Throws InputError(name, "byte <offset>", message).
  [[noreturn]] void fail(std::uint64_t offset, const std::string& message) const;

 private:
  std::string name_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

/// Bytes of known number read from first to last: a range of a file, or one entry of a zip archive.
class ByteStream {
 public:
  ByteStream(std::string file, std::string part, std::uint64_t length)
      : file_(std::move(file)), part_(std::move(part)), length_(length) {}
  virtual ~ByteStream() = default;
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  std::uint64_t length() const { return length_; }
  std::uint64_t position() const { return position_; }
  std::uint64_t remaining() const { return length_ - position_; }
  /// The next `length` bytes, or InputError.
  void read(char* into, std::size_t length);
  std::string bytes(std::size_t length);
  /// Passes over the next `length` bytes, unread where the stream can; what `finish` checks is then unknown.
  void skip(std::uint64_t length);
  /// Call after the last byte: checks what can only be known there (a zip entry's CRC, the end of its
  /// compression).
  void finish();
  /// Throws InputError(file, "<part>, byte <offset>", message), the offset counted within this stream.
  [[noreturn]] void fail(std::uint64_t offset, const std::string& message) const;

 protected:
  virtual void fetch(char* into, std::size_t length) = 0;
  virtual void check_end() {}
  /// Whether `fetch` follows position(), so that bytes may be left out.
  virtual bool seekable() const { return false; }

 private:
  std::string file_;
  std::string part_;
  std::uint64_t length_;
  std::uint64_t position_ = 0;
};

/// Bytes [begin, begin + length) of a file. `part` names the range in messages ("" for the whole file).
std::unique_ptr<ByteStream> stream_of(std::shared_ptr<const ByteFile> file, std::uint64_t begin,
                                      std::uint64_t length, std::string part);

}  // namespace crosshead::attention

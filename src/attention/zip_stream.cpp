// Content of a zip entry as a stream. Stored bytes pass through; deflated ones go through zlib a block at a
// time. The number of bytes handed out never exceeds the size declared, whatever the compressed data would
// give.

#include <algorithm>

#include "quoted_text.hpp"
#include "zip_archive.hpp"
#include <zlib.h>

namespace crosshead::attention {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 16;

class ZipStream : public ByteStream {
 public:
  ZipStream(std::shared_ptr<const ByteFile> file, const ZipEntry& entry)
      : ByteStream(file->name(), "entry " + in_quotes(entry.name), entry.uncompressed),
        file_(std::move(file)),
        entry_(entry) {}

 protected:
  void fetch(char* into, std::size_t length) final {
    produce(into, length);
    for (std::size_t done = 0; done < length;) {
      const std::size_t part = std::min<std::size_t>(length - done, std::size_t{1} << 30);
      crc_ = ::crc32(crc_, reinterpret_cast<const Bytef*>(into + done), static_cast<uInt>(part));
      done += part;
    }
  }

  void check_end() override {
    if (crc_ != entry_.crc) fail(length(), "the CRC does not match; the content is damaged");
  }

  bool seekable() const override { return !entry_.deflated; }

  virtual void produce(char* into, std::size_t length) {
    file_->read(entry_.data + position(), into, length);
  }

  std::shared_ptr<const ByteFile> file_;
  ZipEntry entry_;

 private:
  uLong crc_ = ::crc32(0, nullptr, 0);
};

class InflatingStream final : public ZipStream {
 public:
  InflatingStream(std::shared_ptr<const ByteFile> file, const ZipEntry& entry)
      : ZipStream(std::move(file), entry) {
    if (::inflateInit2(&zlib_, -MAX_WBITS) != Z_OK) throw std::bad_alloc();
  }
  ~InflatingStream() override { ::inflateEnd(&zlib_); }

 private:
  void produce(char* into, std::size_t length) override {
    while (length > 0) {
      const std::size_t part = std::min(length, kBlock);
      const std::size_t got = inflate_some(into, part);
      if (got == 0)
        fail(position(), "inflates to fewer than the " + std::to_string(this->length()) + " bytes declared");
      into += got;
      length -= got;
    }
  }

  void check_end() override {
    char beyond = 0;
    if (inflate_some(&beyond, 1) != 0) {
      fail(length(), "inflates to more than the " + std::to_string(length()) + " bytes declared");
    }
    if (zlib_.avail_in > 0 || taken_ < entry_.compressed)
      fail(length(), "bytes follow the end of the compressed data");
    ZipStream::check_end();
  }

  /// Up to `length` bytes, at least one unless the compressed data has ended properly.
  std::size_t inflate_some(char* into, std::size_t length) {
    zlib_.next_out = reinterpret_cast<Bytef*>(into);
    zlib_.avail_out = static_cast<uInt>(length);
    while (!ended_ && zlib_.avail_out == length) {
      if (zlib_.avail_in == 0) refill();
      const int state = ::inflate(&zlib_, Z_NO_FLUSH);
      if (state == Z_MEM_ERROR) throw std::bad_alloc();
      if (state != Z_OK && state != Z_STREAM_END) fail(position(), "the compressed data is damaged");
      ended_ = state == Z_STREAM_END;
    }
    return length - zlib_.avail_out;
  }

  void refill() {
    const std::size_t part =
        static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, entry_.compressed - taken_));
    if (part == 0) fail(position(), "the compressed data ends too early");
    block_.resize(part);
    file_->read(entry_.data + taken_, block_.data(), part);
    taken_ += part;
    zlib_.next_in = reinterpret_cast<Bytef*>(block_.data());
    zlib_.avail_in = static_cast<uInt>(part);
  }

  z_stream zlib_{};
  std::string block_;
  std::uint64_t taken_ = 0;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<ByteStream> ZipArchive::open(const ZipEntry& entry) const {
  if (entry.deflated) return std::make_unique<InflatingStream>(file_, entry);
  return std::make_unique<ZipStream>(file_, entry);
}

}  // namespace crosshead::attention

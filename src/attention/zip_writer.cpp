#include "zip_writer.hpp"

#include "zip_records.hpp"
#include <zlib.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::attention {
namespace {

constexpr std::uint16_t kVersion = 20, kMadeOnUnix = 3 << 8, kNamesInUtf8 = 1 << 11;
constexpr std::uint16_t kFirstOfJanuary1980 = 1 << 5 | 1;
constexpr std::uint32_t kReadableByAll = 0100644u << 16;

void append(std::string& record, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) record += static_cast<char>(value >> (8 * i) & 0xff);
}

}  // namespace

void ZipWriter::add(const std::string& name, std::string_view content) {
  if (name.empty() || name.size() >= kSaturated16)
    throw exact::InputError(path_, "", "a name of this length has no place in a zip archive");
  if (content.size() >= kSaturated32) {
    throw exact::InputError(path_, "",
                            "an entry of 4 GiB or more cannot be written; expected .safetensors for it");
  }
  const auto crc = ::crc32_z(0, reinterpret_cast<const Bytef*>(content.data()), content.size());
  std::string common;  // the fields that the local header and the central directory share
  append(common, kVersion, 2);
  append(common, kNamesInUtf8, 2);
  append(common, 0, 2);  // stored
  append(common, 0, 2);  // midnight
  append(common, kFirstOfJanuary1980, 2);
  append(common, crc, 4);
  append(common, content.size(), 4);
  append(common, content.size(), 4);
  append(common, name.size(), 2);
  append(common, 0, 2);  // no extra area

  append(directory_, kCentralHeaderMark, 4);
  append(directory_, kVersion | kMadeOnUnix, 2);
  directory_ += common;
  append(directory_, 0, 2 + 2 + 2);  // no comment, first disk, binary
  append(directory_, kReadableByAll, 4);
  append(directory_, size_, 4);
  directory_ += name;

  std::string header;
  append(header, kLocalHeaderMark, 4);
  write(header + common + name);
  write(content);
  ++entries_;
}

void ZipWriter::commit() {
  const std::uint64_t offset = size_, length = directory_.size();
  if (entries_ >= kSaturated16 || offset + length >= kSaturated32) {
    throw exact::InputError(path_, "",
                            "too large for a zip archive without zip64; expected .safetensors for it");
  }
  std::string end;
  append(end, kEndMark, 4);
  append(end, 0, 2 + 2);  // first disk, first disk
  append(end, entries_, 2);
  append(end, entries_, 2);
  append(end, length, 4);
  append(end, offset, 4);
  append(end, 0, 2);  // no comment
  write(directory_ + end);
  output_.commit();
}

void ZipWriter::write(std::string_view bytes) {
  output_.write(bytes);
  size_ += bytes.size();
}

}  // namespace crosshead::attention

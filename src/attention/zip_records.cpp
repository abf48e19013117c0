#include "zip_records.hpp"

#include <algorithm>

namespace crosshead::attention {
namespace {

constexpr std::uint16_t kZip64Extra = 0x0001;

/// Offset of the end record: the last one whose comment reaches exactly to the end of the file.
std::uint64_t find_end(const ByteFile& file) {
  const std::uint64_t longest = kEndBytes + kSaturated16;
  const std::uint64_t begin = file.size() > longest ? file.size() - longest : 0;
  const std::string tail = file.bytes(begin, file.size() - begin);
  if (tail.size() >= kEndBytes) {
    for (std::size_t at = tail.size() - kEndBytes + 1; at-- > 0;) {
      ZipFields fields(std::string_view(tail).substr(at, kEndBytes));
      if (fields.u32() != kEndMark) continue;
      ZipFields comment(std::string_view(tail).substr(at + kEndBytes - 2, 2));
      if (comment.u16() == tail.size() - at - kEndBytes) return begin + at;
    }
  }
  file.fail(file.size(), "the zip archive's end record is missing; the file may be cut short");
}

void require_one_disk(const ByteFile& file, std::uint64_t at, bool one) {
  if (!one) file.fail(at, "the zip archive spans several disks; expected a single file");
}

}  // namespace

std::uint64_t ZipFields::take(std::size_t bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes; i-- > 0;) value = value << 8 | static_cast<unsigned char>(record_[i]);
  record_.remove_prefix(bytes);
  return value;
}

ZipDirectory find_zip_directory(const ByteFile& file) {
  const std::uint64_t end = find_end(file);
  const std::string record = file.bytes(end, kEndBytes);
  ZipFields fields(record);
  fields.u32();
  const std::uint16_t disk = fields.u16(), directory_disk = fields.u16();
  const std::uint16_t entries_here = fields.u16(), entries = fields.u16();
  const std::uint32_t size = fields.u32(), offset = fields.u32();
  ZipDirectory directory{entries, size, offset, end};

  const bool has_locator = end >= kEnd64LocatorBytes + kEnd64Bytes &&
                           ZipFields(file.bytes(end - kEnd64LocatorBytes, 4)).u32() == kEnd64LocatorMark;
  if (has_locator) {
    const std::uint64_t locator_at = end - kEnd64LocatorBytes;
    const std::string locator = file.bytes(locator_at, kEnd64LocatorBytes);
    ZipFields where(locator);
    where.u32();
    const std::uint32_t end64_disk = where.u32();
    const std::uint64_t end64 = where.u64();
    require_one_disk(file, locator_at, end64_disk == 0 && where.u32() <= 1);
    if (end64 > locator_at - kEnd64Bytes)
      file.fail(locator_at, "the zip64 end record is said to lie outside the file");
    const std::string record64 = file.bytes(end64, kEnd64Bytes);
    ZipFields wide(record64);
    if (wide.u32() != kEnd64Mark || wide.u64() != locator_at - end64 - 12) {
      file.fail(end64, "expected the zip64 end record here, reaching to its locator");
    }
    wide.u32();  // versions
    const bool one = wide.u32() == 0 && wide.u32() == 0;
    const std::uint64_t entries_here64 = wide.u64();
    directory = {wide.u64(), wide.u64(), wide.u64(), end64};
    require_one_disk(file, end64, one && entries_here64 == directory.entries);
    const bool agree = (entries == kSaturated16 || entries == directory.entries) &&
                       (size == kSaturated32 || size == directory.size) &&
                       (offset == kSaturated32 || offset == directory.offset);
    if (!agree) file.fail(end, "the end record contradicts the zip64 end record");
  } else if (entries == kSaturated16 || size == kSaturated32 || offset == kSaturated32) {
    file.fail(end, "the zip64 end record is missing");
  }
  require_one_disk(file, end,
                   (disk == 0 || disk == kSaturated16) &&
                       (directory_disk == 0 || directory_disk == kSaturated16) && entries_here == entries);

  if (directory.offset > directory.end || directory.size != directory.end - directory.offset) {
    file.fail(end, "the central directory is said to be bytes " + std::to_string(directory.offset) + " to " +
                       std::to_string(directory.offset + directory.size) + "; expected it to end at byte " +
                       std::to_string(directory.end));
  }
  if (directory.entries > directory.size / kCentralHeaderBytes) {
    file.fail(end, std::to_string(directory.entries) + " entries do not fit in a central directory of " +
                       std::to_string(directory.size) + " bytes");
  }
  return directory;
}

void resolve_zip64(const ByteFile& file, std::uint64_t at, std::string_view extra,
                   std::initializer_list<ZipWideField> fields) {
  bool found = false;
  for (const ZipWideField& field : fields) *field.wide = field.narrow;
  while (!extra.empty()) {
    if (extra.size() < 4) file.fail(at, "the extra area of a zip header ends within a field");
    ZipFields head(extra.substr(0, 4));
    const std::uint16_t id = head.u16(), length = head.u16();
    if (length > extra.size() - 4)
      file.fail(at, "a field of a zip header's extra area is longer than the area");
    if (id == kZip64Extra) {
      if (found) file.fail(at, "a zip header has two zip64 fields");
      found = true;
      ZipFields wide(extra.substr(4, length));
      for (const ZipWideField& field : fields) {
        if (field.narrow != kSaturated32) continue;
        if (wide.left() < 8) file.fail(at, "the zip64 field of a zip header is too short");
        *field.wide = wide.u64();
      }
    }
    extra.remove_prefix(4 + std::size_t{length});
    at += 4 + std::uint64_t{length};
  }
  const bool needed = std::any_of(fields.begin(), fields.end(),
                                  [](const ZipWideField& field) { return field.narrow == kSaturated32; });
  if (needed && !found) file.fail(at, "a zip header lacks its zip64 field");
}

}  // namespace crosshead::attention

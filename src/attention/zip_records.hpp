#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "byte_stream.hpp"

namespace crosshead::attention {

inline constexpr std::uint32_t kLocalHeaderMark = 0x04034b50;
inline constexpr std::uint32_t kCentralHeaderMark = 0x02014b50;
inline constexpr std::uint32_t kEndMark = 0x06054b50;
inline constexpr std::uint32_t kEnd64Mark = 0x06064b50;
inline constexpr std::uint32_t kEnd64LocatorMark = 0x07064b50;
inline constexpr std::size_t kLocalHeaderBytes = 30;
inline constexpr std::size_t kCentralHeaderBytes = 46;
inline constexpr std::size_t kEndBytes = 22;
inline constexpr std::size_t kEnd64Bytes = 56;
inline constexpr std::size_t kEnd64LocatorBytes = 20;
inline constexpr std::uint32_t kSaturated32 = 0xffffffff;  ///< "see the zip64 field instead"
inline constexpr std::uint16_t kSaturated16 = 0xffff;

/// Little-endian fields of a record, read one after another. REQUIRES: the record holds them.
class ZipFields {
 public:
  explicit ZipFields(std::string_view record) : record_(record) {}
  std::uint16_t u16() { return static_cast<std::uint16_t>(take(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(take(4)); }
  std::uint64_t u64() { return take(8); }
  std::size_t left() const { return record_.size(); }

 private:
  std::uint64_t take(std::size_t bytes);
  std::string_view record_;
};

/// Where the central directory lies, how many entries it has, and where the records that end the archive
/// begin.
struct ZipDirectory {
  std::uint64_t entries = 0, size = 0, offset = 0;
  std::uint64_t end = 0;
};

/// Finds the end record (and its zip64 form) and checks it. Throws exact::InputError.
ZipDirectory find_zip_directory(const ByteFile& file);

/// A header field that zip64 may have moved to the "extra" area: its 32-bit form, then its value.
struct ZipWideField {
  std::uint32_t narrow = 0;
  std::uint64_t* wide = nullptr;
};

/// Walks the extra area of a header (at offset `at` of the file), which must be well formed, and fills every
/// field whose narrow form is saturated from the zip64 extra, in the given order. Throws exact::InputError.
void resolve_zip64(const ByteFile& file, std::uint64_t at, std::string_view extra,
                   std::initializer_list<ZipWideField> fields);

}  // namespace crosshead::attention

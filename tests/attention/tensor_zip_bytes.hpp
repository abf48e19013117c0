#pragma once

#include <string>
#include <vector>

#include "tensor_test_files.hpp"
#include <zlib.h>

namespace crosshead::attention {

/// A zip archive put together here, so that its records can then be damaged one field at a time.
struct ZipBytes {
  struct Entry {
    std::string name, content;
    bool deflated = false, zip64 = false, sizes_follow = false;
  };

  std::string bytes;
  std::vector<std::size_t> local, data, central;  ///< offsets of each entry's records and content
  std::size_t end64 = 0, locator = 0, end = 0;

  explicit ZipBytes(const std::vector<Entry>& entries, bool zip64 = false) {
    std::string directory;
    for (const Entry& entry : entries) {
      const std::string packed = entry.deflated ? deflated(entry.content) : entry.content;
      const auto crc = ::crc32(0, reinterpret_cast<const Bytef*>(entry.content.data()),
                               static_cast<uInt>(entry.content.size()));
      const std::string kind = little_endian(20, 2) + little_endian(entry.sizes_follow ? 8 : 0, 2) +
                               little_endian(entry.deflated ? 8 : 0, 2) + little_endian(0, 4);
      const std::string name = little_endian(entry.name.size(), 2);
      const std::string sizes = little_endian(packed.size(), 4) + little_endian(entry.content.size(), 4);
      const std::string wide = little_endian(1, 2) + little_endian(16, 2) +
                               little_endian(entry.content.size(), 8) + little_endian(packed.size(), 8);
      const std::string saturated = little_endian(~0ull, 8);
      const std::string extra = entry.zip64 ? wide : "";
      local.push_back(bytes.size());
      bytes += "PK\x03\x04" + kind;
      bytes += entry.sizes_follow ? little_endian(0, 12)
                                  : little_endian(crc, 4) + (entry.zip64 ? saturated : sizes);
      bytes += name + little_endian(extra.size(), 2) + entry.name + extra;
      data.push_back(bytes.size());
      bytes += packed;
      if (entry.sizes_follow) bytes += "PK\x07\x08" + little_endian(crc, 4) + sizes;
      central.push_back(directory.size());
      directory += "PK\x01\x02" + little_endian(20, 2) + kind + little_endian(crc, 4) +
                   (entry.zip64 ? saturated : sizes) + name + little_endian(extra.size(), 2) +
                   little_endian(0, 10) + little_endian(local.back(), 4) + entry.name + extra;
    }
    const std::size_t start = bytes.size();
    for (std::size_t& at : central) at += start;
    bytes += directory;
    if (zip64) {
      end64 = bytes.size();
      bytes += "PK\x06\x06" + little_endian(44, 8) + little_endian(45, 2) + little_endian(45, 2) +
               little_endian(0, 8) + little_endian(entries.size(), 8) + little_endian(entries.size(), 8) +
               little_endian(directory.size(), 8) + little_endian(start, 8);
      locator = bytes.size();
      bytes += "PK\x06\x07" + little_endian(0, 4) + little_endian(end64, 8) + little_endian(1, 4);
    }
    end = bytes.size();
    bytes += "PK\x05\x06" + little_endian(0, 4);
    bytes += zip64 ? little_endian(~0ull, 8) + little_endian(~0ull, 4)
                   : little_endian(entries.size(), 2) + little_endian(entries.size(), 2) +
                         little_endian(directory.size(), 4) + little_endian(start, 4);
    bytes += little_endian(0, 2);
  }

  /// The archive with `count` bytes at `at` replaced by `value`.
  std::string with(std::size_t at, std::uint64_t value, int count) const {
    return std::string(bytes).replace(at, static_cast<std::size_t>(count), little_endian(value, count));
  }

  static std::string deflated(const std::string& content) {
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, content.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
  }
};

}  // namespace crosshead::attention

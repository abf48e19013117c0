#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "byte_stream.hpp"

namespace crosshead::attention {

/// One entry of a zip archive, as its central directory states and its local header confirms.
struct ZipEntry {
  std::string name;  ///< UTF-8, not empty; may contain "..", which nobody here interprets
  bool deflated = false;
  std::uint32_t crc = 0;
  std::uint64_t compressed = 0;    ///< bytes in the file
  std::uint64_t uncompressed = 0;  ///< bytes once inflated
  std::uint64_t header = 0;        ///< offset of the local header
  std::uint64_t data = 0;          ///< offset of the first compressed byte
};

/// A zip archive read through its central directory (APPNOTE.TXT 6.3): stored and deflated entries, zip64 or
/// not. Refused with exact::InputError: encryption, several disks, other compressions, equal or empty names,
/// local headers that contradict the central directory, entries that overlap, bytes between the directory and
/// its end record, and declared sizes beyond 100 times the compressed bytes plus 16 MiB (in all; a bomb is
/// refused before it inflates).
class ZipArchive {
 public:
  explicit ZipArchive(std::shared_ptr<const ByteFile> file);

  const std::shared_ptr<const ByteFile>& file() const { return file_; }
  const std::vector<ZipEntry>& entries() const { return entries_; }
  /// nullptr if there is no such entry.
  const ZipEntry* find(const std::string& name) const;
  /// The entry's content, inflated as it is read; `finish` checks its CRC. The stream may outlive the
  /// archive.
  std::unique_ptr<ByteStream> open(const ZipEntry& entry) const;
  /// All of the entry's content, checked.
  std::string read(const ZipEntry& entry) const;
  /// Throws InputError(file, "entry '<name>'", message).
  [[noreturn]] void fail(const ZipEntry& entry, const std::string& message) const;

 private:
  void confirm_local_header(ZipEntry& entry, std::uint64_t directory, std::uint16_t flags,
                            std::uint16_t method) const;
  void check_overlaps() const;
  void check_sizes() const;

  std::shared_ptr<const ByteFile> file_;
  std::vector<ZipEntry> entries_;
  std::unordered_map<std::string, std::size_t> index_;
};

}  // namespace crosshead::attention

#pragma once

#include <string>
#include <string_view>

#include "crosshead/exact/replacement_file.hpp"

namespace crosshead::attention {

/// Writes a zip archive of stored entries with a fixed date (1 January 1980), so that equal contents give
/// equal bytes. Everything must stay below 4 GiB and 65535 entries; beyond that exact::InputError is thrown.
/// The caller keeps the names distinct and in UTF-8.
class ZipWriter {
 public:
  explicit ZipWriter(const std::filesystem::path& path) : path_(path.string()), output_(path) {}
  void add(const std::string& name, std::string_view content);
  /// Writes the central directory and puts the file in its place.
  void commit();

 private:
  void write(std::string_view bytes);

  std::string path_;
  exact::ReplacementFile output_;
  std::uint64_t size_ = 0;
  std::uint64_t entries_ = 0;
  std::string directory_;
};

}  // namespace crosshead::attention

#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace crosshead::exact {

/// A file written beside its final place and renamed there by `commit`, so that readers see the old content
/// or all of the new one. Without `commit` (an exception, say) the destructor removes what was written.
/// Throws InputError naming the final path when the system refuses.
class ReplacementFile {
 public:
  explicit ReplacementFile(const std::filesystem::path& path);
  ~ReplacementFile();
  ReplacementFile(const ReplacementFile&) = delete;
  ReplacementFile& operator=(const ReplacementFile&) = delete;

  void write(std::string_view bytes);
  void commit();

 private:
  [[noreturn]] void fail(int error) const;

  std::string path_;
  std::string temporary_;
  int descriptor_ = -1;
};

/// Makes `text` all that the file holds.
void replace_file(const std::filesystem::path& path, std::string_view text);

}  // namespace crosshead::exact

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crosshead::cli {

/// Lines of a terminal are this wide.
inline constexpr std::size_t kLineWidth = 80;

/// Rows of cells under a heading. Columns are as wide as their longest cell, two blanks apart; cells longer
/// than `widest` are cut ("..."), headings are not.
class TextTable {
 public:
  TextTable(std::vector<std::string> heading, std::size_t widest)
      : widest_(widest), rows_{std::move(heading)} {}

  /// REQUIRES: as many cells as the heading has.
  void add(std::vector<std::string> cells);
  std::string text() const;

 private:
  std::size_t widest_;
  std::vector<std::vector<std::string>> rows_;
};

/// Breaks text at blanks so that no line exceeds kLineWidth (a single longer word stays whole). The first
/// line begins with `first`, the others with as many blanks.
std::string wrapped(const std::string& first, std::string_view text);

}  // namespace crosshead::cli

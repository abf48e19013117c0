#pragma once

#include <string>
#include <vector>

#include "crosshead/exact/rational.hpp"

namespace crosshead::cli {

/// Rows of cells under a heading, two blanks between columns, which are as wide as their longest cell. A
/// table wider than kLineWidth has its widest cells broken at blanks; where that is not enough, it becomes
/// several tables below each other, each of which begins with the first `labels` columns. Nothing is left
/// out: a word that its column does not hold has a line of its own.
class TextTable {
 public:
  explicit TextTable(std::vector<std::string> heading, std::size_t labels = 1)
      : labels_(labels), rows_{std::move(heading)} {}

  /// REQUIRES: as many cells as the heading has.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  std::string text() const;

 private:
  std::size_t labels_;
  std::vector<std::vector<std::string>> rows_;
};

/// For a column: exact if it fits, otherwise "~" and a decimal of seven digits, of any size.
std::string brief(const exact::Rational& value);

}  // namespace crosshead::cli

#include "text_table.hpp"

#include <algorithm>
#include <numeric>

#include "line_width.hpp"
#include <fmt/format.h>

namespace crosshead::cli {
namespace {

using Rows = std::vector<std::vector<std::string>>;
using Columns = std::vector<std::size_t>;  // of the table, from 0

constexpr std::size_t kApart = 2;
constexpr std::size_t kLabel = 32;  // what labels may be kept down to, whatever the length of their words

std::size_t widest_line(const std::vector<std::string>& lines) {
  std::size_t widest = 0;
  for (const std::string& line : lines) widest = std::max(widest, display_width(line));
  return widest;
}

/// The width of a column whose cells are broken at `width`; at 1 that of its longest word.
std::size_t column_width(const Rows& rows, std::size_t column, std::size_t width) {
  std::size_t widest = 0;
  for (const auto& row : rows) widest = std::max(widest, widest_line(lines_of(row[column], width)));
  return widest;
}

std::size_t line_width(const std::vector<std::size_t>& widths) {
  return std::accumulate(widths.begin(), widths.end(), (widths.size() - 1) * kApart);
}

std::vector<std::size_t> widths_of(const Rows& rows, const Columns& columns, std::size_t width) {
  std::vector<std::size_t> widths;
  for (const std::size_t column : columns) widths.push_back(column_width(rows, column, width));
  return widths;
}

/// The least widths that columns can have.
std::vector<std::size_t> least_widths(const Rows& rows, const Columns& columns, std::size_t labels) {
  std::vector<std::size_t> widths = widths_of(rows, columns, 1);
  for (std::size_t c = 0; c < labels; ++c) widths[c] = std::min(widths[c], kLabel);
  return widths;
}

/// Makes the widest columns narrower, none below its least width, until a line is short enough.
void narrow(std::vector<std::size_t>& widths, const std::vector<std::size_t>& least) {
  while (line_width(widths) > kLineWidth) {
    std::size_t* widest = nullptr;
    for (std::size_t c = 0; c < widths.size(); ++c) {
      if (widths[c] > least[c] && (widest == nullptr || widths[c] > *widest)) widest = &widths[c];
    }
    if (widest == nullptr) return;
    --*widest;
  }
}

std::vector<std::size_t> fitted_widths(const Rows& rows, const Columns& columns, std::size_t labels) {
  std::vector<std::size_t> widths = widths_of(rows, columns, kLineWidth);
  narrow(widths, widths_of(rows, columns, 1));
  narrow(widths, least_widths(rows, columns, labels));
  for (std::size_t c = 0; c < widths.size(); ++c)
    widths[c] = std::min(widths[c], column_width(rows, columns[c], std::max<std::size_t>(widths[c], 1)));
  return widths;
}

/// Adds a piece of a cell, whose column begins at `wanted`, on a new line where it does not fit.
void place(const std::string& piece, std::size_t wanted, std::string& line, std::string& text) {
  if (piece.empty()) return;
  const std::size_t width = display_width(piece);
  const std::size_t begin = std::min(wanted, width + kApart < kLineWidth ? kLineWidth - width : kApart);
  if (!line.empty() && display_width(line) + kApart > begin) {
    text += line + "\n";
    line.clear();
  }
  line.append(begin - display_width(line), ' ').append(piece);
}

std::string block_text(const Rows& rows, const Columns& columns, std::size_t labels) {
  const std::vector<std::size_t> widths = fitted_widths(rows, columns, labels);
  std::string text;
  for (const auto& row : rows) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      cells.push_back(lines_of(row[columns[c]], std::max<std::size_t>(widths[c], 1)));
      height = std::max(height, cells.back().size());
    }
    for (std::size_t k = 0; k < height; ++k) {
      std::string line;
      std::size_t wanted = 0;
      for (std::size_t c = 0; c < columns.size(); ++c) {
        if (k < cells[c].size()) place(cells[c][k], wanted, line, text);
        wanted += widths[c] + kApart;
      }
      text += line + "\n";
    }
  }
  return text;
}

}  // namespace

std::string TextTable::text() const {
  const std::size_t count = rows_.front().size(), labels = std::min(labels_, count);
  Columns label_columns(labels);
  std::iota(label_columns.begin(), label_columns.end(), std::size_t{0});
  std::string text;
  std::size_t next = labels;
  do {
    Columns columns = label_columns;
    if (next < count) columns.push_back(next++);
    for (; next < count; ++next) {
      columns.push_back(next);
      if (line_width(least_widths(rows_, columns, labels)) <= kLineWidth) continue;
      columns.pop_back();
      break;
    }
    text += (text.empty() ? "" : "\n") + block_text(rows_, columns, labels);
  } while (next < count);
  return text;
}

std::string brief(const exact::Rational& value) {
  constexpr std::size_t kColumn = 13;
  std::string text = exact::to_string(value);
  if (text.size() <= kColumn) return text;
  const auto length = [](const exact::Integer& number) { return static_cast<int>(number.str().size()); };
  const int shift =
      length(boost::multiprecision::denominator(value)) - length(boost::multiprecision::numerator(value));
  if (std::abs(shift) < 250) return fmt::format("~{:.7g}", exact::to_double(value));
  // Contributions of long words are far below the range of doubles: scaled into it first.
  const exact::Integer ten =
      boost::multiprecision::pow(exact::Integer(10), static_cast<unsigned>(std::abs(shift)));
  const double scaled =
      exact::to_double(shift >= 0 ? exact::Rational(value * ten) : exact::Rational(value / ten));
  const std::string digits = fmt::format("{:.6e}", scaled);
  const std::size_t e = digits.find('e');
  return fmt::format("~{}e{}", digits.substr(0, e), std::stoi(digits.substr(e + 1)) - shift);
}

}  // namespace crosshead::cli

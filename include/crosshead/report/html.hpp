#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "crosshead/exact/rational.hpp"

namespace crosshead::report {

/// Text as HTML that shows it, inside elements and attribute values. Bytes that are not UTF-8, and characters
/// that HTML cannot hold, become U+FFFD.
std::string escaped(std::string_view text);

/// The same for text that people wrote with "->", "<=" and ">=", which become U+2192, U+2264 and U+2265: no
/// line breaks inside of them.
std::string prose(std::string_view text);
/// The same with exponents ("e^-2", "2^(N-1)") raised and indices of single letters ("p_h", "T_mix") lowered.
std::string statement(std::string_view text);

/// Fit for an id and for a fragment of an address: ASCII letters, digits, '-', '_' and '.' of the text, '-'
/// for everything else. REQUIRES: the text starts with a letter.
std::string anchor(std::string_view text);

/// The value as a JSON text that may stand inside a script element.
std::string script_json(const nlohmann::ordered_json& value);

/// "3/8 = 0.375": short fractions with a decimal, long ones as a decimal alone; "=" where the decimal is the
/// value, otherwise U+2248.
std::string number_text(const exact::Rational& value);
/// The decimal alone, at most six significant digits.
std::string decimal_text(const exact::Rational& value);

/// A table with a caption. Cells and notes are HTML; the first cell of each row is its heading.
struct Table {
  struct Column {
    std::string title;  ///< text
    bool number = false;
  };
  std::string caption;  ///< text
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
  std::string id = {};                       ///< if any, an anchor
  std::vector<std::string> attributes = {};  ///< HTML of each row; empty: none
};
/// It scrolls inside its own box where it is too wide.
std::string table_html(const Table& table);

/// "<p>...</p>" of plain text; empty for an empty one.
std::string paragraph(std::string_view text, std::string_view css_class = "");

}  // namespace crosshead::report

// Layout for human readers: a value stands on one line if it fits there; rows of matrices, vectors and lists
// of edges always do; anything else is broken into one member per line.
#include <algorithm>

#include "document.hpp"

namespace crosshead::certificate {
namespace {

constexpr std::size_t kLine = 120;
constexpr std::size_t kIndent = 2;

bool is_scalar(const Json& value) {
  return !value.is_structured();
}

bool is_row(const Json& value) {
  return value.is_array() && std::all_of(value.begin(), value.end(), is_scalar);
}

/// [[1, 2], [3, 3]]: pairs of integers.
bool is_edge_list(const Json& value) {
  return value.is_array() && std::all_of(value.begin(), value.end(), [](const Json& item) {
           return item.is_array() && item.size() == 2 && item[0].is_number() && item[1].is_number();
         });
}

/// The value on one line. Stops early, with more than `most` characters, when it does not fit.
void append_line(const Json& value, std::string& line, std::size_t most) {
  if (line.size() > most) return;
  if (is_scalar(value)) {
    line += canonical_text(value);
    return;
  }
  line += value.is_array() ? '[' : '{';
  bool first = true;
  for (const auto& [key, item] : value.items()) {
    if (!first) line += ", ";
    first = false;
    if (value.is_object()) line += canonical_text(Json(key)) + ": ";
    append_line(item, line, most);
    if (line.size() > most) return;
  }
  line += value.is_array() ? ']' : '}';
}

/// `begin` is the column of the value's first character, `margin` the indentation of its last line.
void append(const Json& value, std::string& text, std::size_t begin, std::size_t margin) {
  std::string line;
  const bool one_line = is_scalar(value) || is_row(value) || is_edge_list(value);
  const std::size_t most = one_line ? std::string::npos - 1 : kLine - std::min(begin, kLine);
  append_line(value, line, most);
  if (line.size() <= most) {
    text += line;
    return;
  }
  const std::size_t inner = margin + kIndent;
  text += value.is_array() ? "[" : "{";
  bool first = true;
  for (const auto& [key, item] : value.items()) {
    const bool operation = first && value.is_array() && item.is_string();  // stands beside its bracket
    if (!operation) text += (first ? "\n" : ",\n") + std::string(inner, ' ');
    first = false;
    const std::string label = value.is_object() ? canonical_text(Json(key)) + ": " : "";
    text += label;
    append(item, text, inner + label.size(), inner);
  }
  text += "\n" + std::string(margin, ' ') + (value.is_array() ? "]" : "}");
}

}  // namespace

std::string laid_out(const Json& value) {
  std::string text;
  append(value, text, 0, 0);
  return text + "\n";
}

}  // namespace crosshead::certificate

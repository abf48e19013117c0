#include "crosshead/report/html.hpp"

#include <cmath>

#include "characters.hpp"
#include <fmt/format.h>

namespace crosshead::report {
namespace {

constexpr std::size_t kLongestFraction = 24;

std::string cell(const Table::Column& column, const std::string& html, bool heading) {
  const char* tag = heading ? "th" : "td";
  return fmt::format("<{}{}{}>{}</{}>", tag, heading ? " scope=\"row\"" : "",
                     column.number && !heading ? " class=\"number\"" : "", html, tag);
}

}  // namespace

std::string escaped(std::string_view text) {
  return escaped_text(text, "'");
}

std::string anchor(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_' || c == '.';
    result += kept ? c : '-';
  }
  return result;
}

std::string script_json(const nlohmann::ordered_json& value) {
  const std::string text = value.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace);
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    if (c == '<' || c == '>' || c == '&') {
      result += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      result += c;
    }
  }
  return result;
}

std::string decimal_text(const exact::Rational& value) {
  return fmt::format("{:.6g}", exact::to_double(value));
}

std::string number_text(const exact::Rational& value) {
  std::string fraction = exact::to_string(value);
  const std::string decimal = decimal_text(value);
  if (fraction == decimal) return fraction;
  const std::string sign = exact::parse_rational(decimal) == value ? "=" : "\xE2\x89\x88";
  if (fraction.size() > kLongestFraction) return sign + " " + decimal;
  return fraction + " " + sign + " " + decimal;
}

std::string table_html(const Table& table) {
  std::string html = fmt::format(
      "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{0}\">"
      "<table{1}><caption>{0}</caption>\n<thead><tr>",
      escaped(table.caption), table.id.empty() ? "" : fmt::format(" id=\"{}\"", table.id));
  for (const Table::Column& column : table.columns) {
    html += fmt::format("<th scope=\"col\"{}>{}</th>", column.number ? " class=\"number\"" : "",
                        escaped(column.title));
  }
  html += "</tr></thead>\n<tbody>\n";
  for (std::size_t at = 0; at < table.rows.size(); ++at) {
    const std::vector<std::string>& row = table.rows[at];
    html += table.attributes.empty() ? "<tr>" : "<tr " + table.attributes.at(at) + ">";
    for (std::size_t k = 0; k < row.size(); ++k) html += cell(table.columns.at(k), row[k], k == 0);
    html += "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

std::string paragraph(std::string_view text, std::string_view css_class) {
  if (text.empty()) return "";
  if (css_class.empty()) return "<p>" + escaped(text) + "</p>\n";
  return fmt::format("<p class=\"{}\">{}</p>\n", css_class, escaped(text));
}

}  // namespace crosshead::report

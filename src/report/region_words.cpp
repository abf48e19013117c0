#include "region_words.hpp"

#include <fmt/format.h>

#include "crosshead/report/html.hpp"

namespace crosshead::report {

using nlohmann::ordered_json;

namespace {

std::string polynomial_html(const ordered_json& coefficients) {
  std::string html;
  for (std::size_t k = coefficients.size(); k-- > 0;) {
    std::string c = coefficients[k].get<std::string>();
    if (c == "0") continue;
    const bool negative = c.front() == '-';
    if (negative) c.erase(0, 1);
    html += html.empty() ? (negative ? "\xE2\x88\x92" : "") : (negative ? " \xE2\x88\x92 " : " + ");
    if (c != "1" || k == 0) html += c + (k == 0 ? "" : " ");
    if (k == 1) html += "b";
    if (k > 1) html += fmt::format("b<sup>{}</sup>", k);
  }
  return html;
}

}  // namespace

double place_of(const ordered_json& number) {
  if (number.contains("value"))
    return exact::to_double(exact::parse_rational(number["value"].get<std::string>()));
  return exact::to_double(exact::parse_rational(number["decimal"][0].get<std::string>()));
}

std::string number_html(const ordered_json& number, int largest_degree) {
  if (number.contains("value")) return number_text(exact::parse_rational(number["value"].get<std::string>()));
  const std::string decimal = number["decimal"][0].get<std::string>().substr(0, 12) + "\xE2\x80\xA6";
  const int degree = static_cast<int>(number["minimal_polynomial"].size()) - 1;
  if (degree > largest_degree) return fmt::format("{} (root of degree {})", decimal, degree);
  return fmt::format("{} (root of {} between {} and {})", decimal,
                     polynomial_html(number["minimal_polynomial"]), number["isolating"][0].get<std::string>(),
                     number["isolating"][1].get<std::string>());
}

std::string set_html(const ordered_json& set, int largest_degree) {
  const bool point = set["from"] == set["to"];
  if (point) return "b = " + number_html(set["from"], largest_degree);
  return fmt::format("{} {} b {} {}", number_html(set["from"], largest_degree),
                     set["from_closed"].get<bool>() ? "\xE2\x89\xA4" : "&lt;",
                     set["to_closed"].get<bool>() ? "\xE2\x89\xA4" : "&lt;",
                     number_html(set["to"], largest_degree));
}

std::string sets_html(const ordered_json& sets, int largest_degree) {
  std::string html;
  for (const auto& set : sets) html += (html.empty() ? "" : "; ") + set_html(set, largest_degree);
  return html;
}

}  // namespace crosshead::report

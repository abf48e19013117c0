// The page about a guided search: what it found, in exact numbers, and how its restarts got there, in the
// floats that steered them.
#include <algorithm>
#include <cmath>

#include "searched.hpp"
#include <fmt/format.h>

#include "crosshead/heads/system_file.hpp"
#include "crosshead/report/figure.hpp"
#include "crosshead/report/html.hpp"
#include "crosshead/report/ledger_section.hpp"
#include "crosshead/report/search_section.hpp"

namespace crosshead::report {
namespace {

using nlohmann::ordered_json;

/// Longer fractions are cut off.
constexpr std::size_t kMostDigits = 2000;
/// More points of one climb are not told apart.
constexpr std::size_t kMostPoints = 200;

/// The value of the best system so far as a staircase over the steps, which start at 1 on a logarithmic axis.
Series staircase(const SearchClimb& climb, double steps) {
  Series series;
  series.symbols = false;
  const auto add = [&](double x, double y) { series.points.push_back({std::max(x, 1.0), y, {}, {}, ""}); };
  // Of too many, those that are spread evenly over the axis: the last of each stretch.
  const double stretch = std::log(std::max(steps, 2.0)) / static_cast<double>(kMostPoints);
  for (std::size_t k = 0; k < climb.points.size(); ++k) {
    const auto place = [&](std::size_t at) {
      return std::floor(std::log(std::max(climb.points[at].first, 1.0)) / stretch);
    };
    if (climb.points.size() > kMostPoints && k > 0 && k + 1 < climb.points.size() && place(k) == place(k + 1))
      continue;
    const auto [x, y] = climb.points[k];
    if (!series.points.empty()) add(x, series.points.back().y);
    add(x, y);
  }
  if (!series.points.empty()) add(steps, series.points.back().y);
  return series;
}

Figure progress_figure(const ordered_json& guided, const std::vector<SearchClimb>& climbs, double steps) {
  const ordered_json& best = guided["best"];
  const std::size_t best_at = best.is_null() ? climbs.size() : best["restart"].get<std::size_t>() - 1;
  Figure figure;
  figure.id = "progress";
  figure.title = "Progress.";
  figure.text =
      "The value of the best system that each restart had met after so many steps. Floating-point values, "
      "which steer the search; the exact values of where each ended are in the table.";
  figure.wide = true;
  figure.summary = "Restarts as numbers";
  Panel panel;
  panel.height = 240;
  panel.x = {"steps of a restart", true, 1, std::max(steps, 2.0), false, {}};
  double low = 1e300, high = -1e300;
  Table table{"Restarts",
              {{"restart"}, {"largest value"}, {"last new best", true}, {"changes", true}, {"finished"}},
              {}};
  std::size_t undecided = 0;
  // The best one last, on top of the others.
  std::vector<Series> all;
  for (std::size_t k = 0; k < climbs.size(); ++k) {
    const SearchClimb& climb = climbs[k];
    Series series = staircase(climb, steps);
    for (const Point& point : series.points) {
      low = std::min(low, point.y);
      high = std::max(high, point.y);
    }
    series.thick = k == best_at;
    series.style = k == best_at ? 0 : 5;
    series.name =
        k == best_at ? fmt::format("restart {}, which found the best system", k + 1) : "other restarts";
    all.push_back(std::move(series));
    undecided += climb.value ? 0 : 1;
    table.rows.push_back({std::to_string(k + 1), climb.value ? number_text(*climb.value) : "undecided",
                          climb.points.empty()
                              ? "\xE2\x80\x93"
                              : grouped(static_cast<std::uint64_t>(climb.points.back().first)),
                          grouped(climb.points.empty() ? 0 : climb.points.size() - 1),
                          climb.finished ? "yes" : "no: stopped"});
  }
  if (best_at < all.size())
    std::rotate(all.begin() + static_cast<std::ptrdiff_t>(best_at),
                all.begin() + static_cast<std::ptrdiff_t>(best_at) + 1, all.end());
  panel.series = std::move(all);
  const double margin = high > low ? (high - low) * 0.08 : std::max(std::abs(high), 1.0) * 0.1;
  panel.y = {"value", false, low - margin, high + margin, false, {}};
  if (!best.is_null()) {
    const exact::Rational value = exact::parse_rational(text_at(best, "value"));
    panel.rules.push_back({exact::to_double(value), false, "largest, " + number_text(value)});
    panel.description = fmt::format("The largest value is {}, found by restart {}. ", number_text(value),
                                    best["restart"].get<int>());
  }
  panel.description += fmt::format("{} restarts; where each ended is in the table.", climbs.size());
  figure.panels.push_back(std::move(panel));
  figure.numbers = table_html(table);
  return figure;
}

}  // namespace

Section guided_section(const ordered_json& guided, const std::vector<SearchClimb>& climbs) {
  const SearchedClaim claim = searched_claim(guided);
  const ordered_json& best = guided["best"];
  const ordered_json restarts = guided.value("restarts", ordered_json::object());
  std::string html = "<ul class=\"tiles wide\" aria-label=\"What was found\">\n";
  if (!best.is_null()) {
    html += tile(decimal_text(exact::parse_rational(text_at(best, "value"))),
                 "largest " + escaped(text_at(guided, "maximise")) + " found");
  }
  html += tile(grouped(count_at(guided, "steps")), "steps");
  html += tile(grouped(count_at(restarts, "finished")),
               fmt::format("of {} restarts finished", grouped(count_at(restarts, "asked"))));
  html += tile(grouped(count_at(restarts, "undecided")), "restarts without an exact value");
  html += "</ul>\n";
  const std::string conventions = convention_words(claim);
  html += fmt::format(
      "<p>Maximised: <code>{}</code>, over systems of {} heads on {} nodes with the last node the unique "
      "sink of each, weights {}{}.</p>\n",
      escaped(text_at(guided, "term")), guided.value("heads", 0), guided.value("nodes", 0),
      escaped(text_at(guided, "weights")), conventions.empty() ? "" : "; " + escaped(conventions));
  html += fmt::format("<p>Again: <code>{}</code></p>\n", escaped(text_at(guided, "command")));
  html += paragraph(
      "The value is exact and its system is shown; that there is no better one is not claimed: a guided "
      "search enumerates nothing.",
      "note");
  if (!guided.value("complete", true))
    html += paragraph("The search was stopped early: this is the best of what was done.", "note");
  if (best.is_null()) {
    html += paragraph("No value was decided.", "note");
  } else {
    const exact::Rational value = exact::parse_rational(text_at(best, "value"));
    html += fmt::format("<h3>Best system: {} {}</h3>\n", escaped(text_at(guided, "maximise")),
                        number_text(value));
    const std::string exactly = exact::to_string(value);
    // Long fractions are decimals in the heading.
    if (!number_text(value).starts_with(exactly)) {
      html += fmt::format("<p class=\"evidence\">Exactly <code>{}</code>{}.</p>\n",
                          exactly.substr(0, kMostDigits),
                          exactly.size() > kMostDigits
                              ? fmt::format("\xE2\x80\xA6, a fraction of {} characters", exactly.size())
                              : "");
    }
    html += shown_system(heads::parse_system(best["system"].dump(), "best", {}), claim, "best");
  }
  if (!climbs.empty()) {
    double steps = 1;
    for (const SearchClimb& climb : climbs) steps = std::max(steps, climb.taken);
    html += "<h3>Progress of the search</h3>\n" + figure_html(progress_figure(guided, climbs, steps));
    const std::uint64_t asked = count_at(restarts, "asked");
    if (asked > climbs.size())
      html += paragraph(fmt::format("The first {} of {} restarts are shown.", climbs.size(), grouped(asked)),
                        "note");
  }
  return {"search", "Guided search", html};
}

}  // namespace crosshead::report

#include <algorithm>
#include <map>

#include "searched.hpp"
#include <fmt/format.h>

#include "crosshead/report/figure.hpp"
#include "crosshead/report/html.hpp"
#include "crosshead/report/search_section.hpp"

namespace crosshead::report {
namespace {

using nlohmann::ordered_json;

double share(const ordered_json& search) {
  const std::uint64_t systems = count_at(search, "systems");
  return systems == 0
             ? 0
             : 100.0 * static_cast<double>(count_at(search, "witnesses")) / static_cast<double>(systems);
}

Panel panel_of(const std::vector<const ordered_json*>& searches, int heads, int largest) {
  Panel panel;
  panel.title = fmt::format("{} heads", heads);
  panel.x = {"nodes n", false, 1.6, largest + 0.4, true, {}};
  double highest = 0;
  std::vector<std::string> claims;
  for (const ordered_json* search : searches) {
    const std::string claim = claim_words(*search);
    auto found = std::find(claims.begin(), claims.end(), claim);
    if (found == claims.end()) {
      claims.push_back(claim);
      Series series;
      series.name = claim;
      series.style = static_cast<int>(claims.size()) - 1;
      panel.series.push_back(series);
      found = claims.end() - 1;
    }
    const auto n = (*search)["nodes"].get<int>();
    auto& points = panel.series[static_cast<std::size_t>(found - claims.begin())].points;
    points.push_back({static_cast<double>(n),
                      share(*search),
                      {},
                      {},
                      fmt::format("{}, n = {}: {} of {}", claim, n, grouped(count_at(*search, "witnesses")),
                                  grouped(count_at(*search, "systems")))});
    highest = std::max(highest, share(*search));
  }
  panel.y = {"percent of systems", false, 0, highest > 0 ? highest * 1.1 : 1, false, {}};
  panel.height = 210;
  panel.description = "Shares of systems by number of nodes; all counts are in the table.";
  return panel;
}

std::string counts_table(const std::vector<ordered_json>& searches) {
  Table table{"Witnesses by claim and size",
              {{"claim"},
               {"heads", true},
               {"n", true},
               {"systems", true},
               {"witnesses", true},
               {"percent", true},
               {"ties", true},
               {"undecided", true}},
              {}};
  for (const ordered_json& search : searches) {
    table.rows.push_back({escaped(claim_words(search)), std::to_string(search.value("heads", 0)),
                          std::to_string(search.value("nodes", 0)), grouped(count_at(search, "systems")),
                          grouped(count_at(search, "witnesses")), fmt::format("{:.3g}", share(search)),
                          grouped(count_at(search, "ties")), grouped(count_at(search, "undecided"))});
  }
  return table_html(table);
}

}  // namespace

Section census_section(const std::vector<ordered_json>& searches) {
  std::string html = paragraph(
      "Every system of the family is decided exactly: sets of distinct feedforward graphs with self-loops "
      "everywhere and the last node as their only sink, merged by uniform weights.");
  if (searches.empty()) return {"census", "Census", html + paragraph("No search was made.", "note")};
  std::map<int, std::vector<const ordered_json*>> by_heads;
  std::map<int, int> largest;
  for (const ordered_json& search : searches) {
    by_heads[search.value("heads", 0)].push_back(&search);
    largest[search.value("heads", 0)] = std::max(largest[search.value("heads", 0)], search.value("nodes", 0));
  }
  Figure figure;
  figure.id = "census-figure";
  figure.title = "How common it is.";
  figure.text = "Share of the systems with n nodes of which each claim is true.";
  for (const auto& [heads, found] : by_heads) figure.panels.push_back(panel_of(found, heads, largest[heads]));
  figure.numbers = counts_table(searches);
  figure.summary = "All counts";
  return {"census", "Census", html + figure_html(figure)};
}

}  // namespace crosshead::report

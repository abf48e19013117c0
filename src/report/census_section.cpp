#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "crosshead/heads/system_file.hpp"
#include "crosshead/report/drawing.hpp"
#include "crosshead/report/figure.hpp"
#include "crosshead/report/html.hpp"
#include "crosshead/report/ledger_section.hpp"
#include "crosshead/report/search_section.hpp"
#include "crosshead/report/system_figures.hpp"

namespace crosshead::report {
namespace {

using nlohmann::ordered_json;

std::uint64_t count_at(const ordered_json& search, const char* key) {
  const auto found = search.find(key);
  return found != search.end() && found->is_number() ? found->get<std::uint64_t>() : 0;
}

double share(const ordered_json& search) {
  const std::uint64_t systems = count_at(search, "systems");
  return systems == 0
             ? 0
             : 100.0 * static_cast<double>(count_at(search, "witnesses")) / static_cast<double>(systems);
}

/// "5159805" as "5,159,805".
std::string grouped(std::uint64_t value) {
  std::string text = std::to_string(value);
  for (int at = static_cast<int>(text.size()) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), ",");
  return text;
}

std::string claim_words(const ordered_json& search) {
  std::string words = text_at(search, "claim");
  const std::string epsilon = search.contains("convention") ? text_at(search["convention"], "epsilon") : "";
  return epsilon.empty() ? words : words + " at " + epsilon;
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

/// A witness with its drawing, numbers and curves.
std::string witness_html(const ordered_json& document, const std::string& title, const std::string& id,
                         bool mixing, const exact::Rational& epsilon) {
  const heads::HeadSystem system = heads::parse_system(document.dump(), "witness", {});
  claim::Convention convention;
  std::string html = "<h3>" + escaped(title) + "</h3>\n";
  html += system_drawing(system, mixing ? EdgeWeights::walk : EdgeWeights::diffusion, id);
  html += comparison_table(system, convention, epsilon);
  return html + figure_html(mixing ? distance_figure(system, convention, epsilon, id + "-curves")
                                   : signal_figure(system, convention.fidelity, id + "-curves", true));
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

Section search_section(const ordered_json& search) {
  const std::string epsilon_text =
      search.contains("convention") ? text_at(search["convention"], "epsilon") : "";
  const exact::Rational epsilon =
      epsilon_text.empty() ? exact::Rational(1, 4) : exact::parse_rational(epsilon_text);
  const bool mixing = !epsilon_text.empty() || text_at(search, "claim").find("t_mix") != std::string::npos;
  std::string html = "<ul class=\"tiles wide\" aria-label=\"Counts\">\n";
  const auto tile = [&](const char* key, const char* words) {
    html +=
        fmt::format("<li><span class=\"count\">{}</span> {}</li>\n", grouped(count_at(search, key)), words);
  };
  tile("systems", "systems");
  tile("witnesses", "witnesses");
  tile("ties", "ties");
  tile("undefined", "undefined");
  tile("undecided", "undecided");
  html += "</ul>\n";
  html += paragraph(fmt::format("{}: {} nodes, {} heads, family {}, weights {}.", claim_words(search),
                                search.value("nodes", 0), search.value("heads", 0), text_at(search, "family"),
                                text_at(search, "weights")));
  if (!search.value("complete", true))
    html += paragraph("The search was stopped early: counts are of what was done.", "note");
  if (!search["first"].is_null())
    html += witness_html(search["first"], "First witness: fewest edges, least codes", "first-witness", mixing,
                         epsilon);
  if (!search["extreme"].is_null() && search["extreme"]["system"] != search["first"]) {
    html += witness_html(
        search["extreme"]["system"],
        "Largest gain: " + number_text(exact::parse_rational(text_at(search["extreme"], "value"))),
        "extreme-witness", mixing, epsilon);
  }
  if (search["first"].is_null()) html += paragraph("No witness was found.", "note");
  return {"search", "Search", html};
}

}  // namespace crosshead::report

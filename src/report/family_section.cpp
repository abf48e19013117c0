// All pairs of heads of a family over their weights (b, 1 - b).
#include "crosshead/report/family_section.hpp"

#include <algorithm>

#include "region_words.hpp"
#include "searched.hpp"
#include <fmt/format.h>

#include "crosshead/report/drawing.hpp"
#include "crosshead/report/figure.hpp"
#include "crosshead/report/html.hpp"
#include "crosshead/report/ledger_section.hpp"

namespace crosshead::report {
namespace {

/// Polynomials of a larger degree are not written out.
constexpr int kLargestDegreeOfExamples = 12;

std::string percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? ""
                    : fmt::format("{:.3g}", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

/// One series of counts of pairs over [0, 1].
Panel counts_panel(const std::string& title, const std::string& x, Series series,
                   const std::string& description) {
  double highest = 0;
  for (const Point& point : series.points) highest = std::max(highest, point.y);
  Panel panel;
  panel.title = title;
  panel.height = 200;
  panel.x = {x, false, 0, 1, false, {}};
  panel.y = {"pairs", false, 0, highest > 0 ? highest * 1.1 : 1, false, {}};
  panel.description = description;
  panel.series.push_back(std::move(series));
  return panel;
}

Panel curve_panel(const FamilyCensus& census, std::uint64_t pairs) {
  Series series;
  series.name = "pairs that hold at b";
  series.every = 8;
  const std::size_t last = census.holding.size() - 1;
  for (std::size_t k = 0; k < census.holding.size(); ++k) {
    const auto count = static_cast<std::uint64_t>(census.holding[k]);
    const double x = static_cast<double>(k) / static_cast<double>(last);
    series.points.push_back({x,
                             static_cast<double>(count),
                             {},
                             {},
                             fmt::format("b = {:.6g}: {} of {} pairs", x, grouped(count), grouped(pairs))});
  }
  return counts_panel("For how many pairs it holds at b", "b, weight of the first head", std::move(series),
                      fmt::format("At b = 1/2 it holds for {} of {} pairs. ",
                                  grouped(count_at(census.document, "at_half")), grouped(pairs)));
}

Panel length_panel(const FamilyCensus& census) {
  Series series;
  series.name = "pairs whose weights have about this length";
  series.style = 1;
  series.line = false;
  const auto bins = static_cast<double>(census.lengths.size());
  for (std::size_t k = 0; k < census.lengths.size(); ++k) {
    const auto count = static_cast<std::uint64_t>(census.lengths[k]);
    const double y = static_cast<double>(count);
    series.points.push_back({(static_cast<double>(k) + 0.5) / bins, y, 0.0, y,
                             fmt::format("{:.4g} to {:.4g}: {} pairs", static_cast<double>(k) / bins,
                                         static_cast<double>(k + 1) / bins, grouped(count))});
  }
  return counts_panel(
      "How much of 0 < b < 1 it holds for", "total length of the weights", std::move(series),
      "Pairs that hold somewhere, by the total length of their weights; the counts are in the table.");
}

std::string numbers_of(const FamilyCensus& census, std::uint64_t pairs) {
  Table lengths{"Pairs that hold somewhere, by the total length of their weights",
                {{"above"}, {"up to", true}, {"pairs", true}},
                {}};
  const auto bins = static_cast<double>(census.lengths.size());
  for (std::size_t k = 0; k < census.lengths.size(); ++k) {
    lengths.rows.push_back({fmt::format("{:.4g}", static_cast<double>(k) / bins),
                            fmt::format("{:.4g}", static_cast<double>(k + 1) / bins),
                            grouped(static_cast<std::uint64_t>(census.lengths[k]))});
  }
  lengths.rows.front()[0] = "0 and above";
  Table holding{"Pairs for which it holds at b", {{"b"}, {"pairs", true}, {"percent", true}}, {}};
  const auto last = static_cast<long>(census.holding.size()) - 1;
  for (long k = 0; k <= last; ++k) {
    const auto count = static_cast<std::uint64_t>(census.holding[static_cast<std::size_t>(k)]);
    holding.rows.push_back(
        {exact::to_string(exact::Rational(k, last)), grouped(count), percent(count, pairs)});
  }
  return table_html(lengths) + table_html(holding);
}

}  // namespace

Section family_census_section(const FamilyCensus& census) {
  const nlohmann::ordered_json& document = census.document;
  const std::uint64_t pairs = count_at(document, "pairs"), somewhere = count_at(document, "somewhere");
  const std::uint64_t half = count_at(document, "at_half"), everywhere = count_at(document, "everywhere");
  const std::uint64_t undecided = count_at(document, "undecided");
  std::string html = "<ul class=\"tiles wide\" aria-label=\"Counts\">\n";
  html += tile(grouped(pairs), "pairs of heads");
  html += tile(grouped(somewhere), "hold for some b");
  html += tile(grouped(half), "hold at b = 1/2");
  html += tile(grouped(everywhere), "hold for all 0 &lt; b &lt; 1");
  html += tile(grouped(undecided), "undecided for some b");
  html += "</ul>\n";
  SearchedClaim claim = searched_claim(document);
  claim.convention.fidelity.first_step = document.value("first_step", 1);
  claim.convention.fidelity.sink_counts = document.value("sink_counts", true);
  const std::string conventions = convention_words(claim);
  html += fmt::format(
      "<p>All unordered pairs of different heads of the family {} on {} nodes: for which weights b of the "
      "first head and 1 \xE2\x88\x92 b of the second <code>{}</code> holds, for all real b{}. The first head "
      "of a pair is the one that comes first in the family's order of edges.</p>\n",
      escaped(text_at(document, "family")), document.value("nodes", 0), escaped(text_at(document, "claim")),
      conventions.empty() ? "" : " (" + escaped(conventions) + ")");
  if (!document.value("complete", true))
    html += paragraph("The run was stopped early: counts are of the pairs that were done.", "note");
  Table table{
      "Pairs by the weights for which it holds", {{"it holds"}, {"pairs", true}, {"percent", true}}, {}};
  const auto row = [&](const char* words, std::uint64_t count) {
    table.rows.push_back({escaped(words), grouped(count), percent(count, pairs)});
  };
  row("for all 0 < b < 1", everywhere);
  row("at 1/2, not for all b", half - everywhere);
  row("for some b, not at 1/2", somewhere - half);
  row("for no b that was decided", pairs - somewhere);
  row("with an irrational end", count_at(document, "with_irrational_end"));
  row("undecided for some b", undecided);
  html += table_html(table);
  html += paragraph(
      fmt::format("Ends are algebraic numbers of degree up to {}. The first four rows add up to all pairs.",
                  document.value("largest_degree", 1)),
      "note");
  Figure figure;
  figure.id = "family-census";
  figure.title = "Over the weights.";
  figure.text = "Counted exactly: at 65 values of b, and by the total length of each pair's weights.";
  figure.panels = {curve_panel(census, pairs), length_panel(census)};
  figure.numbers = numbers_of(census, pairs);
  return {"census", "Census", html + figure_html(figure)};
}

Section family_examples_section(const FamilyCensus& census) {
  std::string html;
  int count = 0;
  for (const FamilyExample& example : census.examples) {
    html += "<h3>" + escaped(example.title) + "</h3>\n";
    html += fmt::format("<p>Pair {}: it holds for {}. Merged here with weights for which it does.</p>\n",
                        grouped(static_cast<std::uint64_t>(example.pair.number)),
                        sets_html(example.pair.holds, kLargestDegreeOfExamples));
    const bool mixing = text_at(census.document, "claim").find("mix") != std::string::npos;
    html += system_drawing(example.system, mixing ? EdgeWeights::walk : EdgeWeights::diffusion,
                           fmt::format("example-{}", ++count));
  }
  if (census.examples.empty()) html = paragraph("It holds for no pair.", "note");
  return {"examples", "Examples", html};
}

}  // namespace crosshead::report

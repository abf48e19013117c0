#include "crosshead/report/figure.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "crosshead/heads/system_file.hpp"
#include "crosshead/report/page.hpp"
#include "crosshead/report/printed_figure.hpp"
#include "crosshead/report/region_section.hpp"
#include "crosshead/report/system_figures.hpp"
#include "crosshead/walk/mixing.hpp"

namespace crosshead::report {
namespace {

heads::HeadSystem named(const std::string& name) {
  return heads::read_system(std::string(CROSSHEAD_SOURCE_DIR "/proofs/systems/") + name + ".json", {});
}

TEST(SignalFigure, MarksTheSupremaOfExample313) {
  const Figure figure = signal_figure(named("example-3.13"), {}, "x", true);
  ASSERT_EQ(figure.panels.size(), 3U);
  const Panel& merged = figure.panels.back();
  ASSERT_EQ(merged.series.size(), 4U);
  EXPECT_EQ(merged.series[0].points.size(), 21U);
  EXPECT_EQ(merged.series[0].points[2].y, 0.125) << "s_u(2) = 1/2 * 1/4";
  ASSERT_EQ(merged.marks.size(), 4U);
  for (int j = 0; j < 2; ++j) {
    EXPECT_TRUE(merged.marks[static_cast<std::size_t>(j)].open) << "1/2 is approached, never attained";
    EXPECT_TRUE(merged.marks[static_cast<std::size_t>(j)].beyond);
    EXPECT_EQ(merged.marks[static_cast<std::size_t>(j)].y, 0.5);
  }
  EXPECT_FALSE(merged.marks[2].open);
  EXPECT_EQ(merged.marks[2].x, 1);
  ASSERT_EQ(merged.rules.size(), 1U);
  EXPECT_EQ(merged.rules[0].at, 0.5);
  EXPECT_EQ(figure.panels[0].rules[0].at, 0.375);
  EXPECT_NE(figure.numbers.find("3/8 = 0.375"), std::string::npos);
}

TEST(SignalFigure, OfOneHeadHasOnePanel) {
  heads::HeadSystem system = named("example-3.8");
  system.heads.resize(1);
  system.weights = {1};
  EXPECT_EQ(signal_figure(system, {}, "x", false).panels.size(), 1U);
}

TEST(SignalFigure, IsEmptyWhereNoMatrixIsDefined) {
  heads::HeadSystem system = named("example-3.8");
  system.heads = {{"", graph::Digraph(3), {}, {}, {}}};
  system.weights = {1};
  EXPECT_TRUE(signal_figure(system, {}, "x", true).panels.empty());
}

/// A line of nodes; each head has one more edge from the first node on.
heads::HeadSystem line_of(int nodes, int heads) {
  heads::HeadSystem system;
  for (int node = 1; node <= nodes; ++node) system.nodes.push_back(std::to_string(node));
  system.sink = nodes - 1;
  for (int h = 0; h < heads; ++h) {
    graph::Digraph graph(nodes, true);
    for (int node = 0; node + 1 < nodes; ++node) graph.add_edge(node, node + 1);
    if (h > 0) graph.add_edge(0, h + 1);
    system.heads.push_back({"", graph, {}, {}, {}});
    system.weights.emplace_back(1, heads);
  }
  return system;
}

TEST(SignalFigure, OfALargeSystemDrawsTheLeastSuprema) {
  const Figure figure = signal_figure(line_of(14, 8), {}, "x", true);
  ASSERT_EQ(figure.panels.size(), 3U) << "two heads and the merged system";
  EXPECT_EQ(figure.panels.back().title.substr(0, 6), "merged");
  ASSERT_EQ(figure.panels.back().series.size(), 6U);
  const diffusion::Fidelity merged =
      diffusion::fidelity(*heads::mean_diffusion(line_of(14, 8), heads::Reading::as_stored).matrix, 13, {});
  std::vector<exact::Rational> suprema;
  for (const auto& node : merged.nodes) suprema.push_back(node.supremum);
  std::sort(suprema.begin(), suprema.end());
  for (const Series& series : figure.panels.back().series) {
    const auto node = static_cast<std::size_t>(std::stoi(series.name)) - 1;
    EXPECT_LE(merged.nodes[node].supremum, suprema[5]);
  }
  for (const char* words : {"Of 14 nodes those 6 are drawn", "the least and the largest minimax fidelity"})
    EXPECT_NE(figure.text.find(words), std::string::npos);
  EXPECT_NE(figure.numbers.find("<th scope=\"row\">14</th>"), std::string::npos) << "the table has all nodes";
  EXPECT_EQ(figure.numbers.find("Signals by t"), std::string::npos);
  EXPECT_EQ(signal_figure(line_of(12, 5), {}, "x", true).panels.front().series.size(), 12U);
}

TEST(DistanceFigure, OfManyHeadsHasTheFastestAndTheSlowest) {
  const heads::HeadSystem system = line_of(9, 7);
  const Figure figure = distance_figure(system, {}, exact::Rational(1, 4), "x");
  ASSERT_EQ(figure.panels.front().series.size(), 3U);
  std::vector<std::pair<std::int64_t, std::string>> times;
  for (int h = 0; h < 7; ++h) {
    const auto walk = *heads::walk_of(system, h, heads::Reading::as_stored).matrix;
    times.emplace_back(walk::mixing_times(walk, 8, system.nodes, {exact::Rational(1, 4)}, {}).front().time,
                       "head " + std::to_string(h + 1));
  }
  const auto [fastest, slowest] = std::minmax_element(
      times.begin(), times.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  ASSERT_LT(fastest->first, slowest->first);
  for (const Series& series : figure.panels.front().series) {
    if (series.name == "merged") continue;
    const auto found = std::find_if(times.begin(), times.end(),
                                    [&](const auto& time) { return time.second == series.name; });
    EXPECT_TRUE(found->first == fastest->first || found->first == slowest->first) << series.name;
  }
  EXPECT_NE(figure.numbers.find(">head 5<"), std::string::npos) << "the table has all heads";
}

TEST(DistanceFigure, MarksTheMixingTimes) {
  const Figure figure = distance_figure(named("faster-together"), {}, exact::Rational(1, 4), "x");
  ASSERT_EQ(figure.panels.size(), 1U);
  const Panel& panel = figure.panels.front();
  ASSERT_EQ(panel.series.size(), 3U);
  ASSERT_EQ(panel.marks.size(), 3U);
  EXPECT_EQ(panel.marks[0].x, 5);
  EXPECT_EQ(panel.marks[1].x, 5);
  EXPECT_EQ(panel.marks[2].x, 4);
  EXPECT_TRUE(panel.series[2].thick);
  EXPECT_EQ(panel.series[2].points[4].y, 0.1875) << "(t + 2) / 2^(t + 1)";
}

TEST(DistanceFigure, LeavesOutHeadsThatDoNotMix) {
  const Figure figure = distance_figure(named("example-3.8"), {}, exact::Rational(1, 4), "x");
  ASSERT_EQ(figure.panels.size(), 1U);
  EXPECT_EQ(figure.panels.front().series.size(), 1U);
}

TEST(RegionFigure, ShadesTheWeightsAndMarksTheirEnds) {
  const auto region = nlohmann::ordered_json::parse(R"({
    "system": "s", "heads": ["head 1", "head 2"], "claim": "amplifies", "threshold": "3/8",
    "holds": [{"from": {"value": "1/4"}, "from_closed": false, "to": {"minimal_polynomial": ["-1", "0", "2"],
               "isolating": ["1/2", "1"], "decimal": ["0.70710678118654752440", "0.70710678118654752441"]}, "to_closed": true}],
    "undecided": [], "plot": {"b_rounded": [0, 0.5, 1], "minimax_rounded": [0.25, 0.4, null],
    "nodes": [{"node": "u", "rounded": [0.3, 0.5, 0.4]}]}})");
  const Figure figure = region_figure(region, "x");
  ASSERT_EQ(figure.panels.size(), 1U);
  const Panel& panel = figure.panels.front();
  ASSERT_EQ(panel.bands.size(), 1U);
  EXPECT_EQ(panel.bands[0].from, 0.25);
  EXPECT_NEAR(panel.bands[0].to, 0.70710678, 1e-8);
  ASSERT_EQ(panel.marks.size(), 2U);
  EXPECT_TRUE(panel.marks[0].open);
  EXPECT_FALSE(panel.marks[1].open);
  EXPECT_EQ(panel.series.back().points.size(), 2U) << "undecided samples are left out";
  EXPECT_NE(figure.numbers.find("2 b<sup>2</sup> \xE2\x88\x92 1"), std::string::npos);
  EXPECT_NE(figure.numbers.find("1/4 = 0.25 &lt; b \xE2\x89\xA4 0.7071067811"), std::string::npos);
}

TEST(PrintedFigure, HasACurveForEachLayer) {
  std::vector<std::vector<exact::Rational>> rows(4, std::vector<exact::Rational>(4, exact::Rational(1, 2)));
  const Figure figure = printed_figure({{"cycle_mixing", rows}, {"other", {{1}}}}, "x");
  ASSERT_EQ(figure.panels.size(), 1U);
  EXPECT_EQ(figure.panels[0].title, "cycle mixing");
  EXPECT_EQ(figure.panels[0].series.size(), 4U);
  EXPECT_EQ(figure.panels[0].x.labels, (std::vector<std::string>{"1", "4", "8", "16"}));
}

TEST(Figure, SeriesAreToldApartInTheLegend) {
  Figure figure{"x", "Title", "", {}, {}, "<table></table>"};
  figure.panels.push_back({});
  figure.panels[0].series = {{"one", 0}, {"two", 1}, {"one", 0}};
  const std::string html = figure_html(figure);
  if (!has_vega()) {
    EXPECT_NE(html.find("<details class=\"numbers\" open>"), std::string::npos);
    GTEST_SKIP() << "built without Vega: there is no legend";
  }
  EXPECT_EQ(html.find("<li>", html.find("<li>", html.find("<li>") + 1) + 1), std::string::npos)
      << "one entry a name";
  EXPECT_NE(swatch(figure.panels[0].series[0]), swatch(figure.panels[0].series[1]));
}

}  // namespace
}  // namespace crosshead::report

// Sections about weights: of all heads, and of all pairs of a family.
#include "html_parts.hpp"
#include <gtest/gtest.h>

#include "crosshead/report/best_weights_section.hpp"
#include "crosshead/report/family_section.hpp"
#include "crosshead/report/page.hpp"

namespace crosshead::report {
namespace {

using exact::Rational;
using nlohmann::ordered_json;
using testing::has;

heads::Head edge_head(const std::string& name, int nodes, const std::vector<std::pair<int, int>>& edges) {
  heads::Head head;
  head.name = name;
  head.graph = graph::Digraph(nodes);
  for (int node = 0; node < nodes; ++node) head.graph->add_edge(node, node);
  for (const auto& [from, to] : edges) head.graph->add_edge(from, to);
  return head;
}

/// Two nodes; all heads hear the first node with one half but the first, which hears it not at all. The last
/// node keeps (1 + b) / 2 with weight b on the first head: the fidelity of node 1 is 1 for b < 1, of the sink
/// (1 + b) / 2.
BestWeights of(int heads) {
  BestWeights found;
  found.system.name = "made";
  found.system.nodes = {"u<", "tau"};
  found.system.sink = 1;
  for (int h = 0; h < heads; ++h) {
    found.system.heads.push_back(
        edge_head(h == 0 ? "a & b" : "", 2,
                  h == 0 ? std::vector<std::pair<int, int>>{} : std::vector<std::pair<int, int>>{{0, 1}}));
    found.system.weights.emplace_back(1, heads);
    found.matrices.push_back(*heads::diffusion_of(found.system, h, heads::Reading::as_stored).matrix);
  }
  found.tolerance = Rational(1, 10);
  found.best = diffusion::simplex_maximum(found.matrices, 1, found.convention, found.tolerance, 1000);
  return found;
}

TEST(BestWeights, BoundsAreRoundedOutwards) {
  BestWeights found = of(2);
  ASSERT_TRUE(found.best.reached);
  found.best.lower = Rational(2, 3);
  found.best.upper = Rational(7, 9);
  const std::string html = best_weights_section(found).html;
  EXPECT_TRUE(has(html, "<th scope=\"row\">at least</th><td>2/3</td>"));
  EXPECT_TRUE(has(html, ">0.6666666666\xE2\x80\xA6<"));
  EXPECT_TRUE(has(html, ">0.7777777778<"));
  EXPECT_TRUE(has(html, ">0.777778<"));
  EXPECT_TRUE(has(html, ">0.1111111112<")) << "what lies between them is 1/9";
}

TEST(BestWeights, HeadsHaveTheirWeightsAndTheirOwnFidelity) {
  BestWeights found = of(3);
  found.best.weights = {Rational(1, 2), Rational(1, 3), Rational(1, 6)};
  const std::string html = best_weights_section(found).html;
  // Alone, the first head does not hear node 1 at all; the others hear it with 1 in the end, and the sink
  // with 1/2.
  EXPECT_TRUE(
      has(html, "<th scope=\"row\">a &amp; b</th><td>1/2</td><td class=\"number\">0.5</td><td>0</td>"));
  EXPECT_TRUE(has(
      html, "<th scope=\"row\">head 3</th><td>1/6</td><td class=\"number\">0.166667</td><td>1/2 = 0.5</td>"));
  EXPECT_EQ(has(html, "weight of a &amp; b"), has_vega()) << "the legend of the plot";
  EXPECT_TRUE(has(best_signals_section(found).html, "1/2 of a &amp; b, 1/3 of head 2, 1/6 of head 3"));
}

TEST(BestWeights, CutsShowTheFidelityAtEachWeight) {
  if (!has_vega()) GTEST_SKIP() << "built without Vega: there are no plots";
  BestWeights found = of(2);
  found.best.weights = {Rational(1, 3), Rational(2, 3)};
  found.best.lower = Rational(2, 3);
  const std::string html = best_weights_section(found).html;
  // (1 + b) / 2 at b = 1/4, and 0 where the second head is left out.
  EXPECT_TRUE(has(html, "a \\u0026 b with weight 1/4 = 0.25: 0.625"));
  EXPECT_TRUE(has(html, "a \\u0026 b with weight 1: 0\""));
  EXPECT_TRUE(has(html, "a \\u0026 b with weight 1/3 \xE2\x89\x88 0.333333: 0.666667") ||
              has(html, "a \\u0026 b with weight 1/3 \\u2248 0.333333: 0.666667"));
}

TEST(BestWeights, BudgetThatWasTooSmallIsSaid) {
  BestWeights found = of(2);
  EXPECT_FALSE(has(best_weights_section(found).html, "budget"));
  found.best.reached = false;
  EXPECT_TRUE(has(best_weights_section(found).html, "budget of parts was used up"));
}

/// The simplex halved along the first edge, and its first half once more.
void divide(diffusion::SimplexMaximum& best) {
  best.parts.assign(5, {});
  best.parts[0].halves = {1, 2};
  best.parts[0].split = {0, 1};
  best.parts[1].halves = {3, 4};
  best.parts[1].split = {0, static_cast<int>(best.weights.size()) - 1};
  best.parts[2].node = best.parts[3].node = 1;
  best.parts[2].horizon = 7;
  best.parts[4].horizon = 12;
  best.simplices = 5;
}

TEST(SimplexParts, SizesAddUpToTheWhole) {
  BestWeights found = of(2);
  divide(found.best);
  const std::string html = simplex_parts_section(found).html;
  EXPECT_TRUE(has(html, "<th scope=\"row\">1</th><td class=\"number\">1</td><td class=\"number\">50</td>"));
  EXPECT_TRUE(has(html, "<th scope=\"row\">2</th><td class=\"number\">2</td><td class=\"number\">50</td>"));
  // The sink bounds the half and one quarter, the first node the other quarter.
  EXPECT_TRUE(has(html,
                  "<th scope=\"row\">tau</th><td class=\"number\">2</td><td class=\"number\">75</td><td "
                  "class=\"number\">7</td>"));
  EXPECT_TRUE(has(html,
                  "<th scope=\"row\">u&lt;</th><td class=\"number\">1</td><td class=\"number\">25</td><td "
                  "class=\"number\">12</td>"));
  EXPECT_FALSE(has(html, "id=\"simplex\"")) << "a triangle is for three heads";
}

TEST(SimplexParts, OfThreeHeadsAreDrawnWhereTheyAre) {
  BestWeights found = of(3);
  found.best.weights = {1, 0, 0};
  divide(found.best);
  const std::string html = simplex_parts_section(found).html;
  // Corners: (30, 385), (430, 385), (230, 38.6). The second half keeps the first corner and has the middle
  // (230, 385) in place of the second one.
  EXPECT_TRUE(has(html, "M30.0 385.0L230.0 385.0L230.0 38.6z"));
  // The first half, (230, 385), (430, 385), (230, 38.6), is cut between its first and third vertices at (230,
  // 211.8).
  EXPECT_TRUE(has(html, "M230.0 211.8L430.0 385.0L230.0 38.6z"));
  EXPECT_TRUE(has(html, "M230.0 385.0L430.0 385.0L230.0 211.8z"));
  EXPECT_TRUE(has(html, "<path class=\"found\" d=\"M30.0 377.0")) << "the diamond around the first corner";
  EXPECT_FALSE(has(html, "further than can be seen"));
}

ordered_json number(const std::string& value) {
  return {{"value", value}};
}

FamilyCensus census_of(std::int64_t every) {
  using Kind = FamilyPair::Kind;
  const ordered_json below_half{
      {"from", number("0")}, {"from_closed", false}, {"to", number("1/4")}, {"to_closed", true}};
  FamilyCensus census;
  census.document = {
      {"family", "unique_sink"}, {"nodes", 3},        {"claim", "a < b"},          {"first_step", 1},
      {"sink_counts", true},     {"pairs", 1200},     {"complete", true},          {"somewhere", 700},
      {"at_half", 300},          {"everywhere", 100}, {"with_irrational_end", 50}, {"largest_degree", 6},
      {"undecided", 0}};
  census.holding = {0, 500, 300, 200, 0};
  census.lengths = {650, 50};
  census.listed = {{7, "1 to 2", "2 to 3", ordered_json::array({below_half}), Kind::elsewhere, false},
                   {1100, "1 to 3", "none", ordered_json::array(), Kind::nowhere, false}};
  census.every = every;
  return census;
}

TEST(FamilyCensus, EachPairIsCountedOnce) {
  const std::string html = family_census_section(census_of(0)).html;
  EXPECT_TRUE(has(html, "<span class=\"count\">1,200</span>"));
  const auto row = [&](const std::string& words, const std::string& pairs, const std::string& percent) {
    return has(html, "<th scope=\"row\">" + words + "</th><td class=\"number\">" + pairs +
                         "</td><td class=\"number\">" + percent + "</td>");
  };
  EXPECT_TRUE(row("for all 0 &lt; b &lt; 1", "100", "8.33"));
  EXPECT_TRUE(row("at 1/2, not for all b", "200", "16.7"));
  EXPECT_TRUE(row("for some b, not at 1/2", "400", "33.3"));
  EXPECT_TRUE(row("for no b that was decided", "500", "41.7"));
  EXPECT_TRUE(row("1/4", "500", "41.7")) << "by b";
  EXPECT_TRUE(has(html, "<code>a &lt; b</code>"));
  EXPECT_FALSE(has(html, "stopped early"));
  FamilyCensus stopped = census_of(0);
  stopped.document["complete"] = false;
  EXPECT_TRUE(has(family_census_section(stopped).html, "stopped early"));
}

TEST(FamilyPairs, SayWhatIsLeftOut) {
  EXPECT_TRUE(has(family_pairs_section(census_of(0)).html, "All 1,200 pairs are listed."));
  EXPECT_TRUE(has(family_pairs_section(census_of(1)).html, "2 of 1,200 pairs are listed: all of those"));
  EXPECT_TRUE(has(family_pairs_section(census_of(32)).html,
                  "2 of 1,200 pairs are listed: one in 32 of those that hold for some b or are "
                  "undecided, evenly spread."));
}

TEST(FamilyPairs, RowsHaveWhatFiltersNeed) {
  const std::string html = family_pairs_section(census_of(0)).html;
  EXPECT_TRUE(has(html, "<table id=\"family-table\">"));
  EXPECT_TRUE(
      has(html, "<tr data-verdict=\"elsewhere\" data-evidence=\"rational\"><th scope=\"row\">7</th>"));
  EXPECT_TRUE(has(html, "<td>0 &lt; b \xE2\x89\xA4 1/4 = 0.25</td>"));
  EXPECT_TRUE(has(html, "<tr data-verdict=\"nowhere\" data-evidence=\"\"><th scope=\"row\">1,100</th>"));
  EXPECT_TRUE(has(html, "data-noun=\"pairs\""));
  EXPECT_TRUE(has(html, "value=\"nowhere\" checked>for no b (1)"));
  EXPECT_FALSE(has(html, "value=\"half\"")) << "no pair of that kind is listed";
}

TEST(FamilyPairs, WithoutAnyThereIsNoPlot) {
  FamilyCensus census = census_of(1);
  census.listed.clear();
  EXPECT_FALSE(has(family_pairs_section(census).html, "<figure"));
  EXPECT_TRUE(has(family_examples_section(census).html, "no pair"));
}

TEST(FamilyExamples, AreDrawnWithTheirWeights) {
  FamilyCensus census = census_of(0);
  FamilyExample example{"First <one>", census.listed.front(), {}};
  example.system.nodes = {"1", "2", "3"};
  example.system.sink = 2;
  example.system.heads = {edge_head("", 3, {{0, 1}, {1, 2}}), edge_head("", 3, {{0, 2}, {1, 2}})};
  example.system.weights = {Rational(1, 8), Rational(7, 8)};
  census.examples.push_back(example);
  const std::string html = family_examples_section(census).html;
  EXPECT_TRUE(has(html, "<h3>First &lt;one&gt;</h3>"));
  EXPECT_TRUE(has(html, "Pair 7: it holds for 0 &lt; b \xE2\x89\xA4 1/4 = 0.25."));
  EXPECT_TRUE(has(html, "merged: 1/8 of head 1, 7/8 of head 2, entries of the mean diffusion matrix"));
}

}  // namespace
}  // namespace crosshead::report

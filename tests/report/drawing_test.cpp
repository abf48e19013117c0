#include "crosshead/report/drawing.hpp"

#include <cmath>
#include <regex>

#include "../../src/report/arcs.hpp"
#include <gtest/gtest.h>

namespace crosshead::report {
namespace {

double distance(Spot a, Spot b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

Spot on_curve(const Arc& arc, double s) {
  const double a = (1 - s) * (1 - s) * (1 - s), b = 3 * (1 - s) * (1 - s) * s, c = 3 * (1 - s) * s * s,
               d = s * s * s;
  return {a * arc.start.x + b * arc.first_control.x + c * arc.second_control.x + d * arc.end.x,
          a * arc.start.y + b * arc.first_control.y + c * arc.second_control.y + d * arc.end.y};
}

int count(const std::string& text, const std::string& part) {
  int found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

heads::HeadSystem system_of(int nodes, const std::vector<std::vector<std::pair<int, int>>>& heads,
                            bool loops = true) {
  heads::HeadSystem system;
  for (int j = 0; j < nodes; ++j) system.nodes.push_back(j + 1 == nodes ? "tau" : std::to_string(j + 1));
  system.sink = nodes - 1;
  for (const auto& edges : heads) {
    graph::Digraph graph(nodes, loops);
    for (const auto& [from, to] : edges) graph.add_edge(from, to);
    system.heads.push_back({"", graph, {}, {}, {}});
    system.weights.emplace_back(1, static_cast<int>(heads.size()));
  }
  return system;
}

TEST(Arcs, StayInsideOfTheDrawingAndOutOfTheNodes) {
  for (int n = 2; n <= kMostDrawnNodes; ++n) {
    const Line line(n, n - 1, n - 1);
    for (int from = 0; from < n; ++from) {
      for (int to = 0; to < n; ++to) {
        if (from == to) continue;
        const Arc arc = line.arc(from, to);
        EXPECT_NEAR(distance(arc.tip, line.node(to)), line.radius() + 4, 1e-9);
        EXPECT_NEAR(distance(arc.start, line.node(from)), line.radius() + 3, 1e-9);
        for (double s = 0; s <= 1; s += 0.05) {
          if (arc.straight) break;
          const Spot spot = on_curve(arc, s);
          EXPECT_GT(spot.x, 0);
          EXPECT_LT(spot.x, line.width());
          EXPECT_GT(spot.y, 0);
          EXPECT_LT(spot.y, line.height());
          for (int node = 0; node < n; ++node) {
            if (node == from || node == to) continue;
            EXPECT_GT(distance(spot, line.node(node)), line.radius());
          }
        }
      }
    }
  }
}

TEST(Arcs, ForwardEdgesRunAboveAndEdgesBackBelow) {
  const Line line(5, 4, 4);
  for (int from = 0; from < 5; ++from) {
    for (int to = 0; to < 5; ++to) {
      if (from == to) continue;
      const double middle = line.arc(from, to).label.y, level = line.node(0).y;
      EXPECT_EQ((middle < level), (to > from));
    }
  }
}

TEST(Arcs, WeightsOfDifferentEdgesDoNotCollide) {
  const Line line(6, 5, 5);
  std::vector<Spot> labels;
  for (int from = 0; from < 6; ++from) {
    for (int to = from + 1; to < 6; ++to) labels.push_back(line.arc(from, to).label);
  }
  for (std::size_t a = 0; a < labels.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b)
      EXPECT_TRUE(std::abs(labels[a].x - labels[b].x) > 30 || std::abs(labels[a].y - labels[b].y) > 13);
  }
}

TEST(Drawing, HasEachEdgeOnceAndTheMergedWeights) {
  const auto system = system_of(3, {{{0, 1}}, {{1, 2}}});
  const std::string html = system_drawing(system, EdgeWeights::diffusion, "x");
  EXPECT_EQ(count(html, "<svg"), 3);
  EXPECT_EQ(count(html, "class=\"edge plain\""), 2);
  EXPECT_EQ(count(html, "class=\"edge head-1\""), 1);
  EXPECT_EQ(count(html, "class=\"edge head-2\""), 1);
  EXPECT_EQ(count(html, "class=\"loop\""), 9);
  EXPECT_EQ(count(html, "<rect class=\"node\""), 3);
  EXPECT_EQ(count(html, ">1/4</text>"), 2);
  EXPECT_NE(html.find("<title id=\"x-1-title\">head 1</title>"), std::string::npos);
  EXPECT_NE(html.find("1 to 2; self-loops everywhere."), std::string::npos);
  EXPECT_NE(html.find("aria-labelledby=\"x-merged-title x-merged-text\""), std::string::npos);
}

TEST(Drawing, WalkWeightsAreThoseOfTheWalk) {
  const auto system = system_of(3, {{{0, 2}, {1, 2}}, {{0, 1}, {1, 2}}});
  const std::string html = system_drawing(system, EdgeWeights::walk, "x");
  EXPECT_NE(html.find("class=\"edge shared\""), std::string::npos);
  EXPECT_EQ(count(html, ">1/4</text>"), 2);
  EXPECT_EQ(count(html, ">1/2</text>"), 1);
  EXPECT_NE(html.find("entries of the mean walk matrix"), std::string::npos);
}

TEST(Drawing, SaysWhereSelfLoopsAreMissing) {
  const auto system = system_of(2, {{{0, 1}}}, false);
  const std::string html = system_drawing(system, EdgeWeights::walk, "x");
  EXPECT_EQ(count(html, "class=\"loop\""), 0);
  EXPECT_NE(html.find("1 to tau; no self-loop at 1, tau"), std::string::npos);
  EXPECT_EQ(count(html, "<svg"), 1) << "one head is not merged with anything";
}

TEST(Drawing, NamesAreEscaped) {
  auto system = system_of(2, {{{0, 1}}, {}});
  system.nodes[0] = "<&>";
  system.heads[0].name = "\"first\" <head>";
  const std::string html = system_drawing(system, EdgeWeights::diffusion, "x");
  EXPECT_EQ(html.find("<&>"), std::string::npos);
  EXPECT_EQ(html.find("<head>"), std::string::npos);
}

TEST(Drawing, LargeSystemsAreNotDrawn) {
  const auto system =
      system_of(kMostDrawnNodes + 1, {{{0, 1}, {0, 3}, {0, 4}, {0, 5}, {2, 7}, {2, 8}, {3, 12}}, {}});
  const std::string html = system_drawing(system, EdgeWeights::diffusion, "x");
  EXPECT_EQ(count(html, "<svg"), 0);
  EXPECT_EQ(count(html, "id=\"x\""), 1);
  EXPECT_EQ(count(html,
                  "<th scope=\"row\">head 1</th><td>1/2</td><td class=\"number\">7</td>"
                  "<td>1 to 2, 4\xE2\x80\x93"
                  "6; 3 to 8, 9; 4 to tau</td>"),
            1);
  EXPECT_EQ(count(html, "<td class=\"number\">0</td><td>none</td>"), 1);
}

TEST(Drawing, EveryNumberOfEveryPathIsFinite) {
  const std::regex number("(NaN|inf|e[+-][0-9])", std::regex::icase);
  for (int n = 1; n <= kMostDrawnNodes; ++n) {
    std::vector<std::pair<int, int>> all;
    for (int from = 0; from < n; ++from) {
      for (int to = 0; to < n; ++to) {
        if (from != to) all.emplace_back(from, to);
      }
    }
    const std::string html = system_drawing(system_of(n, {all, {}}), EdgeWeights::diffusion, "x");
    const std::regex paths("(d|points|viewBox)=\"([^\"]*)\"");
    for (auto at = std::sregex_iterator(html.begin(), html.end(), paths); at != std::sregex_iterator(); ++at)
      EXPECT_FALSE(std::regex_search((*at)[2].str(), number)) << (*at)[2].str();
  }
}

}  // namespace
}  // namespace crosshead::report

// How the simplex of weights was divided. Bisecting an edge halves a part's volume exactly, so a part that
// was halved d times over has the share 2^-d of all weights.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "searched.hpp"
#include <fmt/format.h>

#include "crosshead/report/best_weights_section.hpp"
#include "crosshead/report/figure.hpp"
#include "crosshead/report/html.hpp"

namespace crosshead::report {
namespace {

/// Parts that are halved more often are too small to be seen.
constexpr int kDeepestDrawn = 12;
constexpr int kStyles = 6;

/// Parts that were not divided further.
struct Leaves {
  std::uint64_t count = 0;
  double share = 0;  ///< of all weights: a sum of powers of two
  std::int64_t horizon = 0;
};

struct Division {
  std::map<int, Leaves> by_halvings;
  std::map<int, Leaves> by_node;
};

Division division_of(const std::vector<diffusion::SimplexPart>& parts) {
  Division division;
  std::vector<std::pair<int, int>> open{{0, 0}};
  while (!open.empty()) {
    const auto [at, halvings] = open.back();
    open.pop_back();
    const diffusion::SimplexPart& part = parts[static_cast<std::size_t>(at)];
    if (part.halves[0] != 0) {
      for (const int half : part.halves) open.emplace_back(half, halvings + 1);
      continue;
    }
    for (Leaves* leaves : {&division.by_halvings[halvings], &division.by_node[part.node]}) {
      ++leaves->count;
      leaves->share += std::ldexp(1.0, -halvings);
      leaves->horizon = std::max(leaves->horizon, part.horizon);
    }
  }
  return division;
}

Figure sizes_figure(const Division& division, std::int64_t parts) {
  Figure figure;
  figure.id = "part-sizes";
  figure.title = "Sizes of the parts.";
  figure.text =
      "A part that was halved d times is 1/2<sup>d</sup> of the simplex; small parts are where the bound is "
      "close to the largest value.";
  figure.summary = "Parts as numbers";
  Panel shares, counts;
  shares.title = "Share of the simplex";
  counts.title = "Number of parts";
  Series share, count;
  share.name = "share of all weights in parts of this size";
  count.name = "parts of this size";
  count.style = 1;
  share.line = count.line = false;
  Table table{"Parts by size", {{"halvings"}, {"parts", true}, {"percent of the simplex", true}}, {}};
  double largest_share = 0, largest_count = 0;
  int deepest = 0;
  for (const auto& [halvings, leaves] : division.by_halvings) {
    const double percent = 100 * leaves.share, number = static_cast<double>(leaves.count);
    share.points.push_back({static_cast<double>(halvings), percent, 0.0, percent,
                            fmt::format("{} halvings: {:.4g} percent", halvings, percent)});
    count.points.push_back({static_cast<double>(halvings), number, 0.0, number,
                            fmt::format("{} halvings: {} parts", halvings, grouped(leaves.count))});
    largest_share = std::max(largest_share, percent);
    largest_count = std::max(largest_count, number);
    deepest = std::max(deepest, halvings);
    table.rows.push_back({std::to_string(halvings), grouped(leaves.count), fmt::format("{:.4g}", percent)});
  }
  shares.x = counts.x = {"halvings", false, -0.6, deepest + 0.6, true, {}};
  shares.y = {"percent", false, 0, largest_share * 1.1, false, {}};
  counts.y = {"parts", false, 0, largest_count * 1.1, false, {}};
  shares.height = counts.height = 180;
  shares.description = counts.description =
      fmt::format("{} parts of up to {} halvings cover the simplex; all are in the table.",
                  grouped(static_cast<std::uint64_t>(parts + 1) / 2), deepest);
  shares.series.push_back(std::move(share));
  counts.series.push_back(std::move(count));
  figure.panels = {std::move(shares), std::move(counts)};
  figure.numbers = table_html(table);
  return figure;
}

using Spot = std::array<double, 2>;

/// The triangle of three weights, 400 wide, with room for names.
class Triangle {
 public:
  explicit Triangle(const BestWeights& found, const std::map<int, int>& styles)
      : found_(found), styles_(styles) {}

  std::string svg() {
    std::array<Spot, 3> corners;
    for (std::size_t h = 0; h < 3; ++h) {
      std::array<double, 3> vertex{};
      vertex[h] = 1;
      corners[h] = spot(vertex);
    }
    add(0, 0, corners);
    std::string html =
        "<svg class=\"graph simplex\" role=\"img\" aria-labelledby=\"simplex-title simplex-text\" "
        "viewBox=\"0 0 460 420\" width=\"460\" height=\"420\">\n<title id=\"simplex-title\">Weights of three "
        "heads</title><desc id=\"simplex-text\">";
    html += escaped(description()) + "</desc>\n";
    for (const auto& [name, path] : paths_)
      html += fmt::format("<path class=\"part {}\" d=\"{}\"/>\n", name, path);
    const Spot best = spot({weight(0), weight(1), weight(2)});
    html += fmt::format(
        "<path class=\"found\" d=\"M{:.1f} {:.1f}l8 8l-8 8l-8 -8z\"><title>Best weights</title></path>\n",
        best[0], best[1] - 8);
    constexpr const char* kAnchors[] = {"begin", "end", "middle"};
    for (std::size_t h = 0; h < 3; ++h) {
      const double x = h == 0 ? 10 : h == 1 ? 450 : 230, y = h == 2 ? 22 : 410;
      html += fmt::format("<text class=\"name {}\" x=\"{:.0f}\" y=\"{:.0f}\">{}</text>\n", kAnchors[h], x, y,
                          escaped(name(h)));
    }
    return html + "</svg>\n";
  }

  bool merges() const { return paths_.count("fine") > 0; }

 private:
  double weight(std::size_t head) const { return exact::to_double(found_.best.weights[head]); }
  std::string name(std::size_t head) const {
    const std::string& given = found_.system.heads[head].name;
    if (given.empty()) return fmt::format("head {} alone", head + 1);
    return given.size() <= 20 ? given + " alone" : fmt::format("head {} alone", head + 1);
  }
  static Spot spot(const std::array<double, 3>& weights) {
    return {30 + 400 * weights[1] + 200 * weights[2], 385 - 346.4 * weights[2]};
  }
  std::string description() const {
    return fmt::format(
        "A triangle whose corners are the heads alone, cut into the parts of the proof. The best weights "
        "are {}, {} and {}.",
        number_text(found_.best.weights[0]), number_text(found_.best.weights[1]),
        number_text(found_.best.weights[2]));
  }

  void add(int at, int halvings, const std::array<Spot, 3>& corners) {
    const diffusion::SimplexPart& part = found_.best.parts[static_cast<std::size_t>(at)];
    if (part.halves[0] == 0 || halvings == kDeepestDrawn) {
      const std::string name =
          part.halves[0] == 0 ? fmt::format("node-{}", styles_.at(part.node)) : std::string("fine");
      paths_[name] += fmt::format("M{:.1f} {:.1f}L{:.1f} {:.1f}L{:.1f} {:.1f}z", corners[0][0], corners[0][1],
                                  corners[1][0], corners[1][1], corners[2][0], corners[2][1]);
      return;
    }
    const auto a = static_cast<std::size_t>(part.split[0]), b = static_cast<std::size_t>(part.split[1]);
    const Spot middle{(corners[a][0] + corners[b][0]) / 2, (corners[a][1] + corners[b][1]) / 2};
    for (std::size_t half = 0; half < 2; ++half) {
      std::array<Spot, 3> smaller = corners;
      smaller[half == 0 ? a : b] = middle;
      add(part.halves[half], halvings + 1, smaller);
    }
  }

  const BestWeights& found_;
  const std::map<int, int>& styles_;
  std::map<std::string, std::string> paths_;
};

}  // namespace

Section simplex_parts_section(const BestWeights& found) {
  const Division division = division_of(found.best.parts);
  std::string html = paragraph(
      "The upper bound is proved part by part: on each part one node's fidelity is bounded for all weights "
      "at once, by its signals before a horizon and by what can still arrive after it. The part with the "
      "largest bound is halved until that bound is close to a value that was met.");
  // Nodes by the share that they bound; the first six look different.
  std::vector<std::pair<int, Leaves>> nodes(division.by_node.begin(), division.by_node.end());
  std::stable_sort(nodes.begin(), nodes.end(),
                   [](const auto& a, const auto& b) { return a.second.share > b.second.share; });
  std::map<int, int> styles;
  Table table{"Nodes whose fidelity bounds a part",
              {{"node"}, {"parts", true}, {"percent of the simplex", true}, {"largest horizon", true}},
              {}};
  std::string legend;
  for (const auto& [node, leaves] : nodes) {
    const int style = std::min(static_cast<int>(styles.size()), kStyles - 1);
    styles[node] = style;
    const std::string name = escaped(found.system.nodes[static_cast<std::size_t>(node)]);
    table.rows.push_back({name, grouped(leaves.count), fmt::format("{:.4g}", 100 * leaves.share),
                          std::to_string(leaves.horizon)});
    if (static_cast<int>(styles.size()) < kStyles) {
      legend += fmt::format("<li><span class=\"swatch part node-{}\"></span> node {} bounds it</li>\n", style,
                            name);
    } else if (static_cast<int>(styles.size()) == kStyles) {
      legend += fmt::format("<li><span class=\"swatch part node-{}\"></span> {} bounds it</li>\n", style,
                            nodes.size() > styles.size() ? "another node" : "node " + name);
    }
  }
  if (found.best.weights.size() == 3) {
    Triangle triangle(found, styles);
    const std::string svg = triangle.svg();
    if (triangle.merges())
      legend += "<li><span class=\"swatch part fine\"></span> halved further than can be seen</li>\n";
    html +=
        "<figure class=\"plots\" id=\"simplex\">\n<figcaption><strong>The parts.</strong> Each corner is one "
        "head alone; the nearer a point is to a corner, the larger is that head's weight.</figcaption>\n<ul "
        "class=\"legend\">\n" +
        legend + "<li>diamond: the best weights</li>\n</ul>\n" + svg + "</figure>\n";
  }
  html += table_html(table);
  return {"parts", "Parts of the proof", html + figure_html(sizes_figure(division, found.best.simplices))};
}

}  // namespace crosshead::report

#include "crosshead/report/drawing.hpp"

#include <algorithm>

#include "arcs.hpp"
#include <fmt/format.h>

#include "crosshead/heads/names.hpp"
#include "crosshead/report/html.hpp"

namespace crosshead::report {
namespace {

using exact::RationalMatrix;
using graph::Digraph;

/// Which heads of positive weight an edge belongs to, as a class of its line: "head-1", ..., or "shared".
std::string owner(const heads::HeadSystem& system, int from, int to) {
  std::string result;
  int owners = 0;
  for (int h = 0; h < static_cast<int>(system.heads.size()); ++h) {
    if (system.weights[static_cast<std::size_t>(h)] == 0) continue;
    if (!heads::graph_of(system, h).has_edge(from, to)) continue;
    ++owners;
    result = fmt::format("head-{}", std::min(h + 1, 3));
  }
  return owners == 1 ? result : "shared";
}

/// Names that fit into a node.
std::string short_name(const std::string& name) {
  if (name == "tau") return "\xCF\x84";
  return name.size() <= 3 ? name : name.substr(0, 2) + "\xE2\x80\xA6";
}

/// One graph on a line.
struct Sketch {
  std::string id, title, description;
  Digraph graph{0};
  std::optional<RationalMatrix> weights;  ///< written on the edges
  bool merged = false;
};

class Artist {
 public:
  explicit Artist(const heads::HeadSystem& system) : system_(system) {
    for (int h = 0; h < static_cast<int>(system.heads.size()); ++h) reach(heads::graph_of(system, h));
  }

  std::string draw(const Sketch& sketch) const {
    const Line line(system_.size(), above_, below_);
    std::string svg = fmt::format(
        "<svg class=\"graph\" role=\"img\" aria-labelledby=\"{0}-title {0}-text\" viewBox=\"0 0 {1:.0f} "
        "{2:.0f}\" width=\"{1:.0f}\" height=\"{2:.0f}\">\n<title id=\"{0}-title\">{3}</title><desc "
        "id=\"{0}-text\">{4}</desc>\n",
        sketch.id, line.width(), line.height(), escaped(sketch.title), escaped(sketch.description));
    for (int from = 0; from < sketch.graph.size(); ++from) {
      for (const int to : sketch.graph.successors(from)) {
        if (to != from) svg += edge(sketch, line, from, to);
      }
    }
    for (int node = 0; node < sketch.graph.size(); ++node) svg += place(sketch, line, node);
    return svg + labels(sketch, line) + "</svg>\n";
  }

 private:
  void reach(const Digraph& graph) {
    for (int from = 0; from < graph.size(); ++from) {
      for (const int to : graph.successors(from)) {
        above_ = std::max(above_, to - from);
        below_ = std::max(below_, from - to);
      }
    }
  }

  std::string edge(const Sketch& sketch, const Line& line, int from, int to) const {
    const Arc arc = line.arc(from, to);
    const std::string css = sketch.merged ? owner(system_, from, to) : "plain";
    return fmt::format("<path class=\"edge {0}\" d=\"{1}\"/><polygon class=\"tip {0}\" points=\"{2}\"/>\n",
                       css, arc.path(), arc.arrowhead());
  }

  std::string place(const Sketch& sketch, const Line& line, int node) const {
    const Spot spot = line.node(node);
    const double r = line.radius() - 3;
    const bool sink = node == system_.sink;
    const auto shape = [&](const char* css, double radius) {
      if (sink) {
        return fmt::format(
            "<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"2\"/>", css,
            spot.x - radius, spot.y - radius, 2 * radius, 2 * radius);
      }
      return fmt::format("<circle class=\"{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\"/>", css, spot.x,
                         spot.y, radius);
    };
    std::string svg = sketch.graph.has_edge(node, node) ? shape("loop", r + 3) : "";
    svg += shape("node", r);
    svg += fmt::format("<text class=\"name\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", spot.x, spot.y + 4.5,
                       escaped(short_name(system_.nodes[static_cast<std::size_t>(node)])));
    return svg;
  }

  std::string labels(const Sketch& sketch, const Line& line) const {
    if (!sketch.weights) return "";
    std::string svg;
    const auto label = [&](double x, double y, const exact::Rational& value, const char* prefix) {
      svg += fmt::format("<text class=\"weight\" x=\"{:.1f}\" y=\"{:.1f}\">{}{}</text>\n", x, y, prefix,
                         escaped(weight_text(value)));
    };
    for (int from = 0; from < sketch.graph.size(); ++from) {
      for (const int to : sketch.graph.successors(from)) {
        if (to == from) continue;
        const Spot spot = line.arc(from, to).label;
        const bool straight = line.arc(from, to).straight;
        label(spot.x, spot.y + (straight ? 2 : 4), sketch.weights->at(to, from), "");
      }
      if (sketch.graph.has_edge(from, from)) {
        const Spot spot = line.node(from);
        label(spot.x + aside(sketch.graph, from), spot.y + line.radius() + 15, sketch.weights->at(from, from),
              "\xE2\x9F\xB3 ");
      }
    }
    return svg;
  }

  /// Where the weight of a self-loop makes room for edges back: away from the side that they are on.
  static double aside(const Digraph& graph, int node) {
    const auto& sources = graph.predecessors(node);
    const auto& targets = graph.successors(node);
    const bool enters = !sources.empty() && sources.back() > node;
    const bool leaves = !targets.empty() && targets.front() < node;
    if (enters == leaves) return 0;
    return enters ? -11 : 11;
  }

  static std::string weight_text(const exact::Rational& value) {
    const std::string fraction = exact::to_string(value);
    return fraction.size() <= 7 ? fraction : decimal_text(value).substr(0, 6);
  }

  const heads::HeadSystem& system_;
  int above_ = 0, below_ = 0;
};

std::optional<RationalMatrix> own_matrix(const heads::HeadSystem& system, int head, EdgeWeights weights) {
  if (system.heads[static_cast<std::size_t>(head)].graph) return std::nullopt;
  const auto found = weights == EdgeWeights::walk
                         ? heads::walk_of(system, head, heads::Reading::as_stored)
                         : heads::diffusion_of(system, head, heads::Reading::as_stored);
  return found.matrix;
}

/// "1 to 2, 4-6; 2 to 4": edges between nodes by source, nodes that follow each other as a range.
std::string graph_in_ranges(const Digraph& graph, const std::vector<std::string>& nodes) {
  std::string text;
  const auto name = [&](int node) { return nodes[static_cast<std::size_t>(node)]; };
  for (int from = 0; from < graph.size(); ++from) {
    std::string targets;
    const auto& to = graph.successors(from);
    for (std::size_t k = 0; k < to.size(); ++k) {
      if (to[k] == from) continue;
      const std::size_t first = k;
      while (k + 1 < to.size() && to[k + 1] == to[k] + 1 && to[k + 1] != from) ++k;
      targets += (targets.empty() ? "" : ", ") + name(to[first]);
      if (k > first) targets += (k == first + 1 ? ", " : "\xE2\x80\x93") + name(to[k]);
    }
    if (!targets.empty()) text += (text.empty() ? "" : "; ") + name(from) + " to " + targets;
  }
  return text.empty() ? "none" : text;
}

/// A system that is too large to draw: its edges.
std::string edges_instead(const heads::HeadSystem& system, const std::string& id) {
  Table table{"Edges between nodes", {{"head"}, {"weight"}, {"edges", true}, {"from node to nodes"}}, {}};
  for (int h = 0; h < static_cast<int>(system.heads.size()); ++h) {
    const Digraph graph = heads::graph_of(system, h);
    std::size_t edges = 0;
    for (int from = 0; from < graph.size(); ++from)
      edges += graph.successors(from).size() - (graph.has_edge(from, from) ? 1 : 0);
    table.rows.push_back({escaped(heads::label_of(system, h)),
                          exact::to_string(system.weights[static_cast<std::size_t>(h)]),
                          std::to_string(edges), escaped(graph_in_ranges(graph, system.nodes))});
  }
  return fmt::format("<div id=\"{}\">\n{}{}</div>\n", id,
                     paragraph(fmt::format("{} nodes: too many to draw.", system.size()), "note"),
                     table_html(table));
}

}  // namespace

std::string graph_in_words(const graph::Digraph& graph, const std::vector<std::string>& nodes) {
  std::string edges, without;
  const auto name = [&](int node) { return nodes[static_cast<std::size_t>(node)]; };
  for (int from = 0; from < graph.size(); ++from) {
    for (const int to : graph.successors(from)) {
      if (to != from) edges += (edges.empty() ? "" : ", ") + name(from) + " to " + name(to);
    }
    if (!graph.has_edge(from, from)) without += (without.empty() ? "" : ", ") + name(from);
  }
  if (edges.empty()) edges = "no edges between nodes";
  return edges + (without.empty() ? "; self-loops everywhere" : "; no self-loop at " + without);
}

std::string system_drawing(const heads::HeadSystem& system, EdgeWeights weights, const std::string& id) {
  if (system.size() > kMostDrawnNodes) return edges_instead(system, id);
  const Artist artist(system);
  std::string html = "<div class=\"graphs\">\n";
  const auto add = [&](const Sketch& sketch, const std::string& caption) {
    html += fmt::format("<figure class=\"graph\"><figcaption>{}</figcaption>{}</figure>\n", caption,
                        artist.draw(sketch));
  };
  std::string mixture;
  for (int h = 0; h < static_cast<int>(system.heads.size()); ++h) {
    const std::string name = heads::label_of(system, h);
    const std::string weight = exact::to_string(system.weights[static_cast<std::size_t>(h)]);
    mixture += fmt::format("{}{} of {}", mixture.empty() ? "" : ", ", weight, name);
    Sketch sketch{fmt::format("{}-{}", id, h + 1), name, "", heads::graph_of(system, h),
                  own_matrix(system, h, weights),  false};
    sketch.description = graph_in_words(sketch.graph, system.nodes) + ".";
    add(sketch, fmt::format("<span class=\"swatch head-{}\"></span> {}", std::min(h + 1, 3), escaped(name)));
  }
  if (system.heads.size() < 2) return html + "</div>\n";
  Sketch merged{id + "-merged", "merged system", "", heads::union_graph(system), std::nullopt, true};
  merged.weights = weights == EdgeWeights::walk
                       ? heads::mean_walk(system, heads::Reading::as_stored).matrix
                       : heads::mean_diffusion(system, heads::Reading::as_stored).matrix;
  merged.description = mixture + ": " + graph_in_words(merged.graph, system.nodes) + ".";
  add(merged, fmt::format("merged: {}, entries of the mean {} matrix", escaped(mixture),
                          weights == EdgeWeights::walk ? "walk" : "diffusion"));
  return html + "</div>\n";
}

}  // namespace crosshead::report

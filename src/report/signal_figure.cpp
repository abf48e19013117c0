#include <algorithm>
#include <numeric>

#include "system_panels.hpp"
#include <fmt/format.h>

#include "crosshead/report/drawing.hpp"
#include "crosshead/report/html.hpp"
#include "crosshead/report/system_figures.hpp"

namespace crosshead::report {
namespace {

using diffusion::Fidelity;
using diffusion::NodeFidelity;

constexpr std::int64_t kShortestCurve = 20, kLongestCurve = 60;
/// Large systems: that many of their nodes, as there are styles, and that many matrices at most.
constexpr std::size_t kMostCurves = 6, kMostPanels = 6;

struct Curves {
  NamedMatrix of;
  Fidelity fidelity;
  std::vector<std::vector<exact::Rational>> signals;  ///< [t][j]
};

std::int64_t steps_of(const std::vector<Curves>& all) {
  std::int64_t steps = kShortestCurve;
  for (const Curves& curves : all) {
    for (const NodeFidelity& node : curves.fidelity.nodes) {
      if (node.attained && node.time && *node.time <= kLongestCurve) steps = std::max(steps, *node.time);
    }
  }
  return steps;
}

bool is_minimal(const Fidelity& fidelity, std::size_t node) {
  return std::find(fidelity.minimax_nodes.begin(), fidelity.minimax_nodes.end(), static_cast<int>(node)) !=
         fidelity.minimax_nodes.end();
}

/// The nodes that are drawn: all, or those with the least suprema of the last matrix, which is the merged
/// one.
std::vector<std::size_t> drawn_nodes(const std::vector<Curves>& all, std::size_t nodes) {
  std::vector<std::size_t> drawn(nodes);
  std::iota(drawn.begin(), drawn.end(), std::size_t{0});
  if (nodes <= static_cast<std::size_t>(kMostDrawnNodes)) return drawn;
  const Fidelity& fidelity = all.back().fidelity;
  if (!fidelity.nodes.empty()) {
    std::stable_sort(drawn.begin(), drawn.end(), [&](std::size_t a, std::size_t b) {
      return fidelity.nodes[a].lower < fidelity.nodes[b].lower;
    });
  }
  drawn.resize(kMostCurves);
  std::sort(drawn.begin(), drawn.end());
  return drawn;
}

/// The matrices that are drawn: all, or the merged one with the heads of the least and of the largest minimax
/// fidelity.
std::vector<std::size_t> drawn_panels(const std::vector<Curves>& all) {
  std::vector<std::size_t> drawn(all.size());
  std::iota(drawn.begin(), drawn.end(), std::size_t{0});
  if (drawn.size() <= kMostPanels) return drawn;
  const auto [least, largest] = std::minmax_element(
      drawn.begin(), drawn.end() - (all.back().of.merged ? 1 : 0),
      [&](std::size_t a, std::size_t b) { return all[a].fidelity.lower < all[b].fidelity.lower; });
  std::vector<std::size_t> chosen{std::min(*least, *largest), std::max(*least, *largest)};
  if (all.back().of.merged) chosen.push_back(all.size() - 1);
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  return chosen;
}

Mark mark_of(const NodeFidelity& node, std::size_t style, const std::string& name) {
  Mark mark;
  mark.style = static_cast<int>(style);
  mark.y = exact::to_double(node.supremum);
  mark.open = !node.attained;
  mark.beyond = !node.attained;
  if (node.attained) mark.x = static_cast<double>(*node.time);
  mark.text = fmt::format("{}: supremum {}, {}", name, number_text(node.supremum),
                          node.attained ? fmt::format("attained at t = {}", *node.time) : "never attained");
  return mark;
}

Panel panel_of(const Curves& curves, const std::vector<std::string>& nodes,
               const std::vector<std::size_t>& drawn, std::int64_t steps, bool exact_values) {
  Panel panel;
  panel.title = curves.of.name;
  panel.height = 210;
  panel.x = {"t", false, 0, static_cast<double>(steps), true, {}};
  panel.y = {"signal at the sink", false, 0, 1, false, {}};
  for (std::size_t style = 0; style < drawn.size(); ++style) {
    const std::size_t j = drawn[style];
    Series series;
    series.name = nodes[j];
    series.style = static_cast<int>(style);
    series.thick = is_minimal(curves.fidelity, j);
    double highest = 1;
    for (std::size_t t = 0; t < curves.signals.size(); ++t) {
      const double value = exact::to_double(curves.signals[t][j]);
      highest = std::max(highest, value);
      Point point{static_cast<double>(t), value};
      if (exact_values)
        point.text = fmt::format("{}, t = {}: {}", nodes[j], t, number_text(curves.signals[t][j]));
      series.points.push_back(std::move(point));
    }
    panel.y.high = std::max(panel.y.high, highest);
    // One of two equal curves is dashed, and their symbols take turns.
    for (Series& earlier : panel.series) {
      const auto same = [](const Point& a, const Point& b) { return a.y == b.y; };
      if (!std::equal(series.points.begin(), series.points.end(), earlier.points.begin(), same)) continue;
      series.dashed = true;
      series.every = earlier.every = 2;
      series.first = 1 - earlier.first;
      break;
    }
    panel.series.push_back(std::move(series));
    if (curves.fidelity.nodes.empty()) continue;
    const NodeFidelity& node = curves.fidelity.nodes[j];
    if (!node.decided || node.unbounded) continue;
    panel.description +=
        fmt::format("{} has supremum {}, {}. ", nodes[j], number_text(node.supremum),
                    node.attained ? fmt::format("attained at t = {}", *node.time) : "never attained");
    if (!node.attained || *node.time <= steps) panel.marks.push_back(mark_of(node, style, nodes[j]));
  }
  if (curves.fidelity.defined && curves.fidelity.decided) {
    panel.rules.push_back({exact::to_double(curves.fidelity.minimax), false, ""});
    panel.title += ": minimax fidelity " + number_text(curves.fidelity.minimax);
  }
  return panel;
}

std::string supremum_table(const std::vector<Curves>& all, const std::vector<std::string>& nodes) {
  Table table{"Fidelity of each node: the supremum over t, exactly", {{"node"}}, {}};
  for (const Curves& curves : all) {
    table.columns.push_back({curves.of.name});
    table.columns.push_back({"attained"});
  }
  const auto cells = [](const NodeFidelity& node) -> std::pair<std::string, std::string> {
    if (!node.decided) return {"undecided", escaped(node.note)};
    if (node.unbounded) return {"unbounded", "no"};
    return {number_text(node.supremum), node.attained ? fmt::format("t = {}", *node.time) : "no: a limit"};
  };
  for (std::size_t j = 0; j < nodes.size(); ++j) {
    std::vector<std::string> row{escaped(nodes[j])};
    for (const Curves& curves : all) {
      const auto [value, attained] = curves.fidelity.nodes.empty()
                                         ? std::pair<std::string, std::string>{"undefined", ""}
                                         : cells(curves.fidelity.nodes[j]);
      row.push_back(value);
      row.push_back(attained);
    }
    table.rows.push_back(std::move(row));
  }
  std::vector<std::string> least{"minimax"};
  for (const Curves& curves : all) {
    least.push_back(curves.fidelity.decided ? "<strong>" + number_text(curves.fidelity.minimax) + "</strong>"
                                            : "undecided");
    least.push_back(curves.fidelity.decided ? (curves.fidelity.attained ? "yes" : "no") : "");
  }
  table.rows.push_back(std::move(least));
  return table_html(table);
}

std::string value_table(const std::vector<Curves>& all, const std::vector<std::string>& nodes) {
  Table table{"Signals by t, rounded to six digits", {{"t", true}}, {}};
  for (const Curves& curves : all) {
    for (const std::string& node : nodes) table.columns.push_back({curves.of.name + ", " + node, true});
  }
  for (std::size_t t = 0; t < all.front().signals.size(); ++t) {
    std::vector<std::string> row{std::to_string(t)};
    for (const Curves& curves : all) {
      for (const exact::Rational& value : curves.signals[t]) row.push_back(decimal_text(value));
    }
    table.rows.push_back(std::move(row));
  }
  return table_html(table);
}

}  // namespace

Figure signal_figure(const heads::HeadSystem& system, const diffusion::FidelityConvention& convention,
                     const std::string& id, bool all_values) {
  std::vector<Curves> all;
  for (NamedMatrix& named : diffusion_matrices(system, heads::Reading::as_stored)) {
    Curves curves{std::move(named), {}, {}};
    curves.fidelity = diffusion::fidelity(curves.of.matrix, system.sink, convention);
    all.push_back(std::move(curves));
  }
  Figure figure;
  figure.id = id;
  figure.title = "Signals at the sink.";
  figure.text = "How much of each node the sink hears after t steps; the minimising node is drawn thick.";
  figure.summary = "Suprema as numbers";
  if (all.empty()) return figure;
  const std::int64_t steps = steps_of(all);
  const std::vector<std::size_t> nodes = drawn_nodes(all, system.nodes.size()), panels = drawn_panels(all);
  for (const std::size_t k : panels) {
    Curves& curves = all[k];
    curves.signals = diffusion::signal(curves.of.matrix, system.sink, steps);
    figure.panels.push_back(panel_of(curves, system.nodes, nodes, steps, all_values));
  }
  if (nodes.size() < system.nodes.size()) {
    figure.text += fmt::format(" Of {} nodes those {} are drawn whose suprema are the least{}.",
                               system.nodes.size(), nodes.size(), all.back().of.merged ? " merged" : "");
  }
  if (panels.size() < all.size())
    figure.text += " Of the heads those with the least and the largest minimax fidelity are drawn.";
  figure.key = {"large filled symbol: supremum, attained there",
                "large outline at the right edge: supremum that is approached, never attained",
                "dotted: minimax fidelity"};
  figure.numbers = supremum_table(all, system.nodes);
  if (all_values && panels.size() == all.size() && nodes.size() == system.nodes.size()) {
    figure.summary = "Suprema and signals as numbers";
    figure.numbers += value_table(all, system.nodes);
  }
  return figure;
}

}  // namespace crosshead::report

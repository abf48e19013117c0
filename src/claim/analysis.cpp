#include "crosshead/claim/analysis.hpp"

#include <algorithm>

#include "crosshead/walk/hitting.hpp"

namespace crosshead::claim {
namespace {

using diffusion::Truth;
using heads::HeadSystem;
using heads::MatrixOrReason;

std::string edge_name(const HeadSystem& system, std::pair<int, int> edge) {
  return system.nodes[static_cast<std::size_t>(edge.first)] + " -> " +
         system.nodes[static_cast<std::size_t>(edge.second)];
}

Checks checks_of(const HeadSystem& system, const graph::Digraph& graph) {
  Checks checks;
  const auto backward = graph::first_backward_edge(graph);
  checks.feedforward = !backward;
  if (backward) checks.feedforward_violation = edge_name(system, *backward);
  const std::vector<int> sinks = graph::sinks(graph);
  checks.unique_sink = sinks == std::vector<int>{system.sink};
  if (!checks.unique_sink) {
    const auto other =
        std::find_if(sinks.begin(), sinks.end(), [&](int node) { return node != system.sink; });
    checks.unique_sink_violation =
        other != sinks.end() ? "node " + system.nodes[static_cast<std::size_t>(*other)] + " is a sink too"
                             : "the sink " + system.nodes[static_cast<std::size_t>(system.sink)] +
                                   " has an edge to another node";
  }
  checks.sink_self_loop = graph.has_edge(system.sink, system.sink);
  return checks;
}

SystemAnalysis analyze_pair(const HeadSystem& system, const graph::Digraph& graph, const MatrixOrReason& walk,
                            const MatrixOrReason& diffusion, const AnalysisOptions& options) {
  SystemAnalysis result;
  result.checks = checks_of(system, graph);
  if (walk.matrix) {
    result.forward_probability = walk::forward_probability(*walk.matrix, system.sink);
    result.mixing = walk::mixing_times(*walk.matrix, system.sink, system.nodes, options.epsilons,
                                       options.convention.mixing, options.mixing_limits);
    if (options.profile_steps >= 0 && walk::absorption_at(*walk.matrix, system.sink, system.nodes).certain) {
      result.profile =
          walk::distance_profile(*walk.matrix, system.sink, options.profile_steps, options.convention.mixing);
    }
    if (options.hitting_times) {
      result.expected_hitting = walk::expected_hitting_times(*walk.matrix, system.sink);
      result.truncated_hitting =
          walk::enclosed_truncated_hitting_times(*walk.matrix, system.sink, options.cutoff);
    }
  } else {
    result.walk_reason = walk.reason;
    for (const auto& epsilon : options.epsilons) {
      walk::MixingTime undefined;
      undefined.epsilon = epsilon;
      undefined.decided = true;
      undefined.reason = walk.reason;
      result.mixing.push_back(std::move(undefined));
    }
  }
  if (diffusion.matrix) {
    result.fidelity = diffusion::fidelity(*diffusion.matrix, system.sink, options.convention.fidelity,
                                          options.fidelity_limits);
    result.row_defect = heads::row_defect(*diffusion.matrix);
  } else {
    result.fidelity.defined = false;
    result.fidelity.reason = diffusion.reason;
  }
  return result;
}

/// Is a < b? Undefined unless both are defined; an undecided time is known to exceed `beyond`.
Truth less(const walk::MixingTime& a, const walk::MixingTime& b) {
  if (!a.defined || !b.defined) return Truth::undefined;
  if (a.decided && b.decided) return a.time < b.time ? Truth::yes : Truth::no;
  if (a.decided && a.time <= b.beyond) return Truth::yes;
  if (b.decided && b.time <= a.beyond + 1) return Truth::no;
  return Truth::undecided;
}

/// Conjunction: undefined if any part is, otherwise no if any part is, otherwise undecided if any part is.
Truth conjunction(const std::vector<Truth>& parts) {
  for (Truth strongest : {Truth::undefined, Truth::no, Truth::undecided}) {
    if (std::find(parts.begin(), parts.end(), strongest) != parts.end()) return strongest;
  }
  return Truth::yes;
}

bool part_decided(const SystemAnalysis& part) {
  return std::all_of(part.mixing.begin(), part.mixing.end(),
                     [](const auto& mixing) { return mixing.decided; }) &&
         (!part.fidelity.defined || std::all_of(part.fidelity.nodes.begin(), part.fidelity.nodes.end(),
                                                [](const auto& node) { return node.decided; }));
}

}  // namespace

bool Analysis::decided() const {
  return part_decided(combined) && std::all_of(heads.begin(), heads.end(), part_decided);
}

Analysis analyze(const HeadSystem& system, const AnalysisOptions& options) {
  Analysis analysis;
  analysis.system = system.name;
  analysis.nodes = system.nodes;
  analysis.sink = system.sink;
  analysis.convention = options.convention;
  const heads::Reading reading = options.convention.reading;
  const heads::AttentionWalk walk = options.convention.attention_walk;
  const graph::Digraph together = heads::union_graph(system);
  analysis.common_order = graph::topological_order(together).has_value();
  analysis.combined = analyze_pair(system, together, heads::mean_walk(system, reading, walk),
                                   heads::mean_diffusion(system, reading), options);
  analysis.combined.name = "combined";
  analysis.combined.walk_from_diffusion = heads::walks_on_mean_diffusion(system);

  std::vector<diffusion::Fidelity> fidelities;
  for (int h = 0; h < static_cast<int>(system.heads.size()); ++h) {
    SystemAnalysis head =
        analyze_pair(system, heads::graph_of(system, h), heads::walk_of(system, h, reading, walk),
                     heads::diffusion_of(system, h, reading), options);
    const heads::Head& source = system.heads[static_cast<std::size_t>(h)];
    head.name = source.name.empty() ? "head " + std::to_string(h + 1) : source.name;
    head.walk_from_diffusion = !source.graph && !source.walk;
    fidelities.push_back(head.fidelity);
    analysis.heads.push_back(std::move(head));
  }
  analysis.best_heads = diffusion::best_heads(fidelities);
  analysis.amplifies = diffusion::amplifies(analysis.combined.fidelity, fidelities);
  analysis.attenuates = diffusion::attenuates(analysis.combined.fidelity, fidelities);
  for (std::size_t k = 0; k < options.epsilons.size(); ++k) {
    std::vector<Truth> faster, slower;
    for (const SystemAnalysis& head : analysis.heads) {
      faster.push_back(less(analysis.combined.mixing[k], head.mixing[k]));
      slower.push_back(less(head.mixing[k], analysis.combined.mixing[k]));
    }
    analysis.mixing_verdicts.push_back({options.epsilons[k], conjunction(faster), conjunction(slower)});
  }
  return analysis;
}

}  // namespace crosshead::claim

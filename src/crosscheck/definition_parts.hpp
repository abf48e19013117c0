#pragma once

#include <string>
#include <vector>

#include "head_minima.hpp"
#include "triangular_matrix.hpp"

#include "crosshead/crosscheck/definition_metrics.hpp"

namespace crosshead::crosscheck {

/// Why the walk that `mean` gives does not reach the sink, the last node, with certainty from every node, or
/// nothing.
std::string obstacle(const TriangularMatrix& mean);

/// The minimum without the sink, the last node; with it where there is no other.
Minimax without_last(std::vector<Enclosure> values);

/// The metrics by any arithmetic: `times()` has the mixing time at each epsilon, and is asked only where the
/// sink is reached and is not the only node; `of_mean()` and `of_head(head)` have the suprema of the nodes.
template <typename Times, typename OfMean, typename OfHead>
DefinitionMetrics metrics_by(const LayerAttention& layer, const TriangularMatrix& mean,
                             const DefinitionOptions& options, const Times& times, const OfMean& of_mean,
                             const OfHead& of_head) {
  DefinitionMetrics metrics;
  if (options.parts.mixing) {
    metrics.reason = obstacle(mean);
    metrics.mixing_defined = metrics.reason.empty();
  }
  if (metrics.mixing_defined && layer.nodes == 1) {
    metrics.mixing.assign(options.epsilons.size(), TimeBounds{0, 0});
  } else if (metrics.mixing_defined) {
    metrics.mixing = times();
  }
  if (options.parts.fidelity || options.parts.heads) {
    const std::vector<Enclosure> suprema = of_mean();
    metrics.fidelity = minimum_over(suprema, layer.nodes - 1);
    metrics.fidelity_without_sink = without_last(suprema);
  }
  if (options.parts.heads) metrics.heads = minima_of_heads(layer, metrics.fidelity, of_head);
  return metrics;
}

}  // namespace crosshead::crosscheck

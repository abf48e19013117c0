#pragma once

#include <vector>

#include "crosshead/crosscheck/layer_metrics.hpp"

namespace crosshead::crosscheck {

/// Each head's minimax fidelity; that of a single head is the mean's. `suprema(head)` has those of its nodes.
template <typename Suprema>
std::vector<Minimax> minima_of_heads(const LayerAttention& layer, const Minimax& mean,
                                     const Suprema& suprema) {
  if (layer.heads == 1) return {mean};
  std::vector<Minimax> heads;
  for (int h = 0; h < layer.heads; ++h) heads.push_back(minimum_over(suprema(h), layer.nodes - 1));
  return heads;
}

}  // namespace crosshead::crosscheck

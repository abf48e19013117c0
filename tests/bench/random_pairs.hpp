#pragma once

#include <string>
#include <vector>

#include "random_systems.hpp"

#include "crosshead/graph/digraph.hpp"
#include "crosshead/heads/head_system.hpp"

namespace crosshead::bench {

inline constexpr int kNodes = 8;
inline constexpr int kPairs = 64;

/// Diffusion matrices of 64 random 8-node, 2-head systems with equal weights: mean, head 1, head 2 of each.
/// Every head is feedforward with self-loops, has the last node as its unique sink and node 0 as its one
/// source.
inline std::vector<exact::RationalMatrix> random_pairs() {
  testing::RandomSystems random(8);
  const std::vector<std::string> names(kNodes, "node");
  std::vector<exact::RationalMatrix> result;
  for (int k = 0; k < kPairs; ++k) {
    std::vector<exact::RationalMatrix> heads;
    while (heads.size() < 2) {
      const graph::Digraph graph = random.feedforward(kNodes, true);
      bool one_source = true;
      for (int j = 1; j < kNodes; ++j) one_source = one_source && graph.predecessors(j).size() > 1;
      if (!one_source || !graph::has_unique_sink(graph, kNodes - 1)) continue;
      heads.push_back(*heads::diffusion_matrix(graph, names).matrix);
    }
    result.push_back(exact::weighted_sum(heads, {exact::Rational(1, 2), exact::Rational(1, 2)}));
    result.push_back(heads[0]);
    result.push_back(heads[1]);
  }
  return result;
}

}  // namespace crosshead::bench

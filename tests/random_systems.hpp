#pragma once

#include <random>

#include "crosshead/exact/matrix.hpp"
#include "crosshead/graph/digraph.hpp"

namespace crosshead::testing {

/// Small random inputs, biased to corners: missing self-loops, isolated nodes, backward edges, equal
/// denominators.
class RandomSystems {
 public:
  explicit RandomSystems(std::uint64_t seed) : random_(seed) {}

  int below(int bound) { return static_cast<int>(random_() % static_cast<std::uint64_t>(bound)); }
  bool chance(int one_in) { return below(one_in) == 0; }

  /// Forward edges with probability 1/2; every self-loop, or each with probability 3/4.
  graph::Digraph feedforward(int nodes, bool all_self_loops) {
    graph::Digraph graph(nodes, all_self_loops);
    for (int j = 0; j < nodes; ++j) {
      if (!all_self_loops && !chance(4)) graph.add_edge(j, j);
      for (int i = j + 1; i < nodes; ++i) {
        if (chance(2)) graph.add_edge(j, i);
      }
    }
    return graph;
  }

  graph::Digraph with_backward_edges(int nodes) {
    graph::Digraph graph = feedforward(nodes, false);
    for (int extra = 1 + below(nodes); extra > 0; --extra) graph.add_edge(below(nodes), below(nodes));
    return graph;
  }

  /// Random positive weights on the edges j -> i, each row scaled to sum 1 (rows without edges get a
  /// self-loop).
  exact::RationalMatrix stochastic(const graph::Digraph& graph) { return weighted(graph, 0); }

  /// Def. 3.1: rows sum to 1 with equal entries (rows without edges get a self-loop).
  exact::RationalMatrix uniform(const graph::Digraph& graph) { return weighted(graph, 0, 1); }

  /// As `stochastic`, with row sums off by up to +-defect/1000 (attention "as stored").
  exact::RationalMatrix weighted(const graph::Digraph& graph, int defect, int largest_part = 3) {
    exact::RationalMatrix matrix(graph.size());
    for (int i = 0; i < graph.size(); ++i) {
      const auto& sources = graph.predecessors(i);
      if (sources.empty()) {
        matrix.append(i, i, 1);
        continue;
      }
      std::vector<int> parts;
      int sum = 0;
      for (std::size_t k = 0; k < sources.size(); ++k) {
        parts.push_back(1 + below(largest_part));
        sum += parts.back();
      }
      const exact::Rational scale =
          defect == 0 ? exact::Rational(1) : exact::Rational(1000 + below(2 * defect + 1) - defect, 1000);
      for (std::size_t k = 0; k < sources.size(); ++k) {
        matrix.append(i, sources[k], exact::Rational(parts[k], sum) * scale);
      }
    }
    return matrix;
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace crosshead::testing

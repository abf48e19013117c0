#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "crosshead/exact/rational.hpp"
#include "crosshead/graph/digraph.hpp"

namespace crosshead::graph {

/// Families of all graphs on n nodes with a property. The *places* of a family are the pairs of nodes that
/// may be edges: (j, i) with j < i in lexicographic order, then for `optional_loops` (1, 1), ..., (n, n); for
/// `digraphs` (j, i) with j != i in lexicographic order. What is not a place is fixed: the self-loops of the
/// other families are edges.
enum class GraphFamily {
  unique_sink,     ///< feedforward, self-loops everywhere, node n-1 the only sink
  feedforward,     ///< feedforward, self-loops everywhere
  optional_loops,  ///< feedforward, each self-loop present or not
  digraphs         ///< self-loops everywhere and any other edges
};

/// A graph of a family: one bit for each place, the first place the most significant one, so that codes
/// compare as the lists of their bits do.
using GraphCode = std::uint64_t;

/// Number of graphs, by its closed form. REQUIRES: nodes >= 1.
exact::Integer family_count(GraphFamily family, int nodes);

/// All codes, ascending. Throws std::invalid_argument unless 1 <= nodes and there are fewer than 2^32 codes.
std::vector<GraphCode> family_codes(GraphFamily family, int nodes);

/// The graph with this code. REQUIRES: the code is one of family_codes(family, nodes).
Digraph family_graph(GraphFamily family, int nodes, GraphCode code);

/// Sets of `size` distinct items out of 0, 1, ..., m-1, ordered by the sum of their measures, then as
/// ascending lists of items. Lazy: beyond the measures nothing of length m choose size is ever held.
class OrderedSets {
 public:
  /// REQUIRES: size >= 1; no negative measure.
  OrderedSets(std::vector<int> measures, int size);

  /// m choose size.
  exact::Integer count() const;

  /// Calls `visit` with each set in order until it returns false; returns whether all were visited.
  bool for_each(const std::function<bool(const std::vector<int>&)>& visit) const;

 private:
  bool extend(std::vector<int>& chosen, int next, int rest,
              const std::function<bool(const std::vector<int>&)>& visit) const;

  std::vector<int> least_, largest_;  ///< measures over the items from i on
  std::vector<int> measures_;
  int size_;
  std::vector<std::vector<int>> by_measure_;  ///< items of each measure, ascending
};

}  // namespace crosshead::graph

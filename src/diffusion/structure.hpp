#pragma once

#include <optional>
#include <vector>

#include "crosshead/exact/matrix.hpp"
#include "crosshead/graph/digraph.hpp"

namespace crosshead::diffusion {

/// What becomes of the signal of a node j in the long run, read off the matrix's structure. The matrix is
/// read as a chain that walks backwards from the sink: from i to j with weight D_ij.
enum class Fate {
  unheard,    ///< no path from j to the sink (and j is not the sink)
  transient,  ///< s_j(t) -> 0: every cycle that can still feed j loses mass
  absorbing,  ///< D_jj = 1: s_j never decreases and has a finite limit
  recurrent,  ///< in a closed class of at least two nodes with row sums 1
  unbounded,  ///< s_j grows beyond every bound
  unknown     ///< row sums above 1 keep feeding j, or feed it round a cycle: no bound is known
};

/// Support graph (j -> i where D_ij > 0) and the facts that the tail arguments rest on.
struct Structure {
  Structure(const exact::RationalMatrix& matrix, int sink);

  /// Nodes that mass at the sink visits and that can still send mass to j, j included: all k with a path j ->
  /// ... -> k and a path k -> ... -> sink. Ascending.
  std::vector<int> feeders(int j) const;

  int sink;
  graph::Digraph graph;
  std::vector<bool> heard;                ///< a path (possibly empty) to the sink
  std::optional<std::vector<int>> order;  ///< topological, if acyclic apart from self-loops
  std::vector<exact::Rational> row_sums;
  std::vector<exact::Rational> loops;  ///< D_kk
  graph::Components components;
  std::vector<Fate> fates;
};

/// What the given nodes hear of: entries from and to other nodes never reach them, and only here do row sums
/// stay at most 1 (a separate class of defective attention may break that).
exact::RationalMatrix restricted_to_feeders(const exact::RationalMatrix& matrix, const Structure& structure,
                                            const std::vector<int>& nodes);

}  // namespace crosshead::diffusion

#pragma once

#include <optional>
#include <vector>

#include "crosshead/graph/digraph.hpp"

namespace crosshead::diffusion {

/// An order of the nodes in which edges go forward but for self-loops and pairs: two nodes with edges both
/// ways that hear no other node, so that all mass that reaches them stays there.
struct RegionOrder {
  std::vector<int> nodes;
  std::vector<int> partner;  ///< of each node; -1: none
};

/// Nothing where the graph (j -> i where D_ij > 0) has another cycle.
std::optional<RegionOrder> region_order(const graph::Digraph& support);

}  // namespace crosshead::diffusion

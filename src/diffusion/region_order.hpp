#pragma once

#include <optional>
#include <vector>

#include "crosshead/graph/digraph.hpp"

namespace crosshead::diffusion {

/// An order of the nodes in which edges go forward but for self-loops and closed classes: two or more nodes
/// that reach each other and hear no other node, so that all mass that reaches them stays there.
struct RegionOrder {
  std::vector<int> nodes;                ///< the members of a class stand together
  std::vector<std::vector<int>> closed;  ///< the classes
  std::vector<int> closed_class;         ///< of each node, its place in `closed`; -1: none
};

/// Nothing where the graph (j -> i where D_ij > 0) has another cycle.
std::optional<RegionOrder> region_order(const graph::Digraph& support);

}  // namespace crosshead::diffusion

#pragma once

#include <string>

#include "crosshead/heads/head_system.hpp"

namespace crosshead::report {

/// Which matrix of the merged system is written on its edges.
enum class EdgeWeights {
  diffusion,  ///< entry (i, j) of the mean diffusion matrix on j -> i: rows sum to 1
  walk        ///< entry (i, j) of the mean walk matrix on j -> i: what leaves a node sums to 1
};

/// Systems above this size have a table of their edges instead.
inline constexpr int kMostDrawnNodes = 12;

/// The heads as graphs, one drawing each, and the merged system with its weights, as inline SVG that names
/// and describes itself. Nodes stand on a line in the system's order; edges forward run above it or along it,
/// edges back below; a ring around a node is its self-loop; the sink is a square. `id` begins the ids inside
/// and is an anchor. REQUIRES: ids are used once in a page.
std::string system_drawing(const heads::HeadSystem& system, EdgeWeights weights, const std::string& id);

/// "u to v, v to w; self-loops everywhere": a graph in words.
std::string graph_in_words(const graph::Digraph& graph, const std::vector<std::string>& nodes);

}  // namespace crosshead::report

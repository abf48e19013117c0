#pragma once

#include <cstdint>
#include <vector>

#include "crosshead/graph/digraph.hpp"

namespace crosshead::graph {

bool has_all_self_loops(const Digraph& graph);

/// Named feedforward families on n >= 1 nodes, self-loops everywhere, node n-1 the unique sink.
Digraph line(int nodes);               ///< j -> j+1
Digraph star(int nodes);               ///< j -> sink
Digraph full(int nodes);               ///< j -> i for all j < i (unmasked causal attention)
Digraph local(int nodes, int window);  ///< j -> j+1, ..., j+window; REQUIRES: window >= 1

/// Number of feedforward graphs with self-loops everywhere and unique sink: prod_{j<n} (2^(n-j) - 1).
/// REQUIRES: 1 <= nodes <= 10 (fits 64 bits).
std::uint64_t unique_sink_count(int nodes);
/// The graph of that family with the given rank in mixed radix: digit j, from 0, lists the forward targets of
/// node j as a nonempty bit set minus one. REQUIRES: rank < unique_sink_count(nodes).
Digraph unique_sink_graph(int nodes, std::uint64_t rank);

}  // namespace crosshead::graph

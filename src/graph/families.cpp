#include "crosshead/graph/families.hpp"

#include <algorithm>
#include <stdexcept>

namespace crosshead::graph {

bool has_all_self_loops(const Digraph& graph) {
  for (int node = 0; node < graph.size(); ++node) {
    if (!graph.has_edge(node, node)) return false;
  }
  return true;
}

Digraph local(int nodes, int window) {
  if (nodes < 1 || window < 1)
    throw std::invalid_argument("a family needs at least one node and a window of 1");
  Digraph graph(nodes, true);
  for (int from = 0; from < nodes; ++from) {
    for (int to = from + 1; to <= std::min(from + window, nodes - 1); ++to) graph.add_edge(from, to);
  }
  return graph;
}

Digraph line(int nodes) {
  return local(nodes, 1);
}

Digraph full(int nodes) {
  return local(nodes, std::max(nodes, 1));
}

Digraph star(int nodes) {
  if (nodes < 1) throw std::invalid_argument("a family needs at least one node");
  Digraph graph(nodes, true);
  for (int from = 0; from + 1 < nodes; ++from) graph.add_edge(from, nodes - 1);
  return graph;
}

std::uint64_t unique_sink_count(int nodes) {
  if (nodes < 1 || nodes > 10) throw std::invalid_argument("the count is given for 1 to 10 nodes");
  std::uint64_t count = 1;
  for (int j = 1; j < nodes; ++j) count *= (std::uint64_t{1} << (nodes - j)) - 1;
  return count;
}

Digraph unique_sink_graph(int nodes, std::uint64_t rank) {
  if (rank >= unique_sink_count(nodes)) throw std::invalid_argument("rank outside the family");
  Digraph graph(nodes, true);
  for (int from = 0; from + 1 < nodes; ++from) {
    const std::uint64_t radix = (std::uint64_t{1} << (nodes - 1 - from)) - 1;
    const std::uint64_t targets = rank % radix + 1;
    rank /= radix;
    for (int bit = 0; from + 1 + bit < nodes; ++bit) {
      if (targets >> bit & 1) graph.add_edge(from, from + 1 + bit);
    }
  }
  return graph;
}

}  // namespace crosshead::graph

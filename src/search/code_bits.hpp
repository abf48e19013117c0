#pragma once

#include <cstdint>
#include <vector>

#include "crosshead/search/space.hpp"

namespace crosshead::search {

/// Graphs read off the bits of their codes (graph/enumeration.hpp), without a Digraph. Nodes count from 0;
/// listed heads have codes of fewer than 31 bits.
class CodeBits {
 public:
  CodeBits(Family family, int nodes);

  int nodes() const { return nodes_; }
  /// Bits of a code.
  int bits() const { return bits_; }
  /// The bit of the edge; 0 if no code has one: edges backwards, and the self-loops that are everywhere.
  std::uint32_t bit(int from, int to) const { return bit_[index(from, to)]; }
  bool has(std::uint32_t code, int from, int to) const {
    return from == to && loops_everywhere_ ? true : (code & bit(from, to)) != 0;
  }
  /// The bits of all edges from the node to later ones.
  std::uint32_t forward(int from) const { return forward_[static_cast<std::size_t>(from)]; }
  /// Numbers of edges out of a node, into it, and of all; self-loops included.
  int outdegree(std::uint32_t code, int node) const;
  int indegree(std::uint32_t code, int node) const;
  int edges(std::uint32_t code) const;

 private:
  std::size_t index(int from, int to) const {
    return static_cast<std::size_t>(from) * static_cast<std::size_t>(nodes_) + static_cast<std::size_t>(to);
  }

  int nodes_, bits_ = 0;
  bool loops_everywhere_;
  std::vector<std::uint32_t> bit_, forward_, out_, in_;
};

}  // namespace crosshead::search

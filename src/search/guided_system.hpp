#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "guided_random.hpp"

#include "crosshead/search/guided.hpp"

namespace crosshead::search {

/// A system of a GuidedSpace as bits, cheap to copy and to change.
///
/// Invariant of every system that a search holds (`in_space`): targets lie behind their node, every node but
/// the last has one, no two heads are equal, and free weights are positive with sum 1. Self-loops are
/// implied.
struct GuidedSystem {
  int nodes = 0;
  std::vector<std::uint64_t> targets;  ///< [head * nodes + j]: bit i for the edge j -> i, i > j
  std::vector<int> parts;              ///< free weights: numerators over the denominator; empty otherwise

  int heads() const { return static_cast<int>(targets.size()) / nodes; }
  std::uint64_t& row(int head, int node) { return targets[place(head, node)]; }
  std::uint64_t row(int head, int node) const { return targets[place(head, node)]; }
  std::size_t place(int head, int node) const {
    return static_cast<std::size_t>(head) * static_cast<std::size_t>(nodes) + static_cast<std::size_t>(node);
  }
};

/// The nodes that a node may have edges to.
inline std::uint64_t behind(int node, int nodes) {
  const std::uint64_t all = nodes == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << nodes) - 1;
  return node >= 63 ? 0 : all & (~std::uint64_t{0} << (node + 1));
}

bool in_space(const GuidedSpace& space, const GuidedSystem& system);
bool equal_heads(const GuidedSystem& system, int a, int b);

/// A system with edges of a random density and reach in each head, and random weights where they are free.
/// REQUIRES: check(space) does not throw.
GuidedSystem random_system(const GuidedSpace& space, GuidedRandom& random);

int edge_count(const GuidedSystem& system);  ///< without self-loops

/// Heads in ascending order of their codes (FORMAT.md, section 3), free weights along; given weights stay in
/// their places, and only heads of equal weight change theirs.
void arrange(const GuidedSpace& space, GuidedSystem& system);
/// Lists of codes, then weights.
std::strong_ordering compare(const GuidedSystem& a, const GuidedSystem& b);

/// Nodes "1", ..., "n", edges with their self-loops.
heads::HeadSystem head_system(const GuidedSpace& space, const GuidedSystem& system, const std::string& name);

}  // namespace crosshead::search

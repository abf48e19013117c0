#include "guided_system.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "crosshead/exact/error.hpp"
#include "crosshead/graph/enumeration.hpp"

namespace crosshead::search {
namespace {

using exact::Rational;

/// Where two heads differ first in the order of the places, the one without the edge comes first.
std::strong_ordering compare_heads(const GuidedSystem& a, int head_a, const GuidedSystem& b, int head_b) {
  for (int node = 0; node < a.nodes; ++node) {
    const std::uint64_t left = a.row(head_a, node), right = b.row(head_b, node);
    if (left == right) continue;
    const int first = std::countr_zero(left ^ right);
    return (left >> first & 1U) == 0 ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  return std::strong_ordering::equal;
}

void swap_heads(GuidedSystem& system, int a, int b) {
  for (int node = 0; node < system.nodes; ++node) std::swap(system.row(a, node), system.row(b, node));
  if (!system.parts.empty())
    std::swap(system.parts[static_cast<std::size_t>(a)], system.parts[static_cast<std::size_t>(b)]);
}

/// Each edge that passes at most `window` nodes with probability density / 8, and one edge at least.
void draw_head(GuidedSystem& system, int head, int density, int window, GuidedRandom& random) {
  for (int node = 0; node + 1 < system.nodes; ++node) {
    const std::uint64_t places = behind(node, std::min(system.nodes, node + window + 2));
    std::uint64_t& row = system.row(head, node);
    row = 0;
    for (std::uint64_t left = places; left != 0; left &= left - 1) {
      if (random.below(8) < density) row |= left & (0 - left);
    }
    if (row == 0) row = std::uint64_t{1} << random.bit_of(places);
  }
}

void expect(bool holds, const std::string& message) {
  if (!holds) throw exact::UsageError(message);
}

}  // namespace

void check(const GuidedSpace& space) {
  const auto range = [](int value, int most, const std::string& what) {
    expect(value >= 2 && value <= most, "a guided search is over 2 to " + std::to_string(most) + " " + what +
                                            ", not " + std::to_string(value));
  };
  range(space.nodes, GuidedSpace::kMaxNodes, "nodes");
  range(space.heads, GuidedSpace::kMaxHeads, "heads");
  const exact::Integer graphs = graph::family_count(graph::GraphFamily::unique_sink, space.nodes);
  expect(graphs >= space.heads, "there are no " + std::to_string(space.heads) + " distinct heads on " +
                                    std::to_string(space.nodes) + " nodes: the family has " + graphs.str() +
                                    (graphs == 1 ? " graph" : " graphs"));
  if (space.denominator != 0) {
    expect(space.weights.empty(), "weights are given or free, not both");
    expect(space.denominator >= space.heads && space.denominator <= GuidedSpace::kMaxDenominator,
           "free weights are multiples of 1/D with D from the number of heads, " +
               std::to_string(space.heads) + ", to " + std::to_string(GuidedSpace::kMaxDenominator) +
               ", not " + std::to_string(space.denominator));
    return;
  }
  expect(space.weights.size() == static_cast<std::size_t>(space.heads) &&
             std::all_of(space.weights.begin(), space.weights.end(),
                         [](const Rational& weight) { return weight > 0; }) &&
             std::accumulate(space.weights.begin(), space.weights.end(), Rational(0)) == 1,
         "a guided search needs " + std::to_string(space.heads) +
             " positive weights with sum 1, one for each head");
}

bool equal_heads(const GuidedSystem& system, int a, int b) {
  for (int node = 0; node < system.nodes; ++node) {
    if (system.row(a, node) != system.row(b, node)) return false;
  }
  return true;
}

bool in_space(const GuidedSpace& space, const GuidedSystem& system) {
  if (system.nodes != space.nodes || system.heads() != space.heads) return false;
  for (int head = 0; head < system.heads(); ++head) {
    for (int node = 0; node < system.nodes; ++node) {
      const std::uint64_t row = system.row(head, node);
      if ((row & ~behind(node, system.nodes)) != 0 || (row == 0 && node + 1 < system.nodes)) return false;
    }
    for (int other = 0; other < head; ++other) {
      if (equal_heads(system, head, other)) return false;
    }
  }
  if (space.denominator == 0) return system.parts.empty();
  return system.parts.size() == static_cast<std::size_t>(space.heads) &&
         *std::min_element(system.parts.begin(), system.parts.end()) > 0 &&
         std::accumulate(system.parts.begin(), system.parts.end(), 0) == space.denominator;
}

GuidedSystem random_system(const GuidedSpace& space, GuidedRandom& random) {
  GuidedSystem system;
  system.nodes = space.nodes;
  system.targets.resize(static_cast<std::size_t>(space.nodes) * static_cast<std::size_t>(space.heads));
  for (int head = 0; head < space.heads; ++head) {
    const auto taken = [&] {
      for (int other = 0; other < head; ++other) {
        if (equal_heads(system, head, other)) return true;
      }
      return false;
    };
    // Every graph has a positive probability.
    do {
      const int density = random.below(8), window = random.below(space.nodes - 1);
      draw_head(system, head, density, window, random);
    } while (taken());
  }
  if (space.denominator > 0) {
    system.parts.assign(static_cast<std::size_t>(space.heads), 1);
    for (int left = space.denominator - space.heads; left > 0; --left)
      ++system.parts[static_cast<std::size_t>(random.below(space.heads))];
  }
  return system;
}

int edge_count(const GuidedSystem& system) {
  int edges = 0;
  for (const std::uint64_t row : system.targets) edges += std::popcount(row);
  return edges;
}

void arrange(const GuidedSpace& space, GuidedSystem& system) {
  const int heads = system.heads();
  for (int a = 0; a < heads; ++a) {
    for (int b = a + 1; b < heads; ++b) {
      const bool movable = space.denominator > 0 || space.weights[static_cast<std::size_t>(a)] ==
                                                        space.weights[static_cast<std::size_t>(b)];
      if (movable && std::is_lt(compare_heads(system, b, system, a))) swap_heads(system, a, b);
    }
  }
}

std::strong_ordering compare(const GuidedSystem& a, const GuidedSystem& b) {
  for (int head = 0; head < a.heads(); ++head) {
    const auto order = compare_heads(a, head, b, head);
    if (order != std::strong_ordering::equal) return order;
  }
  return a.parts <=> b.parts;
}

heads::HeadSystem head_system(const GuidedSpace& space, const GuidedSystem& system, const std::string& name) {
  heads::HeadSystem result;
  result.name = name;
  result.sink = system.nodes - 1;
  for (int node = 1; node <= system.nodes; ++node) result.nodes.push_back(std::to_string(node));
  for (int head = 0; head < system.heads(); ++head) {
    graph::Digraph graph(system.nodes, true);
    for (int node = 0; node < system.nodes; ++node) {
      for (std::uint64_t left = system.row(head, node); left != 0; left &= left - 1)
        graph.add_edge(node, std::countr_zero(left));
    }
    result.heads.emplace_back();
    result.heads.back().name = "head " + std::to_string(head + 1);
    result.heads.back().graph = std::move(graph);
    result.weights.push_back(space.denominator > 0
                                 ? Rational(system.parts[static_cast<std::size_t>(head)], space.denominator)
                                 : space.weights[static_cast<std::size_t>(head)]);
  }
  return result;
}

}  // namespace crosshead::search

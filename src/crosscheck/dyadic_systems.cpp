#include "crosshead/crosscheck/dyadic_systems.hpp"

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

#include "crosshead/attention/sequences.hpp"

namespace crosshead::crosscheck {
namespace {

using exact::Rational;

heads::Head head_of(std::string name, int nodes, std::vector<double> values) {
  heads::Head head;
  head.name = std::move(name);
  head.attention = heads::AttentionMatrix{nodes, std::move(values)};
  return head;
}

std::size_t place(int nodes, int row, int column) {
  return static_cast<std::size_t>(row) * static_cast<std::size_t>(nodes) + static_cast<std::size_t>(column);
}

/// Each node hears itself and the one before it.
heads::Head line(int nodes) {
  std::vector<double> values(static_cast<std::size_t>(nodes) * static_cast<std::size_t>(nodes), 0.0);
  values[0] = 1;
  for (int i = 1; i < nodes; ++i) values[place(nodes, i, i)] = values[place(nodes, i, i - 1)] = 0.5;
  return head_of("line", nodes, std::move(values));
}

/// Node i hears itself and the nodes 2i - n, 2i - n - 1: the leaves of a tree come first.
heads::Head tree(int nodes) {
  std::vector<double> values(static_cast<std::size_t>(nodes) * static_cast<std::size_t>(nodes), 0.0);
  for (int i = 0; i < nodes; ++i) {
    const int left = 2 * i - nodes, right = left - 1;
    const bool leaf = right < 0;
    values[place(nodes, i, i)] = leaf ? 1.0 : 0.5;
    if (!leaf) values[place(nodes, i, left)] = values[place(nodes, i, right)] = 0.25;
  }
  return head_of("tree", nodes, std::move(values));
}

/// Row i is random: multiples of 2^-bits with sum 1 over the nodes up to i.
heads::Head drawn(int nodes, int bits, attention::RandomStream& random) {
  std::vector<double> values(static_cast<std::size_t>(nodes) * static_cast<std::size_t>(nodes), 0.0);
  for (int i = 0; i < nodes; ++i) {
    std::uint64_t left = std::uint64_t{1} << bits;
    for (int j = 0; j <= i; ++j) {
      const std::uint64_t units = j == i ? left : random.below(left + 1);
      values[place(nodes, i, j)] = std::ldexp(static_cast<double>(units), -bits);
      left -= units;
    }
  }
  return head_of("random", nodes, std::move(values));
}

heads::HeadSystem system_of(std::string name, std::vector<heads::Head> heads) {
  heads::HeadSystem system;
  system.name = std::move(name);
  const int nodes = heads.front().attention->nodes;
  for (int node = 1; node <= nodes; ++node) system.nodes.push_back(std::to_string(node));
  system.sink = nodes - 1;
  system.weights.assign(heads.size(), Rational(1, static_cast<unsigned long>(heads.size())));
  system.heads = std::move(heads);
  return system;
}

}  // namespace

std::vector<heads::HeadSystem> dyadic_systems() {
  std::vector<heads::HeadSystem> systems;
  for (const int nodes : {2, 8, 64})
    systems.push_back(system_of("line of " + std::to_string(nodes), {line(nodes)}));
  for (const int nodes : {7, 31})
    systems.push_back(system_of("tree of " + std::to_string(nodes), {tree(nodes)}));
  systems.push_back(system_of("line and tree of 31", {line(31), tree(31)}));
  attention::RandomStream random(1, 0, 0);
  for (const int bits : {1, 2, 3, 5, 8, 12}) {
    const std::string name = "multiples of 2^-" + std::to_string(bits);
    systems.push_back(system_of(name, {drawn(6, bits, random), drawn(6, bits, random)}));
  }
  return systems;
}

}  // namespace crosshead::crosscheck

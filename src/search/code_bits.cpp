#include "code_bits.hpp"

#include <bit>

namespace crosshead::search {

CodeBits::CodeBits(Family family, int nodes)
    : nodes_(nodes), loops_everywhere_(family != Family::optional_loops) {
  const auto size = static_cast<std::size_t>(nodes);
  bit_.assign(size * size, 0);
  forward_.assign(size, 0);
  out_.assign(size, 0);
  in_.assign(size, 0);
  bits_ = nodes * (nodes - 1) / 2 + (loops_everywhere_ ? 0 : nodes);
  int next = bits_;
  const auto place = [&](int from, int to) {
    const std::uint32_t bit = std::uint32_t{1} << static_cast<unsigned>(--next);
    bit_[index(from, to)] = bit;
    out_[static_cast<std::size_t>(from)] |= bit;
    in_[static_cast<std::size_t>(to)] |= bit;
    if (from != to) forward_[static_cast<std::size_t>(from)] |= bit;
  };
  for (int from = 0; from < nodes; ++from) {
    for (int to = from + 1; to < nodes; ++to) place(from, to);
  }
  for (int node = 0; node < nodes && !loops_everywhere_; ++node) place(node, node);
}

int CodeBits::outdegree(std::uint32_t code, int node) const {
  return std::popcount(code & out_[static_cast<std::size_t>(node)]) + (loops_everywhere_ ? 1 : 0);
}

int CodeBits::indegree(std::uint32_t code, int node) const {
  return std::popcount(code & in_[static_cast<std::size_t>(node)]) + (loops_everywhere_ ? 1 : 0);
}

int CodeBits::edges(std::uint32_t code) const {
  return std::popcount(code) + (loops_everywhere_ ? nodes_ : 0);
}

}  // namespace crosshead::search

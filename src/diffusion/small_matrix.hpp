#pragma once

#include <bit>
#include <cstdint>

#include "crosshead/exact/matrix.hpp"

namespace crosshead::diffusion {

inline constexpr int kMaxNodes = 16;
using Nodes = std::uint32_t;  ///< a set of nodes, one bit each

/// REQUIRES: 0 <= node < 32; the mask costs nothing and keeps the shift defined.
inline Nodes only(int node) {
  return Nodes{1} << (node & 31);
}

/// Calls `visit` for every node of a set, ascending.
template <typename Visit>
void for_each(Nodes nodes, const Visit& visit) {
  for (; nodes != 0; nodes &= nodes - 1) visit(std::countr_zero(nodes));
}

/// A row-stochastic lower triangular matrix whose last node is the sink and hears every node.
struct SmallMatrix {
  int size = 0;
  std::uint64_t denominator = 1;
  int bits = 1;                               ///< denominator < 2^bits
  std::uint64_t entry[kMaxNodes][kMaxNodes];  ///< numerators by column and row, zeros included
  Nodes counted = 0;                          ///< nodes that the minimum is over
  Nodes sources[kMaxNodes] = {};              ///< of each row: columns with an entry
  Nodes feeders[kMaxNodes] = {};              ///< nodes whose mass can still reach j, j included
  Nodes loops = 0;                            ///< nodes with a diagonal entry
  Nodes absorbing = 0;                        ///< nodes whose only entry is the diagonal
  Nodes limits = 0;                           ///< absorbing nodes whose supremum is never attained
};

/// Columns of every row that the sink hears, into `sources`; false if one of them lies beyond the diagonal.
bool read_support(const exact::RationalMatrix& matrix, int sink, SmallMatrix& small, Nodes& heard);

/// Entries over their least common denominator; false unless all of it fits in 64 bits and every row sums
/// to 1. REQUIRES: every node is heard.
bool read_entries(const exact::RationalMatrix& matrix, SmallMatrix& small);

/// The sets of nodes that follow from `sources`.
void read_structure(SmallMatrix& small);

}  // namespace crosshead::diffusion

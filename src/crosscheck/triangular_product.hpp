#pragma once

#include <cstddef>

namespace crosshead::crosscheck {

// Lower triangular matrices in full storage: row i of n begins at a + i * stride, entries right of the
// diagonal are 0. Operands begin anywhere and do not overlap.

/// Rows are padded with zeros to a multiple of this.
inline constexpr std::size_t kRowLanes = 8;
inline std::size_t padded_row(std::size_t n) {
  return (n + kRowLanes - 1) / kRowLanes * kRowLanes;
}

/// Each entry is a sum of at most n products, in any order and possibly fused: for nonnegative operands and
/// without underflow it lies within n + 4 roundings, factors 1 - u to 1 + u, of the exact one.
inline constexpr int kExtraRoundings = 4;

/// y = x a for row vectors x, y of length `stride`. REQUIRES: padding of x is 0.
void multiply_row(const double* x, const double* a, std::size_t n, std::size_t stride, double* y);

/// c = a b.
void multiply_triangles(const double* a, const double* b, std::size_t n, std::size_t stride, double* c);

}  // namespace crosshead::crosscheck

#pragma once

#include <cstddef>

namespace crosshead::heads {

/// Columns of every operand are padded with zeros to a multiple of this.
inline constexpr std::size_t kLanes = 8;
inline std::size_t padded(std::size_t columns) {
  return (columns + kLanes - 1) / kLanes * kLanes;
}

/// c = a b for row-major a (rows x depth, `stride` apart), b (depth x columns), c (rows x columns). Each
/// entry is a sum of `depth` products, in any order and possibly fused: for nonnegative operands without
/// underflow its relative error is at most (depth + 1) units of 2^-53, to first order. REQUIRES: columns is
/// padded.
void multiply(const double* a, std::size_t rows, std::size_t stride, std::size_t depth, const double* b,
              std::size_t columns, double* c);

/// What a row vector y gains and loses against x, weighted: sum of (y - up x)^+ least and of (up x - y)^+
/// most, with the same relative error. REQUIRES: length is padded; padding of all operands is 0.
struct GainAndLoss {
  double gain = 0, loss = 0;
};
GainAndLoss compare(const double* y, const double* x, double up, const double* least, const double* most,
                    std::size_t length);

}  // namespace crosshead::heads

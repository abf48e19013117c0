#pragma once

#include <cstdint>
#include <vector>

#include "triangular_product.hpp"

#include "crosshead/crosscheck/layer_metrics.hpp"

namespace crosshead::crosscheck {

// Relative rounding (mathematics: sums of products of nonnegative numbers). A number that went through k
// roundings, factors between 1 - u and 1 + u with u = 2^-53, differs from the exact one by a factor between
// 1 / (1 + 2ku) and 1 + 2ku while 2ku < 1/2, whichever of the two it is that is known.

/// 2ku. REQUIRES: k < 2^50.
inline double relative_error(std::int64_t roundings) {
  return static_cast<double>(roundings) * 0x1p-52;
}

/// More than all that gradual underflow can do to one result: fewer than 2^100 operations lose 2^-1075 each,
/// and what is lost is multiplied by numbers whose product stays below 2^14.
inline constexpr double kUnderflow = 0x1p-960;

/// The exact value behind a computed one after so many roundings; exactly 0 if `zero`.
Enclosure around(double computed, std::int64_t roundings, bool zero = false);

/// A lower triangular matrix of nonnegative doubles (see triangular_product.hpp), each within `roundings`
/// roundings of the exact entry; entries that are exactly 0 are 0.
struct TriangularMatrix {
  TriangularMatrix() = default;
  explicit TriangularMatrix(std::size_t size) : n(size), stride(padded_row(size)), entries(n * stride, 0.0) {}

  std::size_t n = 0, stride = 0;
  std::vector<double> entries;
  std::int64_t roundings = 0;

  double& at(std::size_t i, std::size_t j) { return entries[i * stride + j]; }
  double at(std::size_t i, std::size_t j) const { return entries[i * stride + j]; }
  /// Roundings that one more row step adds to a vector.
  std::int64_t step_roundings() const { return static_cast<std::int64_t>(n) + kExtraRoundings + roundings; }
};

/// A_h; no roundings.
TriangularMatrix head_matrix(const LayerAttention& layer, int head);
/// sum_h w_h A_h.
TriangularMatrix mean_matrix(const LayerAttention& layer, const EnclosedWeights& weights);

/// Which nodes the sink hears after at least one step: j such that a walk of positive length leads from the
/// last row to column j.
std::vector<bool> heard_by_sink(const TriangularMatrix& matrix);

/// max over t = 1..steps of (A^t)_{n j} for each j.
std::vector<Enclosure> largest_signals(const TriangularMatrix& matrix, int steps);

}  // namespace crosshead::crosscheck

#pragma once

#include <optional>
#include <vector>

#include "crosshead/exact/matrix.hpp"

namespace crosshead::exact {

/// The solution of A x = b over the rationals (FLINT, fraction-free), or nothing if A is singular.
/// REQUIRES: A square, b of the same length.
std::optional<DenseVector> solve(const DenseMatrix& matrix, const DenseVector& right_side);

/// For a nonnegative matrix that is triangular along `order` (entries (order[k], order[l]) vanish for l > k):
/// the weight h_k with which node k ends in `target`, h_target = 1 and (1 - D_kk) h_k = sum_{l != k} D_kl h_l
/// otherwise, 0 for nodes before the target. Fraction-free. Nothing if some D_kk >= 1 with a positive right side
/// (the sum diverges). For a stochastic matrix h is the probability of ever reaching the target.
std::optional<std::vector<Rational>> hitting_weights(const RationalMatrix& matrix, const std::vector<int>& order,
                                                     int target);

}  // namespace crosshead::exact

#pragma once

#include <optional>
#include <vector>

#include "crosshead/exact/matrix.hpp"

namespace crosshead::exact {

/// The solution of A x = b over the rationals (FLINT, fraction-free), or nothing if A is singular.
/// REQUIRES: A square, b of the same length.
std::optional<DenseVector> solve(const DenseMatrix& matrix, const DenseVector& right_side);

/// First-step analysis on a nonnegative matrix that is triangular along `order` (entries (order[k], order[l])
/// vanish for l > k): x_k = pinned[k] where pinned, otherwise x_k = constant + sum_l D_kl x_l. Fraction-free:
/// one common denominator, no gcd before the end. Nothing if some D_kk >= 1 makes the sum diverge. REQUIRES:
/// pinned values and constant nonnegative.
std::optional<std::vector<Rational>> first_step_solve(const RationalMatrix& matrix,
                                                      const std::vector<int>& order,
                                                      const std::vector<std::optional<int>>& pinned,
                                                      int constant);

}  // namespace crosshead::exact

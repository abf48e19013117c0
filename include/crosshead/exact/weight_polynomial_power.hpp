#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "crosshead/exact/matrix.hpp"
#include "crosshead/exact/weight_polynomial.hpp"

namespace crosshead::exact {

/// Number of monomials of degree `degree` in `weights` weights, C(degree + weights - 1, weights - 1): the
/// terms of a polynomial of power_row, at most. REQUIRES: degree >= 0, weights >= 1.
Integer monomial_count(int weights, int degree);

/// Asked now and then during long work; false stops it.
using KeepGoing = std::function<bool()>;

/// Row `start` of (b_1 M_1 + ... + b_H M_H)^degree as n polynomials in b_1, ..., b_H, for nonnegative n x n
/// matrices (27): every coefficient is the sum over the words with these letter counts. By the recurrence
///   y_0 = e_start,   y_a = sum over h with a_h > 0 of y_{a - e_h} M_h
/// over exponent vectors a, degree by degree: C(degree + H, H) row vectors, never H^degree words. Integers
/// over one common denominator, of fixed width where a bound on all of them allows it.
/// Nothing when `keep_going` says stop. REQUIRES: at least one matrix, equal sizes, no negative entry, and
/// monomial_count * n numbers fit in memory.
std::optional<std::vector<WeightPolynomial>> power_row(const std::vector<RationalMatrix>& matrices, int start,
                                                       int degree, const KeepGoing& keep_going = {});

/// Naive oracle: every word multiplied out with dense rational matrices. H^degree products.
std::vector<WeightPolynomial> power_row_naive(const std::vector<RationalMatrix>& matrices, int start,
                                              int degree);

}  // namespace crosshead::exact

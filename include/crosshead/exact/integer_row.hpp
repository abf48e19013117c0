#pragma once

#include <cstdint>
#include <vector>

#include <gmp.h>

#include "crosshead/exact/dyadic_matrix.hpp"
#include "crosshead/exact/matrix.hpp"

namespace crosshead::exact {

/// A nonnegative rational matrix as integers over one common denominator d, ready for row-vector steps:
///   D_ij = row_factor_i * a_ij * column_factor_j / d.
/// The factors are 1 unless the denominators of rows (or columns) share so little that folding them into
/// every entry would cost more than one extra multiplication per node and step. Immutable once built.
class IntegerMatrix {
 public:
  /// REQUIRES: no negative entry.
  explicit IntegerMatrix(const RationalMatrix& matrix);
  /// The denominator is the least power of two; the factors are 1.
  explicit IntegerMatrix(const DyadicMatrix& matrix);

  int size() const { return static_cast<int>(columns_.size()); }
  const Integer& denominator() const { return denominator_; }

 private:
  friend class RowIteration;
  /// One nonzero 64-bit limb of an entry: a_ij contributes limb * 2^(64 offset).
  struct Limb {
    int row = 0;
    int offset = 0;
    mp_limb_t limb = 0;
  };
  Integer denominator_;
  std::vector<std::vector<Limb>> columns_;
  std::vector<Integer> row_factors_;     ///< empty: all 1
  std::vector<Integer> column_factors_;  ///< empty: all 1
  std::size_t entry_limbs_ = 1;          ///< most limbs of an entry, offsets included
};

/// The row vector x_t = e_start D^t as integers: x_t(j) = numerator(j) / denominator(), denominator() = d^t.
/// No gcd is ever taken. REQUIRES: the matrix outlives the iteration.
class RowIteration {
 public:
  RowIteration(const IntegerMatrix& matrix, int start);

  /// t -> t + 1.
  void step();

  std::int64_t time() const { return time_; }
  const Integer& numerator(int j) const { return numerators_[static_cast<std::size_t>(j)]; }
  const Integer& denominator() const { return power_; }
  /// x_t(j) in lowest terms.
  Rational value(int j) const { return Rational(numerator(j), power_); }
  /// 64-bit multiply-adds so far: the cost that limits are stated in.
  std::int64_t limb_operations() const { return limb_operations_; }

 private:
  const IntegerMatrix& matrix_;
  std::int64_t time_ = 0;
  std::int64_t limb_operations_ = 0;
  std::vector<Integer> numerators_, next_;
  Integer power_ = 1;
};

/// Least common multiple of the denominators of row i.
Integer row_denominator(const RationalMatrix& matrix, int i);

/// `value` rounded to a dyadic rational with at most `bits` significant bits, downwards or upwards.
/// Keeps long exact bounds readable without losing that they are bounds. REQUIRES: value >= 0.
Rational rounded_down(const Rational& value, unsigned bits);
Rational rounded_up(const Rational& value, unsigned bits);

}  // namespace crosshead::exact

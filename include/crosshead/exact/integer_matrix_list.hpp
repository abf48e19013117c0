#pragma once

#include <vector>

#include "crosshead/exact/matrix.hpp"

namespace crosshead::exact {

/// Several nonnegative n x n rational matrices M_1, ..., M_H as integers over one common denominator d:
///   M_h(i, l) = row_factor(i) * value / d,   row_factor(i) = d / (least common denominator of the rows i).
/// A product of t of them then has denominator d^t whatever its order, and no gcd is taken on the way. The
/// factors keep entries short where rows share few prime factors (normalised attention). Immutable once
/// built.
class IntegerMatrixList {
 public:
  struct Entry {
    int column = 0;
    Integer value;
  };

  /// REQUIRES: at least one matrix, equal sizes, no negative entry.
  explicit IntegerMatrixList(const std::vector<RationalMatrix>& matrices);

  int count() const { return static_cast<int>(rows_.size()); }
  int size() const { return static_cast<int>(factors_.size()); }
  const Integer& denominator() const { return denominator_; }
  const Integer& row_factor(int i) const { return factors_[static_cast<std::size_t>(i)]; }
  /// Nonzero entries of row i of matrix h (from 0), columns ascending.
  const std::vector<Entry>& row(int h, int i) const {
    return rows_[static_cast<std::size_t>(h)][static_cast<std::size_t>(i)];
  }

  /// row(i) * row_factor(i), the form that `multiply` wants: one pass serves all H products.
  void scale(std::vector<Integer>& row) const;
  /// result = scaled row vector times matrix h, over one more power of d. Shapes: n, n.
  void multiply(const std::vector<Integer>& scaled, int h, std::vector<Integer>& result) const;
  /// result(i) = sum over l of matrix h (i, l) column(l), over one more power of d: the step on the other
  /// side.
  void multiply_column(int h, const std::vector<Integer>& column, std::vector<Integer>& result) const;

 private:
  Integer denominator_ = 1;
  std::vector<Integer> factors_;
  std::vector<std::vector<std::vector<Entry>>> rows_;
};

}  // namespace crosshead::exact

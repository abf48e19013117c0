#pragma once

#include <vector>

#include <Eigen/Core>

#include "crosshead/exact/rational.hpp"

namespace Eigen {
/// Lets Eigen hold exact rationals: no epsilon, no rounding.
template <>
struct NumTraits<crosshead::exact::Rational> : GenericNumTraits<crosshead::exact::Rational> {
  using Real = crosshead::exact::Rational;
  using NonInteger = crosshead::exact::Rational;
  using Nested = crosshead::exact::Rational;
  using Literal = crosshead::exact::Rational;
  enum {
    IsComplex = 0,
    IsInteger = 0,
    IsSigned = 1,
    RequireInitialization = 1,
    ReadCost = 6,
    AddCost = 150,
    MulCost = 100
  };
  static crosshead::exact::Rational epsilon() { return 0; }
  static crosshead::exact::Rational dummy_precision() { return 0; }
  static int digits10() { return 0; }
};
}  // namespace Eigen

namespace crosshead::exact {

/// Dense n x n rational matrix and vector, for small systems and for the naive oracles.
using DenseMatrix = Eigen::Matrix<Rational, Eigen::Dynamic, Eigen::Dynamic>;
using DenseVector = Eigen::Matrix<Rational, Eigen::Dynamic, 1>;

/// Square n x n rational matrix by rows, zeros left out, columns ascending within a row.
/// The working form of every walk and diffusion matrix: memory follows the number of edges, not n^2.
class RationalMatrix {
 public:
  struct Entry {
    int column = 0;
    Rational value;
  };

  explicit RationalMatrix(int size = 0) : rows_(static_cast<std::size_t>(size)) {}

  int size() const { return static_cast<int>(rows_.size()); }
  const std::vector<Entry>& row(int i) const { return rows_[static_cast<std::size_t>(i)]; }

  /// Appends an entry to row i; REQUIRES: column greater than the last one of the row. Zero values are
  /// dropped.
  void append(int i, int column, Rational value);
  /// The entry at (i, j), zero where nothing is stored. Logarithmic in the row's length.
  Rational at(int i, int j) const;

  Rational row_sum(int i) const;
  /// All column sums, length n.
  std::vector<Rational> column_sums() const;

 private:
  std::vector<std::vector<Entry>> rows_;
};

/// sum_h weights[h] * matrices[h]. REQUIRES: equal sizes, one weight per matrix, at least one matrix.
RationalMatrix weighted_sum(const std::vector<RationalMatrix>& matrices,
                            const std::vector<Rational>& weights);
/// Swaps rows and columns.
RationalMatrix transpose(const RationalMatrix& matrix);
DenseMatrix to_dense(const RationalMatrix& matrix);
RationalMatrix from_dense(const DenseMatrix& matrix);
bool operator==(const RationalMatrix& a, const RationalMatrix& b);

}  // namespace crosshead::exact

// Sparse nonnegative matrices over one common denominator, and the powers of a row vector: no gcd in any
// step.
#pragma once

#include <utility>
#include <vector>

#include "src/checker/number.hpp"

namespace crosshead::checker {

constexpr unsigned bound_bits = 256;  // of fixed-point bounds

// The quotient in lowest terms.
mpq_class fraction(const mpz_class& numerator, const mpz_class& denominator);

using Row = std::vector<mpz_class>;  // numerators; nodes count from 0 inside the checker

struct Entry {
  int row, column;
  mpq_class value;
};

// A nonnegative square matrix, its positive entries by rows.
struct Matrix {
  Matrix(int n, const std::vector<Entry>& entries);  // entries of the same place are added
  mpq_class at(int i, int j) const;
  Row sums(bool of_columns) const;
  Row row_times(const Row& x) const;     // x M, over the denominator of x times that of M
  Row times_column(const Row& y) const;  // M y, likewise
  std::vector<bool> reach(int i) const;  // the k with a path of positive entries M_ij, M_jl, ..., M_.k
  std::vector<bool> support_after(int i, int steps) const;  // where row i of the power is positive
  Matrix rounded(bool up) const;                            // to multiples of 2^-256
  std::vector<std::vector<std::pair<int, mpz_class>>> rows;
  mpz_class denominator = 1;
};

// The row vectors x M^t, all kept.
class Powers {
 public:
  Powers(Matrix matrix, const Row& start);
  ~Powers();
  Powers(const Powers&) = delete;
  const Row& row(long t);
  const mpz_class& denominator(long t) { return row(t), denominators_[t]; }
  mpq_class at(long t, int j);

 private:
  Matrix matrix_;
  std::vector<Row> rows_;
  std::vector<mpz_class> denominators_;
  std::size_t stored_ = 0;
};

}  // namespace crosshead::checker

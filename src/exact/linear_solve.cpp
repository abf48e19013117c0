#include "crosshead/exact/linear_solve.hpp"

#include <flint/fmpq.h>
#include <flint/fmpq_mat.h>

#include "crosshead/exact/integer_row.hpp"

namespace crosshead::exact {
namespace {

/// Owns a FLINT rational matrix.
class FlintMatrix {
 public:
  FlintMatrix(Eigen::Index rows, Eigen::Index columns) { fmpq_mat_init(matrix_, rows, columns); }
  ~FlintMatrix() { fmpq_mat_clear(matrix_); }
  FlintMatrix(const FlintMatrix&) = delete;
  FlintMatrix& operator=(const FlintMatrix&) = delete;
  fmpq_mat_struct* get() { return matrix_; }
  void set(Eigen::Index i, Eigen::Index j, const Rational& value) {
    fmpq_set_mpq(fmpq_mat_entry(matrix_, i, j), value.backend().data());
  }
  Rational at(Eigen::Index i, Eigen::Index j) {
    Rational value;
    fmpq_get_mpq(value.backend().data(), fmpq_mat_entry(matrix_, i, j));
    return value;
  }

 private:
  fmpq_mat_t matrix_;
};

}  // namespace

std::optional<DenseVector> solve(const DenseMatrix& matrix, const DenseVector& right_side) {
  const Eigen::Index n = matrix.rows();
  if (n == 0) return DenseVector(0);
  FlintMatrix a(n, n), b(n, 1), x(n, 1);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j) a.set(i, j, matrix(i, j));
    b.set(i, 0, right_side(i));
  }
  if (fmpq_mat_solve(x.get(), a.get(), b.get()) == 0) return std::nullopt;
  DenseVector result(n);
  for (Eigen::Index i = 0; i < n; ++i) result(i) = x.at(i, 0);
  return result;
}

// With r_k the denominator of row k and b_kl = r_k D_kl, x_k = (constant r_k + sum b_kl x_l) / (r_k - b_kk).
// All values so far are kept over the common denominator `product` of the r_k - b_kk met; zeros need no
// rescaling.
std::optional<std::vector<Rational>> first_step_solve(const RationalMatrix& matrix,
                                                      const std::vector<int>& order,
                                                      const std::vector<std::optional<int>>& pinned,
                                                      int constant) {
  std::vector<Integer> numerators(order.size());
  Integer product = 1;
  std::vector<int> nonzero;
  for (int k : order) {
    Integer& value = numerators[static_cast<std::size_t>(k)];
    if (const auto& pin = pinned[static_cast<std::size_t>(k)]) {
      value = product * *pin;
      if (*pin != 0) nonzero.push_back(k);
      continue;
    }
    const Integer denominator = row_denominator(matrix, k);
    Integer sum = product * denominator * constant;
    Integer leave = denominator;
    for (const auto& entry : matrix.row(k)) {
      const Integer scaled =
          numerator(entry.value) * (denominator / boost::multiprecision::denominator(entry.value));
      if (entry.column == k) {
        leave -= scaled;
      } else {
        sum += scaled * numerators[static_cast<std::size_t>(entry.column)];
      }
    }
    if (sum == 0) continue;
    if (leave <= 0) return std::nullopt;
    for (int l : nonzero) numerators[static_cast<std::size_t>(l)] *= leave;
    product *= leave;
    value = sum;
    nonzero.push_back(k);
  }
  std::vector<Rational> solution;
  solution.reserve(numerators.size());
  for (const Integer& value : numerators) solution.emplace_back(value, product);
  return solution;
}

}  // namespace crosshead::exact

#include "crosshead/exact/integer_matrix_list.hpp"

#include <stdexcept>

#include "crosshead/exact/integer_row.hpp"

namespace crosshead::exact {
namespace {

mpz_srcptr raw(const Integer& value) {
  return value.backend().data();
}
mpz_ptr raw(Integer& value) {
  return value.backend().data();
}

}  // namespace

IntegerMatrixList::IntegerMatrixList(const std::vector<RationalMatrix>& matrices) {
  if (matrices.empty()) throw std::logic_error("IntegerMatrixList: no matrix");
  const int n = matrices.front().size();
  std::vector<Integer> by_row(static_cast<std::size_t>(n), 1);
  for (const RationalMatrix& matrix : matrices) {
    if (matrix.size() != n) throw std::logic_error("IntegerMatrixList: matrices of different sizes");
    for (int i = 0; i < n; ++i) {
      Integer& common = by_row[static_cast<std::size_t>(i)];
      mpz_lcm(raw(common), raw(common), raw(row_denominator(matrix, i)));
    }
  }
  for (const Integer& common : by_row) mpz_lcm(raw(denominator_), raw(denominator_), raw(common));
  for (const Integer& common : by_row) {
    Integer factor;
    mpz_divexact(raw(factor), raw(denominator_), raw(common));
    factors_.push_back(std::move(factor));
  }
  for (const RationalMatrix& matrix : matrices) {
    auto& rows = rows_.emplace_back(static_cast<std::size_t>(n));
    for (int i = 0; i < n; ++i) {
      for (const auto& entry : matrix.row(i)) {
        if (entry.value < 0) throw std::logic_error("IntegerMatrixList: a negative entry");
        Integer value;
        mpz_divexact(raw(value), raw(by_row[static_cast<std::size_t>(i)]),
                     mpq_denref(entry.value.backend().data()));
        mpz_mul(raw(value), raw(value), mpq_numref(entry.value.backend().data()));
        rows[static_cast<std::size_t>(i)].push_back({entry.column, std::move(value)});
      }
    }
  }
}

void IntegerMatrixList::scale(std::vector<Integer>& row) const {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (mpz_cmp_ui(raw(factors_[i]), 1) != 0) mpz_mul(raw(row[i]), raw(row[i]), raw(factors_[i]));
  }
}

void IntegerMatrixList::multiply(const std::vector<Integer>& scaled, int h,
                                 std::vector<Integer>& result) const {
  result.resize(scaled.size());
  for (Integer& value : result) mpz_set_ui(raw(value), 0);
  for (int i = 0; i < size(); ++i) {
    const Integer& value = scaled[static_cast<std::size_t>(i)];
    if (mpz_sgn(raw(value)) == 0) continue;
    for (const Entry& entry : row(h, i)) {
      mpz_addmul(raw(result[static_cast<std::size_t>(entry.column)]), raw(value), raw(entry.value));
    }
  }
}

void IntegerMatrixList::multiply_column(int h, const std::vector<Integer>& column,
                                        std::vector<Integer>& result) const {
  result.resize(column.size());
  for (int i = 0; i < size(); ++i) {
    Integer& sum = result[static_cast<std::size_t>(i)];
    mpz_set_ui(raw(sum), 0);
    for (const Entry& entry : row(h, i)) {
      mpz_addmul(raw(sum), raw(entry.value), raw(column[static_cast<std::size_t>(entry.column)]));
    }
    mpz_mul(raw(sum), raw(sum), raw(row_factor(i)));
  }
}

}  // namespace crosshead::exact

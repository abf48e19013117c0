#include "src/checker/matrix.hpp"

#include <map>

#include "src/checker/limits.hpp"

namespace crosshead::checker {

mpq_class fraction(const mpz_class& numerator, const mpz_class& denominator) {
  spend(20 + limbs(numerator) * limbs(denominator));
  mpq_class result(numerator, denominator);
  result.canonicalize();
  return result;
}

Matrix::Matrix(int n, const std::vector<Entry>& entries) : rows(n) {
  spend(static_cast<std::uint64_t>(n) * (n + 40));
  std::map<std::pair<int, int>, mpq_class> sums;
  for (const Entry& e : entries) {
    spend(100 + limbs(e.value) * limbs(denominator));
    mpz_class& d = (sums[{e.row, e.column}] += e.value).get_den();
    mpz_lcm(denominator.get_mpz_t(), denominator.get_mpz_t(), d.get_mpz_t());
  }
  for (const auto& [place, value] : sums)
    rows[place.first].emplace_back(place.second, value.get_num() * (denominator / value.get_den()));
}

mpq_class Matrix::at(int i, int j) const {
  for (const auto& [k, a] : rows[i])
    if (k == j) return fraction(a, denominator);
  return 0;
}

Row Matrix::sums(bool of_columns) const {
  Row ones(rows.size(), 1);
  return of_columns ? row_times(ones) : times_column(ones);
}

Row Matrix::row_times(const Row& x) const {
  Row result(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (sgn(x[i]) == 0) continue;
    for (const auto& [j, a] : rows[i]) {
      spend(8 + limbs(x[i]) * limbs(a));
      mpz_addmul(result[j].get_mpz_t(), x[i].get_mpz_t(), a.get_mpz_t());
    }
  }
  return result;
}

Row Matrix::times_column(const Row& y) const {
  Row result(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (const auto& [j, a] : rows[i]) {
      spend(8 + limbs(y[j]) * limbs(a));
      mpz_addmul(result[i].get_mpz_t(), y[j].get_mpz_t(), a.get_mpz_t());
    }
  return result;
}

std::vector<bool> Matrix::reach(int i) const {
  std::vector<bool> seen(rows.size());
  std::vector<int> open = {i};
  seen[i] = true;
  while (!open.empty()) {
    const auto& row = rows[open.back()];
    open.pop_back();
    spend(8 + row.size());
    for (const auto& [j, a] : row)
      if (!seen[j]) seen[j] = true, open.push_back(j);
  }
  return seen;
}

std::vector<bool> Matrix::support_after(int i, int steps) const {
  std::vector<bool> now(rows.size());
  for (now[i] = true; steps > 0; --steps) {
    std::vector<bool> next(rows.size());
    for (std::size_t k = 0; k < rows.size(); ++k) {
      spend(4 + rows[k].size());
      for (const auto& [j, a] : rows[k]) next[j] = next[j] || now[k];
    }
    now = next;
  }
  return now;
}

Matrix Matrix::rounded(bool up) const {
  Matrix result = *this;
  result.denominator = mpz_class(1) << bound_bits;
  for (auto& row : result.rows)
    for (auto& [j, a] : row) {
      a <<= bound_bits;
      (up ? mpz_cdiv_q : mpz_fdiv_q)(a.get_mpz_t(), a.get_mpz_t(), denominator.get_mpz_t());
    }
  return result;
}

Powers::Powers(Matrix matrix, const Row& start)
    : matrix_(std::move(matrix)), rows_{start}, denominators_{1} {}
Powers::~Powers() {
  storage_left += stored_;
}

const Row& Powers::row(long t) {
  while (static_cast<long>(rows_.size()) <= t) {
    Row next = matrix_.row_times(rows_.back());
    std::size_t size = 3;
    for (const mpz_class& x : next) size += 2 + limbs(x);
    if (size > storage_left) refuse("more than " + std::to_string(max_stored_limbs) + " limbs kept");
    storage_left -= size, stored_ += size;
    rows_.push_back(std::move(next));
    denominators_.push_back(denominators_.back() * matrix_.denominator);
  }
  return rows_[t];
}

mpq_class Powers::at(long t, int j) {
  const mpz_class& common = denominator(t);
  return fraction(rows_[t][j], common);
}

}  // namespace crosshead::checker

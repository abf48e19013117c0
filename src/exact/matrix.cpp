#include "crosshead/exact/matrix.hpp"

#include <algorithm>
#include <stdexcept>

namespace crosshead::exact {

void RationalMatrix::append(int i, int column, Rational value) {
  auto& row = rows_[static_cast<std::size_t>(i)];
  if (column < 0 || column >= size() || (!row.empty() && row.back().column >= column)) {
    throw std::logic_error("RationalMatrix::append: columns must ascend and lie inside the matrix");
  }
  if (value != 0) row.push_back({column, std::move(value)});
}

Rational RationalMatrix::at(int i, int j) const {
  const auto& entries = row(i);
  const auto found = std::lower_bound(entries.begin(), entries.end(), j,
                                      [](const Entry& entry, int column) { return entry.column < column; });
  return found != entries.end() && found->column == j ? found->value : Rational(0);
}

Rational RationalMatrix::row_sum(int i) const {
  Rational sum = 0;
  for (const Entry& entry : row(i)) sum += entry.value;
  return sum;
}

std::vector<Rational> RationalMatrix::column_sums() const {
  std::vector<Rational> sums(rows_.size());
  for (const auto& row : rows_) {
    for (const Entry& entry : row) sums[static_cast<std::size_t>(entry.column)] += entry.value;
  }
  return sums;
}

RationalMatrix weighted_sum(const std::vector<RationalMatrix>& matrices,
                            const std::vector<Rational>& weights) {
  if (matrices.empty() || matrices.size() != weights.size()) {
    throw std::logic_error("weighted_sum: one weight per matrix, at least one matrix");
  }
  const int n = matrices.front().size();
  RationalMatrix result(n);
  std::vector<Rational> values(static_cast<std::size_t>(n));
  std::vector<int> columns;
  for (int i = 0; i < n; ++i) {
    columns.clear();
    for (std::size_t h = 0; h < matrices.size(); ++h) {
      if (matrices[h].size() != n) throw std::logic_error("weighted_sum: sizes differ");
      if (weights[h] == 0) continue;
      for (const auto& entry : matrices[h].row(i)) {
        values[static_cast<std::size_t>(entry.column)] += weights[h] * entry.value;
        columns.push_back(entry.column);
      }
    }
    std::sort(columns.begin(), columns.end());
    columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
    for (int column : columns) {
      result.append(i, column, std::exchange(values[static_cast<std::size_t>(column)], Rational(0)));
    }
  }
  return result;
}

RationalMatrix transpose(const RationalMatrix& matrix) {
  RationalMatrix result(matrix.size());
  for (int i = 0; i < matrix.size(); ++i) {
    for (const auto& entry : matrix.row(i)) result.append(entry.column, i, entry.value);
  }
  return result;
}

DenseMatrix to_dense(const RationalMatrix& matrix) {
  DenseMatrix result = DenseMatrix::Constant(matrix.size(), matrix.size(), Rational(0));
  for (int i = 0; i < matrix.size(); ++i) {
    for (const auto& entry : matrix.row(i)) result(i, entry.column) = entry.value;
  }
  return result;
}

RationalMatrix from_dense(const DenseMatrix& matrix) {
  RationalMatrix result(static_cast<int>(matrix.rows()));
  for (int i = 0; i < result.size(); ++i) {
    for (int j = 0; j < result.size(); ++j) result.append(i, j, matrix(i, j));
  }
  return result;
}

bool operator==(const RationalMatrix& a, const RationalMatrix& b) {
  if (a.size() != b.size()) return false;
  for (int i = 0; i < a.size(); ++i) {
    if (!std::equal(
            a.row(i).begin(), a.row(i).end(), b.row(i).begin(), b.row(i).end(),
            [](const auto& x, const auto& y) { return x.column == y.column && x.value == y.value; })) {
      return false;
    }
  }
  return true;
}

}  // namespace crosshead::exact

#include "power_ladder.hpp"

#include <algorithm>
#include <cmath>

namespace crosshead::crosscheck {
namespace {

/// 1 - leak, within [0, 1].
Enclosure staying(const Enclosure& leak) {
  const Enclosure stay = kOne - leak;
  return {std::max(0.0, stay.lower), std::clamp(stay.upper, 0.0, 1.0)};
}

void set_diagonal(PowerLadder::Level& level) {
  for (std::size_t i = 0; i < level.leaks.size(); ++i) {
    const Enclosure stay = staying(level.leaks[i]);
    level.lower.at(i, i) = stay.lower;
    level.upper.at(i, i) = stay.upper;
  }
}

/// Pushes computed sums of products down or up by their roundings.
void push_down(double* values, std::size_t count, std::int64_t roundings) {
  const double factor = 1 - relative_error(roundings + 2);
  for (std::size_t k = 0; k < count; ++k) values[k] = std::max(0.0, values[k] * factor - kUnderflow);
}

void push_up(double* values, std::size_t count, std::int64_t roundings) {
  const double factor = 1 + relative_error(roundings + 2);
  for (std::size_t k = 0; k < count; ++k) values[k] = values[k] * factor + kUnderflow;
}

std::int64_t product_roundings(const TriangularMatrix& matrix) {
  return static_cast<std::int64_t>(matrix.n) + kExtraRoundings;
}

}  // namespace

PowerLadder::PowerLadder(const TriangularMatrix& matrix, std::vector<Enclosure> leaks) {
  Level first{TriangularMatrix(matrix.n), TriangularMatrix(matrix.n), std::move(leaks)};
  for (std::size_t i = 0; i < matrix.n; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const Enclosure entry = around(matrix.at(i, j), matrix.roundings, matrix.at(i, j) == 0);
      first.lower.at(i, j) = entry.lower;
      first.upper.at(i, j) = entry.upper;
    }
  }
  set_diagonal(first);
  levels_.push_back(std::move(first));
}

PowerLadder::Level PowerLadder::squared_level(const Level& level) const {
  const std::size_t n = level.lower.n, stride = level.lower.stride;
  Level next{TriangularMatrix(n), TriangularMatrix(n), {}};
  multiply_triangles(level.lower.entries.data(), level.lower.entries.data(), n, stride,
                     next.lower.entries.data());
  multiply_triangles(level.upper.entries.data(), level.upper.entries.data(), n, stride,
                     next.upper.entries.data());
  for (std::size_t i = 0; i < n; ++i) {
    push_down(next.lower.entries.data() + i * stride, i, product_roundings(level.lower));
    push_up(next.upper.entries.data() + i * stride, i, product_roundings(level.upper));
  }
  for (const Enclosure& leak : level.leaks) {
    // l (2 - l) grows with l up to 1: each end by itself.
    const Enclosure low{leak.lower, leak.lower}, high{leak.upper, leak.upper}, two{2, 2};
    next.leaks.push_back(
        {std::clamp((low * (two - low)).lower, 0.0, 1.0), std::clamp((high * (two - high)).upper, 0.0, 1.0)});
  }
  set_diagonal(next);
  return next;
}

const PowerLadder::Level& PowerLadder::level(std::size_t k) {
  while (levels_.size() <= k) levels_.push_back(squared_level(levels_.back()));
  return levels_[k];
}

std::vector<double> PowerLadder::step_lower(const std::vector<double>& row, std::size_t k) {
  const TriangularMatrix& matrix = level(k).lower;
  std::vector<double> next(matrix.stride);
  multiply_row(row.data(), matrix.entries.data(), matrix.n, matrix.stride, next.data());
  push_down(next.data(), matrix.n, product_roundings(matrix));
  return next;
}

std::vector<double> PowerLadder::step_upper(const std::vector<double>& row, std::size_t k) {
  const TriangularMatrix& matrix = level(k).upper;
  std::vector<double> next(matrix.stride);
  multiply_row(row.data(), matrix.entries.data(), matrix.n, matrix.stride, next.data());
  push_up(next.data(), matrix.n, product_roundings(matrix));
  return next;
}

PowerLadder::Row PowerLadder::step(const Row& row, std::size_t k) {
  return {step_lower(row.lower, k), step_upper(row.upper, k)};
}

}  // namespace crosshead::crosscheck

#include "crosshead/exact/dyadic_matrix.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "crosshead/exact/integer_row.hpp"

namespace crosshead::exact {
namespace {

/// Doubles from every part of the range, zeros among them.
double number(std::mt19937_64& random, int spread) {
  if (random() % 5 == 0) return 0;
  const int exponent = static_cast<int>(random() % static_cast<unsigned>(2 * spread + 1)) - spread;
  return std::ldexp(static_cast<double>(random() >> (11 + random() % 53)), exponent - 20);
}

TEST(DyadicMatrix, IsTheSumOfRationals) {
  std::mt19937_64 random(20261128);
  for (int trial = 0; trial < 300; ++trial) {
    const int n = 1 + static_cast<int>(random() % 5);
    const int spread = trial % 3 == 0 ? 3 : trial % 3 == 1 ? 80 : 900;
    const auto square = static_cast<std::size_t>(n) * static_cast<std::size_t>(n);
    DyadicMatrix matrix(n);
    std::vector<Rational> expected(square);
    for (int term = 0; term < 6; ++term) {
      std::vector<double> values(square);
      for (double& value : values) value = number(random, spread);
      const double weight = term == 0 ? 1.0 : std::ldexp(static_cast<double>(random() % 1000), -10);
      matrix.add(values, weight);
      for (std::size_t k = 0; k < square; ++k) expected[k] += exact_value(values[k]) * exact_value(weight);
    }
    RationalMatrix sparse(n);
    for (int i = 0; i < n; ++i) {
      Rational sum = 0;
      for (int j = 0; j < n; ++j) {
        const Rational& value = expected[static_cast<std::size_t>(i * n + j)];
        EXPECT_EQ(matrix.at(i, j), value);
        EXPECT_EQ(matrix.is_zero(i, j), value == 0);
        if (value != 0) {
          const int low = matrix.lowest_bit(i, j).value();
          const Rational scaled = low >= 0
                                      ? Rational(value / Rational(Integer(1) << static_cast<unsigned>(low)))
                                      : Rational(value * Rational(Integer(1) << static_cast<unsigned>(-low)));
          EXPECT_EQ(denominator(scaled), 1);
          EXPECT_EQ(numerator(scaled) % 2, 1);
        }
        sum += value;
        sparse.append(i, j, value);
      }
      EXPECT_EQ(matrix.row_sum(i), sum);
    }
    // The same row vectors as from the sparse matrix of rationals.
    const IntegerMatrix dense_integers(matrix), sparse_integers(sparse);
    RowIteration dense(dense_integers, n - 1), other(sparse_integers, n - 1);
    for (int t = 0; t < 4; ++t) {
      for (int j = 0; j < n; ++j) EXPECT_EQ(dense.value(j), other.value(j));
      dense.step();
      other.step();
    }
  }
}

TEST(DyadicMatrix, RefusesWhatItCannotHold) {
  DyadicMatrix matrix(1);
  EXPECT_THROW(matrix.add({-1}), std::logic_error);
  EXPECT_THROW(matrix.add({std::nan("")}), std::logic_error);
  EXPECT_THROW(matrix.add({1, 2}), std::logic_error);
}

}  // namespace
}  // namespace crosshead::exact

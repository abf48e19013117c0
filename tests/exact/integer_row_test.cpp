#include "crosshead/exact/integer_row.hpp"

#include <random>

#include <gtest/gtest.h>

namespace crosshead::exact {
namespace {

RationalMatrix random_matrix(std::mt19937_64& random, int n, int kind) {
  RationalMatrix matrix(n);
  const Rational wide = Rational(Integer(1) << 130);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      if (random() % 3 == 0) continue;
      const auto p = static_cast<std::int64_t>(random() % 1000),
                 q = static_cast<std::int64_t>(1 + random() % 50);
      if (kind == 0) matrix.append(i, j, Rational(p, q));
      // Wide dyadics: entries of several limbs with empty limbs between.
      if (kind == 1) matrix.append(i, j, Rational(p) / wide + Rational(q));
      // Rows, then columns, with denominators of their own: the factored forms.
      if (kind == 2)
        matrix.append(i, j, Rational(p) / (Rational(Integer("1000000000000000003")) * (2 * i + 1) + 2 * i));
      if (kind == 3)
        matrix.append(i, j, Rational(p) / (Rational(Integer("1000000000000000003")) * (2 * j + 1) + 2 * j));
    }
  }
  return matrix;
}

TEST(RowIteration, EqualsDenseRationalPowers) {
  std::mt19937_64 random(7);
  for (int trial = 0; trial < 400; ++trial) {
    const int n = 1 + static_cast<int>(random() % 6);
    const RationalMatrix matrix = random_matrix(random, n, trial % 4);
    const IntegerMatrix integers(matrix);
    const DenseMatrix dense = to_dense(matrix);
    const int start = static_cast<int>(random() % static_cast<unsigned>(n));
    RowIteration row(integers, start);
    DenseMatrix power = DenseMatrix::Constant(n, n, Rational(0));
    for (int i = 0; i < n; ++i) power(i, i) = 1;
    for (int t = 0; t <= 6; ++t) {
      ASSERT_EQ(row.time(), t);
      for (int j = 0; j < n; ++j) ASSERT_EQ(row.value(j), power(start, j)) << "trial " << trial << " t " << t;
      power = (power * dense).eval();
      row.step();
    }
  }
}

TEST(RowIteration, CarriesRunThroughEveryLimb) {
  // (2^64 - 1) * (2^64 - 1) repeated: every limb of the accumulator overflows.
  const Integer big = (Integer(1) << 192) - 1;
  RationalMatrix matrix(2);
  matrix.append(0, 0, Rational(big));
  matrix.append(0, 1, Rational(big));
  matrix.append(1, 1, Rational(big));
  const IntegerMatrix integers(matrix);
  RowIteration row(integers, 0);
  for (int t = 1; t <= 20; ++t) {
    row.step();
    EXPECT_EQ(row.numerator(0), boost::multiprecision::pow(big, static_cast<unsigned>(t)));
    EXPECT_EQ(row.numerator(1), boost::multiprecision::pow(big, static_cast<unsigned>(t)) * t);
  }
}

TEST(IntegerMatrix, RefusesNegativeEntries) {
  RationalMatrix matrix(1);
  matrix.append(0, 0, Rational(-1));
  EXPECT_THROW(IntegerMatrix{matrix}, std::logic_error);
}

TEST(Rounding, IsOutwardAndShort) {
  std::mt19937_64 random(3);
  for (int trial = 0; trial < 1000; ++trial) {
    const Rational value(Integer(random()) * Integer(random()),
                         Integer(random()) * Integer(random() | 1) + 1);
    const Rational low = rounded_down(value, 20), high = rounded_up(value, 20);
    ASSERT_LE(low, value);
    ASSERT_GE(high, value);
    ASSERT_LE(high - low, value / (1 << 18));
  }
  EXPECT_EQ(rounded_down(Rational(3, 8), 10), Rational(3, 8));
  EXPECT_EQ(rounded_up(Rational(0), 10), Rational(0));
}

}  // namespace
}  // namespace crosshead::exact

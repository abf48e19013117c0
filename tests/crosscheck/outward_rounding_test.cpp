#include <cmath>
#include <random>

#include "crosscheck/random_causal.hpp"
#include <gtest/gtest.h>

#include "crosshead/crosscheck/enclosure.hpp"
#include "crosshead/crosscheck/norm_weights.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::crosscheck {
namespace {

using exact::Rational;
using testing::contains;

double drawn(std::mt19937_64& random) {
  const double value = std::ldexp(static_cast<double>(random()), -static_cast<int>(random() % 120) - 10);
  return random() % 5 == 0 ? 0 : (random() % 2 == 0 ? value : -value);
}

TEST(Enclosure, OperationsContainExactResults) {
  std::mt19937_64 random(1);
  for (int k = 0; k < 3000; ++k) {
    const double x = drawn(random), y = drawn(random);
    const Rational p = exact::exact_value(x), q = exact::exact_value(y);
    // Exact points, and wider enclosures of the same points.
    for (const double wider : {0.0, 0x1p-20}) {
      const Enclosure a{x - wider, x + wider}, b{y - wider, y + wider};
      EXPECT_TRUE(contains(a + b, p + q));
      EXPECT_TRUE(contains(a - b, p - q));
      EXPECT_TRUE(contains(a * b, p * q));
      EXPECT_TRUE(contains(squared(a), p * p));
      EXPECT_GE(squared(a).lower, 0);
      if (b.lower > 0) {
        EXPECT_TRUE(contains(a / b, p / q));
      }
      if (x >= 0) {
        const Enclosure root = square_root(a);
        EXPECT_LE(exact::exact_value(root.lower) * exact::exact_value(root.lower), p);
        EXPECT_GE(exact::exact_value(root.upper) * exact::exact_value(root.upper), p);
      }
    }
  }
}

TEST(Enclosure, OfRationalsIsNarrow) {
  const Enclosure third = enclosing(Rational(1, 3)), half = enclosing(Rational(1, 2));
  EXPECT_TRUE(contains(third, Rational(1, 3)));
  EXPECT_EQ(std::nextafter(third.lower, 1), third.upper);
  EXPECT_TRUE(half.is_exact());
}

TEST(Enclosure, DecimalsRoundOutwards) {
  EXPECT_EQ(decimal_below(0.375, 5), "0.375");
  EXPECT_EQ(decimal_above(0.375, 2), "0.38");
  EXPECT_EQ(decimal_below(0.375, 2), "0.37");
  EXPECT_EQ(decimal_above(-0.375, 2), "-0.37");
  EXPECT_EQ(decimal_above(99.96, 3), "100");
  EXPECT_EQ(decimal_below(0, 3), "0");
  EXPECT_EQ(decimal_below(1e-9, 3), "1e-9");
  std::mt19937_64 random(2);
  for (int k = 0; k < 3000; ++k) {
    const double value = drawn(random);
    const int digits = 1 + static_cast<int>(random() % 15);
    const Rational exact_value = exact::exact_value(value);
    const Rational low = exact::parse_rational(decimal_below(value, digits));
    const Rational high = exact::parse_rational(decimal_above(value, digits));
    EXPECT_LE(low, exact_value);
    EXPECT_GE(high, exact_value);
    EXPECT_LE(high - low, exact::parse_rational("1e" + std::to_string(1 - digits)) *
                              (exact_value < 0 ? -exact_value : exact_value) * Rational(1001, 1000));
  }
}

TEST(Spread, OfExactValues) {
  const Spread spread = spread_of({{1, 1}, {2, 2}, {3, 3}, {6, 6}});
  EXPECT_TRUE(contains(spread.mean, Rational(3)));
  // Squares of deviations: 4 + 1 + 0 + 9 = 14; 14 / 3.
  EXPECT_TRUE(contains(squared(*spread.deviation), Rational(14, 3)));
  EXPECT_LT(spread.deviation->upper - spread.deviation->lower, 1e-14);
  EXPECT_FALSE(spread_of({{1, 1}}).deviation);
}

attention::Tensor matrix(const std::vector<double>& values, std::int64_t width) {
  return {attention::DType::f32, {static_cast<std::int64_t>(values.size()) / width, width}, values};
}

TEST(NormWeights, EncloseSquareRoots) {
  // Norms 5 and 15: exact. Norms 1 and 2^(1/2): w_1 = 2^(1/2) - 1.
  const EnclosedWeights exact =
      norm_weights(matrix({3, 0, 5, 0, 0, 4, 0, 10, 0, 0, 0, 10, 0, 0, 0, 0}, 4), 2, "f", "n");
  EXPECT_TRUE(exact.intervals[0].is_exact());
  EXPECT_EQ(exact.intervals[0].lower, Rational(1, 4));
  EXPECT_EQ(exact.nearest[1], 0.75);
  const EnclosedWeights roots = norm_weights(matrix({1, 1, 0, 1}, 2), 2, "f", "n");
  const exact::Interval& first = roots.intervals[0];
  // x = 2^(1/2) - 1 is the positive root of x^2 + 2x - 1.
  EXPECT_LT(first.lower * first.lower + 2 * first.lower, 1);
  EXPECT_GT(first.upper * first.upper + 2 * first.upper, 1);
  EXPECT_LT(first.upper - first.lower, Rational(1, exact::Integer(1) << 60));
  EXPECT_NEAR(roots.nearest[0], std::sqrt(2.0) - 1, 0x1p-52);
  EXPECT_TRUE(norm_weights(matrix({0.1F, 7}, 2), 1, "f", "n").intervals[0].is_exact());
}

TEST(NormWeights, RefuseZerosAndInfinities) {
  EXPECT_THROW(norm_weights(matrix({0, 0}, 2), 2, "f", "n"), exact::InputError);
  EXPECT_THROW(norm_weights(matrix({1, HUGE_VAL}, 2), 2, "f", "n"), exact::InputError);
}

}  // namespace
}  // namespace crosshead::crosscheck

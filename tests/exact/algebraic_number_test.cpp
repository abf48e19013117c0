#include "crosshead/exact/algebraic_number.hpp"

#include <gtest/gtest.h>

namespace crosshead::exact {
namespace {

using Polynomial = UnivariatePolynomial;

Polynomial of(std::vector<Integer> coefficients) {
  return Polynomial(coefficients);
}

/// The square root of 2.
AlgebraicNumber root_two() {
  return {of({-2, 0, 1}), 1, 2};
}

TEST(AlgebraicNumber, RationalsHaveDegreeOneAndNoWidth) {
  const AlgebraicNumber number(Rational(3, 4));
  EXPECT_TRUE(number.is_rational());
  EXPECT_EQ(number.minimal_polynomial(), of({-3, 4}));
  EXPECT_EQ(AlgebraicNumber(of({-3, 4}), 0, 1).isolating().lower, Rational(3, 4));
}

TEST(AlgebraicNumber, RefinesAroundItsRoot) {
  const AlgebraicNumber fine = root_two().refined(Rational(1, 1'000'000));
  EXPECT_LT(fine.isolating().lower * fine.isolating().lower, Rational(2));
  EXPECT_GT(fine.isolating().upper * fine.isolating().upper, Rational(2));
  EXPECT_LE(fine.isolating().upper - fine.isolating().lower, Rational(1, 1'000'000));
}

TEST(AlgebraicNumber, SimplifiedStillIsolates) {
  const AlgebraicNumber simple = root_two().refined(Rational(1, 1'000'000'000)).simplified();
  EXPECT_EQ(simple.isolating().lower, Rational(1));
  EXPECT_EQ(simple.isolating().upper, Rational(2));
  const auto roots = roots_between(of({-1, 0, 200}), 0, 1);
  ASSERT_EQ(roots.size(), 1U);
  EXPECT_EQ(roots[0].refined(Rational(1, 4096)).simplified().compare(roots[0]), 0);
}

TEST(AlgebraicNumber, ComparesExactly) {
  EXPECT_EQ(root_two().compare(Rational(141421, 100000)), 1);
  EXPECT_EQ(root_two().compare(Rational(141422, 100000)), -1);
  EXPECT_EQ(root_two().compare(AlgebraicNumber(of({-2, 0, 1}), Rational(5, 4), Rational(3, 2))), 0);
  EXPECT_EQ(root_two().compare(AlgebraicNumber(of({-2, 0, 1}), -2, -1)), 1);
  // The root of x^3 - 2.828 near sqrt 2: (2.828)^(1/3) = 1.41414...
  EXPECT_EQ(root_two().compare(AlgebraicNumber(of({-707, 0, 0, 250}), 1, 2)), 1);
  EXPECT_EQ(AlgebraicNumber(Rational(1)).compare(root_two()), -1);
}

TEST(AlgebraicNumber, FindsAllRootsOnce) {
  // (b - 1/2)^2 (b^2 - 1/2) (64 b^2 - 64 b + 15): 1/2, sqrt(1/2), 3/8, 5/8 in (0, 1)
  const auto roots = roots_between(of({-1, 2}) * of({-1, 2}) * of({-1, 0, 2}) * of({15, -64, 64}), 0, 1);
  ASSERT_EQ(roots.size(), 4U);
  EXPECT_EQ(roots[0].compare(Rational(3, 8)), 0);
  EXPECT_EQ(roots[1].compare(Rational(1, 2)), 0);
  EXPECT_EQ(roots[2].compare(Rational(5, 8)), 0);
  EXPECT_EQ(roots[3].minimal_polynomial(), of({-1, 0, 2}));
  EXPECT_TRUE(roots_between(of({-1, 1}), 0, 1).empty()) << "the interval is open";
}

TEST(AlgebraicNumber, ValuesOfPolynomials) {
  // x^3 + 1 at sqrt 2 is 1 + 2 sqrt 2, a root of (y - 1)^2 - 8; over 3: (3y - 1)^2 - 8.
  const auto value = value_at(of({1, 0, 0, 1}), 3, root_two(), 10);
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(value->minimal_polynomial(), of({-7, -6, 9}));
  EXPECT_EQ(value->compare(Rational(1276, 1000)), 1);
  EXPECT_EQ(value->compare(Rational(1277, 1000)), -1);
  // x^2 there is 2: the value is rational although the point is not.
  EXPECT_EQ(value_at(of({0, 0, 1}), 1, root_two(), 10)->compare(Rational(2)), 0);
  EXPECT_EQ(value_at(of({0, 0, 1}), 5, AlgebraicNumber(Rational(2, 3)), 10)->compare(Rational(4, 45)), 0);
  EXPECT_FALSE(value_at(of({1, 1}), 1, root_two(), 1).has_value());
  const Interval near = enclosure(of({1, 0, 0, 1}), 3, root_two(), Rational(1, 1000));
  EXPECT_LE(near.upper - near.lower, Rational(1, 1000));
  EXPECT_LE(value->compare(near.upper), 0);
  EXPECT_GE(value->compare(near.lower), 0);
}

TEST(AlgebraicNumber, DecimalsAreRoundedOutwards) {
  EXPECT_EQ(decimal_down(Rational(2, 3), 4), "0.6666");
  EXPECT_EQ(decimal_up(Rational(2, 3), 4), "0.6667");
  EXPECT_EQ(decimal_down(Rational(-1, 3), 2), "-0.34");
  EXPECT_EQ(decimal_up(Rational(-1, 3), 2), "-0.33");
  EXPECT_EQ(decimal_down(Rational(25, 2), 0), "12");
  EXPECT_EQ(decimal_up(Rational(1, 8), 3), "0.125");
}

}  // namespace
}  // namespace crosshead::exact

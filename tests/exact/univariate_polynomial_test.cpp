#include "crosshead/exact/univariate_polynomial.hpp"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crosshead::exact {
namespace {

using Polynomial = UnivariatePolynomial;

Polynomial of(std::vector<Integer> coefficients) {
  return Polynomial(coefficients);
}

TEST(UnivariatePolynomial, IsNormalised) {
  EXPECT_EQ(of({1, 2, 0, 0}).degree(), 1);
  EXPECT_EQ(of({0, 0}).degree(), -1);
  EXPECT_TRUE(of({}).is_zero());
  EXPECT_EQ(of({1, 2, 0}), of({1, 2}));
}

TEST(UnivariatePolynomial, AddsMultipliesAndEvaluates) {
  const Polynomial a = of({1, -3, 2}), b = of({5, 1});
  EXPECT_EQ(a + b, of({6, -2, 2}));
  EXPECT_EQ(a - b, of({-4, -4, 2}));
  EXPECT_EQ(a * b, of({5, -14, 7, 2}));
  EXPECT_EQ(a * Integer(-2), of({-2, 6, -4}));
  EXPECT_EQ(power(b, 2), of({25, 10, 1}));
  EXPECT_EQ(a.at(Rational(1, 2)), Rational(0));
  EXPECT_EQ((a * b).at(Rational(-2, 3)), a.at(Rational(-2, 3)) * b.at(Rational(-2, 3)));
  EXPECT_EQ(of({}).at(7), Rational(0));
  EXPECT_EQ(a.derivative(), of({-3, 4}));
}

TEST(UnivariatePolynomial, DividesOnlyWhereItIsExact) {
  Polynomial quotient = of({9});
  EXPECT_FALSE(divides_exactly(of({1, 0, 1}), of({1, 1}), quotient));
  EXPECT_EQ(quotient, of({9}));
  EXPECT_FALSE(divides_exactly(of({1, 1}), of({2, 2}), quotient)) << "not over the integers";
  EXPECT_TRUE(divides_exactly(of({-1, 0, 1}), of({1, 1}), quotient));
  EXPECT_EQ(quotient, of({-1, 1}));
}

TEST(UnivariatePolynomial, FactorsAreIrreduciblePrimitiveAndDistinct) {
  // -6 (b - 1)^2 (2b + 3) (b^2 - 2)
  const Polynomial p = of({-1, 1}) * of({-1, 1}) * of({3, 2}) * of({-2, 0, 1}) * Integer(-6);
  EXPECT_THAT(irreducible_factors(p),
              ::testing::UnorderedElementsAre(of({-1, 1}), of({3, 2}), of({-2, 0, 1})));
  EXPECT_TRUE(irreducible_factors(of({7})).empty());
  EXPECT_TRUE(irreducible_factors(of({})).empty());
}

TEST(UnivariatePolynomial, IsWrittenLikeAPolynomial) {
  EXPECT_EQ(to_string(of({23, -79, 20}), "b"), "20 b^2 - 79 b + 23");
  EXPECT_EQ(to_string(of({0, -1, 0, 1}), "x"), "x^3 - x");
  EXPECT_EQ(to_string(of({-1}), "x"), "-1");
  EXPECT_EQ(to_string(of({}), "x"), "0");
}

TEST(UnivariatePolynomial, OnAnIntervalTheHalfLineTakesItsValues) {
  std::mt19937 dice(3);
  for (int round = 0; round < 200; ++round) {
    std::vector<Integer> coefficients;
    for (unsigned i = 0; i < 1 + dice() % 7; ++i)
      coefficients.emplace_back(static_cast<int>(dice() % 41) - 20);
    const Polynomial p(coefficients);
    if (p.is_zero()) continue;
    const Rational lower(static_cast<int>(dice() % 20) - 10, 1 + dice() % 9);
    const Rational upper = lower + Rational(1 + dice() % 7, 1 + dice() % 9);
    const Polynomial q = on_interval(p, lower, upper);
    const Rational z(1 + dice() % 9, 1 + dice() % 9);
    const Rational value = p.at((lower + upper * z) / (1 + z));
    const Rational mapped = q.at(z);
    EXPECT_EQ(value > 0, mapped > 0);
    EXPECT_EQ(value < 0, mapped < 0);
    const Polynomial back = from_interval(q, lower, upper);
    EXPECT_EQ(back.primitive(), p.primitive());
    EXPECT_EQ(back.at(lower + (upper - lower) / 3) > 0, p.at(lower + (upper - lower) / 3) > 0);
  }
}

TEST(UnivariatePolynomial, SignsOfCoefficients) {
  EXPECT_EQ(coefficient_signs(of({})), CoefficientSigns::zero);
  EXPECT_EQ(coefficient_signs(of({0, 1, 0, 4})), CoefficientSigns::positive);
  EXPECT_EQ(coefficient_signs(of({-2, 0, -1})), CoefficientSigns::negative);
  EXPECT_EQ(coefficient_signs(of({-2, 0, 1})), CoefficientSigns::mixed);
  EXPECT_EQ(sign_changes(of({-2, 0, 1, 3, -1})), 2);
  EXPECT_EQ(sign_changes(of({0, 5, 0, 1})), 0);
}

}  // namespace
}  // namespace crosshead::exact

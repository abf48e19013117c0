#include "crosshead/exact/weight_polynomial.hpp"

#include "matrix_rows.hpp"
#include "random_systems.hpp"
#include <gtest/gtest.h>

#include "crosshead/exact/weight_polynomial_power.hpp"

namespace crosshead::exact {
namespace {

using crosshead::testing::matrix;
using crosshead::testing::RandomSystems;

struct Term {
  std::vector<int> exponents;
  int numerator;
};

WeightPolynomial polynomial(int weights, int denominator, const std::vector<Term>& terms) {
  WeightPolynomial result(weights, denominator);
  for (const Term& term : terms) result.append(term.exponents, term.numerator);
  return result;
}

TEST(WeightPolynomial, EqualityComparesValuesNotDenominators) {
  EXPECT_EQ(polynomial(2, 4, {{{1, 1}, 2}}), polynomial(2, 2, {{{1, 1}, 1}}));
  EXPECT_FALSE(polynomial(2, 4, {{{1, 1}, 2}}) == polynomial(2, 4, {{{1, 1}, 1}}));
  EXPECT_FALSE(polynomial(2, 4, {{{1, 1}, 2}}) == polynomial(2, 4, {{{2, 0}, 2}}));
  EXPECT_FALSE(polynomial(2, 1, {}) == polynomial(3, 1, {}));
}

TEST(WeightPolynomial, DropsZerosAndRefusesDisorder) {
  WeightPolynomial value = polynomial(2, 1, {{{2, 0}, 3}, {{1, 1}, 0}});
  EXPECT_EQ(value.terms(), 1U);
  EXPECT_THROW(value.append(std::vector<int>{2, 0}, 1), std::logic_error);
  EXPECT_THROW(value.append(std::vector<int>{3, 0}, 1), std::logic_error);
  EXPECT_THROW(value.append(std::vector<int>{1}, 1), std::logic_error);
  EXPECT_EQ(value.degree(), 2);
  EXPECT_EQ(polynomial(2, 1, {}).degree(), -1);
}

// Numerators of one limb, then of four, then of one again, of both signs: each keeps its value.
TEST(WeightPolynomial, KeepsNumeratorsOfDifferentLengths) {
  const Integer large = (Integer(1) << 200) + 3;
  WeightPolynomial value(1, 7);
  value.append(std::vector<int>{5}, Integer(-2));
  value.append(std::vector<int>{4}, large);
  value.append(std::vector<int>{3}, Integer(6));
  value.append(std::vector<int>{2}, Integer(-large));
  value.append(std::vector<int>{1}, std::vector<mp_limb_t>{9, 0, 0, 0, 0, 0});
  ASSERT_EQ(value.terms(), 5U);
  EXPECT_EQ(value.numerator(0), -2);
  EXPECT_EQ(value.numerator(1), large);
  EXPECT_EQ(value.numerator(2), 6);
  EXPECT_EQ(value.numerator(3), -large);
  EXPECT_EQ(value.coefficient(4), Rational(9, 7));
}

TEST(WeightPolynomial, IsPrintedAsAUserWritesIt) {
  EXPECT_EQ(polynomial(2, 4, {{{2, 0}, 4}, {{1, 1}, -3}, {{0, 0}, 2}}).text(), "b1^2 - 3/4 b1 b2 + 1/2");
  EXPECT_EQ(polynomial(1, 1, {{{1}, -1}}).text(), "-b1");
  EXPECT_EQ(polynomial(3, 7, {}).text(), "0");
}

// 1/4 b1 b2 at (1/3, 2/3): 1/4 * 2/9 = 1/18. Mixed degrees: b1^2 + 1 at 2/3: 4/9 + 1 = 13/9.
TEST(WeightPolynomial, IsEvaluatedExactly) {
  EXPECT_EQ(polynomial(2, 4, {{{1, 1}, 1}}).at({Rational(1, 3), Rational(2, 3)}), Rational(1, 18));
  EXPECT_EQ(polynomial(1, 1, {{{2}, 1}, {{0}, 1}}).at({Rational(2, 3)}), Rational(13, 9));
  EXPECT_EQ(polynomial(2, 5, {}).at({1, 1}), 0);
}

// 3/4 b1 b2 + 3/4 b2^2 = 3/4 b2 (b1 + b2), which is 3/4 (1 - b1) on the simplex.
TEST(WeightPolynomial, LosesItsLastWeightOnTheSimplex) {
  EXPECT_EQ(polynomial(2, 4, {{{1, 1}, 3}, {{0, 2}, 3}}).on_simplex(),
            polynomial(1, 4, {{{1}, -3}, {{0}, 3}}));
  // b1 + b2 + b3 - 1 vanishes there.
  EXPECT_TRUE(polynomial(3, 1, {{{1, 0, 0}, 1}, {{0, 1, 0}, 1}, {{0, 0, 1}, 1}, {{0, 0, 0}, -1}})
                  .on_simplex()
                  .is_zero());
  EXPECT_EQ(polynomial(1, 2, {{{3}, 1}}).on_simplex(), polynomial(0, 2, {{{}, 1}}));
}

TEST(WeightPolynomial, AgreesWithItsReductionOnRandomConvexWeights) {
  RandomSystems random(5);
  for (int trial = 0; trial < 200; ++trial) {
    const int weights = 1 + random.below(4), degree = random.below(5);
    std::vector<RationalMatrix> matrices;
    for (int h = 0; h < weights; ++h) matrices.push_back(random.stochastic(random.with_backward_edges(3)));
    const WeightPolynomial full = (*power_row(matrices, 2, degree))[static_cast<std::size_t>(trial % 3)];
    std::vector<Rational> point;
    Rational left = 1;
    for (int h = 0; h + 1 < weights; ++h) {
      point.push_back(left * Rational(random.below(4), 3));
      left -= point.back();
    }
    const Rational reduced = full.on_simplex().at(point);
    point.push_back(left);
    ASSERT_EQ(full.at(point), reduced) << full.text();
  }
}

TEST(MonomialCount, IsABinomialCoefficient) {
  EXPECT_EQ(monomial_count(1, 7), 1);
  EXPECT_EQ(monomial_count(4, 6), 84);
  EXPECT_EQ(monomial_count(3, 0), 1);
  EXPECT_EQ(monomial_count(16, 100).str(), "2396826047070372396");  // C(115, 15), by Python's math.comb
}

// Powers of a 1 x 1 matrix (b1 2 + b2 3)^3 by the binomial theorem.
TEST(PowerRow, IsTheBinomialTheoremOnOneNode) {
  const auto powers = power_row({matrix({{2}}), matrix({{3}})}, 0, 3);
  ASSERT_EQ(powers->size(), 1U);
  EXPECT_EQ(powers->front(), polynomial(2, 1, {{{3, 0}, 8}, {{2, 1}, 36}, {{1, 2}, 54}, {{0, 3}, 27}}));
}

TEST(PowerRow, OfDegreeZeroIsTheStart) {
  const auto powers = power_row({matrix({{1, 0}, {0, 1}}), matrix({{0, 1}, {1, 0}})}, 1, 0);
  EXPECT_TRUE((*powers)[0].is_zero());
  EXPECT_EQ((*powers)[1], polynomial(2, 1, {{{0, 0}, 1}}));
}

TEST(PowerRow, StopsWhenAsked) {
  EXPECT_FALSE(power_row({matrix({{1}})}, 0, 3, [] { return false; }));
}

// Entries of every size: 64 bits suffice, 128 bits are needed, neither suffices.
TEST(PowerRow, AgreesWithWordsMultipliedOut) {
  RandomSystems random(7);
  const std::vector<Rational> scales{1, Rational(1, 1000003), Rational(1, 1000000007),
                                     Rational(1, Integer("1000000000000000003"))};
  for (int trial = 0; trial < 400; ++trial) {
    const int n = 1 + random.below(4), heads = 1 + random.below(4), degree = random.below(5);
    std::vector<RationalMatrix> matrices;
    for (int h = 0; h < heads; ++h) {
      const RationalMatrix plain = random.weighted(random.with_backward_edges(n), 30);
      const Rational& scale = scales[static_cast<std::size_t>(random.below(4))];
      matrices.push_back(weighted_sum({plain}, {scale}));
    }
    const int start = random.below(n);
    ASSERT_EQ(*power_row(matrices, start, degree), power_row_naive(matrices, start, degree));
  }
}

}  // namespace
}  // namespace crosshead::exact

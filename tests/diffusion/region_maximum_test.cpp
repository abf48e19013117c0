#include "crosshead/diffusion/region_maximum.hpp"

#include <array>

#include "region_cases.hpp"
#include <gtest/gtest.h>

namespace crosshead::diffusion {
namespace {

TEST(WeightMaximum, IsReachedAndNeverExceeded) {
  const auto heads = family(4);
  int irrational = 0, exact = 0;
  for (std::size_t a = 0; a < heads.size(); a += 2) {
    for (std::size_t b = a + 1; b < heads.size(); b += 3) {
      const WeightMaximum best = weight_maximum(heads[a], heads[b], 3, {});
      ASSERT_TRUE(best.defined);
      ASSERT_TRUE(best.enclosed) << a << " " << b;
      for (int k = 0; k <= 24; ++k) {
        EXPECT_LE(minimax_fidelity(mean(heads[a], heads[b], Rational(k, 24)), 3, {}).value, best.value.upper);
      }
      if (!best.exact) continue;
      ++exact;
      irrational += best.algebraic->is_rational() ? 0 : 1;
      EXPECT_LE(best.algebraic->compare(best.value.upper), 0);
      EXPECT_GE(best.algebraic->compare(best.value.lower), 0);
      ASSERT_FALSE(best.where.empty());
      const exact::Interval near = best.where[0].from.refined(Rational(1, 1'000'000'000'000)).isolating();
      const Rational close = minimax_fidelity(mean(heads[a], heads[b], near.lower), 3, {}).value;
      if (near.is_exact() && best.where[0].from_closed) {
        EXPECT_EQ(best.algebraic->compare(close), 0);
      } else {
        EXPECT_GE(best.algebraic->compare(close), 0);
        EXPECT_LT(best.algebraic->compare(close + Rational(1, 100'000'000'000)), 0);
      }
    }
  }
  EXPECT_GT(exact, 35) << "of 40 pairs";
  EXPECT_GT(irrational, 5);
}

TEST(WeightMaximum, OfTheSmallestAmplifyingPairByHand) {
  // There phi(tau) = 1/2 - b/6 falls, and a node crosses it where 7 b^2 + 24 b - 18 = 0: at b = (-12 + sqrt
  // 270) / 7.
  const Rational half(1, 2), third(1, 3);
  const RationalMatrix first =
      matrix({{1, 0, 0, 0}, {0, 1, 0, 0}, {0, half, half, 0}, {third, 0, third, third}});
  const RationalMatrix line =
      matrix({{1, 0, 0, 0}, {half, half, 0, 0}, {0, half, half, 0}, {0, 0, half, half}});
  const WeightMaximum best = weight_maximum(first, line, 3, {});
  ASSERT_TRUE(best.exact && best.where.size() == 1);
  const auto weight = best.where[0].from;
  // M = 1/2 - b/6 at that weight.
  EXPECT_EQ(best.algebraic->minimal_polynomial().degree(), 2);
  const exact::Interval near = weight.refined(Rational(1, 1'000'000'000)).isolating();
  EXPECT_LT(best.algebraic->compare(half - near.lower / 6), 0);
  EXPECT_GT(best.algebraic->compare(half - near.upper / 6), 0);
  EXPECT_EQ(weight.minimal_polynomial(),
            exact::UnivariatePolynomial(std::vector<exact::Integer>{-18, 24, 7}));
}

TEST(WeightMaximum, ApproachedTowardsAnEnd) {
  // An edge in head 1 alone: phi(2) = 1 - b/2, and phi(1) = 1 for b > 0, but 0 at b = 0.
  const Rational half(1, 2);
  const WeightMaximum best = weight_maximum(matrix({{1, 0}, {half, half}}), matrix({{1, 0}, {0, 1}}), 1, {});
  ASSERT_TRUE(best.exact);
  EXPECT_EQ(best.algebraic->compare(Rational(1)), 0);
  EXPECT_TRUE(best.where.empty());
  EXPECT_EQ(best.approached, std::vector<Rational>{0});
}

/// Example 3.13 as printed: u -> v -> w -> tau in head 1, v -> u -> w -> tau in head 2.
std::array<RationalMatrix, 2> example_3_13() {
  const Rational half(1, 2);
  return {matrix({{1, 0, 0, 0}, {half, half, 0, 0}, {0, half, half, 0}, {0, 0, half, half}}),
          matrix({{half, half, 0, 0}, {0, 1, 0, 0}, {half, 0, half, 0}, {0, 0, half, half}})};
}

TEST(WeightMaximum, OfAPairOfNodesThatHearOnlyEachOther) {
  // The sink has s(1) = 1/2 whatever b is and hears itself alone from then on, so 1/2 is an upper bound; u
  // and v have the limits b and 1 - b, and at b = 1/2 their signals are half of what has reached them: below
  // 1/2.
  const auto [first, second] = example_3_13();
  const WeightMaximum best = weight_maximum(first, second, 3, {});
  ASSERT_TRUE(best.exact);
  EXPECT_EQ(best.algebraic->compare(Rational(1, 2)), 0);
  ASSERT_EQ(best.where.size(), 1U);
  EXPECT_EQ(best.where[0].from.compare(Rational(1, 2)), 0);
  EXPECT_EQ(best.where[0].to.compare(Rational(1, 2)), 0);
  EXPECT_TRUE(best.approached.empty());
}

TEST(WeightMaximum, WhereALimitCrossesASignal) {
  // Two nodes alone, 1 -> 2 in head 1 and 2 -> 1 in head 2, the sink 2 with self-loop 3/4 in head 1: D_21 =
  // b/4, D_12 = (1 - b)/2. The signal of the sink falls from s(1) = 1 - b/4 to its limit, node 1 rises to its
  // limit b / (2 - b), at most 1 and below the sink's where b / (2 - b) < 1 - b/4: up to b^2 - 10 b + 8 = 0.
  const Rational half(1, 2), quarter(1, 4);
  const RationalMatrix first = matrix({{1, 0}, {quarter, 3 * quarter}}),
                       second = matrix({{half, half}, {0, 1}});
  const WeightMaximum best = weight_maximum(first, second, 1, {});
  ASSERT_TRUE(best.exact);
  ASSERT_EQ(best.where.size(), 1U);
  EXPECT_EQ(best.where[0].from.minimal_polynomial(),
            exact::UnivariatePolynomial(std::vector<exact::Integer>{8, -10, 1}));
  const Rational near = best.where[0].from.refined(Rational(1, 1'000'000'000)).isolating().lower;
  EXPECT_GT(best.algebraic->compare(near / (2 - near)), 0);
  EXPECT_LT(best.algebraic->compare(1 - near / 4), 0);
}

}  // namespace
}  // namespace crosshead::diffusion

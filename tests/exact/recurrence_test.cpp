#include "crosshead/exact/recurrence.hpp"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crosshead::exact {
namespace {

using ::testing::ElementsAre;

TEST(ShortestRecurrence, FindsFibonacciAndPowers) {
  EXPECT_THAT(shortest_recurrence({0, 1, 1, 2, 3, 5, 8, 13}), ElementsAre(1, 1));
  EXPECT_THAT(shortest_recurrence({1, Rational(1, 2), Rational(1, 4), Rational(1, 8)}),
              ElementsAre(Rational(1, 2)));
  EXPECT_THAT(shortest_recurrence({0, 0, 0, 0}), ElementsAre());
  EXPECT_THAT(shortest_recurrence({}), ElementsAre());
}

// (2 + 3t) 2^-t: characteristic polynomial (z - 1/2)^2.
TEST(ShortestRecurrence, KeepsMultiplicity) {
  std::vector<Rational> sequence;
  for (int t = 0; t < 10; ++t) sequence.push_back(Rational(2 + 3 * t) / Rational(Integer(1) << t));
  const auto recurrence = shortest_recurrence(sequence);
  EXPECT_THAT(recurrence, ElementsAre(1, Rational(-1, 4)));
  EXPECT_THAT(rational_roots(recurrence).value(), ElementsAre(Rational(1, 2), Rational(1, 2)));
}

TEST(RationalRoots, AreAllOrNothing) {
  EXPECT_FALSE(rational_roots({1, 1}));   // golden ratio
  EXPECT_FALSE(rational_roots({0, -1}));  // +-i
  EXPECT_THAT(rational_roots({0, Rational(1, 4)}).value(), ElementsAre(Rational(-1, 2), Rational(1, 2)));
  EXPECT_THAT(rational_roots({Rational(2, 3)}).value(), ElementsAre(Rational(2, 3)));
  EXPECT_THAT(rational_roots({Rational(1, 2), 0}).value(), ElementsAre(0, Rational(1, 2)));
  EXPECT_THAT(rational_roots({}).value(), ElementsAre());
}

TEST(ShortestRecurrence, RecoversRandomRoots) {
  std::mt19937_64 random(2);
  for (int trial = 0; trial < 200; ++trial) {
    // c_1 r_1^t + ... with distinct rational roots and nonzero coefficients has exactly those roots.
    const int order = 1 + static_cast<int>(random() % 5);
    std::vector<Rational> roots;
    for (int k = 0; k < order; ++k) roots.emplace_back(2 * k - 3 + static_cast<int>(random() % 2), 7);
    std::vector<Rational> powers(roots.size(), Rational(1)), sequence;
    std::vector<int> weights;
    for (int k = 0; k < order; ++k) weights.push_back(1 + static_cast<int>(random() % 9));
    for (int t = 0; t < 2 * order; ++t) {
      Rational sum = 0;
      for (std::size_t k = 0; k < roots.size(); ++k) {
        sum += weights[k] * powers[k];
        powers[k] *= roots[k];
      }
      sequence.push_back(sum);
    }
    std::sort(roots.begin(), roots.end());
    ASSERT_EQ(rational_roots(shortest_recurrence(sequence)).value(), roots);
  }
}

TEST(StaysNonnegative, ProvesOnlyWhatHolds) {
  const std::vector<Rational> halves{Rational(1, 2), Rational(1, 2)};
  std::vector<Rational> positive, falling;
  for (int t = 0; t < 8; ++t) {
    positive.push_back(Rational(1 + t) / Rational(Integer(1) << t));
    falling.push_back(Rational(3 - t) / Rational(Integer(1) << t));  // negative from t = 4 on
  }
  EXPECT_TRUE(stays_nonnegative(positive, 0, halves));
  EXPECT_FALSE(stays_nonnegative(falling, 0, halves));
  EXPECT_FALSE(stays_nonnegative(falling, 5, halves));
  EXPECT_FALSE(stays_nonnegative({1, Rational(-1, 2)}, 0, {Rational(-1, 2)}));
}

}  // namespace
}  // namespace crosshead::exact

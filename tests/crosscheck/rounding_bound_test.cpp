#include "plain_path.hpp"
#include "power_of_two.hpp"
#include <gtest/gtest.h>

#include "crosshead/crosscheck/path_check.hpp"

namespace crosshead::crosscheck {
namespace {

using attention::FloatType;
using exact::Rational;
using testing::Order;
using testing::PlainPath;
using testing::power;
using testing::RandomLayer;

/// Sink 2 hears itself and node 1 by halves, node 1 itself.
exact::RationalMatrix two_nodes() {
  exact::RationalMatrix matrix(2);
  matrix.append(0, 0, 1);
  matrix.append(1, 0, Rational(1, 2));
  matrix.append(1, 1, Rational(1, 2));
  return matrix;
}

TEST(RoundingBound, CountsRoundingsByHand) {
  RoundingBound bound(two_nodes(), 1, 0, format_of(FloatType::float32), Underflow::gradual);
  EXPECT_FALSE(bound.reached(0));
  EXPECT_EQ(bound.roundings(1), 0);
  EXPECT_EQ(bound.relative(1), 0);
  bound.step();  // one product each
  EXPECT_EQ(bound.roundings(0), 1);
  EXPECT_EQ(bound.roundings(1), 1);
  bound.step();  // node 1 adds two products
  EXPECT_EQ(bound.roundings(0), 3);
  EXPECT_EQ(bound.roundings(1), 2);
  const Rational u = power(-24);
  EXPECT_EQ(bound.relative(0), 3 * u + 3 * u * u + u * u * u);
}

TEST(RoundingBound, AddsOneRoundingPerHeadOfAMean) {
  RoundingBound bound(two_nodes(), 1, 3, format_of(FloatType::float64), Underflow::gradual);
  bound.step();
  bound.step();
  EXPECT_EQ(bound.roundings(0), 9);
  EXPECT_EQ(bound.roundings(1), 8);
}

TEST(RoundingBound, LosesHalfTheSmallestNumberPerProduct) {
  RoundingBound bound(two_nodes(), 1, 0, format_of(FloatType::float32), Underflow::gradual);
  EXPECT_EQ(bound.absolute(), 0);
  bound.step();  // n K = 4 products of at most 2^-150 each, then two roundings
  const Rational u = power(-24);
  EXPECT_EQ(bound.absolute(), (1 + u) * (1 + u) * 4 * power(-150));
}

TEST(RoundingBound, SaysWhenSomethingMayOverflow) {
  exact::RationalMatrix doubling(1);
  doubling.append(0, 0, 2);
  RoundingBound bound(doubling, 0, 0, format_of(FloatType::float32), Underflow::gradual);
  for (int t = 0; t < 127; ++t) bound.step();
  EXPECT_TRUE(bound.in_range());
  bound.step();
  EXPECT_FALSE(bound.in_range());
}

/// Every order of summation, with the worst share of the bound that was used up.
template <typename Float>
Rational largest_share(FloatType type, Underflow underflow, int layers, std::int64_t steps,
                       std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Rational share = 0;
  for (int layer = 0; layer < layers; ++layer) {
    const RandomLayer given(random, type);
    std::vector<FloatSignal> signals;
    for (const Order order : testing::kOrders) {
      PlainPath<Float> path(order, underflow == Underflow::flushed, seed, testing::narrow_operands_of(type));
      signals.push_back({type, path.signal(given.heads, given.weights, given.nodes, steps)});
    }
    const PathCheck check = check_path(given.mean(), given.summands(), signals, steps, underflow);
    for (const SignalCheck& signal : check.signals) {
      EXPECT_EQ(signal.violations, 0)
          << "layer " << layer << " of seed " << seed << ", time " << signal.first_violation->time
          << ", node " << signal.first_violation->node;
      EXPECT_LE(signal.signal.error, signal.signal.bound);
      EXPECT_LE(signal.signal.bound, signal.bound.value);
      for (const auto& found : {signal.fidelity, signal.minimax}) {
        if (found) {
          EXPECT_LE(found->error, found->bound);
        }
      }
      if (signal.in_range) share = std::max(share, signal.share.value);
    }
  }
  return share;
}

TEST(RoundingBound, HoldsForEveryOrderInFloat32) {
  EXPECT_LE(largest_share<float>(FloatType::float32, Underflow::gradual, 1000, 12, 20250704), 1);
}
TEST(RoundingBound, HoldsForEveryOrderInFloat64) {
  EXPECT_LE(largest_share<double>(FloatType::float64, Underflow::gradual, 1000, 12, 20250705), 1);
}
TEST(RoundingBound, HoldsWhenSubnormalsAreFlushed) {
  EXPECT_LE(largest_share<float>(FloatType::float32, Underflow::flushed, 500, 12, 20250706), 1);
}
TEST(RoundingBound, HoldsOverLongHorizons) {
  EXPECT_LE(largest_share<float>(FloatType::float32, Underflow::gradual, 100, 100, 20250707), 1);
}

/// Operands are rounded to a narrower format before they are multiplied.
TEST(RoundingBound, HoldsForNarrowOperands) {
  EXPECT_LE(largest_share<float>(FloatType::bfloat16, Underflow::gradual, 400, 12, 20261128), 1);
  EXPECT_LE(largest_share<float>(FloatType::float16, Underflow::gradual, 400, 12, 20261129), 1);
  EXPECT_LE(largest_share<float>(FloatType::tf32, Underflow::gradual, 400, 12, 20261130), 1);
}
TEST(RoundingBound, OfNarrowOperandsIsNearlyAttained) {
  EXPECT_GT(largest_share<float>(FloatType::bfloat16, Underflow::gradual, 100, 2, 20261131), Rational(1, 4));
  EXPECT_GT(largest_share<float>(FloatType::tf32, Underflow::gradual, 100, 2, 20261132), Rational(1, 4));
}
/// The bound of float32 does not cover them.
TEST(RoundingBound, OfFloat32FailsForNarrowOperands) {
  std::mt19937_64 random(20261133);
  int violations = 0;
  for (int layer = 0; layer < 50; ++layer) {
    const RandomLayer next(random, FloatType::float32);
    testing::PlainPath<float> path(Order::ascending, false, 0, testing::narrow_operands_of(FloatType::tf32));
    const FloatSignal signal{FloatType::float32, path.signal(next.heads, next.weights, next.nodes, 8)};
    const PathCheck check = check_path(next.mean(), next.summands(), {signal}, 8, Underflow::gradual);
    violations += check.signals[0].violations > 0 ? 1 : 0;
  }
  EXPECT_GT(violations, 20);
}

/// One step from the sink is one product: the error u of the worst product is nearly all that is allowed.
TEST(RoundingBound, IsNearlyAttained) {
  EXPECT_GT(largest_share<float>(FloatType::float32, Underflow::gradual, 200, 2, 20250708), Rational(1, 4));
}

TEST(RoundingBound, OfGradualUnderflowFailsWhenFlushed) {
  exact::RationalMatrix small(1);
  small.append(0, 0, power(-100));
  const FloatSignal flushed{FloatType::float32, {1, std::ldexp(1.0, -100), 0}};  // 2^-200 is lost either way
  EXPECT_EQ(check_path(small, 0, {flushed}, 2, Underflow::gradual).signals[0].violations, 0);
  exact::RationalMatrix subnormal(1);
  subnormal.append(0, 0, power(-70));  // 2^-140 is subnormal
  const FloatSignal lost{FloatType::float32, {1, std::ldexp(1.0, -70), 0}};
  EXPECT_EQ(check_path(subnormal, 0, {lost}, 2, Underflow::gradual).signals[0].violations, 1);
  EXPECT_EQ(check_path(subnormal, 0, {lost}, 2, Underflow::flushed).signals[0].violations, 0);
}

}  // namespace
}  // namespace crosshead::crosscheck

#include "crosshead/crosscheck/path_check.hpp"

#include <cmath>
#include <limits>
#include <random>

#include "plain_path.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/exact/integer_row.hpp"

namespace crosshead::crosscheck {
namespace {

using attention::FloatType;
using exact::Rational;
using ::testing::ElementsAre;

/// Node 1 hears itself, the sink hears both: s_1 = 1/4, 7/16, ... and s_2 = 3/4, 9/16, ...
exact::RationalMatrix quarter() {
  exact::RationalMatrix matrix(2);
  matrix.append(0, 0, 1);
  matrix.append(1, 0, Rational(1, 4));
  matrix.append(1, 1, Rational(3, 4));
  return matrix;
}

const std::vector<double> kExact = {0, 1, .25, .75, .4375, .5625};

SignalCheck checked(std::vector<double> values, FloatType type = FloatType::float32) {
  return check_path(quarter(), 0, {{type, std::move(values)}}, 2, Underflow::gradual).signals.front();
}

TEST(PathCheck, FindsNothingInExactFloats) {
  const PathCheck check = check_path(
      quarter(), 0, {{FloatType::float32, kExact}, {FloatType::float64, kExact}}, 2, Underflow::gradual);
  EXPECT_THAT(check.exact.fidelity, ElementsAre(Rational(7, 16), Rational(3, 4)));
  EXPECT_THAT(check.exact.time, ElementsAre(2, 1));
  EXPECT_EQ(check.exact.minimax, Rational(7, 16));
  EXPECT_THAT(check.exact.minimax_nodes, ElementsAre(0));
  ASSERT_EQ(check.signals.size(), 2U);
  for (const SignalCheck& signal : check.signals) {
    EXPECT_TRUE(signal.within());
    EXPECT_EQ(signal.signal.error, 0);
    EXPECT_EQ(signal.ulps.value, 0U);
    EXPECT_EQ(signal.share.value, 0);
    EXPECT_EQ(signal.entries, 6);
    EXPECT_EQ(signal.correctly_rounded, 6);
    EXPECT_EQ(signal.below_normal, 0);
    EXPECT_THAT(signal.horizon.fidelity, ElementsAre(.4375, .75));
    EXPECT_THAT(signal.horizon.time, ElementsAre(2, 1));
    EXPECT_EQ(signal.horizon.minimax, .4375);
    ASSERT_TRUE(signal.minimax.has_value());
    EXPECT_EQ(signal.minimax->error, 0);
  }
}

TEST(PathCheck, MeasuresOneUnitByHand) {
  std::vector<double> values = kExact;
  values[4] += std::ldexp(1.0, -25);  // one unit in the last place of 7/16
  const SignalCheck check = checked(values);
  EXPECT_TRUE(check.within());  // three roundings allow 3 u = 3 * 2^-24 relative to 7/16
  EXPECT_EQ(check.signal.error, exact::rounded_up(Rational(16, 7) * Rational(1, 1 << 25), 64));
  EXPECT_EQ(check.signal.place.time, 2);
  EXPECT_EQ(check.signal.place.node, 0);
  EXPECT_EQ(check.ulps.value, 1U);
  EXPECT_EQ(check.correctly_rounded, 5);
  const Rational u(1, 1 << 24);
  EXPECT_GE(check.signal.bound, 3 * u + 3 * u * u + u * u * u);
  EXPECT_LT(check.signal.bound, Rational(301, 100) * u);
  ASSERT_TRUE(check.minimax.has_value());
  EXPECT_EQ(check.minimax->error, check.signal.error);
  EXPECT_EQ(check.minimax->place.time, 2);
}

TEST(PathCheck, FindsAnEntryJustBeyondItsBound) {
  std::vector<double> values = kExact;
  // At t = 2, three roundings of 7/16 allow 21/16 u: 2 units of 2^-25 are within, 3 are not.
  values[4] = .4375 + 2 * std::ldexp(1.0, -25);
  EXPECT_TRUE(checked(values).within());
  values[4] = .4375 - 3 * std::ldexp(1.0, -25);
  const SignalCheck check = checked(values);
  EXPECT_FALSE(check.within());
  EXPECT_EQ(check.violations, 1);
  ASSERT_TRUE(check.first_violation.has_value());
  EXPECT_EQ(check.first_violation->time, 2);
  EXPECT_EQ(check.first_violation->node, 0);
  EXPECT_GT(check.share.value, 1);
}

TEST(PathCheck, FindsNumbersThatAreNone) {
  for (const double wrong : {std::numeric_limits<double>::quiet_NaN(),
                             std::numeric_limits<double>::infinity(), -.25, 0.1 /* no float32 */}) {
    std::vector<double> values = kExact;
    values[2] = wrong;
    EXPECT_EQ(checked(values).violations, 1) << wrong;
  }
  const std::vector<double> nothing(6, std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(checked(nothing).violations, 6);
}

TEST(PathCheck, AllowsNothingWhereTheExactValueIsZero) {
  std::vector<double> values = kExact;
  values[0] = std::numeric_limits<float>::denorm_min();
  const SignalCheck check = checked(values);
  EXPECT_EQ(check.violations, 1);
  EXPECT_EQ(check.first_violation->time, 0);
}

TEST(PathCheck, CountsEntriesBelowTheNormalNumbers) {
  exact::RationalMatrix small(1);
  small.append(0, 0, exact::exact_value(std::ldexp(1.0, -64)));
  const std::vector<double> values = {1, std::ldexp(1.0, -64), std::ldexp(1.0, -128), 0};
  const SignalCheck check =
      check_path(small, 0, {{FloatType::float32, values}}, 3, Underflow::gradual).signals.front();
  EXPECT_TRUE(check.within());
  EXPECT_EQ(check.below_normal, 2);
  EXPECT_EQ(check.signal.error, 0);
  EXPECT_EQ(check.correctly_rounded, 4);
}

TEST(PathCheck, SaysWhenTheTheoremDoesNotApply) {
  exact::RationalMatrix doubling(1);
  doubling.append(0, 0, 2);
  std::vector<double> values;
  for (int t = 0; t <= 128; ++t) values.push_back(std::ldexp(1.0, t));
  values.back() = std::numeric_limits<double>::infinity();
  const SignalCheck check =
      check_path(doubling, 0, {{FloatType::float32, values}}, 128, Underflow::gradual).signals.front();
  EXPECT_FALSE(check.in_range);
  EXPECT_FALSE(check.within());
}

TEST(PathCheck, RefusesWhatIsNoSignal) {
  EXPECT_THROW(checked({1, 0}), exact::UsageError);
  EXPECT_THROW(check_path(quarter(), 0, {}, 0, Underflow::gradual), exact::UsageError);
  EXPECT_THROW(check_path(exact::RationalMatrix(0), 0, {{FloatType::float32, {}}}, 1, Underflow::gradual),
               exact::UsageError);
}

/// Any entry moved beyond its bound is found, wherever it is; that is what makes "within" worth something.
TEST(PathCheck, FindsEveryPerturbedEntry) {
  std::mt19937_64 random(20250704);
  int perturbed = 0;
  for (int layer = 0; layer < 300; ++layer) {
    const FloatType type = layer % 2 == 0 ? FloatType::float32 : FloatType::float64;
    const testing::RandomLayer given(random, type);
    const std::int64_t steps = 8;
    const auto order = testing::Order::shuffled;
    std::vector<double> values = type == FloatType::float32
                                     ? testing::PlainPath<float>(order, false, 1)
                                           .signal(given.heads, given.weights, given.nodes, steps)
                                     : testing::PlainPath<double>(order, false, 1)
                                           .signal(given.heads, given.weights, given.nodes, steps);
    const exact::RationalMatrix mean = given.mean();
    RoundingBound bound(mean, mean.size() - 1, given.summands(), format_of(type), Underflow::gradual);
    const auto entry = random() % values.size();
    const auto node = static_cast<int>(entry % given.nodes);
    while (bound.time() < static_cast<std::int64_t>(entry / given.nodes)) bound.step();
    // Twice the bound on top of the computed value is more than once the bound from the exact one.
    const double relative = bound.reached(node) ? exact::to_double(bound.relative(node)) : 0;
    double moved = values[entry] * (1 + 2.5 * relative) + 3 * exact::to_double(bound.absolute());
    if (type == FloatType::float32) {
      moved = std::nextafter(static_cast<float>(moved), std::numeric_limits<float>::infinity());
    } else {
      moved = std::nextafter(moved, std::numeric_limits<double>::infinity());
    }
    values[entry] = moved;
    const SignalCheck check =
        check_path(mean, given.summands(), {{type, values}}, steps, Underflow::gradual).signals.front();
    EXPECT_EQ(check.violations, 1) << "layer " << layer;
    ++perturbed;
  }
  EXPECT_EQ(perturbed, 300);
}

}  // namespace
}  // namespace crosshead::crosscheck

// How long floats stay exact: predicted, and confirmed by plain loops in every order of addition.
#include <cmath>
#include <random>

#include "plain_path.hpp"
#include <gtest/gtest.h>

#include "crosshead/crosscheck/dyadic_systems.hpp"
#include "crosshead/crosscheck/layer_check.hpp"

namespace crosshead::crosscheck {
namespace {

using attention::Device;
using attention::FloatType;

exact::DyadicMatrix matrix_of(int nodes, const std::vector<double>& values) {
  exact::DyadicMatrix matrix(nodes);
  matrix.add(values);
  return matrix;
}

ExactSteps steps_of(const exact::DyadicMatrix& matrix, FloatType type, std::int64_t steps) {
  return exact_steps(matrix, {arithmetic_of(type, Device::cpu)}, steps).front();
}

/// s_1(t) = 1 - 2^-t needs t bits: exact up to the precision, and never after it.
TEST(ExactSteps, CountsTheBitsOfALine) {
  const exact::DyadicMatrix line = matrix_of(2, {1, 0, .5, .5});
  for (const FloatType type :
       {FloatType::float32, FloatType::float64, FloatType::float16, FloatType::bfloat16}) {
    const FloatFormat format = format_of(type);
    const ExactSteps found = steps_of(line, type, 100);
    EXPECT_EQ(found.through, format.precision) << name_of(type);
    EXPECT_EQ(found.unrepresentable, format.precision + 1) << name_of(type);
  }
}

/// Powers of two stay exact down to the smallest subnormal number.
TEST(ExactSteps, EndsWithTheSmallestNumber) {
  const ExactSteps found = steps_of(matrix_of(1, {0.5}), FloatType::float16, 40);
  EXPECT_EQ(found.through, 24);
  EXPECT_EQ(found.unrepresentable, 25);
  EXPECT_FALSE(steps_of(matrix_of(1, {1}), FloatType::float16, 40).unrepresentable.has_value());
}

template <typename Float>
void expect_confirmed(FloatType type, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  int ended = 0, exact_long = 0;
  for (int trial = 0; trial < 200; ++trial) {
    const auto n = static_cast<std::size_t>(1 + random() % 5);
    const int bits = 1 + static_cast<int>(random() % 6);
    std::vector<double> values(n * n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      std::uint64_t left = std::uint64_t{1} << bits;
      for (std::size_t j = 0; j < n; ++j) {
        const std::uint64_t units = j + 1 == n ? left : random() % (left + 1);
        values[i * n + j] = std::ldexp(static_cast<double>(units), -bits);
        left -= units;
      }
    }
    const std::int64_t steps = 60;
    const exact::DyadicMatrix matrix = matrix_of(static_cast<int>(n), values);
    std::vector<FloatSignal> signals;
    PathOptions options{steps, Underflow::gradual};
    for (const testing::Order order : testing::kOrders) {
      signals.push_back(
          {type, testing::PlainPath<Float>(order, false, seed, testing::narrow_operands_of(type))
                     .signal(values, {1.0}, n, steps)});
      options.matrix_exact.push_back(true);
    }
    const PathCheck check = check_path(
        matrix, std::vector<MeanFormation>(signals.size(), MeanFormation{0, true}), signals, options);
    for (const SignalCheck& signal : check.signals) {
      EXPECT_TRUE(signal.exactness_confirmed) << "trial " << trial;
      if (signal.unrepresentable_at) ++ended;
      if (signal.exact_through >= 3) ++exact_long;
    }
  }
  EXPECT_GT(ended, 300);
  EXPECT_GT(exact_long, 300);
}

TEST(ExactSteps, AreKeptInEveryOrder) {
  expect_confirmed<float>(FloatType::float32, 20261128);
  expect_confirmed<double>(FloatType::float64, 20261129);
  expect_confirmed<float>(FloatType::bfloat16, 20261130);
}

/// One wrong bit within the exact steps is found.
TEST(ExactSteps, FindDamage) {
  const exact::DyadicMatrix line = matrix_of(2, {1, 0, .5, .5});
  FloatSignal signal{
      FloatType::float32,
      testing::PlainPath<float>(testing::Order::ascending, false, 0).signal({1, 0, .5, .5}, {1.0}, 2, 40)};
  PathOptions options{40, Underflow::gradual};
  options.matrix_exact = {true};
  const auto confirmed = [&] {
    return check_path(line, {{0, false}}, {signal}, options).signals[0].exactness_confirmed;
  };
  EXPECT_TRUE(confirmed());
  signal.values[2 * 10] += std::ldexp(1.0, -24);
  EXPECT_FALSE(confirmed());
}

TEST(DyadicSystems, AreExactAsLongAsPredicted) {
  testing::PlainBackend backend;
  CrosscheckOptions options;
  options.predict_exactness = true;
  options.types = {FloatType::float32, FloatType::float64, FloatType::bfloat16, FloatType::float16};
  options.steps = 60;
  int predicted = 0, ended = 0;
  for (const heads::HeadSystem& system : dyadic_systems()) {
    const LayerCheck check = check_layer(backend, system, options);
    EXPECT_TRUE(check.exactness_confirmed()) << system.name;
    EXPECT_TRUE(check.within()) << system.name;
    for (const SignalCheck& signal : check.mean.signals) {
      predicted += signal.exact_through.value_or(0) > 0 ? 1 : 0;
      ended += signal.unrepresentable_at ? 1 : 0;
    }
  }
  EXPECT_GT(predicted, 40);
  EXPECT_GT(ended, 20);
}

}  // namespace
}  // namespace crosshead::crosscheck

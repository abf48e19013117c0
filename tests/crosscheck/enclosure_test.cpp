// Exact values give way to enclosures when their budget is spent: what the enclosures say must be true of the
// exact values, and what they leave open is said to be open.
#include <cmath>
#include <limits>
#include <random>

#include "plain_path.hpp"
#include <gtest/gtest.h>

#include "crosshead/crosscheck/layer_check.hpp"
#include "crosshead/crosscheck/path_check.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::crosscheck {
namespace {

using attention::FloatType;
using exact::Rational;

exact::DyadicMatrix dyadic(const testing::RandomLayer& given) {
  exact::DyadicMatrix matrix(static_cast<int>(given.nodes));
  const std::size_t square = given.nodes * given.nodes;
  for (std::size_t h = 0; h < given.head_count; ++h) {
    const auto first = given.heads.begin() + static_cast<std::ptrdiff_t>(h * square);
    matrix.add({first, first + static_cast<std::ptrdiff_t>(square)}, given.weights[h]);
  }
  return matrix;
}

FloatSignal signal_of(const testing::RandomLayer& given, FloatType type, std::int64_t steps) {
  if (type == FloatType::float64) {
    return {type, testing::PlainPath<double>(testing::Order::shuffled, false, 3)
                      .signal(given.heads, given.weights, given.nodes, steps)};
  }
  return {type,
          testing::PlainPath<float>(testing::Order::shuffled, false, 3, testing::narrow_operands_of(type))
              .signal(given.heads, given.weights, given.nodes, steps)};
}

/// The dense matrix gives the results of the sparse rational one.
TEST(Enclosures, DyadicMatricesGiveTheSameCheck) {
  std::mt19937_64 random(20261128);
  for (int layer = 0; layer < 200; ++layer) {
    const testing::RandomLayer given(random, FloatType::float32);
    const FloatSignal signal = signal_of(given, FloatType::float32, 9);
    const PathCheck sparse = check_path(given.mean(), given.summands(), {signal}, 9, Underflow::gradual);
    const PathCheck dense =
        check_path(dyadic(given), {{given.summands(), false}}, {signal}, {9, Underflow::gradual});
    EXPECT_EQ(dense.exact_through, 9);
    EXPECT_EQ(dense.exact.fidelity, sparse.exact.fidelity);
    EXPECT_EQ(dense.exact.time, sparse.exact.time);
    const SignalCheck &a = dense.signals[0], &b = sparse.signals[0];
    EXPECT_EQ(a.signal.error, b.signal.error);
    EXPECT_EQ(a.signal.bound, b.signal.bound);
    EXPECT_EQ(a.share.value, b.share.value);
    EXPECT_EQ(a.ulps.value, b.ulps.value);
    EXPECT_EQ(a.histogram, b.histogram);
    EXPECT_EQ(a.violations, b.violations);
  }
}

/// Budgets of 0 and of a little: every statement is compared with the exact run.
TEST(Enclosures, SayNothingThatIsFalse) {
  std::mt19937_64 random(20261129);
  int enclosed = 0, decided_times = 0, times = 0, open = 0;
  for (int layer = 0; layer < 300; ++layer) {
    const FloatType type = layer % 3 == 0   ? FloatType::float32
                           : layer % 3 == 1 ? FloatType::float64
                                            : FloatType::bfloat16;
    const testing::RandomLayer given(random, type);
    const std::int64_t steps = 20;
    const FloatSignal signal = signal_of(given, type, steps);
    const exact::DyadicMatrix matrix = dyadic(given);
    const std::vector<MeanFormation> formation{{given.summands(), false}};
    const PathCheck exact = check_path(matrix, formation, {signal}, {steps, Underflow::gradual});
    PathOptions options{steps, Underflow::gradual};
    options.exact_budget = layer % 2 == 0 ? 0 : 200;
    const PathCheck found = check_path(matrix, formation, {signal}, options);
    EXPECT_LE(found.exact_through, steps);
    if (found.exact_through < steps) ++enclosed;
    for (std::size_t j = 0; j < given.nodes; ++j) {
      EXPECT_LE(found.exact.fidelity[j], exact.exact.fidelity[j]);
      EXPECT_GE(found.exact.upper[j], exact.exact.fidelity[j]);
      ++times;
      if (found.exact.time_decided[j]) {
        EXPECT_EQ(found.exact.time[j], exact.exact.time[j]) << "layer " << layer << ", node " << j;
        ++decided_times;
      }
    }
    EXPECT_LE(found.exact.minimax, exact.exact.minimax);
    EXPECT_GE(found.exact.minimax_upper, exact.exact.minimax);
    if (found.exact.minimax_nodes_decided) {
      EXPECT_EQ(found.exact.minimax_nodes, exact.exact.minimax_nodes);
    }
    const SignalCheck &a = found.signals[0], &b = exact.signals[0];
    EXPECT_GE(a.signal.error, b.signal.error);  // an upper bound where values are enclosed
    EXPECT_LE(a.violations, b.violations);
    EXPECT_LE(b.violations, a.violations + a.open);
    EXPECT_GE(a.ulps.value, b.ulps.value);
    EXPECT_EQ(a.entries, b.entries);
    open += a.open > 0 ? 1 : 0;
  }
  EXPECT_GT(enclosed, 200);
  EXPECT_GT(decided_times, times / 2);
  EXPECT_LT(open, 60);
}

/// A wrong entry is found in the enclosed part as well.
TEST(Enclosures, FindWrongEntries) {
  std::mt19937_64 random(20261130);
  int found = 0;
  for (int layer = 0; layer < 100; ++layer) {
    const testing::RandomLayer given(random, FloatType::float32);
    FloatSignal signal = signal_of(given, FloatType::float32, 20);
    const std::size_t place = signal.values.size() - 1;  // the sink at the end
    if (signal.values[place] < 1e-30) continue;
    signal.values[place] = static_cast<float>(signal.values[place] * 1.001);
    PathOptions options{20, Underflow::gradual};
    options.exact_budget = 0;
    const PathCheck check = check_path(dyadic(given), {{given.summands(), false}}, {signal}, options);
    EXPECT_EQ(check.signals[0].violations, 1);
    ++found;
  }
  EXPECT_GT(found, 20);
}

TEST(Enclosures, OfFinalRowsOnly) {
  std::mt19937_64 random(20261131);
  const testing::RandomLayer given(random, FloatType::float64);
  const FloatSignal all = signal_of(given, FloatType::float64, 15);
  FloatSignal last = all;
  last.values.assign(all.values.end() - static_cast<std::ptrdiff_t>(given.nodes), all.values.end());
  last.first = 15;
  const PathCheck check =
      check_path(dyadic(given), {{given.summands(), false}}, {last}, {15, Underflow::gradual});
  EXPECT_EQ(check.signals[0].entries, static_cast<std::int64_t>(given.nodes));
  EXPECT_TRUE(check.signals[0].within());
  EXPECT_TRUE(check.signals[0].horizon.minimax_nodes.empty());
}

/// Rows and diagonals of a layer are looked at before anything is computed.
TEST(LayerInputs, ReportRowsAndRefuseThem) {
  LayerInput input;
  input.file = "a.npy";
  input.system = "a";
  input.nodes = {"1", "2"};
  input.weights = {1};
  input.head = [](int) { return std::vector<double>{1, 0.25, 0.5, 0.25}; };
  testing::PlainBackend backend;
  CrosscheckOptions options;
  options.steps = 2;
  const LayerCheck check = check_layer(&backend, input, options);
  EXPECT_EQ(check.head_rows[0].defect.largest, Rational(1, 4));
  EXPECT_EQ(check.head_rows[0].defect.row, 0);
  EXPECT_EQ(check.head_rows[0].leaks, 1);
  EXPECT_EQ(check.head_rows[0].largest_leak, 0.25);
  options.causal = true;
  EXPECT_THROW(check_layer(&backend, input, options), exact::InputError);
  options.causal = false;
  options.largest_defect = Rational(1, 5);
  EXPECT_THROW(check_layer(&backend, input, options), exact::InputError);
  options.largest_defect = Rational(1, 4);
  EXPECT_NO_THROW(check_layer(&backend, input, options));
}

}  // namespace
}  // namespace crosshead::crosscheck

#include "crosshead/crosscheck/definition_metrics.hpp"

#include <algorithm>

#include "crosscheck/random_causal.hpp"
#include <gtest/gtest.h>

#include "crosshead/diffusion/fidelity.hpp"
#include "crosshead/walk/mixing.hpp"

namespace crosshead::crosscheck {
namespace {

using exact::DenseMatrix;
using exact::Rational;
using testing::contains;
using testing::RandomCausal;

const std::vector<Rational> kEpsilons{Rational(1, 2), Rational(1, 4), Rational(1, 1000)};

std::vector<std::string> names(int n) {
  std::vector<std::string> result;
  for (int j = 1; j <= n; ++j) result.push_back(std::to_string(j));
  return result;
}

DenseMatrix rows_normalised(DenseMatrix matrix) {
  for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
    const Rational sum = matrix.row(i).sum();
    for (Eigen::Index j = 0; j < matrix.cols(); ++j) matrix(i, j) /= sum;
  }
  return matrix;
}

/// By doubles and by balls.
using Metrics = DefinitionMetrics (*)(const LayerAttention&, const EnclosedWeights&,
                                      const DefinitionOptions&);

void expect_fidelity(const Minimax& found, const DenseMatrix& matrix, bool sink_counts) {
  const int sink = static_cast<int>(matrix.rows()) - 1;
  const auto exact = diffusion::fidelity(exact::from_dense(rows_normalised(matrix)), sink, {1, sink_counts},
                                         {2'000, 20'000'000});
  if (!exact.decided) {
    // The two intervals must at least meet.
    EXPECT_LE(exact.lower, exact::exact_value(found.value.upper));
    EXPECT_TRUE(!exact.upper || exact::exact_value(found.value.lower) <= *exact.upper);
    return;
  }
  EXPECT_TRUE(contains(found.value, exact.minimax))
      << exact::to_double(exact.minimax) << " not in " << found.value.lower << ", " << found.value.upper;
  EXPECT_LE(found.value.upper, found.value.lower * (1 + 1e-6) + 1e-280);
}

void expect_what_the_exact_rooms_decide(Metrics metrics, std::int64_t slack) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    const RandomCausal system(random, 5);
    const int sink = system.nodes - 1;
    DefinitionOptions options;
    options.epsilons = kEpsilons;
    const DefinitionMetrics found = metrics(system.layer(), exact_weights(system.weights), options);
    const DenseMatrix mean = system.mean();
    expect_fidelity(found.fidelity, mean, true);
    if (system.nodes > 1) expect_fidelity(found.fidelity_without_sink, mean, false);
    for (int h = 0; h < system.heads; ++h) {
      expect_fidelity(found.heads[static_cast<std::size_t>(h)], system.head(h), true);
    }
    const exact::RationalMatrix walk = exact::transpose(exact::from_dense(rows_normalised(mean.transpose())));
    const auto times = walk::mixing_times(walk, sink, names(system.nodes), kEpsilons, {});
    ASSERT_EQ(found.mixing_defined, times.front().defined) << found.reason;
    for (std::size_t k = 0; found.mixing_defined && k < times.size(); ++k) {
      ASSERT_TRUE(times[k].decided);
      EXPECT_LE(found.mixing[k].least, times[k].time);
      ASSERT_TRUE(found.mixing[k].most);
      EXPECT_GE(*found.mixing[k].most, times[k].time);
      EXPECT_LE(*found.mixing[k].most - found.mixing[k].least, slack * (1 + times[k].time / 1'000'000'000));
    }
  }
}

TEST(DefinitionMetrics, ContainWhatTheExactRoomsDecide) {
  expect_what_the_exact_rooms_decide(definition_metrics, 1);
}

TEST(DefinitionMetrics, OfBallsAreExactTimesAndNarrowSuprema) {
  expect_what_the_exact_rooms_decide(definition_metrics_exact, 0);
}

TEST(DefinitionMetrics, OfBallsAreNarrowAtTheSizeOfTheModels) {
  int narrow = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    const RandomCausal system(random, 60);
    const EnclosedWeights weights = exact_weights(system.weights);
    const DefinitionMetrics doubles = definition_metrics(system.layer(), weights, {kEpsilons, {}}),
                            balls = definition_metrics_exact(system.layer(), weights, {kEpsilons, {}});
    const auto expect_meet = [&](const Minimax& a, const Minimax& b) {
      EXPECT_LE(a.value.lower, b.value.upper);
      EXPECT_LE(b.value.lower, a.value.upper);
    };
    expect_meet(doubles.fidelity, balls.fidelity);
    expect_meet(doubles.fidelity_without_sink, balls.fidelity_without_sink);
    for (std::size_t h = 0; h < balls.heads.size(); ++h) expect_meet(doubles.heads[h], balls.heads[h]);
    const Enclosure value = balls.fidelity.value;
    if (value.upper <= value.lower * (1 + 1e-14)) ++narrow;
    ASSERT_EQ(doubles.mixing_defined, balls.mixing_defined);
    for (std::size_t k = 0; k < balls.mixing.size(); ++k) {
      EXPECT_EQ(balls.mixing[k].most, balls.mixing[k].least);
      EXPECT_LE(doubles.mixing[k].least, balls.mixing[k].least);
      EXPECT_LE(balls.mixing[k].most, doubles.mixing[k].most);
    }
  }
  EXPECT_GE(narrow, 6);
}

TEST(DefinitionMetrics, ATimeOfBillionsOfStepsKeepsItsDigits) {
  // Node 1 leaves with probability l = 2^-30 / (1 + 2^-30) for the sink: (1 - l)^t <= 1/4.
  const std::vector<float> entries{1, 0, 0x1p-30F, 1};
  DefinitionOptions options;
  options.epsilons = {Rational(1, 4)};
  const exact::DenseMatrix dense = [] {
    exact::DenseMatrix walk(2, 2);
    const Rational leak = Rational(1, (exact::Integer(1) << 30) + 1);
    walk << 1 - leak, 0, leak, 1;
    return walk;
  }();
  const auto times = walk::mixing_times(exact::from_dense(dense), 1, names(2), options.epsilons, {});
  ASSERT_TRUE(times.front().decided);
  for (const Metrics metrics : {definition_metrics, definition_metrics_exact}) {
    const DefinitionMetrics found = metrics({1, 2, entries.data()}, exact_weights({Rational(1)}), options);
    ASSERT_TRUE(found.mixing_defined);
    EXPECT_EQ(found.mixing.front().least, times.front().time);
    EXPECT_EQ(found.mixing.front().most, times.front().time);
  }
}

TEST(DefinitionMetrics, ASignalThatPeaksAfterAThousandMillionSteps) {
  // Rows (1), (l, 1 - l), (0, l, 1 - l) with l about 2^-30: s_2(t) = t l (1 - l)^(t-1), largest at t = 1 / l.
  const std::vector<float> entries{1, 0, 0, 0x1p-30F, 1, 0, 0, 0x1p-30F, 1};
  DefinitionOptions options;
  options.epsilons = {Rational(1, 4)};
  const DefinitionMetrics found =
      definition_metrics({1, 3, entries.data()}, exact_weights({Rational(1)}), options);
  // With l = 1 / (N + 1), N = 2^30, the peak is (N / (N + 1))^N, between 1 / e and 1 / e + 1e-9.
  const double inverse_e = 0.36787944117144233;
  EXPECT_LE(found.fidelity.value.lower, inverse_e + 1e-9);
  EXPECT_GE(found.fidelity.value.upper, inverse_e - 1e-15);
  EXPECT_LE(found.fidelity.value.upper - found.fidelity.value.lower, 1e-5);
  EXPECT_EQ(found.fidelity.node, 1);
}

TEST(DefinitionMetrics, SayWhyThereIsNoMixingTime) {
  DefinitionOptions options;
  options.epsilons = {Rational(1, 4)};
  const auto reason = [&](const std::vector<float>& entries) {
    const LayerAttention layer{1, 2, entries.data()};
    const EnclosedWeights weights = exact_weights({Rational(1)});
    const std::string reason = definition_metrics(layer, weights, options).reason;
    EXPECT_EQ(definition_metrics_exact(layer, weights, options).reason, reason);
    return reason;
  };
  EXPECT_EQ(reason({1, 0, 0, 1}), "node 1 does not reach the sink");
  EXPECT_NE(reason({1, 0, 1, 0}).find("its column has the sum 0"), std::string::npos);
  EXPECT_EQ(reason({1, 0, 0.5F, 0.5F}), "");
}

}  // namespace
}  // namespace crosshead::crosscheck

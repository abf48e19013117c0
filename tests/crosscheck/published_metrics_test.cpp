#include <algorithm>
#include <cmath>

#include "crosscheck/random_causal.hpp"
#include <gtest/gtest.h>

#include "crosshead/crosscheck/layer_metrics.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::crosscheck {
namespace {

using exact::DenseMatrix;
using exact::Rational;
using testing::contains;
using testing::RandomCausal;

/// The program's step from j, read off its rule: cumulative sums against a uniform r. Entry (i, j) is the
/// chance to move to i.
DenseMatrix walk_naive(const DenseMatrix& mean) {
  const auto n = mean.rows();
  DenseMatrix walk = DenseMatrix::Zero(n, n);
  for (Eigen::Index j = 0; j < n; ++j) {
    Rational reached = 0;  // r up to here has found its index
    for (Eigen::Index i = 0; i < n; ++i) {
      Rational cumulative = 0;
      for (Eigen::Index k = 0; k <= i; ++k) cumulative += mean(k, j);
      const Rational next = std::min(Rational(1), cumulative);
      walk(i, j) = next - reached;
      reached = next;
    }
    walk(n - 1, j) += 1 - reached;
  }
  return walk;
}

/// E min(T, cutoff), averaged over starts, by following the law of the walk from each of them.
Rational mixing_naive(const DenseMatrix& mean, int cutoff) {
  const DenseMatrix walk = walk_naive(mean);
  const auto n = mean.rows();
  Rational total = 0;
  for (Eigen::Index start = 0; start + 1 < n; ++start) {
    exact::DenseVector law = exact::DenseVector::Zero(n);
    law(start) = 1;
    Rational absorbed = 0;
    for (int t = 1; t <= cutoff; ++t) {
      law = walk * law;
      total += t * law(n - 1);  // absorbed at step t
      absorbed += law(n - 1);
      law(n - 1) = 0;
    }
    total += cutoff * (1 - absorbed);
  }
  return total / n;
}

std::vector<Rational> peaks_naive(const DenseMatrix& matrix, int steps) {
  const auto n = matrix.rows();
  std::vector<Rational> peaks(static_cast<std::size_t>(n), Rational(0));
  DenseMatrix power = DenseMatrix::Identity(n, n);
  for (int t = 1; t <= steps; ++t) {
    power = power * matrix;
    for (Eigen::Index j = 0; j < n; ++j) {
      Rational& peak = peaks[static_cast<std::size_t>(j)];
      peak = std::max(peak, power(n - 1, j));
    }
  }
  return peaks;
}

void expect_minimum(const Minimax& found, const std::vector<Rational>& peaks) {
  const Rational least = *std::min_element(peaks.begin(), peaks.end());
  EXPECT_TRUE(contains(found.value, least)) << exact::to_double(least);
  const bool at_sink = peaks.back() == least;
  const bool elsewhere = std::count(peaks.begin(), peaks.end() - 1, least) > 0;
  const bool both = at_sink && elsewhere && least == 0;
  EXPECT_TRUE(found.place != MinimumPlace::sink || (at_sink && !elsewhere));
  EXPECT_TRUE(found.place != MinimumPlace::elsewhere || !at_sink);
  EXPECT_TRUE(found.place != MinimumPlace::both || both);
}

void expect_naive(const PublishedMetrics& found, const RandomCausal& system, int cutoff) {
  const DenseMatrix mean = system.mean();
  const Rational mixing = mixing_naive(mean, cutoff);
  EXPECT_TRUE(contains(found.mixing, mixing))
      << exact::to_double(mixing) << " not in " << found.mixing.lower << ", " << found.mixing.upper;
  expect_minimum(found.fidelity, peaks_naive(mean, cutoff));
  for (int h = 0; h < system.heads; ++h) {
    expect_minimum(found.heads[static_cast<std::size_t>(h)], peaks_naive(system.head(h), cutoff));
  }
  std::vector<Rational> columns;
  for (Eigen::Index j = 0; j < mean.cols(); ++j) columns.emplace_back(mean.col(j).sum());
  EXPECT_TRUE(contains(found.least_column, *std::min_element(columns.begin(), columns.end())));
  EXPECT_TRUE(contains(found.largest_column, *std::max_element(columns.begin(), columns.end())));
}

TEST(PublishedMetrics, ContainWhatDenseRationalsGive) {
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    const RandomCausal system(random);
    PublishedOptions options;
    options.cutoff = 1 + static_cast<int>(random() % 12);
    const EnclosedWeights weights = exact_weights(system.weights);
    const PublishedMetrics certified = published_metrics(system.layer(), weights, options);
    expect_naive(certified, system, options.cutoff);
    expect_naive(published_metrics_exact(system.layer(), weights, options), system, options.cutoff);
    EXPECT_LE(certified.mixing.upper - certified.mixing.lower, 1e-11 * certified.mixing.upper + 1e-280);
    EXPECT_LE(certified.fidelity.value.upper, certified.fidelity.value.lower * (1 + 1e-11) + 1e-280);
  }
}

TEST(PublishedMetrics, CutAndFillTheColumnsOfASmallExample) {
  // Columns of A: (1/2, 3/4, 1/4) from node 1, cut at 1; (1/4, 1/4) from node 2, half of it missing.
  // Node 1 stays with 1/2 and goes to node 2 with 1/2; node 2 stays with 1/4 and else is absorbed.
  const std::vector<float> entries{0.5F, 0, 0, 0.75F, 0.25F, 0, 0.25F, 0.25F, 0.5F};
  PublishedOptions options;
  options.cutoff = 2;
  const PublishedMetrics found =
      published_metrics({1, 3, entries.data()}, exact_weights({Rational(1)}), options);
  // y_0 = (1, 1), y_1 = (1/2 + 1/2, 1/4): E min(T, 2) = 2, 5/4 and 0 for the sink.
  EXPECT_TRUE(contains(found.mixing, Rational(13, 12)));
  // Signals: t = 1: (1/4, 1/4, 1/2); t = 2: (1/8 + 3/16 + 1/8, 1/16 + 1/8, 1/4).
  EXPECT_TRUE(contains(found.fidelity.value, Rational(1, 4)));
  EXPECT_EQ(found.fidelity.place, MinimumPlace::elsewhere);
  EXPECT_TRUE(contains(found.largest_column, Rational(3, 2)));
  EXPECT_TRUE(contains(found.least_column, Rational(1, 2)));
}

TEST(PublishedMetrics, TellWhereZerosAre) {
  // The sink hears node 1 alone: nodes 2 and 3 have fidelity 0.
  const std::vector<float> entries{1, 0, 0, 0.5F, 0.5F, 0, 1, 0, 0};
  const Minimax found = published_metrics({1, 3, entries.data()}, exact_weights({Rational(1)})).fidelity;
  EXPECT_EQ(found.value.upper, 0);
  EXPECT_EQ(found.place, MinimumPlace::both);
}

TEST(PublishedMetrics, SimulationAgreesWithTheExpectation) {
  // Bernstein: |mean - E| > d has a probability of at most 2 exp(-N d^2 / (2 (v + M d / 3))) for N
  // independent steps in [0, M] of average variance v; with d below it is under 1e-9, for a fixed seed once
  // and for all.
  constexpr double kLogarithm = 21.5;  // of 2e9
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    std::mt19937_64 random(seed);
    const RandomCausal system(random, 12);
    std::vector<double> weights;
    for (const Rational& weight : system.weights) weights.push_back(exact::to_double(weight));
    const PublishedMetrics expected = published_metrics(system.layer(), exact_weights(system.weights));
    const SimulatedWalk found = simulate_published_walk(system.layer(), weights, 500, kPublishedCutoff, seed);
    const auto count = static_cast<double>(found.samples);
    const double third = kPublishedCutoff * kLogarithm / (3 * count);
    // Twice the sample variance stands for the true one.
    const double bound = third + std::sqrt(third * third + 2 * 2 * found.variance * kLogarithm / count);
    EXPECT_EQ(found.samples, 500 * system.nodes);
    EXPECT_NEAR(found.mean, expected.mixing.lower, bound) << "seed " << seed;
  }
}

TEST(PublishedMetrics, SimulatesAGeometricTime) {
  // From node 1 half of the steps stay: 2 steps on average, the sink's own 0; the average has a standard
  // deviation of (2 / 2)^(1/2) / 200000^(1/2) < 0.0023.
  const std::vector<float> entries{0.5F, 0, 0.5F, 0.5F};
  const SimulatedWalk found = simulate_published_walk({1, 2, entries.data()}, {1.0}, 100'000, 100, 1);
  EXPECT_NEAR(found.mean, 1, 6 * 0.0023);
}

TEST(CausalRows, RefuseWhatIsNoAttention) {
  const auto refusal = [](std::vector<float> entries) {
    try {
      require_causal_rows({1, 2, entries.data()}, "file", "layer 1");
    } catch (const exact::InputError& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  const float nan = std::nanf(""), infinity = HUGE_VALF;
  EXPECT_EQ(refusal({1, 0, 0.5F, 0.5F}), "accepted");
  EXPECT_NE(refusal({1, 0, nan, 0.5F}).find("head 1, row 2: the entry of column 1 is not finite"),
            std::string::npos);
  EXPECT_NE(refusal({1, 0, infinity, 0.5F}).find("not finite"), std::string::npos);
  EXPECT_NE(refusal({1, 0, -0.5F, 1.5F}).find("negative"), std::string::npos);
  EXPECT_NE(refusal({0.5F, 0.5F, 0.5F, 0.5F}).find("must be causal"), std::string::npos);
  EXPECT_NE(refusal({1, 0, 0.5F, 0.4F}).find("the sum is 0.9, further than 0.001 from 1"), std::string::npos);
}

}  // namespace
}  // namespace crosshead::crosscheck

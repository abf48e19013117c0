#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "shared_backend.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::attention {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Example 3.8 of the paper: u -> v in head 1, v -> tau in head 2, self-loops everywhere.
const std::vector<double> kExample38 = {1, 0, 0, .5, .5, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, .5, .5};

/// Random system: causal rows with sum near 1 in `type`.
struct RandomSystem {
  std::int64_t batch, heads, nodes;
  std::vector<double> matrices, weights;

  RandomSystem(std::int64_t b, std::int64_t h, std::int64_t n, FloatType type, std::uint64_t seed)
      : batch(b), heads(h), nodes(n) {
    std::mt19937_64 generator(seed);
    std::uniform_real_distribution<double> uniform(0.25, 1.0);
    const auto stored = [&](double value) {
      return type == FloatType::float32 ? static_cast<float>(value) : value;
    };
    for (std::int64_t row = 0; row < batch * heads * nodes; ++row) {
      std::vector<double> entries(static_cast<std::size_t>(nodes), 0.0);
      double total = 0;
      for (std::int64_t column = 0; column <= row % nodes; ++column)
        total += entries[column] = uniform(generator);
      for (const double entry : entries) matrices.push_back(stored(entry / total));
    }
    for (std::int64_t sample = 0; sample < batch; ++sample) {
      std::vector<double> shares(static_cast<std::size_t>(heads));
      double total = 0;
      for (double& share : shares) total += share = uniform(generator);
      for (const double share : shares) weights.push_back(stored(share / total));
    }
  }
};

/// The signal by the definition, one loop per index, in long double.
std::vector<long double> signal_naive(const RandomSystem& system, std::int64_t steps) {
  const std::int64_t n = system.nodes;
  std::vector<long double> signal;
  for (std::int64_t sample = 0; sample < system.batch; ++sample) {
    std::vector<long double> mean(static_cast<std::size_t>(n * n), 0.0L),
        row(static_cast<std::size_t>(n), 0.0L);
    for (std::int64_t head = 0; head < system.heads; ++head) {
      const std::int64_t block = sample * system.heads + head;
      for (std::int64_t entry = 0; entry < n * n; ++entry) {
        mean[entry] +=
            static_cast<long double>(system.weights[block]) * system.matrices[block * n * n + entry];
      }
    }
    row[n - 1] = 1;
    for (std::int64_t time = 0; time <= steps; ++time) {
      signal.insert(signal.end(), row.begin(), row.end());
      std::vector<long double> next(static_cast<std::size_t>(n), 0.0L);
      for (std::int64_t i = 0; i < n; ++i) {
        for (std::int64_t j = 0; j < n; ++j) next[j] += row[i] * mean[i * n + j];
      }
      row = next;
    }
  }
  return signal;
}

long double gamma(std::int64_t count, long double unit) {
  return count * unit / (1 - count * unit);
}

/// Checks every signal against the bound that the header states; the oracle's own error is covered by its
/// gammas.
void expect_within_proven_bound(FloatType type, Device device) {
  const std::int64_t steps = 24;
  const RandomSystem system(3, 4, 7, type, 20250704);
  const FloatPath path = backend().run(system.matrices, system.weights, system.batch, system.heads,
                                       system.nodes, steps, type, device, false);
  const auto expected = signal_naive(system, steps);
  ASSERT_EQ(path.signal.size(), expected.size());
  const long double unit = type == FloatType::float32 ? 0x1p-24L : 0x1p-53L;
  for (std::size_t index = 0; index < expected.size(); ++index) {
    const auto time = static_cast<long double>(index / system.nodes % (steps + 1));
    const auto bound_for = [&](long double u) {
      return std::pow((1 + gamma(system.heads, u)) * (1 + gamma(system.nodes, u)), time) - 1;
    };
    const long double bound = (bound_for(unit) + bound_for(0x1p-64L)) * 1.0001L;
    // Far above the range of subnormal float32 numbers, so that the bound needs no absolute term.
    ASSERT_TRUE(expected[index] == 0 || expected[index] > 1e-36L);
    EXPECT_LE(std::fabs(path.signal[index] - expected[index]), bound * expected[index]) << "index " << index;
  }
}

TEST(FloatPath, StaysWithinTheProvenBoundInFloat32) {
  expect_within_proven_bound(FloatType::float32, Device::cpu);
}
TEST(FloatPath, StaysWithinTheProvenBoundInFloat64) {
  expect_within_proven_bound(FloatType::float64, Device::cpu);
}

TEST(FloatPath, StaysWithinTheProvenBoundOnCuda) {
  if (!backend().has_cuda()) GTEST_SKIP() << "no CUDA device: the comparison of devices is skipped";
  expect_within_proven_bound(FloatType::float32, Device::cuda);
  expect_within_proven_bound(FloatType::float64, Device::cuda);
}

TEST(FloatPath, GivesExample38ByHand) {
  for (const FloatType type : {FloatType::float32, FloatType::float64}) {
    const FloatPath path = backend().run(kExample38, {.5, .5}, 1, 2, 3, 3, type, Device::cpu, false);
    // s_u(2) = beta_1 beta_2 / 4 = 1/16, the paper's cross-head term.
    EXPECT_THAT(path.signal, ElementsAre(0, 0, 1, 0, .25, .75, .0625, .375, .5625, .15625, .421875, .421875));
    EXPECT_THAT(path.fidelity, ElementsAre(.15625, .421875, .75));
    EXPECT_THAT(path.fidelity_time, ElementsAre(3, 3, 1));
    EXPECT_THAT(path.distance, IsEmpty());
    EXPECT_THAT(path.truncated_hitting, IsEmpty());
  }
}

TEST(FloatPath, SingleHeadsOfExample38CarryNothingFromU) {
  const FloatPath path =
      backend().run(kExample38, {1, 1}, 2, 1, 3, 50, FloatType::float64, Device::cpu, false);
  EXPECT_EQ(path.fidelity[0], 0);
  EXPECT_EQ(path.fidelity[3], 0);
  EXPECT_EQ(path.fidelity_time[3], 1);
}

TEST(FloatPath, WalksTheLineByHand) {
  const std::vector<double> line = {.5, 0, 0, .5, .5, 0, 0, .5, 1};
  const FloatPath path = backend().run(line, {1}, 1, 1, 3, 3, FloatType::float32, Device::cpu, true);
  EXPECT_THAT(path.distance, ElementsAre(1, 1, 0, 1, .5, 0, .75, .25, 0, .5, .125, 0));
  EXPECT_THAT(path.truncated_hitting, ElementsAre(2.75, 1.75, 0));
}

TEST(FloatPath, GivesTheSameBitsTwice) {
  const RandomSystem system(2, 3, 40, FloatType::float32, 7);
  const auto run = [&] {
    return backend().run(system.matrices, system.weights, 2, 3, 40, 60, FloatType::float32, Device::cpu,
                         true);
  };
  const FloatPath first = run(), second = run();
  EXPECT_EQ(first.signal, second.signal);
  EXPECT_EQ(first.truncated_hitting, second.truncated_hitting);
}

TEST(FloatPath, TakesOneNodeAndNoSteps) {
  const FloatPath path = backend().run({1}, {1}, 1, 1, 1, 0, FloatType::float64, Device::cpu, true);
  EXPECT_THAT(path.signal, ElementsAre(1));
  EXPECT_THAT(path.fidelity, ElementsAre(0));
  EXPECT_THAT(path.fidelity_time, ElementsAre(0));
  EXPECT_THAT(path.truncated_hitting, ElementsAre(0));
}

TEST(FloatPath, RefusesWhatTheTypeCannotHold) {
  const auto run = [&](double entry, FloatType type) {
    return backend().run({entry}, {1}, 1, 1, 1, 1, type, Device::cpu, false);
  };
  EXPECT_THROW(run(0.1, FloatType::float32), exact::UsageError);
  EXPECT_NO_THROW(run(0.1, FloatType::float64));
  EXPECT_THROW(run(std::numeric_limits<double>::infinity(), FloatType::float64), exact::UsageError);
  EXPECT_THROW(run(std::numeric_limits<double>::quiet_NaN(), FloatType::float32), exact::UsageError);
}

TEST(FloatPath, RefusesSizesThatDoNotMatch) {
  EXPECT_THROW(backend().run({1, 0}, {1}, 1, 1, 1, 1, FloatType::float64, Device::cpu, false),
               exact::UsageError);
  EXPECT_THROW(backend().run({1}, {1, 1}, 1, 1, 1, 1, FloatType::float64, Device::cpu, false),
               exact::UsageError);
  EXPECT_THROW(backend().run({}, {}, 0, 1, 1, 1, FloatType::float64, Device::cpu, false), exact::UsageError);
  EXPECT_THROW(backend().run({1}, {1}, 1, 1, 1, -1, FloatType::float64, Device::cpu, false),
               exact::UsageError);
}

TEST(FloatPath, SaysThatThereIsNoCudaDevice) {
  if (backend().has_cuda()) GTEST_SKIP() << "this machine has a CUDA device";
  EXPECT_THROW(backend().run({1}, {1}, 1, 1, 1, 1, FloatType::float64, Device::cuda, false),
               exact::MissingComponent);
}

}  // namespace
}  // namespace crosshead::attention

// Float chains: the fast one has the bits of the plain loops, whatever the shape and the number of threads;
// the functions that a CUDA thread runs have them too, compiled for the host; and the stated bounds hold.
#include "crosshead/attention/float_chain.hpp"

#include <cmath>
#include <limits>
#include <random>

#include "cuda/chain_step.hpp"
#include <gtest/gtest.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/exact/integer_row.hpp"

namespace crosshead::attention {
namespace {

using exact::Rational;

/// Random attention [B, H, n, n] with rows near 1, causal or not, with zeros.
struct RandomBatch {
  std::vector<float> heads, weights;
  std::int64_t batch, head_count, nodes;

  RandomBatch(std::int64_t b, std::int64_t h, std::int64_t n, bool causal, std::mt19937_64& random)
      : batch(b), head_count(h), nodes(n) {
    std::uniform_real_distribution<float> uniform(0.0F, 1.0F);
    for (std::int64_t row = 0; row < b * h * n; ++row) {
      std::vector<float> entries(static_cast<std::size_t>(n), 0.0F);
      float sum = 0;
      for (std::int64_t j = 0; j < (causal ? row % n + 1 : n); ++j) {
        if (random() % 8 != 0)
          sum += entries[static_cast<std::size_t>(j)] = std::exp(6 * uniform(random) - 6);
      }
      for (const float entry : entries) heads.push_back(sum > 0 ? entry / sum : 0);
    }
    for (std::int64_t k = 0; k < b; ++k) {
      float left = 1;
      for (std::int64_t head = 0; head < h; ++head) {
        const float share =
            head + 1 == h ? left : std::ldexp(std::floor(std::ldexp(left * uniform(random), 10)), -10);
        weights.push_back(share);
        left -= share;
      }
    }
  }

  ChainBatch view(std::int64_t steps) const {
    return {heads.data(), weights.data(), batch, head_count, nodes, steps};
  }
};

TEST(FloatChain, HasTheBitsOfPlainLoops) {
  std::mt19937_64 random(20261128);
  for (const std::int64_t nodes : {1, 2, 3, 15, 16, 17, 63, 64, 65, 100, 129, 224}) {
    for (const bool causal : {true, false}) {
      const RandomBatch given(2, 3, nodes, causal, random);
      const std::int64_t steps = nodes > 100 ? 7 : 30;
      const ChainResult plain = float_chain_naive(given.view(steps));
      for (const int threads : {1, 2, 5}) {
        const ChainResult fast = float_chain(given.view(steps), true, threads);
        EXPECT_EQ(fast.signal, plain.signal) << nodes << " nodes";
        EXPECT_EQ(fast.fidelity, plain.fidelity);
        EXPECT_EQ(fast.fidelity_time, plain.fidelity_time);
      }
      const ChainResult brief = float_chain(given.view(steps), false);
      EXPECT_TRUE(brief.signal.empty());
      EXPECT_EQ(brief.fidelity, plain.fidelity);
    }
  }
}

/// What one block of the device does, thread by thread, with the same functions on the packed matrix.
TEST(FloatChain, DeviceFunctionsHaveTheSameBitsOnTheHost) {
  std::mt19937_64 random(20261129);
  for (const int nodes : {1, 2, 31, 32, 33, 100, 224}) {
    for (const bool causal : {true, false}) {
      const RandomBatch given(1, 3, nodes, causal, random);
      const std::int64_t steps = 9;
      const ChainResult plain = float_chain_naive(given.view(steps));
      const chain::Layout layout{nodes, causal};
      EXPECT_EQ(layout.entries(), causal ? nodes * (nodes + 1) / 2 : nodes * nodes);
      const long square = static_cast<long>(nodes) * nodes;
      for (int system = 0; system <= 3; ++system) {
        std::vector<float> matrix(static_cast<std::size_t>(layout.entries()));
        for (int i = 0; i < nodes; ++i) {
          for (int j = 0; j < layout.width(i); ++j) {
            matrix[static_cast<std::size_t>(layout.row(i) + j)] =
                chain::entry(given.heads.data(), given.weights.data(), 3, system, square,
                             static_cast<long>(i) * nodes + j);
          }
        }
        std::vector<float> x(static_cast<std::size_t>(nodes), 0.0F);
        x.back() = 1;
        std::vector<chain::Peak> peaks(x.size());
        for (std::int64_t t = 0; t <= steps; ++t) {
          for (std::size_t j = 0; j < x.size(); ++j) {
            const auto place = static_cast<std::size_t>(system * (steps + 1) + t) * x.size() + j;
            ASSERT_EQ(x[j], plain.signal[place]) << "system " << system << ", t " << t << ", node " << j;
            if (t > 0) peaks[j].include(x[j], static_cast<int>(t));
          }
          std::vector<float> next;
          for (int j = 0; j < nodes; ++j) next.push_back(chain::step(layout, matrix.data(), x.data(), j));
          x = next;
        }
        for (std::size_t j = 0; j < x.size(); ++j) {
          const std::size_t place = static_cast<std::size_t>(system) * x.size() + j;
          EXPECT_EQ(peaks[j].value, plain.fidelity[place]);
          EXPECT_EQ(peaks[j].time, plain.fidelity_time[place]);
        }
      }
    }
  }
}

/// Every entry of every system against exact arithmetic.
TEST(FloatChain, StaysWithinItsBounds) {
  std::mt19937_64 random(20261130);
  for (int trial = 0; trial < 40; ++trial) {
    const RandomBatch given(1, 1 + trial % 3, 1 + static_cast<std::int64_t>(random() % 12), trial % 2 == 0,
                            random);
    const std::int64_t steps = 25;
    const ChainResult found = float_chain(given.view(steps), true);
    const auto n = static_cast<std::size_t>(given.nodes), square = n * n;
    ASSERT_EQ(found.bounds.size(), 26U);
    for (std::int64_t system = 0; system <= given.head_count; ++system) {
      exact::RationalMatrix matrix(static_cast<int>(n));
      for (std::size_t place = 0; place < square; ++place) {
        Rational entry = 0;
        for (std::int64_t h = 0; h < given.head_count; ++h) {
          const Rational value = exact::exact_value(
              static_cast<double>(given.heads[static_cast<std::size_t>(h) * square + place]));
          if (system == given.head_count)
            entry +=
                exact::exact_value(static_cast<double>(given.weights[static_cast<std::size_t>(h)])) * value;
          if (system == h) entry = value;
        }
        matrix.append(static_cast<int>(place / n), static_cast<int>(place % n), entry);
      }
      const exact::IntegerMatrix integers(matrix);
      exact::RowIteration row(integers, static_cast<int>(n) - 1);
      for (std::int64_t t = 0; t <= steps; ++t) {
        const ChainBound& bound = found.bounds[static_cast<std::size_t>(t)];
        for (std::size_t j = 0; j < n; ++j) {
          const Rational value = row.value(static_cast<int>(j));
          const auto place = static_cast<std::size_t>(system * (steps + 1) + t) * n + j;
          const Rational error = exact::exact_value(static_cast<double>(found.signal[place])) - value;
          const Rational allowed =
              exact::exact_value(bound.relative) * value + exact::exact_value(bound.absolute);
          EXPECT_LE(error < 0 ? Rational(-error) : error, allowed) << "t " << t;
        }
        row.step();
      }
    }
    EXPECT_LT(found.bounds.back().relative, 1e-3);
  }
}

TEST(FloatChain, RefusesWhatIsNoBatch) {
  const std::vector<float> one{1};
  const auto run = [&](const std::vector<float>& heads, const std::vector<float>& weights, std::int64_t nodes,
                       std::int64_t steps) {
    return float_chain({heads.data(), weights.data(), 1, 1, nodes, steps}, true);
  };
  EXPECT_THROW(run(one, one, 0, 1), exact::UsageError);
  EXPECT_THROW(run(one, one, 1, -1), exact::UsageError);
  EXPECT_THROW(run({-1}, one, 1, 1), exact::UsageError);
  EXPECT_THROW(run({std::numeric_limits<float>::infinity()}, one, 1, 1), exact::UsageError);
  EXPECT_THROW(run({std::nanf("")}, one, 1, 1), exact::UsageError);
  EXPECT_THROW(run(one, {-1}, 1, 1), exact::UsageError);
  const ChainResult still = run(one, one, 1, 0);
  EXPECT_EQ(still.signal, (std::vector<float>{1, 1}));
  EXPECT_EQ(still.fidelity_time, (std::vector<std::int32_t>{0, 0}));
}

/// On a machine with a device the module must give the same bits; elsewhere it says what is missing.
TEST(FloatChain, OnCudaHasTheSameBits) {
  std::unique_ptr<DeviceChain> device;
  try {
    device = load_cuda_chain();
  } catch (const exact::MissingComponent& missing) {
    GTEST_SKIP() << missing.what();
  }
  std::mt19937_64 random(20261131);
  for (const std::int64_t nodes : {1, 2, 31, 33, 100, 224}) {
    for (const bool causal : {true, false}) {
      const RandomBatch given(3, 4, nodes, causal, random);
      const ChainResult host = float_chain(given.view(100), true), found = device->run(given.view(100), true);
      EXPECT_EQ(found.signal, host.signal);
      EXPECT_EQ(found.fidelity, host.fidelity);
      EXPECT_EQ(found.fidelity_time, host.fidelity_time);
    }
  }
}

}  // namespace
}  // namespace crosshead::attention

#include "crosshead/crosscheck/layer_check.hpp"

#include <cmath>
#include <numeric>

#include "plain_path.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::crosscheck {
namespace {

using attention::FloatType;
using exact::Rational;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::ThrowsMessage;

heads::Head attention_head(std::vector<double> values) {
  heads::Head head;
  head.attention =
      heads::AttentionMatrix{static_cast<int>(std::lround(std::sqrt(values.size()))), std::move(values)};
  return head;
}

heads::HeadSystem system_of(std::vector<heads::Head> heads, std::vector<Rational> weights) {
  heads::HeadSystem system;
  system.name = "by hand";
  for (int node = 1; node <= heads.front().attention->nodes; ++node)
    system.nodes.push_back(std::to_string(node));
  system.sink = system.size() - 1;
  system.heads = std::move(heads);
  system.weights = std::move(weights);
  return system;
}

/// The sink hears itself with 1, and each node passes on to the next: hops[0] into the sink, then backwards.
/// Within any horizon, a node's fidelity is the product of the hops from it to the sink.
heads::Head chain(const std::vector<double>& hops) {
  const std::size_t n = hops.size() + 1;
  std::vector<double> values(n * n, 0.0);
  values[n * n - 1] = 1;
  for (std::size_t k = 0; k < hops.size(); ++k) values[(n - 1 - k) * n + (n - 2 - k)] = hops[k];
  return attention_head(values);
}

double below_one(double units, int exponent) {
  return 1 - std::ldexp(units, exponent);
}

LayerCheck checked(const heads::HeadSystem& system, std::int64_t steps = 10) {
  testing::PlainBackend backend;
  CrosscheckOptions options;
  options.steps = steps;
  return check_layer(backend, system, options);
}

const std::vector<Rational> kHalves = {Rational(1, 2), Rational(1, 2)};

TEST(LayerCheck, FindsExample38Exact) {
  const heads::HeadSystem system = system_of(
      {attention_head({1, 0, 0, .5, .5, 0, 0, 0, 1}), attention_head({1, 0, 0, 0, 1, 0, 0, .5, .5})},
      kHalves);
  const LayerCheck check = checked(system, 3);
  EXPECT_TRUE(check.within());
  EXPECT_EQ(check.nodes, 3);
  EXPECT_EQ(check.backend, "plain loops");
  EXPECT_THAT(check.mean.exact.fidelity, ElementsAre(Rational(5, 32), Rational(27, 64), Rational(3, 4)));
  EXPECT_THAT(check.mean.exact.time, ElementsAre(3, 3, 1));
  EXPECT_EQ(check.mean.exact.minimax, Rational(5, 32));
  EXPECT_TRUE(check.exact.amplifies);
  EXPECT_FALSE(check.exact.attenuates);
  EXPECT_THAT(check.exact.best_heads, ElementsAre(0, 1));
  ASSERT_EQ(check.types.size(), 2U);
  for (std::size_t type = 0; type < 2; ++type) {
    EXPECT_EQ(check.mean.signals[type].signal.error, 0);
    EXPECT_THAT(check.types[type].flips, IsEmpty());
    EXPECT_TRUE(check.types[type].verdicts.amplifies);
  }
}

/// The heads differ by 6.5e-11 < 2^-33; two roundings in float32 turn their order around.
TEST(LayerCheck, Float32NamesTheWrongBestHead) {
  const auto hops = [](double a, double b, double c) {
    return chain({below_one(a, -24), below_one(b, -24), below_one(c, -24)});
  };
  const LayerCheck check =
      checked(system_of({hops(62849, 46650, 63478), hops(59025, 61741, 52215)}, kHalves));
  EXPECT_TRUE(check.within());
  const Rational gap = check.heads[1].exact.minimax - check.heads[0].exact.minimax;
  EXPECT_GT(gap, 0);
  EXPECT_LT(gap, Rational(exact::Integer(1), exact::Integer(1) << 33U));
  EXPECT_THAT(check.exact.best_heads, ElementsAre(1));
  EXPECT_THAT(check.types[0].verdicts.best_heads, ElementsAre(0));
  ASSERT_EQ(check.types[0].flips.size(), 1U);
  EXPECT_EQ(check.types[0].flips[0].verdict, Flip::Verdict::best_heads);
  EXPECT_THAT(check.types[1].verdicts.best_heads, ElementsAre(1));
  EXPECT_THAT(check.types[1].flips, IsEmpty());
}

/// Each head alone reaches 1 - 2^-15; the mean reaches (1 - 2^-16)^2, which is 2^-32 more and the same
/// float32.
TEST(LayerCheck, Float32MissesAnAmplification) {
  const double lossy = below_one(1, -15);
  const LayerCheck check = checked(system_of({chain({1, lossy}), chain({lossy, 1})}, kHalves));
  EXPECT_TRUE(check.within());
  EXPECT_EQ(check.mean.exact.minimax - check.heads[0].exact.minimax,
            Rational(exact::Integer(1), exact::Integer(1) << 32U));
  EXPECT_TRUE(check.exact.amplifies);
  EXPECT_FALSE(check.types[0].verdicts.amplifies);
  ASSERT_EQ(check.types[0].flips.size(), 1U);
  EXPECT_EQ(check.types[0].flips[0].verdict, Flip::Verdict::amplifies);
  EXPECT_TRUE(check.types[1].verdicts.amplifies);
}

/// Node 1 fills up towards 1 - forever exactly, until the last bit in floating point.
TEST(LayerCheck, FloatsPeakEarlier) {
  const LayerCheck check = checked(system_of({attention_head({1, 0, .5, .5})}, {1}), 70);
  EXPECT_TRUE(check.within());
  EXPECT_THAT(check.mean.exact.time, ElementsAre(70, 1));
  EXPECT_THAT(check.mean.signals[0].horizon.time, ElementsAre(25, 1));
  EXPECT_THAT(check.mean.signals[1].horizon.time, ElementsAre(54, 1));
  ASSERT_EQ(check.types[0].flips.size(), 2U);  // the mean, and its only head
  EXPECT_EQ(check.types[0].flips[0].verdict, Flip::Verdict::peak_time);
  EXPECT_EQ(check.types[0].flips[0].head, std::nullopt);
  EXPECT_EQ(check.types[0].flips[1].head, 0);
  EXPECT_EQ(check.types[0].flips[1].node, 0);
}

TEST(LayerCheck, RefusesWhatATypeCannotHold) {
  const auto refuses = [](const heads::HeadSystem& system, const std::string& what) {
    EXPECT_THAT([&] { checked(system); }, ThrowsMessage<exact::UsageError>(HasSubstr(what)));
  };
  refuses(system_of({attention_head({1, 0, .1, .9})}, {1}), "float32 cannot hold head 1, entry [2, 1]");
  refuses(system_of({chain({.5}), chain({.5})}, {Rational(1, 3), Rational(2, 3)}),
          "the weight of head 1 = 1/3");
  refuses(system_of({chain({.5}), chain({.5})}, {Rational(1, 4), Rational(1, 4)}), "sum to 1/2");
  heads::HeadSystem system = system_of({chain({.5})}, {1});
  system.sink = 0;
  refuses(system, "sink to be last");
  EXPECT_THROW(checked(system_of({chain({.5})}, {1}), 0), exact::UsageError);
}

TEST(LayerCheck, TakesDoublesInFloat64Alone) {
  testing::PlainBackend backend;
  CrosscheckOptions options;
  options.steps = 20;
  options.types = {FloatType::float64};
  const LayerCheck check = check_layer(backend, system_of({attention_head({1, 0, .1, .9})}, {1}), options);
  EXPECT_TRUE(check.within());
  EXPECT_GT(check.mean.signals[0].signal.error, 0);
}

TEST(LayerCheck, LeavesHeadsOfWeightZeroOutOfTheMean) {
  const LayerCheck check = checked(system_of({chain({.75, .5}), chain({1, 1})}, {1, 0}));
  EXPECT_TRUE(check.within());
  EXPECT_EQ(check.mean.exact.minimax, Rational(3, 8));
  EXPECT_EQ(check.heads[1].exact.minimax, 1);
  EXPECT_THAT(check.exact.best_heads, ElementsAre(1));
}

TEST(DyadicWeights, GivesEachUnitToTheLargestRemainder) {
  const auto units = [](const std::vector<double>& shares) {
    std::vector<Rational> counts = dyadic_weights(shares);
    for (Rational& count : counts) count *= 1 << 20;
    return counts;
  };
  EXPECT_THAT(units({1, 1}), ElementsAre(524288, 524288));
  EXPECT_THAT(units({1, 1, 1}), ElementsAre(349526, 349525, 349525));  // ties to the lower index
  EXPECT_THAT(units({1, 2}), ElementsAre(349525, 699051));
  EXPECT_THAT(units({7}), ElementsAre(1 << 20));
  EXPECT_THAT(units({1, 1e-9, 0}), ElementsAre(1 << 20, 0, 0));
}

TEST(DyadicWeights, SumToOneAndStayClose) {
  std::mt19937_64 random(20250704);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  for (int trial = 0; trial < 300; ++trial) {
    std::vector<double> shares(1 + random() % 20);
    for (double& share : shares) share = uniform(random);
    const std::vector<Rational> weights = dyadic_weights(shares);
    Rational sum = 0, total = 0;
    for (const double share : shares) total += exact::exact_value(share);
    for (std::size_t h = 0; h < shares.size(); ++h) {
      sum += weights[h];
      const Rational off = weights[h] - exact::exact_value(shares[h]) / total;
      EXPECT_LT(off < 0 ? Rational(-off) : off, Rational(1, 1 << 20));
      EXPECT_TRUE(holds(format_of(FloatType::float32), weights[h]));
    }
    EXPECT_EQ(sum, 1);
  }
}

TEST(DyadicWeights, RefuseWhatAreNoShares) {
  EXPECT_THROW(dyadic_weights({}), exact::UsageError);
  EXPECT_THROW(dyadic_weights({0, 0}), exact::UsageError);
  EXPECT_THROW(dyadic_weights({1, -1}), exact::UsageError);
  EXPECT_THROW(dyadic_weights({1, std::nan("")}), exact::UsageError);
}

}  // namespace
}  // namespace crosshead::crosscheck

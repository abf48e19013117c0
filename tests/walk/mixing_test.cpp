#include "crosshead/walk/mixing.hpp"

#include "graph_walk.hpp"
#include "random_systems.hpp"
#include <gtest/gtest.h>

#include "crosshead/graph/families.hpp"
#include "crosshead/heads/head_system.hpp"

namespace crosshead::walk {
namespace {

using crosshead::testing::RandomSystems;
using crosshead::testing::walk_on;
using exact::Rational;
using exact::RationalMatrix;

std::vector<std::string> names(int n) {
  std::vector<std::string> result;
  for (int k = 1; k <= n; ++k) result.push_back("v" + std::to_string(k));
  return result;
}

/// Two nodes, leaving the first with probability p: distance (1 - p)^t.
RationalMatrix two_nodes(const Rational& p) {
  RationalMatrix walk(2);
  walk.append(0, 0, 1 - p);
  walk.append(1, 0, p);
  walk.append(1, 1, 1);
  return walk;
}

MixingTime mix(const RationalMatrix& walk, const Rational& epsilon, MixingConvention convention = {},
               Limits limits = {}) {
  return mixing_times(walk, walk.size() - 1, names(walk.size()), {epsilon}, convention, limits).front();
}

// d(t) = 2^-t.
TEST(MixingTime, TwoNodesHalveTheirDistance) {
  const RationalMatrix walk = two_nodes(Rational(1, 2));
  EXPECT_EQ(mix(walk, Rational(1, 4)).time, 2);
  EXPECT_EQ(mix(walk, Rational(1, 5)).time, 3);
  EXPECT_EQ(mix(walk, Rational(1)).time, 0);
  EXPECT_EQ(mix(walk, Rational(3, 2)).time, 0);
  EXPECT_EQ(mix(walk, Rational(1, 4)).worst_start, 0);
  EXPECT_EQ(mix(walk, Rational(1, 4)).method, "exact");
}

// L1 asks 2 * 2^-t < 1/4, that is t = 4; at t = 3 it is equal, and equality is not enough.
TEST(MixingTime, L1IsTwiceTheDistanceAndStrict) {
  const RationalMatrix walk = two_nodes(Rational(1, 2));
  EXPECT_EQ(mix(walk, Rational(1, 4), {Distance::l1, Start::worst}).time, 4);
  EXPECT_EQ(mix(walk, Rational(2), {Distance::l1, Start::worst}).time, 1);
  EXPECT_EQ(mix(walk, Rational(5, 2), {Distance::l1, Start::worst}).time, 0);
}

// The average over both starts is 2^-t / 2, the sink's own distance 0 included.
TEST(MixingTime, AverageStartIncludesTheSink) {
  const RationalMatrix walk = two_nodes(Rational(1, 2));
  EXPECT_EQ(mix(walk, Rational(1, 4), {Distance::total_variation, Start::average}).time, 1);
}

// Line of three with halves: P(not absorbed from the left) = (1 + t) 2^-t: 1, 1, 3/4, 1/2, 5/16, 6/32.
TEST(MixingTime, LineOfThree) {
  const RationalMatrix walk = walk_on(graph::line(3));
  EXPECT_EQ(mix(walk, Rational(1, 4)).time, 5);
  EXPECT_EQ(mix(walk, Rational(5, 16)).time, 4);
  const auto profile = distance_profile(walk, 2, 5, {});
  const std::vector<Rational> expected{
      1, 1, Rational(3, 4), Rational(1, 2), Rational(5, 16), Rational(3, 16)};
  for (std::size_t t = 0; t < expected.size(); ++t) EXPECT_EQ(profile[t].distance, expected[t]);
}

TEST(MixingTime, SingleNodeIsMixedAtOnce) {
  RationalMatrix walk(1);
  walk.append(0, 0, 1);
  EXPECT_EQ(mix(walk, Rational(1, 100)).time, 0);
  EXPECT_FALSE(forward_probability(walk, 0));
}

TEST(MixingTime, UndefinedWithoutCertainAbsorption) {
  RationalMatrix apart(2);
  apart.append(0, 0, 1);
  apart.append(1, 1, 1);
  EXPECT_FALSE(mix(apart, Rational(1, 4)).defined);
  EXPECT_NE(mix(apart, Rational(1, 4)).reason.find("v1"), std::string::npos);
  RationalMatrix left(2);
  left.append(0, 1, Rational(1, 2));
  left.append(1, 0, 1);
  left.append(1, 1, Rational(1, 2));
  EXPECT_FALSE(mix(left, Rational(1, 4)).defined);
  EXPECT_NE(mix(left, Rational(1, 4)).reason.find("left"), std::string::npos);
}

TEST(MixingTime, WorstStartNeedNotBeTheLeftmost) {
  // Node 0 jumps to the sink at once, node 1 leaves with probability 1/2.
  RationalMatrix walk(3);
  walk.append(1, 1, Rational(1, 2));
  walk.append(2, 0, 1);
  walk.append(2, 1, Rational(1, 2));
  walk.append(2, 2, 1);
  const MixingTime result = mix(walk, Rational(1, 4));
  EXPECT_EQ(result.time, 2);
  EXPECT_EQ(result.worst_start, 1);
}

// (1 - p)^t <= eps: with p = 10^-6 the first t is found without a million exact steps, by enclosures.
// Bracketing by hand: ln(1/100) / ln(1 - 10^-6) = 4605167.88..., so t = 4605168.
TEST(MixingTime, SlowChainsAreDecidedByEnclosures) {
  const MixingTime result = mix(two_nodes(Rational(1, 1000000)), Rational(1, 100));
  ASSERT_TRUE(result.decided) << result.reason;
  EXPECT_EQ(result.method, "enclosed");
  EXPECT_EQ(result.time, 4605168);
  EXPECT_EQ(result.worst_start, 0);
}

TEST(MixingTime, EnclosuresAgreeWithTheExactIteration) {
  RandomSystems random(12);
  Limits none;
  none.steps = 0;  // straight to the enclosures
  int enclosed = 0;
  for (int trial = 0; trial < 200; ++trial) {
    const int n = 2 + random.below(5);
    graph::Digraph graph = random.feedforward(n, true);
    for (int j = 0; j + 1 < n; ++j) graph.add_edge(j, j + 1);
    const RationalMatrix walk = walk_on(graph);
    const Rational epsilon(1 + random.below(300), 1009);  // no power of a small fraction: ties are impossible
    for (const Start start : {Start::worst, Start::average}) {
      const MixingTime exact = mix(walk, epsilon, {Distance::total_variation, start});
      const MixingTime fast = mix(walk, epsilon, {Distance::total_variation, start}, none);
      if (exact.time == 0) continue;
      ASSERT_TRUE(fast.decided);
      EXPECT_EQ(fast.method, "enclosed");
      ASSERT_EQ(fast.time, exact.time);
      if (fast.worst_start >= 0) {
        EXPECT_EQ(fast.worst_start, exact.worst_start);
      }
      ++enclosed;
    }
  }
  EXPECT_GT(enclosed, 300);
}

TEST(MixingTime, TiesBeyondTheLimitsStayUndecided) {
  Limits limits;
  limits.steps = 1;
  const MixingTime result = mix(two_nodes(Rational(1, 3)), Rational(1024, 59049), {}, limits);  // (2/3)^10
  EXPECT_TRUE(result.defined);
  EXPECT_FALSE(result.decided);
  EXPECT_EQ(result.beyond, 1);
  EXPECT_FALSE(result.reason.empty());
}

TEST(MixingProperty, EqualsTheNaiveOracleOnThousandsOfSystems) {
  RandomSystems random(2026);
  const std::vector<Rational> epsilons{Rational(1, 4), Rational(1, 10), Rational(1, 2), Rational(3, 8)};
  int defined = 0;
  for (int trial = 0; trial < 2000; ++trial) {
    const int n = 1 + random.below(5);
    const graph::Digraph graph =
        trial % 5 == 0 ? random.with_backward_edges(n) : random.feedforward(n, trial % 2 == 0);
    // Column-stochastic: the transpose of a row-stochastic matrix on the reversed edges.
    graph::Digraph reversed(n);
    for (int a = 0; a < n; ++a) {
      for (int b : graph.successors(a)) reversed.add_edge(b, a);
    }
    const RationalMatrix walk =
        exact::transpose(trial % 3 == 0 ? random.stochastic(reversed) : random.uniform(reversed));
    MixingConvention convention;
    if (random.chance(3)) convention.distance = Distance::l1;
    if (random.chance(3)) convention.start = Start::average;
    Limits limits;
    limits.steps = 60;
    const auto naive = mixing_times_naive(walk, n - 1, names(n), epsilons, convention, limits);
    const auto fast = mixing_times(walk, n - 1, names(n), epsilons, convention);
    for (std::size_t k = 0; k < epsilons.size(); ++k) {
      ASSERT_EQ(fast[k].defined, naive[k].defined) << trial;
      if (!naive[k].defined) continue;
      ASSERT_TRUE(fast[k].decided);
      if (!naive[k].decided) {
        ASSERT_GT(fast[k].time, naive[k].beyond);
        continue;
      }
      ++defined;
      ASSERT_EQ(fast[k].time, naive[k].time) << trial;
      ASSERT_EQ(fast[k].worst_start, naive[k].worst_start) << trial;
    }
  }
  EXPECT_GT(defined, 1500);
}

TEST(ForwardProbability, IsTheLeastForwardMass) {
  EXPECT_EQ(forward_probability(walk_on(graph::line(4)), 3), Rational(1, 2));
  EXPECT_EQ(forward_probability(walk_on(graph::full(4)), 3), Rational(1, 2));
  graph::Digraph stuck(3, true);
  stuck.add_edge(0, 1);
  EXPECT_EQ(forward_probability(walk_on(stuck), 2), 0);
}

}  // namespace
}  // namespace crosshead::walk

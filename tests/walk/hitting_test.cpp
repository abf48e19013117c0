#include "crosshead/walk/hitting.hpp"

#include "graph_walk.hpp"
#include "random_systems.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/graph/families.hpp"
#include "crosshead/heads/head_system.hpp"

namespace crosshead::walk {
namespace {

using crosshead::testing::RandomSystems;
using crosshead::testing::walk_on;
using exact::Rational;
using exact::RationalMatrix;
using ::testing::ElementsAre;

RationalMatrix random_walk(RandomSystems& random, int n, bool cyclic) {
  const graph::Digraph graph =
      cyclic ? random.with_backward_edges(n) : random.feedforward(n, random.chance(2));
  graph::Digraph reversed(n);
  for (int a = 0; a < n; ++a) {
    for (int b : graph.successors(a)) reversed.add_edge(b, a);
  }
  return exact::transpose(random.stochastic(reversed));
}

// Each of the n-1 moves takes two steps on average.
TEST(HittingTimes, LineTakesTwoStepsPerMove) {
  const auto times = expected_hitting_times(walk_on(graph::line(4)), 3);
  EXPECT_THAT(times, ElementsAre(Rational(6), Rational(4), Rational(2), Rational(0)));
}

// P(T > t) = (1 + t) 2^-t for the left node of three: E min(T, 3) = 1 + 1 + 3/4.
TEST(HittingTimes, TruncationIsTheSumOfSurvivals) {
  const auto times = truncated_hitting_times(walk_on(graph::line(3)), 2, 3);
  EXPECT_THAT(times, ElementsAre(Rational(11, 4), Rational(7, 4), Rational(0)));
  EXPECT_THAT(truncated_hitting_times(walk_on(graph::line(3)), 2, 0), ElementsAre(0, 0, 0));
}

TEST(HittingTimes, AreInfiniteWhereTheSinkCanBeMissed) {
  graph::Digraph graph(4, true);  // 0 goes to 1 or 3; 1 keeps itself; 2 -> 3
  graph.add_edge(0, 1);
  graph.add_edge(0, 3);
  graph.add_edge(2, 3);
  const auto times = expected_hitting_times(walk_on(graph), 3);
  EXPECT_FALSE(times[0]);
  EXPECT_FALSE(times[1]);
  EXPECT_EQ(times[2], Rational(2));
  EXPECT_EQ(times[3], Rational(0));
}

TEST(HittingTimes, FirstVisitCountsEvenIfTheSinkIsLeftAgain) {
  RationalMatrix swap(2);
  swap.append(0, 1, 1);
  swap.append(1, 0, 1);
  EXPECT_EQ(expected_hitting_times(swap, 1)[0], Rational(1));
  EXPECT_EQ(truncated_hitting_times(swap, 1, 10)[0], Rational(1));
}

TEST(HittingTimes, EnclosuresContainTheExactTruncatedTimes) {
  RandomSystems random(21);
  for (int trial = 0; trial < 200; ++trial) {
    const int n = 1 + random.below(6);
    const RationalMatrix walk = random_walk(random, n, trial % 2 == 0);
    const auto exact = truncated_hitting_times(walk, n - 1, 12);
    const auto same = enclosed_truncated_hitting_times(walk, n - 1, 12);
    const auto enclosed = enclosed_truncated_hitting_times(walk, n - 1, 12, -1);
    for (std::size_t j = 0; j < exact.size(); ++j) {
      ASSERT_EQ(same[j].lower, exact[j]);
      ASSERT_TRUE(same[j].is_exact());
      ASSERT_LE(enclosed[j].lower, exact[j]);
      ASSERT_GE(enclosed[j].upper, exact[j]);
      ASSERT_LE(enclosed[j].upper - enclosed[j].lower, Rational(1, exact::Integer(1) << 200));
    }
  }
}

// The defining equations E_j = 1 + sum_i W_ij E_i determine the times; checked entry by entry.
TEST(HittingTimes, SolveTheFirstStepEquations) {
  RandomSystems random(4);
  int finite = 0;
  for (int trial = 0; trial < 600; ++trial) {
    const int n = 1 + random.below(6);
    const RationalMatrix walk = random_walk(random, n, trial % 3 == 0);
    const auto times = expected_hitting_times(walk, n - 1);
    EXPECT_EQ(times.back(), Rational(0));
    for (int j = 0; j + 1 < n; ++j) {
      if (!times[static_cast<std::size_t>(j)]) continue;
      Rational sum = 1;
      for (int i = 0; i < n; ++i) {
        if (walk.at(i, j) == 0) continue;
        ASSERT_TRUE(times[static_cast<std::size_t>(i)]);
        sum += walk.at(i, j) * *times[static_cast<std::size_t>(i)];
      }
      ASSERT_EQ(*times[static_cast<std::size_t>(j)], sum);
      ++finite;
    }
    // The truncated times increase to the expected ones and never exceed the cutoff.
    const auto cut = truncated_hitting_times(walk, n - 1, 30);
    for (int j = 0; j < n; ++j) {
      ASSERT_LE(cut[static_cast<std::size_t>(j)], 30);
      if (times[static_cast<std::size_t>(j)]) {
        ASSERT_LE(cut[static_cast<std::size_t>(j)], *times[static_cast<std::size_t>(j)]);
      }
    }
  }
  EXPECT_GT(finite, 500);
}

TEST(StationaryLaws, AreFixedByTheWalkAndOnePerClosedClass) {
  RandomSystems random(8);
  int several = 0;
  for (int trial = 0; trial < 500; ++trial) {
    const int n = 1 + random.below(6);
    const RationalMatrix walk = random_walk(random, n, trial % 2 == 0);
    const StationaryLaws laws = stationary_laws(walk);
    ASSERT_FALSE(laws.classes.empty());
    several += laws.classes.size() > 1 ? 1 : 0;
    for (std::size_t c = 0; c < laws.classes.size(); ++c) {
      Rational total = 0;
      for (int i = 0; i < n; ++i) {
        Rational image = 0;
        for (const auto& entry : walk.row(i))
          image += entry.value * laws.densities[c][static_cast<std::size_t>(entry.column)];
        ASSERT_EQ(image, laws.densities[c][static_cast<std::size_t>(i)]);
        total += image;
      }
      ASSERT_EQ(total, 1);
      for (int node : laws.classes[c]) ASSERT_GT(laws.densities[c][static_cast<std::size_t>(node)], 0);
    }
  }
  EXPECT_GT(several, 30);
}

}  // namespace
}  // namespace crosshead::walk

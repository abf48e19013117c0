// The minimum alone against the full search: values, first minimising nodes and attainment, and how often the
// fixed-width path answers.
#include "small_minimax.hpp"

#include "fixed_width.hpp"
#include "random_systems.hpp"
#include <gtest/gtest.h>

#include "crosshead/graph/families.hpp"
#include "crosshead/heads/head_system.hpp"

namespace crosshead::diffusion {
namespace {

using crosshead::testing::RandomSystems;
using exact::Integer;
using exact::Rational;
using exact::RationalMatrix;

struct PathCount {
  int small = 0, full = 0, unattained = 0, zero = 0;
};

void expect_same(const RationalMatrix& matrix, int sink, const FidelityConvention& convention, int trial,
                 PathCount& count, const Limits& limits = {}) {
  const Fidelity full = fidelity(matrix, sink, convention, limits);
  const Minimax least = minimax_fidelity(matrix, sink, convention, limits);
  const auto small = small_minimax(matrix, sink, convention, limits);
  ++(small ? count.small : count.full);
  ASSERT_EQ(least.defined, full.defined) << "trial " << trial;
  if (full.decided) {
    ASSERT_TRUE(least.decided) << "trial " << trial;
  }
  if (!least.decided) return;
  ASSERT_GE(least.value, full.lower) << "trial " << trial;
  if (full.upper) {
    ASSERT_LE(least.value, *full.upper) << "trial " << trial;
  }
  count.unattained += least.attained ? 0 : 1;
  count.zero += least.value == 0 ? 1 : 0;
  if (!full.decided) return;
  ASSERT_EQ(least.value, full.minimax) << "trial " << trial;
  ASSERT_EQ(least.node, full.minimax_nodes.front()) << "trial " << trial;
  ASSERT_EQ(least.attained, full.attained) << "trial " << trial;
}

FidelityConvention any_convention(RandomSystems& random) {
  FidelityConvention convention;
  convention.first_step = random.below(2);
  convention.sink_counts = !random.chance(3);
  return convention;
}

/// A feedforward graph whose last node is the unique sink, self-loops everywhere: every node is heard.
graph::Digraph heard_graph(RandomSystems& random, int nodes) {
  graph::Digraph graph = random.feedforward(nodes, true);
  for (int j = 0; j + 1 < nodes; ++j) {
    if (graph.successors(j).size() == 1) graph.add_edge(j, j + 1 + random.below(nodes - 1 - j));
  }
  return graph;
}

RationalMatrix even_mean(const RationalMatrix& a, const RationalMatrix& b) {
  return exact::weighted_sum({a, b}, {Rational(1, 2), Rational(1, 2)});
}

TEST(SmallMinimax, EqualsFidelityWhereEveryNodeIsHeard) {
  RandomSystems random(31);
  PathCount count;
  for (int trial = 0; trial < 4000; ++trial) {
    const int n = 1 + random.below(9);
    RationalMatrix matrix = random.uniform(heard_graph(random, n));
    if (random.chance(2)) matrix = even_mean(matrix, random.uniform(heard_graph(random, n)));
    expect_same(matrix, n - 1, any_convention(random), trial, count);
    if (HasFatalFailure()) return;
  }
  EXPECT_EQ(count.full, 0);
  EXPECT_GT(count.unattained, 400);
}

TEST(SmallMinimax, EqualsFidelityOnUnequalWeights) {
  RandomSystems random(32);
  PathCount count;
  for (int trial = 0; trial < 2000; ++trial) {
    const int n = 1 + random.below(12);
    expect_same(random.weighted(heard_graph(random, n), 0, random.chance(5) ? 400 : 1 + random.below(9)),
                n - 1, any_convention(random), trial, count);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(count.small, 4 * count.full);
  EXPECT_GT(count.full, 20);
}

TEST(SmallMinimax, EqualsFidelityInTheCorners) {
  RandomSystems random(33);
  PathCount count;
  for (int trial = 0; trial < 4000; ++trial) {
    const int n = 1 + random.below(7);
    const RationalMatrix matrix = random.stochastic(random.feedforward(n, random.chance(3)));
    expect_same(matrix, random.below(n), any_convention(random), trial, count);
    if (HasFatalFailure()) return;
  }
  EXPECT_EQ(count.full, 0);
  EXPECT_GT(count.zero, 1000);
}

TEST(SmallMinimax, LeavesOtherMatricesToFidelity) {
  RandomSystems random(34);
  PathCount cyclic, defective;
  for (int trial = 0; trial < 500; ++trial) {
    const int n = 2 + random.below(4);
    Limits limits;
    limits.steps = 200;
    const FidelityConvention convention = any_convention(random);
    expect_same(random.stochastic(random.with_backward_edges(n)), n - 1, convention, trial, cyclic, limits);
    expect_same(random.weighted(heard_graph(random, n), 20), n - 1, convention, trial, defective, limits);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(cyclic.full, 150);
  EXPECT_GT(defective.full, 450);
}

TEST(SmallMinimax, LeavesLargeMatricesToFidelity) {
  PathCount count;
  for (int n : {15, 16, 17, 18}) {
    const RationalMatrix matrix =
        *heads::diffusion_matrix(graph::full(n),
                                 std::vector<std::string>(static_cast<std::size_t>(n), "node"))
             .matrix;
    expect_same(matrix, n - 1, {}, n, count);
    if (HasFatalFailure()) return;
  }
  EXPECT_EQ(count.small, 2);
  EXPECT_EQ(count.full, 2);
}

TEST(SmallMinimax, KeepsTheFirstOfTiedNodes) {
  PathCount count;
  for (int n = 2; n <= 8; ++n) {
    const RationalMatrix matrix =
        *heads::diffusion_matrix(graph::star(n),
                                 std::vector<std::string>(static_cast<std::size_t>(n), "node"))
             .matrix;
    expect_same(matrix, n - 1, {}, n, count);
    expect_same(matrix, n - 1, {0, true}, n, count);
    expect_same(matrix, n - 1, {1, false}, n, count);
    if (HasFatalFailure()) return;
  }
  EXPECT_EQ(count.full, 0);
}

/// 1 - p stays at every node, p moves on: about 1/p steps to the maximum.
RationalMatrix slow_chain(int nodes, const Rational& p) {
  RationalMatrix matrix(nodes);
  matrix.append(0, 0, 1);
  for (int i = 1; i < nodes; ++i) {
    matrix.append(i, i - 1, p);
    matrix.append(i, i, 1 - p);
  }
  return matrix;
}

TEST(SmallMinimax, WidensAndThenGivesUpOnSlowChains) {
  PathCount count;
  for (int denominator = 2; denominator < 150; ++denominator) {
    expect_same(slow_chain(3 + denominator % 3, Rational(1, denominator)), 2 + denominator % 3, {},
                denominator, count);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(count.small, 20);
  EXPECT_GT(count.full, 20);
}

TEST(SmallMinimax, GivesUpOnWideEntries) {
  const Integer prime("18446744073709551557");  // the largest below 2^64
  PathCount small, full;
  expect_same(slow_chain(2, Rational(1, prime)), 1, {}, 0, small);
  expect_same(slow_chain(2, Rational(prime - 1, prime)), 1, {}, 1, small);
  expect_same(slow_chain(2, Rational(1, prime * 2)), 1, {}, 2, full);
  RationalMatrix two = slow_chain(3, Rational(1, prime));
  two = even_mean(two, slow_chain(3, Rational(1, 3)));
  expect_same(two, 2, {}, 3, full);
  EXPECT_EQ(small.full, 0);
  EXPECT_EQ(full.small, 0);
}

TEST(SmallMinimax, KeepsTheLimitOfSteps) {
  RandomSystems random(35);
  PathCount count;
  for (int trial = 0; trial < 1000; ++trial) {
    const int n = 2 + random.below(6);
    Limits limits;
    limits.steps = random.below(6);
    expect_same(random.stochastic(heard_graph(random, n)), n - 1, any_convention(random), trial, count,
                limits);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(count.small, 200);
  EXPECT_GT(count.full, 200);
}

TEST(SmallMinimax, IsUndefinedWithoutANodeThatCounts) {
  RationalMatrix single(1);
  single.append(0, 0, 1);
  const Minimax least = minimax_fidelity(single, 0, {1, false});
  EXPECT_FALSE(least.defined);
  EXPECT_FALSE(least.decided);
}

template <int Limbs>
void expect_integer_arithmetic(RandomSystems& random) {
  FixedWidth<Limbs> a(1), b(0);
  Integer x = 1, y = 0;
  // Every operation below adds at most 16 bits.
  for (int k = 0; 16 * k + 32 < 64 * Limbs; ++k) {
    const auto factor = static_cast<std::uint64_t>(random.below(1 << 15));
    b.add_product(a, factor);
    y += x * factor;
    a.multiply(factor | 1);
    x *= factor | 1;
    const bool taken = random.chance(2);
    b.add_masked(a, taken ? ~std::uint64_t{0} : 0);
    if (taken) y += x;
    ASSERT_EQ(a.to_integer(), x);
    ASSERT_EQ(b.to_integer(), y);
    ASSERT_EQ(a < b, x < y);
    ASSERT_EQ(FixedWidth<2 * Limbs>(b).to_integer(), y);
  }
}

TEST(FixedWidth, EqualsIntegerArithmetic) {
  RandomSystems random(36);
  for (int trial = 0; trial < 200; ++trial) {
    expect_integer_arithmetic<1>(random);
    expect_integer_arithmetic<2>(random);
    expect_integer_arithmetic<4>(random);
    expect_integer_arithmetic<16>(random);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace crosshead::diffusion

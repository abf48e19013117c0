// Values derived by hand from the definitions; the derivation stands beside each.
#include "crosshead/diffusion/fidelity.hpp"

#include "matrix_rows.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/graph/families.hpp"
#include "crosshead/heads/head_system.hpp"

namespace crosshead::diffusion {
namespace {

using crosshead::testing::matrix;
using exact::Rational;
using exact::RationalMatrix;
using ::testing::ElementsAre;

RationalMatrix of_graph(const graph::Digraph& graph) {
  const std::vector<std::string> names(static_cast<std::size_t>(graph.size()), "node");
  return heads::diffusion_matrix(graph, names).matrix.value();
}

const NodeFidelity& node(const Fidelity& fidelity, int j) {
  return fidelity.nodes[static_cast<std::size_t>(j)];
}

void expect_attained(const NodeFidelity& node, const Rational& value, std::int64_t time) {
  ASSERT_TRUE(node.decided) << node.note;
  EXPECT_EQ(node.supremum, value);
  EXPECT_TRUE(node.attained);
  EXPECT_EQ(node.time, time);
}

void expect_limit(const NodeFidelity& node, const Rational& value) {
  ASSERT_TRUE(node.decided) << node.note;
  EXPECT_EQ(node.supremum, value);
  EXPECT_FALSE(node.attained);
  EXPECT_FALSE(node.time);
}

// Line on four nodes (head 1 of Example 3.13): s_tau = 2^-t, s_w = t 2^-t, s_v = C(t,2) 2^-t, s_u tends to 1.
TEST(Fidelity, LineOnFourNodes) {
  const Fidelity f = fidelity(of_graph(graph::line(4)), 3, {});
  expect_limit(node(f, 0), 1);
  expect_attained(node(f, 1), Rational(3, 8), 3);
  expect_attained(node(f, 2), Rational(1, 2), 1);
  expect_attained(node(f, 3), Rational(1, 2), 1);
  ASSERT_TRUE(f.decided);
  EXPECT_EQ(f.minimax, Rational(3, 8));
  EXPECT_THAT(f.minimax_nodes, ElementsAre(1));
}

// The mean of Example 3.13: s_u = s_v = (1 - (1 + t) 2^-t) / 2, below 1/2 for every t; s_w = t 2^-t.
TEST(Fidelity, MeanOfExample313ApproachesOneHalfFromBelow) {
  const Rational a(1, 4), b(3, 4), h(1, 2);
  const Fidelity f = fidelity(matrix({{b, a, 0, 0}, {a, b, 0, 0}, {a, a, h, 0}, {0, 0, h, h}}), 3, {});
  expect_limit(node(f, 0), h);
  expect_limit(node(f, 1), h);
  EXPECT_EQ(node(f, 0).argument, TailArgument::recurrence);
  expect_attained(node(f, 2), h, 1);
  expect_attained(node(f, 3), h, 1);
  EXPECT_EQ(f.minimax, h);
  EXPECT_THAT(f.minimax_nodes, ElementsAre(0, 1, 2, 3));
  EXPECT_FALSE(f.attained);
}

// Head 2 of Example 3.13, v -> u: acyclic in another order. s_w = t 2^-t; chain tau <- w <- u <- v.
TEST(Fidelity, HeadTwoOfExample313IsAcyclicInAnotherOrder) {
  const Rational h(1, 2);
  const Fidelity f = fidelity(matrix({{h, h, 0, 0}, {0, 1, 0, 0}, {h, 0, h, 0}, {0, 0, h, h}}), 3, {});
  expect_attained(node(f, 0), Rational(3, 8), 3);
  expect_limit(node(f, 1), 1);
  EXPECT_EQ(f.minimax, Rational(3, 8));
}

// Fully connected: every node's best is 1/n at t = 1 except the source, which absorbs everything.
TEST(Fidelity, FullyConnectedIsOneOverN) {
  for (int n = 2; n <= 7; ++n) {
    const Fidelity f = fidelity(of_graph(graph::full(n)), n - 1, {});
    ASSERT_TRUE(f.decided);
    EXPECT_EQ(f.minimax, Rational(1, n));
    expect_attained(node(f, n - 1), Rational(1, n), 1);
    expect_limit(node(f, 0), 1);
  }
}

TEST(Fidelity, FirstStepZeroCountsTheStart) {
  FidelityConvention from_zero;
  from_zero.first_step = 0;
  expect_attained(node(fidelity(of_graph(graph::line(3)), 2, from_zero), 2), 1, 0);
  expect_attained(node(fidelity(of_graph(graph::line(3)), 2, {}), 2), Rational(1, 2), 1);
}

// Star on three nodes: s_tau(t) = 3^-t, the others 1/2 in the limit. Only the sink decides the minimum.
TEST(Fidelity, TheSinkMayBeTheOnlyMinimiser) {
  const RationalMatrix star = of_graph(graph::star(3));
  FidelityConvention without;
  without.sink_counts = false;
  EXPECT_EQ(fidelity(star, 2, {}).minimax, Rational(1, 3));
  const Fidelity f = fidelity(star, 2, without);
  EXPECT_EQ(f.minimax, Rational(1, 2));
  EXPECT_FALSE(f.attained);
  EXPECT_THAT(f.minimax_nodes, ElementsAre(0, 1));
}

// Without self-loops 0 -> 1 -> 2, source kept by its loop: all mass has arrived at t = 2 and stays.
TEST(Fidelity, AbsorbingNodeCanAttainItsLimit) {
  const Fidelity f = fidelity(matrix({{1, 0, 0}, {1, 0, 0}, {0, 1, 0}}), 2, {});
  expect_attained(node(f, 0), 1, 2);
  expect_attained(node(f, 1), 1, 1);
  expect_attained(node(f, 2), 0, 1);  // the sink is never heard again after t = 0
}

TEST(Fidelity, UnheardNodesHaveFidelityZero) {
  const Fidelity f = fidelity(matrix({{1, 0}, {0, 1}}), 1, {});
  expect_attained(node(f, 0), 0, 1);
  EXPECT_EQ(node(f, 0).argument, TailArgument::unreachable);
  expect_attained(node(f, 1), 1, 1);
}

TEST(Fidelity, SingleNode) {
  const Fidelity f = fidelity(matrix({{1}}), 0, {});
  expect_attained(node(f, 0), 1, 1);
  FidelityConvention without;
  without.sink_counts = false;
  EXPECT_FALSE(fidelity(matrix({{1}}), 0, without).defined);
}

// A pure two-cycle: each node holds all mass at its parity; no limit exists, but 1 is all there is.
TEST(Fidelity, PeriodicClassThatShowsAllMassIsDecided) {
  const Fidelity f = fidelity(matrix({{0, 1}, {1, 0}}), 1, {});
  expect_attained(node(f, 0), 1, 1);
  expect_attained(node(f, 1), 1, 2);
}

// Node 2 passes 2^-t to node 0 at t = 1, 2, ..., and 0 and 1 swap: at odd t node 0 holds 1/2 + 1/8 + ... +
// 2^-t, which approaches 2/3; at even t it holds 1/4 + 1/16 + ..., which approaches 1/3. Node 1 is one step
// behind.
TEST(Fidelity, PeriodicClassHasALimitAlongEachResidue) {
  const Rational h(1, 2);
  const Fidelity f = fidelity(matrix({{0, 1, 0}, {1, 0, 0}, {h, 0, h}}), 2, {});
  expect_limit(node(f, 0), Rational(2, 3));
  expect_limit(node(f, 1), Rational(2, 3));
  EXPECT_EQ(node(f, 0).argument, TailArgument::recurrence);
  expect_attained(node(f, 2), h, 1);
}

// Three-cycle fed at t = 1 alone: the signal returns every three steps.
TEST(Fidelity, PeriodThree) {
  const Rational h(1, 2);
  const Fidelity f = fidelity(matrix({{0, 0, 1, 0}, {1, 0, 0, 0}, {0, 1, 0, 0}, {h, h, 0, 0}}), 3, {});
  for (int j = 0; j < 3; ++j) EXPECT_EQ(node(f, j).supremum, h);
  expect_attained(node(f, 0), h, 1);
  expect_attained(node(f, 1), h, 1);
  expect_attained(node(f, 2), h, 2);
}

// The rates are the roots of z^2 - z/2 - 1/18: irrational, so that no first-order factors prove the approach
// from below. The stationary law is (4, 6, 6) / 16.
TEST(Fidelity, IrrationalRatesAreLeftUndecidedWithAnEnclosure) {
  const Rational h(1, 2), t(1, 3);
  const Fidelity f = fidelity(matrix({{h, h, 0}, {t, t, t}, {0, t, 2 * t}}), 2, {});
  EXPECT_FALSE(node(f, 0).decided);
  EXPECT_LE(node(f, 0).lower, Rational(1, 4));
  EXPECT_GT(node(f, 0).lower, Rational(249, 1000));
  ASSERT_TRUE(node(f, 0).upper);
  EXPECT_GE(*node(f, 0).upper, Rational(1, 4));
  EXPECT_LT(*node(f, 0).upper, Rational(251, 1000));
  EXPECT_FALSE(node(f, 0).note.empty());
  expect_attained(node(f, 2), 2 * t, 1);
  EXPECT_FALSE(f.decided);
}

// Two nodes swapping with probability 1/3 each, started at the sink: s_1 falls to 1/2 from above, s_0 rises
// to it.
TEST(Fidelity, CyclicClassMayPeakBeforeItsLimit) {
  const Rational a(1, 3), b(2, 3), h(1, 2);
  const Fidelity f = fidelity(matrix({{b, a}, {a, b}}), 1, {});
  expect_attained(node(f, 1), b, 1);
  EXPECT_EQ(node(f, 1).argument, TailArgument::contraction);
  expect_limit(node(f, 0), h);
}

// Swapping with probability 3/4: the second eigenvalue is -1/2 and s_0 overshoots its limit at t = 1.
TEST(Fidelity, NegativeEigenvalueOvershoots) {
  const Rational a(3, 4), b(1, 4);
  const Fidelity f = fidelity(matrix({{b, a}, {a, b}}), 1, {});
  expect_attained(node(f, 0), a, 1);
  expect_attained(node(f, 1), Rational(5, 8), 2);
}

TEST(Fidelity, RowSumsBelowOneLoseTheSignal) {
  // s_0(t) = 1/4 (1/2 + ... ) with D_00 = 1/2: t 2^-(t+1): 1/4 at t = 1 and again at t = 2.
  const Fidelity f = fidelity(matrix({{Rational(1, 2), 0}, {Rational(1, 4), Rational(1, 2)}}), 1, {});
  expect_attained(node(f, 0), Rational(1, 4), 1);
}

TEST(Fidelity, RowSumsAboveOneCanGrowWithoutBound) {
  // D_11 = 1 and D_10 > 0, D_00 = 1: node 0 gains 1/8 at every step.
  const Fidelity f = fidelity(matrix({{1, 0}, {Rational(1, 8), 1}}), 1, {});
  EXPECT_TRUE(node(f, 0).unbounded);
  expect_attained(node(f, 1), 1, 1);
  EXPECT_EQ(f.minimax, 1);
  // D_00 = 3/4 instead: the limit 1/2 is approached from below but no bound is claimed.
  const Fidelity g = fidelity(matrix({{Rational(3, 4), 0}, {Rational(1, 8), 1}}), 1, {});
  EXPECT_FALSE(node(g, 0).decided);
  EXPECT_FALSE(node(g, 0).upper);
  EXPECT_LT(node(g, 0).lower, Rational(1, 2));
  EXPECT_FALSE(g.decided);
}

// Node 0 and 1 share a closed class, s = 1/2, 1/4, 1/4, ... and 0, 1/4, 1/4, ...; the sink's other half goes
// to a separate class whose rows sum to 3/2 and 1/2 and which no stationary law describes.
TEST(Fidelity, ASeparateDefectiveClassDoesNotDisturb) {
  const Rational q(1, 4), h(1, 2);
  const Fidelity f = fidelity(
      matrix(
          {{h, h, 0, 0, 0}, {h, h, 0, 0, 0}, {0, 0, Rational(5, 4), q, 0}, {0, 0, q, q, 0}, {h, 0, h, 0, 0}}),
      4, {});
  expect_attained(node(f, 0), h, 1);
  expect_attained(node(f, 1), q, 2);
}

TEST(Fidelity, LimitsLeaveAnHonestEnclosure) {
  // Line of 12 nodes, stopped after 3 steps: node 0 is decided by its solve, the middle is not.
  Limits limits;
  limits.steps = 3;
  const Fidelity f = fidelity(of_graph(graph::line(12)), 11, {}, limits);
  expect_limit(node(f, 0), 1);
  EXPECT_FALSE(node(f, 4).decided);
  EXPECT_EQ(node(f, 4).lower, 0);
  ASSERT_TRUE(node(f, 4).upper);
  EXPECT_LE(*node(f, 4).upper, 1);
  EXPECT_FALSE(f.decided);
  EXPECT_EQ(f.lower, 0);
}

TEST(Amplification, IsStrictAndThreeValued) {
  const auto decided = [](const Rational& value) {
    Fidelity f;
    f.decided = true;
    f.minimax = f.lower = value;
    f.upper = value;
    return f;
  };
  Fidelity open = decided(0);
  open.decided = false;
  open.upper = Rational(1, 2);
  EXPECT_EQ(amplifies(decided(Rational(1, 2)), {decided(Rational(1, 3)), decided(0)}), Truth::yes);
  EXPECT_EQ(amplifies(decided(Rational(1, 3)), {decided(Rational(1, 3))}), Truth::no);
  EXPECT_EQ(amplifies(decided(Rational(2, 3)), {open}), Truth::yes);
  EXPECT_EQ(amplifies(decided(Rational(1, 4)), {open}), Truth::undecided);
  EXPECT_EQ(attenuates(decided(Rational(1, 4)), {decided(Rational(1, 3)), decided(1)}), Truth::yes);
  EXPECT_EQ(attenuates(decided(Rational(1, 3)), {decided(Rational(1, 3)), decided(1)}), Truth::no);
  EXPECT_EQ(attenuates(open, {decided(Rational(3, 4))}), Truth::yes);
  Fidelity missing;
  missing.defined = false;
  EXPECT_EQ(amplifies(decided(1), {missing}), Truth::undefined);
  EXPECT_THAT(best_heads({decided(0), decided(Rational(1, 2)), decided(Rational(1, 2))}), ElementsAre(1, 2));
  EXPECT_THAT(best_heads({decided(0), open}), ElementsAre());
}

}  // namespace
}  // namespace crosshead::diffusion

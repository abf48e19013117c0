// The fast search against the naive oracle, and every answer against the signal itself.
#include "random_systems.hpp"
#include <gtest/gtest.h>

#include "crosshead/diffusion/fidelity.hpp"

namespace crosshead::diffusion {
namespace {

using crosshead::testing::RandomSystems;
using exact::Rational;
using exact::RationalMatrix;

struct DecidedCount {
  int decided = 0, undecided = 0;
};

void expect_same(const Fidelity& fast, const Fidelity& naive, int trial, DecidedCount& count) {
  for (std::size_t j = 0; j < fast.nodes.size(); ++j) {
    if (!naive.nodes[j].decided) {
      ++count.undecided;
      continue;
    }
    ++count.decided;
    ASSERT_TRUE(fast.nodes[j].decided) << "trial " << trial << " node " << j << ": " << fast.nodes[j].note;
    ASSERT_EQ(fast.nodes[j].supremum, naive.nodes[j].supremum) << "trial " << trial << " node " << j;
    ASSERT_EQ(fast.nodes[j].attained, naive.nodes[j].attained) << "trial " << trial << " node " << j;
    ASSERT_EQ(fast.nodes[j].time, naive.nodes[j].time) << "trial " << trial << " node " << j;
  }
  if (!naive.decided) return;
  ASSERT_EQ(fast.defined, naive.defined);
  if (!fast.defined) return;
  ASSERT_TRUE(fast.decided);
  ASSERT_EQ(fast.minimax, naive.minimax);
  ASSERT_EQ(fast.minimax_nodes, naive.minimax_nodes);
  ASSERT_EQ(fast.attained, naive.attained);
}

TEST(FidelityProperty, EqualsTheNaiveOracleOnThousandsOfSystems) {
  RandomSystems random(2026);
  DecidedCount count;
  for (int trial = 0; trial < 3000; ++trial) {
    const int n = 1 + random.below(trial % 10 == 0 ? 6 : 5);
    const int kind = random.below(4);
    const graph::Digraph graph = kind == 3 ? random.with_backward_edges(n) : random.feedforward(n, kind != 0);
    const RationalMatrix matrix = random.chance(4) ? random.stochastic(graph) : random.uniform(graph);
    FidelityConvention convention;
    convention.first_step = random.below(2);
    convention.sink_counts = !random.chance(3);
    const int sink = random.chance(8) ? random.below(n) : n - 1;
    const Fidelity naive = fidelity_naive(matrix, sink, convention, 40);
    expect_same(fidelity(matrix, sink, convention), naive, trial, count);
    if (HasFatalFailure()) return;
  }
  // The oracle must have had something to say: its plain argument decides most nodes within 40 steps.
  EXPECT_GT(count.decided, 9 * (count.decided + count.undecided) / 10);
}

/// Whatever was decided must agree with the signal at every t of a long prefix.
void expect_consistent(const RationalMatrix& matrix, int sink, const FidelityConvention& convention,
                       const Fidelity& result, int trial) {
  const auto s = signal(matrix, sink, 80);
  for (std::size_t j = 0; j < result.nodes.size(); ++j) {
    const NodeFidelity& node = result.nodes[j];
    Rational largest = 0;
    std::int64_t first = -1;
    for (std::size_t t = static_cast<std::size_t>(convention.first_step); t < s.size(); ++t) {
      if (first < 0 || s[t][j] > largest) {
        largest = s[t][j];
        first = static_cast<std::int64_t>(t);
      }
      if (node.upper) {
        ASSERT_LE(s[t][j], *node.upper) << "trial " << trial << " node " << j << " t " << t;
      }
    }
    if (!node.decided || node.unbounded) continue;
    ASSERT_LE(largest, node.supremum) << "trial " << trial << " node " << j;
    if (node.attained && *node.time <= 80) {
      ASSERT_EQ(s[static_cast<std::size_t>(*node.time)][j], node.supremum);
      ASSERT_EQ(first, *node.time) << "trial " << trial << " node " << j;
    }
    if (!node.attained) {
      ASSERT_LT(largest, node.supremum) << "trial " << trial << " node " << j;
    }
  }
}

TEST(FidelityProperty, DefectiveTriangularMatricesAreCovered) {
  RandomSystems random(7);
  int decided = 0, open = 0;
  for (int trial = 0; trial < 1500; ++trial) {
    const int n = 1 + random.below(6);
    const RationalMatrix matrix = random.weighted(random.feedforward(n, true), 1 + random.below(20));
    const Fidelity result = fidelity(matrix, n - 1, {});
    expect_consistent(matrix, n - 1, {}, result, trial);
    if (HasFatalFailure()) return;
    for (const NodeFidelity& node : result.nodes) ++(node.decided ? decided : open);
  }
  EXPECT_GT(decided, 20 * open);
}

TEST(FidelityProperty, CyclicMatricesAreEnclosed) {
  RandomSystems random(99);
  int decided = 0, open = 0;
  for (int trial = 0; trial < 400; ++trial) {
    const int n = 2 + random.below(4);
    const RationalMatrix matrix = random.stochastic(random.with_backward_edges(n));
    Limits limits;
    limits.steps = 200;
    const Fidelity result = fidelity(matrix, n - 1, {}, limits);
    expect_consistent(matrix, n - 1, {}, result, trial);
    if (HasFatalFailure()) return;
    for (const NodeFidelity& node : result.nodes) ++(node.decided ? decided : open);
  }
  EXPECT_GT(decided, 5 * open) << "decided " << decided << " open " << open;
}

TEST(FidelityProperty, RelabellingTheNodesChangesNothing) {
  RandomSystems random(5);
  for (int trial = 0; trial < 300; ++trial) {
    const int n = 2 + random.below(5);
    const RationalMatrix matrix = random.stochastic(random.feedforward(n, true));
    std::vector<int> label(static_cast<std::size_t>(n));
    for (int k = 0; k < n; ++k) label[static_cast<std::size_t>(k)] = n - 1 - k;
    exact::DenseMatrix relabelled = exact::DenseMatrix::Constant(n, n, Rational(0));
    for (int i = 0; i < n; ++i) {
      for (const auto& entry : matrix.row(i)) {
        relabelled(label[static_cast<std::size_t>(i)], label[static_cast<std::size_t>(entry.column)]) =
            entry.value;
      }
    }
    const Fidelity a = fidelity(matrix, n - 1, {});
    const Fidelity b = fidelity(exact::from_dense(relabelled), 0, {});
    ASSERT_EQ(a.minimax, b.minimax);
    for (int j = 0; j < n; ++j) {
      ASSERT_EQ(a.nodes[static_cast<std::size_t>(j)].supremum,
                b.nodes[static_cast<std::size_t>(label[static_cast<std::size_t>(j)])].supremum);
    }
  }
}

}  // namespace
}  // namespace crosshead::diffusion

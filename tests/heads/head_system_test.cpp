#include "crosshead/heads/head_system.hpp"

#include "random_systems.hpp"
#include <gtest/gtest.h>

namespace crosshead::heads {
namespace {

using crosshead::testing::RandomSystems;
using exact::Rational;
using exact::RationalMatrix;

HeadSystem example_3_8() {
  HeadSystem system;
  system.nodes = {"u", "v", "tau"};
  system.sink = 2;
  Head first, second;
  first.graph = graph::Digraph(3, true);
  first.graph->add_edge(0, 1);
  second.graph = graph::Digraph(3, true);
  second.graph->add_edge(1, 2);
  system.heads = {first, second};
  system.weights = {Rational(1, 3), Rational(2, 3)};
  return system;
}

// The two matrices printed in Example 3.8.
TEST(DiffusionMatrix, Example38AsPrinted) {
  const HeadSystem system = example_3_8();
  const RationalMatrix first = *diffusion_of(system, 0, Reading::as_stored).matrix;
  const RationalMatrix second = *diffusion_of(system, 1, Reading::as_stored).matrix;
  EXPECT_EQ(first.at(1, 0), Rational(1, 2));
  EXPECT_EQ(first.at(1, 1), Rational(1, 2));
  EXPECT_EQ(first.at(2, 2), 1);
  EXPECT_EQ(second.at(2, 1), Rational(1, 2));
  const RationalMatrix mean = *mean_diffusion(system, Reading::as_stored).matrix;
  EXPECT_EQ(mean.at(1, 0), Rational(1, 6));
  EXPECT_EQ(mean.at(2, 1), Rational(1, 3));
  EXPECT_EQ(mean.at(2, 2), Rational(2, 3));
}

TEST(Matrices, AreStochasticInTheirOwnDirection) {
  RandomSystems random(3);
  for (int trial = 0; trial < 300; ++trial) {
    const int n = 1 + random.below(7);
    const graph::Digraph graph = trial % 2 == 0 ? random.feedforward(n, true) : random.with_backward_edges(n);
    const std::vector<std::string> names(static_cast<std::size_t>(n), "v");
    const MatrixOrReason walk = walk_matrix(graph, names), diffusion = diffusion_matrix(graph, names);
    for (int k = 0; k < n; ++k) {
      if (walk.matrix) {
        EXPECT_EQ(walk.matrix->column_sums()[static_cast<std::size_t>(k)], 1);
      }
      if (diffusion.matrix) {
        EXPECT_EQ(diffusion.matrix->row_sum(k), 1);
      }
    }
    if (walk.matrix) {
      EXPECT_EQ(support(*walk.matrix), graph);
    }
    if (diffusion.matrix) {
      EXPECT_EQ(support(*diffusion.matrix), graph);
    }
    bool out_zero = false, in_zero = false;
    for (int k = 0; k < n; ++k) {
      out_zero = out_zero || graph.successors(k).empty();
      in_zero = in_zero || graph.predecessors(k).empty();
    }
    EXPECT_EQ(walk.matrix.has_value(), !out_zero);
    EXPECT_EQ(diffusion.matrix.has_value(), !in_zero);
  }
}

TEST(Attention, IsReadAsStoredOrNormalised) {
  AttentionMatrix attention{2, {1.0, 0.0, 0.5, 0.25}};
  const RationalMatrix stored = *attention_matrix(attention, Reading::as_stored).matrix;
  EXPECT_EQ(stored.at(1, 0), Rational(1, 2));
  EXPECT_EQ(row_defect(stored).largest, Rational(1, 4));
  EXPECT_EQ(row_defect(stored).row, 1);
  const RationalMatrix normalised = *attention_matrix(attention, Reading::normalised).matrix;
  EXPECT_EQ(normalised.at(1, 0), Rational(2, 3));
  EXPECT_EQ(row_defect(normalised).largest, 0);
  AttentionMatrix zero_row{2, {1.0, 0.0, 0.0, 0.0}};
  EXPECT_TRUE(attention_matrix(zero_row, Reading::as_stored).matrix);
  EXPECT_NE(attention_matrix(zero_row, Reading::normalised).reason.find("row 2"), std::string::npos);
}

// Columns (1 + 1/2, 1/4) of the stored matrix become sums of 1.
TEST(Attention, WalksOnItsSuccessorNormalisedMean) {
  HeadSystem system;
  system.nodes = {"1", "2"};
  system.sink = 1;
  Head head;
  head.attention = AttentionMatrix{2, {1.0, 0.0, 0.5, 0.25}};
  system.heads = {head};
  system.weights = {Rational(1)};
  EXPECT_TRUE(walks_on_mean_diffusion(system));
  const RationalMatrix walk = *mean_walk(system, Reading::as_stored).matrix;
  EXPECT_EQ(walk.at(0, 0), Rational(2, 3));
  EXPECT_EQ(walk.at(1, 0), Rational(1, 3));
  EXPECT_EQ(walk.at(1, 1), 1);
}

// Column 1 of the stored matrix has cumulative sums 3/4, then 5/4: the second share is cut to 1/4. Column 2
// has sum 1/8 only: 7/8 jump to the sink.
TEST(Attention, PublishedWalkCutsOffAndJumpsToTheSink) {
  HeadSystem system;
  system.nodes = {"1", "2", "3"};
  system.sink = 2;
  Head head;
  head.attention = AttentionMatrix{3, {0.75, 0, 0, 0.5, 0.125, 0, 0.25, 0, 0.5}};
  system.heads = {head};
  system.weights = {Rational(1)};
  const RationalMatrix walk = *mean_walk(system, Reading::as_stored, AttentionWalk::published).matrix;
  EXPECT_EQ(walk.at(0, 0), Rational(3, 4));
  EXPECT_EQ(walk.at(1, 0), Rational(1, 4));
  EXPECT_EQ(walk.at(2, 0), 0);
  EXPECT_EQ(walk.at(1, 1), Rational(1, 8));
  EXPECT_EQ(walk.at(2, 1), Rational(7, 8));
  EXPECT_EQ(walk.at(2, 2), 1);
}

TEST(Attention, PublishedWalkIsColumnStochastic) {
  RandomSystems random(31);
  for (int trial = 0; trial < 300; ++trial) {
    const int n = 1 + random.below(6);
    const RationalMatrix diffusion = random.weighted(random.feedforward(n, random.chance(2)), 30);
    const RationalMatrix walk = published_walk(diffusion, n - 1);
    for (const Rational& sum : walk.column_sums()) ASSERT_EQ(sum, 1);
    for (int i = 0; i < n; ++i) {
      for (const auto& entry : walk.row(i)) ASSERT_GT(entry.value, 0);
    }
  }
}

TEST(Mean, LeavesOutHeadsOfWeightZero) {
  HeadSystem system = example_3_8();
  system.heads[1].graph = graph::Digraph(3, false);  // no diffusion matrix at all
  system.weights = {Rational(1), Rational(0)};
  EXPECT_TRUE(mean_diffusion(system, Reading::as_stored).matrix);
  EXPECT_EQ(union_graph(system).edge_count(), 4);
  system.weights = {Rational(1, 2), Rational(1, 2)};
  const MatrixOrReason none = mean_diffusion(system, Reading::as_stored);
  EXPECT_FALSE(none.matrix);
  EXPECT_EQ(none.reason, "head 2: the diffusion matrix is undefined: node u has in-degree 0");
}

}  // namespace
}  // namespace crosshead::heads

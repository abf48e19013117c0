#include "crosshead/claim/analysis.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/graph/families.hpp"

namespace crosshead::claim {
namespace {

using diffusion::Truth;
using exact::Rational;
using ::testing::ElementsAre;

heads::HeadSystem system_of(const std::vector<graph::Digraph>& graphs) {
  heads::HeadSystem system;
  for (int k = 1; k <= graphs.front().size(); ++k) system.nodes.push_back(std::to_string(k));
  system.sink = graphs.front().size() - 1;
  for (const auto& graph : graphs) {
    heads::Head head;
    head.graph = graph;
    system.heads.push_back(std::move(head));
    system.weights.emplace_back(1, static_cast<int>(graphs.size()));
  }
  return system;
}

AnalysisOptions options_for(std::vector<Rational> epsilons) {
  AnalysisOptions options;
  options.epsilons = std::move(epsilons);
  return options;
}

TEST(Analysis, IdenticalHeadsTieEverywhere) {
  const Analysis a =
      analyze(system_of({graph::line(4), graph::line(4)}), options_for({Rational(1, 4), Rational(1, 10)}));
  EXPECT_EQ(a.amplifies, Truth::no);
  EXPECT_EQ(a.attenuates, Truth::no);
  EXPECT_THAT(a.best_heads, ElementsAre(0, 1));
  ASSERT_EQ(a.mixing_verdicts.size(), 2u);
  EXPECT_EQ(a.mixing_verdicts[1].faster, Truth::no);
  EXPECT_EQ(a.mixing_verdicts[1].slower, Truth::no);
  EXPECT_EQ(a.combined.fidelity.minimax, a.heads[0].fidelity.minimax);
  EXPECT_TRUE(a.decided());
  EXPECT_EQ(a.heads[1].name, "head 2");
}

// Example 3.13 as printed: 1/2 against 3/8 twice.
TEST(Analysis, Example313Amplifies) {
  graph::Digraph second(4, true);
  second.add_edge(1, 0);
  second.add_edge(0, 2);
  second.add_edge(2, 3);
  const Analysis a = analyze(system_of({graph::line(4), second}), options_for({Rational(1, 4)}));
  EXPECT_EQ(a.amplifies, Truth::yes);
  EXPECT_EQ(a.combined.fidelity.minimax, Rational(1, 2));
  EXPECT_EQ(a.heads[0].fidelity.minimax, Rational(3, 8));
  EXPECT_EQ(a.heads[1].fidelity.minimax, Rational(3, 8));
  EXPECT_FALSE(a.combined.checks.feedforward);
  EXPECT_EQ(a.combined.checks.feedforward_violation, "2 -> 1");
  EXPECT_FALSE(a.common_order);
  EXPECT_TRUE(a.heads[0].checks.feedforward);
  EXPECT_TRUE(a.combined.checks.unique_sink);
  EXPECT_THAT(a.best_heads, ElementsAre(0, 1));
}

TEST(Analysis, UndefinedIsNeitherTrueNorFalse) {
  graph::Digraph apart(3, true);
  apart.add_edge(0, 2);
  const Analysis a = analyze(system_of({graph::line(3), apart}), options_for({Rational(1, 4)}));
  EXPECT_FALSE(a.heads[1].mixing[0].defined);
  EXPECT_EQ(a.mixing_verdicts[0].faster, Truth::undefined);
  EXPECT_EQ(a.amplifies, Truth::no);
  EXPECT_TRUE(a.decided());
  graph::Digraph bare(3);  // no diffusion matrix: in-degree 0
  const Analysis b = analyze(system_of({graph::line(3), bare}), options_for({Rational(1, 4)}));
  EXPECT_EQ(b.amplifies, Truth::undefined);
  EXPECT_FALSE(b.combined.fidelity.defined);
  EXPECT_FALSE(b.combined.fidelity.reason.empty());
  EXPECT_TRUE(b.best_heads.empty());
}

TEST(Analysis, LimitsLeaveItUndecided) {
  AnalysisOptions options = options_for({Rational(1, 4)});
  options.fidelity_limits.steps = 1;
  const Analysis a = analyze(system_of({graph::line(12)}), options);
  EXPECT_FALSE(a.decided());
  EXPECT_TRUE(a.best_heads.empty());
}

}  // namespace
}  // namespace crosshead::claim

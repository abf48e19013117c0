// Formulas asked of one system after the other. Values by hand: line on two nodes has phi = 1 (node 1, not
// attained) and 1/2 (the sink), T_mix(1/4) = 2.
#include "crosshead/claim/system_formula.hpp"

#include <gtest/gtest.h>

#include "crosshead/graph/families.hpp"

namespace crosshead::claim {
namespace {

using diffusion::Truth;
using exact::Rational;

heads::HeadSystem single(const graph::Digraph& graph) {
  heads::HeadSystem system;
  for (int node = 1; node <= graph.size(); ++node) system.nodes.push_back(std::to_string(node));
  system.sink = graph.size() - 1;
  system.heads.push_back({"head 1", graph, std::nullopt, std::nullopt, std::nullopt});
  system.weights = {1};
  return system;
}

TEST(SystemFormula, GivesTruthAndDifference) {
  const SystemFormula formula("phi_min(mean) < phi(mean, 1)", {});
  EXPECT_TRUE(formula.has_sides());
  const auto answer = formula.ask(single(graph::line(2)));
  EXPECT_EQ(answer.truth, Truth::yes);
  EXPECT_EQ(answer.difference, Rational(1, 2));
}

TEST(SystemFormula, TiesAreDifferencesOfZero) {
  const SystemFormula formula("phi(mean, 1) > 1", {});
  const auto answer = formula.ask(single(graph::line(2)));
  EXPECT_EQ(answer.truth, Truth::no);
  EXPECT_EQ(answer.difference, Rational(0));
}

TEST(SystemFormula, OtherFormulasHaveNoSides) {
  const SystemFormula both("t_mix(mean, 1/4) = 2 and N = 1", {});
  EXPECT_FALSE(both.has_sides());
  EXPECT_EQ(both.ask(single(graph::line(2))).truth, Truth::yes);
  EXPECT_EQ(both.ask(single(graph::line(3))).truth, Truth::no);
  EXPECT_FALSE(both.ask(single(graph::line(2))).difference);
  EXPECT_FALSE(SystemFormula("N = 1", {}).has_sides());
  EXPECT_FALSE(SystemFormula("0 < N < 3", {}).has_sides());
}

TEST(SystemFormula, TheConventionCounts) {
  Convention convention;
  convention.fidelity.sink_counts = false;
  const heads::HeadSystem line = single(graph::line(2));
  EXPECT_EQ(SystemFormula("phi_min(mean) = 1", {}).ask(line).truth, Truth::no);
  EXPECT_EQ(SystemFormula("phi_min(mean) = 1", convention).ask(line).truth, Truth::yes);
}

TEST(SystemFormula, WithoutAValueThereIsAReason) {
  const auto answer = SystemFormula("1 / (N - 1) > 0", {}).ask(single(graph::line(2)));
  EXPECT_EQ(answer.truth, Truth::undefined);
  EXPECT_FALSE(answer.note.empty());
  EXPECT_FALSE(answer.difference);
  // e^(10^-90) exceeds 1 by less than 256 bits can tell.
  EXPECT_EQ(SystemFormula("exp(10^(-90)) > 1 + 10^(-90)", {}).ask(single(graph::line(2))).truth,
            Truth::undecided);
}

TEST(SystemFormula, RefusesWhatIsNoFormulaOfOneSystem) {
  EXPECT_THROW(SystemFormula("phi_min(mean) >", {}), FormulaError);
  EXPECT_THROW(SystemFormula("printed(\"x\") > 0", {}), FormulaError);
  EXPECT_THROW(SystemFormula("forall system in file(\"x\"): N = 1", {}), FormulaError);
}

}  // namespace
}  // namespace crosshead::claim

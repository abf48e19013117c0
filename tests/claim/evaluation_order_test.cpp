// Order of evaluation: what stops what, which instance is the witness, and what has no truth value.
#include "evaluation_case.hpp"

namespace crosshead::claim {
namespace {

using exact::Rational;
using testing::EvaluationCase;
using testing::graph_system;

Rational witness_number(const Evaluation& result, std::size_t k) {
  return result.witness.value().at(k).number.value();
}

TEST(Order, WhatHasNoValueStopsNothing) {
  const EvaluationCase plain;
  plain.expect_false("1/0 = 1 and 1 = 2");
  plain.expect_true("1/0 = 1 or 1 = 1");
  plain.expect_undefined("1/0 = 1 and 1 = 1");
  plain.expect_undefined("1/0 = 1 or 1 = 2");
  plain.expect_true("1 = 2 implies 1/0 = 1");
  plain.expect_true("1/0 = 1 implies 1 = 1");
  plain.expect_undefined("1/0 = 1 implies 1 = 2");
  plain.expect_undefined("not 1/0 = 1");
  plain.expect_undefined("1/0 = 1 iff 1/0 = 1");
  plain.expect_false("forall k in {0, 1, 2}: 1/k < 1");
  plain.expect_undefined("forall k in {0, 1, 2}: 1/k <= 1");
  plain.expect_true("exists k in {0, 1, 2}: 1/k = 1/2");
  plain.expect_undefined("exists k in {0, 1, 2}: 1/k = 3");
  plain.expect_false("0 < 1/0 < 1/0 and 2 < 1");
  plain.expect_false("2 < 1 < 1/0");
  plain.expect_false("1/0 < 2 < 1");
}

TEST(Order, DomainsWithoutAValue) {
  const EvaluationCase plain;
  plain.expect_undefined("forall k in 1..1/2: k = 1");
  plain.expect_undefined("exists k in 1..1/0: k = 1");
  plain.expect_undefined("(sum k in 1..1/2: k) = 1");
  plain.expect_undefined("forall system in unique_sink(0, 1): n = 1");
  plain.expect_undefined("exists system in unique_sink(2, 1/2): n = 1");
  plain.expect_undefined("exists system in lazy_line(2, 3/2): n = 2");
  plain.expect_undefined("exists system in line(2), weights in grid(0): n = 2");
  plain.expect_true("forall k in 2..1: 1/0 = 1");
  plain.expect_true("forall system in unique_sink(2, 2): n = 7");
  plain.expect_false("exists system in unique_sink(3..2, 1): n = 3");
  plain.expect_true("exists k in {1/0, 2}: k = 2");
  // Later binders may lack a domain at some elements only.
  plain.expect_true("exists k in {0, 1}, l in 1..1/k: l = 1");
  plain.expect_undefined("forall k in {0, 1}, l in 1..1/k: l = 1");
}

TEST(Order, ConditionsWithoutATruthValueDrop) {
  const EvaluationCase plain;
  plain.expect_true("forall k in {0, 1} where 1/k = 1: k = 1");
  plain.expect_true("(sum k in {0, 1, 2} where 1/k > 0: k) = 3");
  // Not so where bounds leave a condition open: what it would let through is not known.
  plain.expect_undecided("forall k in {1} where exp(k) = exp(k): k = 2");
  plain.expect_true("exists k in {1, 2} where k = 2 or exp(k) = exp(k): k = 2");
}

TEST(Order, TheFirstInstanceIsTheWitness) {
  const EvaluationCase plain;
  const Evaluation first = plain("exists a in {3, 1, 2}, b in 1..3 where b != a: a + b = 4");
  EXPECT_EQ(witness_number(first, 0), 3);
  EXPECT_EQ(witness_number(first, 1), 1);
  EXPECT_EQ(first.instances, 1);
  const Evaluation second = plain("forall a in 1..3, b in 1..3: a * b < 6");
  EXPECT_EQ(second.truth, diffusion::Truth::no);
  EXPECT_EQ(witness_number(second, 0), 2);
  EXPECT_EQ(witness_number(second, 1), 3);
  EXPECT_EQ(second.instances, 6);
  EXPECT_FALSE(plain("forall a in 1..3: a < 4").witness);
  EXPECT_FALSE(plain("exists a in 1..3: a > 4").witness);
  // The block ends at its colon, and a formula that only contains a quantifier has no block.
  EXPECT_EQ(plain("exists a in 1..3: exists b in 1..3: a + b = 5").witness->size(), 1U);
  EXPECT_FALSE(plain("not (forall a in 1..3: a < 3)").witness);
}

TEST(Order, TheSmallestSystemThatAmplifies) {
  const EvaluationCase plain;
  const Evaluation result =
      plain("exists system in unique_sink(2..4, 1..2): phi_min(mean) > max h in heads: phi_min(head h)");
  ASSERT_EQ(result.truth, diffusion::Truth::yes);
  EXPECT_TRUE(result.enumerated && result.certifiable);
  // Below it: 1 system of two nodes, 3 and 3 of three, 21 single heads of four, and pairs of few edges.
  EXPECT_EQ(result.visited_by_size.at({2, 1}), 1);
  EXPECT_EQ(result.visited_by_size.at({3, 1}), 3);
  EXPECT_EQ(result.visited_by_size.at({3, 2}), 3);
  EXPECT_EQ(result.visited_by_size.at({4, 1}), 21);
  EXPECT_FALSE(result.visited_by_size.contains({2, 2}));
  const UsedSystem& witness = result.systems.at(result.witness->at(0).system.value());
  EXPECT_EQ(witness.system.size(), 4);
  // It does amplify, by the library's own comparison.
  std::vector<diffusion::Fidelity> heads;
  for (int h = 0; h < 2; ++h) {
    heads.push_back(diffusion::fidelity(*heads::diffusion_of(witness.system, h, {}).matrix, 3, {}));
  }
  const auto mean = diffusion::fidelity(*heads::mean_diffusion(witness.system, {}).matrix, 3, {});
  EXPECT_EQ(diffusion::amplifies(mean, heads), diffusion::Truth::yes);
}

TEST(Order, WordsAndWeightsInOrder) {
  EvaluationCase two;
  two.given = graph_system(3, {{{0, 1}}, {{1, 2}}});
  EXPECT_EQ(two("exists w in words(3): letters(w, 2) = 2").witness->at(0).word, (std::vector<int>{1, 2, 2}));
  EXPECT_EQ(two("exists w in words(0): true").witness->at(0).word, std::vector<int>());
  const Evaluation grid = two("exists weights in grid(4): weight(1) * weight(2) > 0");
  EXPECT_EQ(grid.witness->at(0).weights, (std::vector<Rational>{Rational(1, 4), Rational(3, 4)}));
  EXPECT_EQ(two("forall weights in grid(4): true").instances, 5);
  EXPECT_EQ(two("forall weights in inner_grid(4): weight(1) > 0").instances, 3);
  EXPECT_EQ(two("forall w in words(3): true").instances, 8);
  // Weights hold inside their quantifier only.
  two.expect_true("(exists weights in grid(1): weight(1) = 1) and weight(1) = 1/2");
}

TEST(Order, TheCurrentSystemIsTheInnermost) {
  EvaluationCase given;
  given.given = graph_system(3, {{{0, 1}, {1, 2}}});
  given.expect_true("n = 3 and (exists system in line(5): n = 5 and tau = 5) and n = 3");
  given.expect_true("forall j in nodes: exists system in line(j): n = j");
  given.files["other"] = graph_system(2, {{{0, 1}}, {}});
  given.files["other"].weights = {Rational(1, 5), Rational(4, 5)};
  given.expect_true("exists system in file(\"other\"): n = 2 and weight(2) = 4/5");
  given.expect_true("exists system in file(\"other\"), weights in grid(2): weight(2) = 1/2");
}

}  // namespace
}  // namespace crosshead::claim

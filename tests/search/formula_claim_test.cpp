// Formulas as claims: the built-in claims said in the language give the same answers.
#include <gtest/gtest.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/search/shard_run.hpp"

namespace crosshead::search {
namespace {

Space pairs(int nodes) {
  Space space;
  space.nodes = nodes;
  space.weights = uniform_weights(2);
  return space;
}

Result answer(const SystemSpace& space, const std::string& claim) {
  const ExhaustiveSearch search(space, question_named(claim), 1);
  return run_in_threads(search, space.all(), 2, {}).result;
}

/// All but the filter's counters.
void expect_same(const Result& formula, const Result& built_in) {
  EXPECT_EQ(formula.counts.systems, built_in.counts.systems);
  EXPECT_EQ(formula.counts.witnesses, built_in.counts.witnesses);
  EXPECT_EQ(formula.counts.ties, built_in.counts.ties);
  EXPECT_EQ(formula.counts.undecided, 0);
  EXPECT_EQ(formula.counts.exact, formula.counts.systems);
  EXPECT_EQ(formula.first, built_in.first);
  EXPECT_EQ(formula.extreme, built_in.extreme);
}

TEST(FormulaClaim, SaysWhatTheBuiltInClaimsSay) {
  for (const int nodes : {3, 4}) {
    const SystemSpace space(pairs(nodes));
    expect_same(answer(space, "phi_min(mean) > max h in heads: phi_min(head h)"), answer(space, "amplifies"));
    expect_same(answer(space, "phi_min(mean) < min h in heads: phi_min(head h)"),
                answer(space, "attenuates"));
    expect_same(answer(space, "t_mix(mean, 1/4) < min h in heads: t_mix(head h, 1/4)"),
                answer(space, "mixes-faster"));
    expect_same(answer(space, "t_mix(mean, 1/4) > max h in heads: t_mix(head h, 1/4)"),
                answer(space, "mixes-slower"));
  }
}

// 210 pairs on four nodes, of which the ledger's S3-surpass counts 28.
TEST(FormulaClaim, WithoutSidesThereIsNoExtreme) {
  const SystemSpace space(pairs(4));
  const Result result = answer(space, "not (phi_min(mean) <= max h in heads: phi_min(head h))");
  EXPECT_EQ(result.counts.witnesses, 28);
  EXPECT_EQ(result.counts.ties, 0);
  EXPECT_TRUE(result.first);
  EXPECT_FALSE(result.extreme);
}

TEST(FormulaClaim, CountsWhatHasNoValue) {
  const SystemSpace space(pairs(3));
  EXPECT_EQ(answer(space, "1 / (weight(1) - weight(2)) > 0").counts.undefined, 3);
}

TEST(FormulaClaim, RefusesOtherTextsWithTheirPlace) {
  EXPECT_THROW(question_named("amplify"), exact::UsageError);
  try {
    question_named("phi_min(mean) > nothing");
    FAIL();
  } catch (const exact::UsageError& error) {
    EXPECT_NE(std::string(error.what()).find("line 1, column 17"), std::string::npos) << error.what();
  }
  EXPECT_THROW(question_named("forall system in file(\"x\"): N > 1"), exact::UsageError);
}

}  // namespace
}  // namespace crosshead::search

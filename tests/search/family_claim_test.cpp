// Claims about families as formulas about one system.
#include "crosshead/search/family_claim.hpp"

#include "spaces.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/claim/evaluation.hpp"
#include "crosshead/exact/error.hpp"
#include "crosshead/search/result.hpp"

namespace crosshead::search {
namespace {

using ::testing::HasSubstr;

FamilyClaim claim_of(const std::string& text, bool given = false) {
  claim::FormulaContext context;
  context.has_system = given;
  return family_claim(claim::parse_formula(text, context), given);
}

TEST(FamilyClaim, OfForallAsksForCounterexamples) {
  const FamilyClaim found = claim_of("forall system in unique_sink(2..4, 2): p(mean) >= 1/2");
  EXPECT_EQ(found.formula, "p(mean) < 1 / 2");
  EXPECT_TRUE(found.counterexamples);
  EXPECT_EQ(found.family, "unique_sink(2..4, 2)");
  const auto formula = [](const std::string& body) {
    return claim_of("forall system in chains(3, 2, 4): " + body).formula;
  };
  EXPECT_EQ(formula("p(mean) < 1"), "p(mean) >= 1");
  EXPECT_EQ(formula("p(mean) > 1"), "p(mean) <= 1");
  EXPECT_EQ(formula("p(mean) <= 1"), "p(mean) > 1");
  EXPECT_EQ(formula("p(mean) = 1"), "p(mean) != 1");
  EXPECT_EQ(formula("p(mean) != 1"), "p(mean) = 1");
  EXPECT_EQ(formula("not has_walk(mean)"), "has_walk(mean)");
  EXPECT_EQ(formula("has_walk(mean)"), "not (has_walk(mean))");
  EXPECT_EQ(formula("0 < p(mean) < 1"), "not (0 < p(mean) < 1)");
}

TEST(FamilyClaim, OfExistsAsksForWitnesses) {
  const FamilyClaim found = claim_of("exists system in star(3): p(mean) >= 1/2");
  EXPECT_EQ(found.formula, "p(mean) >= 1 / 2");
  EXPECT_FALSE(found.counterexamples);
  EXPECT_EQ(found.family, "star(3)");
}

TEST(FamilyClaim, KeepsConditionsAndFurtherNames) {
  EXPECT_EQ(claim_of("forall system in feedforward(3, 1) where p(mean) > 0: 1 / p(mean) >= 1").formula,
            "(p(mean) > 0) and (1 / p(mean) < 1)");
  EXPECT_EQ(claim_of("forall system in line(3), t in 0..5 where t > 1, j in others: signal(mean, j, t) < 1")
                .formula,
            "exists t in 0..5 where t > 1, j in others: signal(mean, j, t) >= 1");
  EXPECT_EQ(claim_of("exists system in line(3), weights in grid(2): p(mean) = 1").formula,
            "exists weights in grid(2): p(mean) = 1");
}

// What the formula finds is what the claim has: a claim holds of a family exactly if it has no
// counterexample, and exists-claims if there are witnesses.
TEST(FamilyClaim, AgreesWithTheClaimLanguage) {
  const SystemSpace space(space_of(Family::unique_sink, 4, 2));
  const auto holds = [](const std::string& text) {
    const claim::Evaluation evaluation = claim::evaluate(claim::parse_formula(text, {}), {}, {});
    return evaluation.truth == diffusion::Truth::yes;
  };
  const auto count = [&](const std::string& text) {
    Question question;
    question.formula = claim_of(text).formula;
    return search_each(space, *formula_claim(question), space.all()).counts.witnesses;
  };
  for (const std::string body :
       {" in unique_sink(4, 2): t_mix(mean, 1/4) >= min h in heads: t_mix(head h, 1/4)",
        " in unique_sink(4, 2): p(mean) >= min h in heads: p(head h)",
        " in unique_sink(4, 2) where p(mean) > 1/2: p(head 1) > 1/2 or p(head 2) > 1/2",
        " in unique_sink(4, 2), j in others: phi(mean, j) <= max h in heads: phi(head h, j)"}) {
    SCOPED_TRACE(body);
    EXPECT_EQ(holds("forall system" + body), count("forall system" + body) == 0);
    EXPECT_EQ(holds("exists system" + body), count("exists system" + body) > 0);
  }
}

TEST(FamilyClaim, OfAGivenSystemIsItself) {
  const FamilyClaim found = claim_of("p(mean) > 1/2", true);
  EXPECT_EQ(found.formula, "p(mean) > 1/2");
  EXPECT_EQ(found.family, "");
}

TEST(FamilyClaim, RefusesOtherShapes) {
  const auto complaint = [](const std::string& text) -> std::string {
    try {
      claim_of(text);
    } catch (const exact::UsageError& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_THAT(complaint("forall x in 1..3: x < 4"), HasSubstr("'forall system in FAMILY(...): ...'"));
  EXPECT_THAT(complaint("1 < 2"), HasSubstr("found '1 < 2'"));
  EXPECT_THAT(complaint("(forall system in line(3): true) and (exists system in star(3): true)"),
              HasSubstr("a search needs"));
}

TEST(BuiltInOf, RecognisesTheBuiltInClaims) {
  const auto name = [](const std::string& formula) -> std::string {
    const auto question = built_in_of(formula);
    return question ? name_of(*question) + " " + exact::to_string(question->epsilon) : "none";
  };
  EXPECT_EQ(name("phi_min(mean) > max h in heads: phi_min(head h)"), "amplifies 1/4");
  EXPECT_EQ(name("phi_min(mean) < (min h in heads: phi_min(head h))"), "attenuates 1/4");
  EXPECT_EQ(name("t_mix(mean, 1/100) < min h in heads: t_mix(head h, 1/100)"), "mixes-faster 1/100");
  EXPECT_EQ(name("t_mix(mean, 0.5) > max h in heads: t_mix(head h, 1/2)"), "none");
  EXPECT_EQ(name("t_mix(mean, 2) > max h in heads: t_mix(head h, 2)"), "mixes-slower 2");
  EXPECT_EQ(name("phi_min(mean) >= max h in heads: phi_min(head h)"), "none");
  EXPECT_EQ(name("phi_min(mean) > min h in heads: phi_min(head h)"), "none");
  EXPECT_EQ(name("t_mix(mean, 1/4) < min h in heads: t_mix(head h, 1/2)"), "none");
  EXPECT_EQ(name("t_mix(mean, 1 - 3/4) < min h in heads: t_mix(head h, 1 - 3/4)"), "none");
  EXPECT_EQ(name("feedforward(mean)"), "none");
}

}  // namespace
}  // namespace crosshead::search

#include "crosshead/claim/verdict.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace crosshead::claim {
namespace {

using diffusion::Truth;

/// One letter for each reading: S stated, H hypothesis, F fact; then + true, - false, ? undecided, !
/// undefined.
Verdict verdict_of_text(const std::string& text, ClaimKind kind = ClaimKind::claim) {
  std::vector<ReadingTruth> readings;
  for (std::size_t k = 0; k + 1 < text.size(); k += 2) {
    const Role role = text[k] == 'S' ? Role::stated : text[k] == 'H' ? Role::hypothesis : Role::fact;
    const char c = text[k + 1];
    readings.push_back({role, c == '+'   ? Truth::yes
                              : c == '-' ? Truth::no
                              : c == '?' ? Truth::undecided
                                         : Truth::undefined});
  }
  return verdict_of(readings, kind);
}

TEST(Verdict, OfStatedReadingsAlone) {
  EXPECT_EQ(verdict_of_text(""), Verdict::undecided);  // vacuous success is no success
  EXPECT_EQ(verdict_of_text("S+"), Verdict::verified);
  EXPECT_EQ(verdict_of_text("S+S+"), Verdict::verified);
  EXPECT_EQ(verdict_of_text("S-S-"), Verdict::refuted);
  EXPECT_EQ(verdict_of_text("S+S-"), Verdict::ambiguous);
  EXPECT_EQ(verdict_of_text("S+S?"), Verdict::undecided);
  EXPECT_EQ(verdict_of_text("S-S?"), Verdict::undecided);
  EXPECT_EQ(verdict_of_text("S+S-S?"), Verdict::undecided);
  EXPECT_EQ(verdict_of_text("S!"), Verdict::undecided);
}

TEST(Verdict, HypothesesCountWhereTheStatedReadingsFail) {
  EXPECT_EQ(verdict_of_text("S-H+"), Verdict::holds_if);
  EXPECT_EQ(verdict_of_text("S-S-H+H+"), Verdict::holds_if);
  EXPECT_EQ(verdict_of_text("S-H+H-"), Verdict::refuted);
  EXPECT_EQ(verdict_of_text("S-H?"), Verdict::undecided);
  EXPECT_EQ(verdict_of_text("S-H+H?"), Verdict::undecided);
  EXPECT_EQ(verdict_of_text("S-H-H?"), Verdict::refuted);  // one false hypothesis settles it
  EXPECT_EQ(verdict_of_text("S-H!"), Verdict::undecided);
  for (const char* hypothesis : {"H+", "H-", "H?"}) {
    EXPECT_EQ(verdict_of_text(std::string("S+") + hypothesis), Verdict::verified);
    EXPECT_EQ(verdict_of_text(std::string("S+S-") + hypothesis), Verdict::ambiguous);
    EXPECT_EQ(verdict_of_text(hypothesis), Verdict::undecided);  // nothing is stated
  }
}

TEST(Verdict, FactsNeverCount) {
  for (const char* fact : {"F+", "F-", "F?", "F!"}) {
    EXPECT_EQ(verdict_of_text(std::string("S+") + fact), Verdict::verified);
    EXPECT_EQ(verdict_of_text(std::string("S-") + fact), Verdict::refuted);
    EXPECT_EQ(verdict_of_text(std::string("S-H+") + fact), Verdict::holds_if);
    EXPECT_EQ(verdict_of_text(fact), Verdict::undecided);
  }
}

TEST(Verdict, OfADefinitionNeedsEveryTruthValue) {
  for (const char* readings : {"S+", "S-", "S+S-", "S-H+F-", "S+F+"})
    EXPECT_EQ(verdict_of_text(readings, ClaimKind::definition), Verdict::not_a_claim) << readings;
  for (const char* readings : {"", "F+", "H-", "S?", "S+F?", "S+H!"})
    EXPECT_EQ(verdict_of_text(readings, ClaimKind::definition), Verdict::undecided) << readings;
}

TEST(Verdict, OfAnOutcomeIsThatOfItsReadings) {
  Outcome outcome{"d", {{"a", Truth::no, "e"}}};
  EXPECT_EQ(verdict_of(outcome), Verdict::refuted);
  outcome.readings.push_back({"b", Truth::yes, "e", Role::hypothesis});
  EXPECT_EQ(verdict_of(outcome), Verdict::holds_if);
}

TEST(Verdict, NamesAreReadBack) {
  for (const Verdict verdict : {Verdict::proved, Verdict::verified, Verdict::refuted, Verdict::holds_if,
                                Verdict::ambiguous, Verdict::undecided, Verdict::not_a_claim})
    EXPECT_EQ(verdict_named(name_of(verdict)), verdict);
  for (const Role role : {Role::stated, Role::hypothesis, Role::fact})
    EXPECT_EQ(role_named(name_of(role)), role);
  for (const ClaimKind kind : {ClaimKind::claim, ClaimKind::definition})
    EXPECT_EQ(claim_kind_named(name_of(kind)), kind);
  EXPECT_EQ(name_of(Verdict::holds_if), "holds-if");
  EXPECT_EQ(name_of(Verdict::not_a_claim), "not-a-claim");
  EXPECT_THROW(verdict_named("true"), std::invalid_argument);
  EXPECT_THROW(role_named(""), std::invalid_argument);
  EXPECT_THROW(claim_kind_named("theorem"), std::invalid_argument);
}

}  // namespace
}  // namespace crosshead::claim

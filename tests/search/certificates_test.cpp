// Certificates of searches: what they state, and why there is none. That crosshead-check accepts them is
// tested with the program (tests/cli/search_certificate_test.py).
#include "crosshead/search/certificates.hpp"

#include "spaces.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::search {
namespace {

using exact::Rational;
using ::testing::HasSubstr;

Result whole(const SystemSpace& space, const Question& question) {
  const auto claim = question.built_in() ? naive_claim(space, question) : formula_claim(question);
  return search_each(space, *claim, space.all());
}

std::string formula_in(const certificate::TextOrReason& certified) {
  if (!certified.text) return "none: " + certified.reason;
  return certificate::parse(*certified.text, "text").readings.at(0).statement.formula;
}

// 28 of the 210 pairs on four nodes amplify (the ledger's S3-surpass); the counts of ties and the largest
// gain are those of tests/cli/search_test.py's plain search.
TEST(Certificates, OfAFamilyStateItsCounts) {
  const SystemSpace space(space_of(Family::unique_sink, 4, 2));
  const std::string formula = formula_in(family_certificate(space, {}, whole(space, {}), "id"));
  const std::string claim = "phi_min(mean) > (max h in heads: phi_min(head h))";
  EXPECT_THAT(formula, HasSubstr("(sum system in unique_sink(4, 2): 1) = 210"));
  EXPECT_THAT(formula, HasSubstr("(sum system in unique_sink(4, 2) where (" + claim + "): 1) = 28"));
  EXPECT_THAT(formula, HasSubstr("phi_min(mean) - (max h in heads: phi_min(head h))) = 115/864"));
}

TEST(Certificates, OfOtherFamiliesNameThem) {
  const auto domain = [](const Space& space) { return family_binders(space); };
  EXPECT_EQ(domain(space_of(Family::unique_sink, 4, 3)), "system in unique_sink(4, 3)");
  EXPECT_EQ(domain(space_of(Family::optional_loops, 3, 2)), "system in optional_loops(3, 2)");
  EXPECT_EQ(domain(space_of(Family::union_sink, 3, 2)),
            "system in feedforward(3, 2) where unique_sink(union)");
  EXPECT_EQ(domain({Family::unique_sink, 3, 2, false, inner_grid(2, 6)}),
            "system in unique_sink(3, 2), weights in inner_grid(6)");
  EXPECT_EQ(domain({Family::unique_sink, 3, 3, false, inner_grid(3, 3)}), "system in unique_sink(3, 3)");
  // 1/3 and 2/3 in either order are all positive thirds; 1/4 and 3/4 leave out 1/2.
  EXPECT_EQ(domain({Family::unique_sink, 3, 2, false, permutations_of({{1, 3}, {2, 3}})}),
            "system in unique_sink(3, 2), weights in inner_grid(3)");
  EXPECT_THROW(domain({Family::unique_sink, 3, 2, false, permutations_of({{1, 4}, {3, 4}})}),
               exact::UsageError);
  EXPECT_THROW(domain(space_of(Family::unique_sink, 3, 2, true)), exact::UsageError);
}

// Every count of the naive search must be the claim language's, or there is no certificate.
TEST(Certificates, OfSmallFamiliesExistForEveryQuestion) {
  std::vector<Space> spaces;
  for (const Family family : {Family::unique_sink, Family::union_sink, Family::optional_loops}) {
    spaces.push_back(space_of(family, 3, 2));
  }
  spaces.push_back({Family::union_sink, 3, 2, false, inner_grid(2, 3)});
  std::vector<Question> questions = all_questions();
  questions.push_back(question_named("p(mean) > min h in heads: p(head h)"));
  questions.push_back(question_named("phi(mean, 1) <= phi(mean, tau)"));
  questions.push_back(question_named("reaches(head 1, 1)"));
  for (const Space& given : spaces) {
    const SystemSpace space(given);
    for (const Question& question : questions) {
      SCOPED_TRACE(describe(given) + ", " + (question.built_in() ? describe(question) : question.formula));
      const Result result = whole(space, question);
      EXPECT_EQ(family_certificate(space, question, result, "id").reason, "");
      if (!result.first) continue;
      EXPECT_EQ(witness_certificate(space, question, *result.first, "id").reason, "");
    }
  }
}

TEST(Certificates, OfAWrongAnswerDoNotExist) {
  const SystemSpace space(space_of(Family::unique_sink, 4, 2));
  const Result right = whole(space, {});
  const auto reason = [&](const auto& change) {
    Result result = right;
    change(result);
    return family_certificate(space, {}, result, "id").reason;
  };
  EXPECT_EQ(reason([](Result&) {}), "");
  EXPECT_THAT(reason([](Result& result) { ++result.counts.witnesses; }), HasSubstr("is no"));
  EXPECT_THAT(reason([](Result& result) { --result.counts.ties; }), HasSubstr("is no"));
  EXPECT_THAT(reason([](Result& result) { ++result.counts.systems; }), HasSubstr("is no"));
  EXPECT_THAT(reason([](Result& result) { result.extreme->gain = {1, 8}; }), HasSubstr("is no"));
  EXPECT_THAT(reason([](Result& result) { result.counts.undecided = 1; }),
              HasSubstr("1 systems are undecided"));
  // The first pair does not amplify.
  EXPECT_THAT(witness_certificate(space, {}, {{0, 1}, 0}, "id").reason, HasSubstr("is no"));
}

TEST(Certificates, OfFamiliesThatAreTooLargeDoNotExist) {
  Result result;
  result.counts.systems = kMostCertifiedSystems + 1;
  const SystemSpace pairs(space_of(Family::unique_sink, 6, 2));
  EXPECT_THAT(family_certificate(pairs, {}, result, "id").reason, HasSubstr("60001 systems; at most 60000"));
  result.counts.systems = 49'455;
  const SystemSpace five(space_of(Family::unique_sink, 5, 2));
  EXPECT_THAT(family_certificate(five, {}, result, "id").reason, HasSubstr("162 MiB"));
}

TEST(Certificates, SayTheConvention) {
  const SystemSpace space(space_of(Family::unique_sink, 4, 2));
  const Question question{BuiltIn::mixes_slower, {}, {1, 50}, "", {walk::Distance::l1, walk::Start::average}};
  const Result result = whole(space, question);
  ASSERT_TRUE(result.extreme);
  const auto certified = witness_certificate(space, question, result.extreme->system, "id");
  ASSERT_EQ(certified.reason, "");
  EXPECT_THAT(*certified.text, HasSubstr(R"("distance": "l1", "start": "average")"));
  EXPECT_THAT(formula_in(certified),
              HasSubstr("t_mix(mean, 1/50) - (max h in heads: t_mix(head h, 1/50)) = " +
                        exact::to_string(result.extreme->gain)));
}

TEST(Certificates, GainsOfFormulasAreTheLargerSideLessTheSmaller) {
  EXPECT_EQ(gain_term(question_named("p(mean) > 1/2")), "(p(mean)) - (1 / 2)");
  EXPECT_EQ(gain_term(question_named("p(mean) <= 1/2")), "(1 / 2) - (p(mean))");
  EXPECT_EQ(gain_term(question_named("p(mean) = 1/2")), "");
  EXPECT_EQ(gain_term(question_named("feedforward(mean)")), "");
}

}  // namespace
}  // namespace crosshead::search

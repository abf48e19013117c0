// From evaluations to certified readings, and why there is none.
#include "certificate/example_certificates.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crosshead::certificate {
namespace {

using diffusion::TailArgument;
using testing::fidelity_fact;
using ::testing::HasSubstr;
using testing::lazy_pair;
using testing::matrix_of;
using testing::mixing_fact;
using testing::rational;

/// A statement about a system and its evaluation with these facts.
struct Answered {
  Statement statement;
  claim::Evaluation evaluation;
};
Answered answered(const heads::HeadSystem& system, const std::vector<claim::Fact>& facts) {
  Answered result;
  result.statement.name = "as stated";
  result.statement.formula = "true";
  result.statement.given = system;
  result.evaluation.truth = diffusion::Truth::yes;
  result.evaluation.systems = {{system, facts}};
  return result;
}

heads::HeadSystem with_attention(std::vector<double> values, int nodes) {
  heads::HeadSystem system;
  for (int k = 1; k <= nodes; ++k) system.nodes.push_back(std::to_string(k));
  system.sink = nodes - 1;
  system.weights = {1};
  system.heads.emplace_back().attention = heads::AttentionMatrix{nodes, std::move(values)};
  return system;
}

TEST(Certify, CarriesTheEvaluationOver) {
  Answered given = answered(lazy_pair(), {fidelity_fact(lazy_pair(), 0, 1), mixing_fact(0, "1/4", 2)});
  given.statement.formula = "forall j in nodes: phi(head 1, j) = 1 and t_mix(head 1, 1/4) = 2";
  given.evaluation.truth = diffusion::Truth::no;
  given.evaluation.witness.emplace(1);
  given.evaluation.witness->front().name = "j";
  given.evaluation.witness->front().number = 2;
  const ReadingOrReason answer = certify(given.statement, given.evaluation);
  ASSERT_TRUE(answer.reading) << answer.reason;
  EXPECT_FALSE(answer.reading->truth);
  EXPECT_EQ(answer.reading->tree, R"(["forall",["j",["..",1,"n"]],["and",["=",["phi",["head",1],"j"],1],)"
                                  R"(["=",["t_mix",["head",1],["/",1,4]],2]]])");
  EXPECT_EQ(answer.reading->witness->front().number, rational("2"));
  ASSERT_EQ(answer.reading->systems.size(), 1U);
  const std::vector<Fact>& facts = answer.reading->systems[0].facts;
  ASSERT_EQ(facts.size(), 2U);
  EXPECT_EQ(facts[0].head, 0);
  EXPECT_EQ(facts[0].node, 1);
  EXPECT_EQ(facts[0].phi, rational("1/2"));
  EXPECT_TRUE(facts[0].attained);
  EXPECT_EQ(facts[0].proof.argument, TailArgument::superharmonic);
  EXPECT_EQ(facts[1].kind, claim::Fact::Kind::mixing_time);
  EXPECT_EQ(facts[1].time, 2);
  EXPECT_EQ(facts[1].epsilon, rational("1/4"));
}

// 3/8 and 1/2 are floats: the row's sum is 7/8, its normalised entries 3/7 and 4/7.
TEST(Certify, AttentionBecomesExactEntries) {
  const heads::HeadSystem system = with_attention({1, 0, 0.375, 0.5}, 2);
  Answered given = answered(system, {});
  ReadingOrReason answer = certify(given.statement, given.evaluation);
  ASSERT_TRUE(answer.reading) << answer.reason;
  EXPECT_EQ(*answer.reading->statement.given->heads[0].diffusion, matrix_of({{"1", "0"}, {"3/8", "1/2"}}));
  EXPECT_EQ(*answer.reading->systems[0].system.heads[0].diffusion, matrix_of({{"1", "0"}, {"3/8", "1/2"}}));
  EXPECT_FALSE(answer.reading->statement.given->heads[0].attention);
  given.statement.convention.reading = heads::Reading::normalised;
  answer = certify(given.statement, given.evaluation);
  ASSERT_TRUE(answer.reading) << answer.reason;
  EXPECT_EQ(*answer.reading->systems[0].system.heads[0].diffusion, matrix_of({{"1", "0"}, {"3/7", "4/7"}}));
}

TEST(Certify, NoneWithoutTruth) {
  Answered given = answered(lazy_pair(), {});
  given.evaluation.truth = diffusion::Truth::undefined;
  given.evaluation.note = "phi(mean, 1) is undefined";
  EXPECT_THAT(certify(given.statement, given.evaluation).reason, HasSubstr("phi(mean, 1) is undefined"));
  given.evaluation.truth = diffusion::Truth::undecided;
  EXPECT_FALSE(certify(given.statement, given.evaluation).reading);
}

TEST(Certify, NoneWithoutFacts) {
  Answered given = answered(lazy_pair(), {});
  given.evaluation.certifiable = false;
  given.evaluation.note = "too many systems";
  EXPECT_EQ(certify(given.statement, given.evaluation).reason, "too many systems");
}

TEST(Certify, NoneWithoutProof) {
  claim::Fact undecided;
  undecided.node = 1;
  Answered given = answered(lazy_pair(), {mixing_fact(-1, "1/4", 2), undecided});
  EXPECT_EQ(certify(given.statement, given.evaluation).reason,
            "no proof for the fidelity of node 2 of the mean of system 1: the supremum is undecided");
}

TEST(Certify, NoneForPublishedWalks) {
  Answered given = answered(with_attention({1, 0, 0.5, 0.5}, 2), {});
  given.statement.convention.attention_walk = heads::AttentionWalk::published;
  EXPECT_THAT(certify(given.statement, given.evaluation).reason, HasSubstr("published program"));
  // Heads with edges walk on these: nothing depends on the choice.
  given = answered(lazy_pair(), {});
  given.statement.convention.attention_walk = heads::AttentionWalk::published;
  EXPECT_TRUE(certify(given.statement, given.evaluation).reading);
}

TEST(Certify, NoneForUndefinedReadings) {
  Answered given = answered(with_attention({0, 0, 0.5, 0.5}, 2), {});
  given.statement.convention.reading = heads::Reading::normalised;
  EXPECT_THAT(certify(given.statement, given.evaluation).reason, HasSubstr("row 1 is zero"));
  given.statement.given.reset();
  given.statement.files.emplace("a", with_attention({0, 0, 0.5, 0.5}, 2));
  given.statement.formula = "forall system in file(\"a\"): n = 2";
  EXPECT_THAT(certify(given.statement, given.evaluation).reason, HasSubstr("row 1 is zero"));
}

/// Suprema at a horizon of many steps with growing numbers would take a checker too long.
TEST(Certify, NoneForEndlessReplays) {
  claim::Fact distant = fidelity_fact(lazy_pair(), -1, 1);
  EXPECT_LT(replay_cost(matrix_of({{"1", "0"}, {"1/2", "1/2"}}), 100), 1e6);
  EXPECT_GT(replay_cost(matrix_of({{"1", "0"}, {"1/2", "1/2"}}), 1'000'000), kMostReplayCost);
  distant.fidelity.horizon = 1'000'000;
  Answered given = answered(lazy_pair(), {distant});
  EXPECT_THAT(certify(given.statement, given.evaluation).reason, HasSubstr("1000000 steps is too much work"));
  // Mixing times are replayed in bounds of fixed length.
  given = answered(lazy_pair(), {mixing_fact(-1, "1/4", 1'000'000)});
  EXPECT_TRUE(certify(given.statement, given.evaluation).reading);
  given = answered(lazy_pair(), {mixing_fact(-1, "1/4", 1'000'000'000)});
  EXPECT_FALSE(certify(given.statement, given.evaluation).reading);
}

}  // namespace
}  // namespace crosshead::certificate

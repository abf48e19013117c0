// Facts: which are kept, in which order, what happens beyond the limit, and what stops an evaluation.
#include "evaluation_case.hpp"

namespace crosshead::claim {
namespace {

using exact::Rational;
using testing::EvaluationCase;
using testing::graph_system;

/// "mean phi 2", "head 1 t_mix 1/4".
std::vector<std::string> listed(const UsedSystem& used) {
  std::vector<std::string> facts;
  for (const Fact& fact : used.facts) {
    const std::string of = fact.head < 0 ? "mean" : "head " + std::to_string(fact.head + 1);
    switch (fact.kind) {
      case Fact::Kind::fidelity:
        facts.push_back(of + " phi " + std::to_string(fact.node + 1));
        break;
      case Fact::Kind::mixing_time:
        facts.push_back(of + " t_mix " + exact::to_string(fact.epsilon));
        break;
      case Fact::Kind::mixing_time_l1:
        facts.push_back(of + " t_mix_l1 " + exact::to_string(fact.epsilon));
        break;
      case Fact::Kind::weight_region:
        facts.push_back(of + " weights");
        break;
    }
  }
  return facts;
}

EvaluationCase pair() {
  EvaluationCase two;
  two.given = graph_system(3, {{{0, 1}, {1, 2}}, {{0, 2}, {1, 2}}});
  return two;
}

using Facts = std::vector<std::string>;

TEST(Record, FactsInOrderOfFirstUse) {
  const Evaluation result = pair()(
      "phi(head 2, 2) > 0 and t_mix(mean, 1/4) > phi_min(mean) and phi(head 2, 2) > 0"
      " and t_mix_l1(mean, 1/4) > 0 and t_mix(mean, 1/4) > t_mix(mean, 1/2)");
  ASSERT_EQ(result.truth, diffusion::Truth::yes);
  ASSERT_EQ(result.systems.size(), 1U);
  EXPECT_EQ(listed(result.systems[0]), (Facts{"head 2 phi 2", "mean t_mix 1/4", "mean phi 1", "mean phi 2",
                                              "mean phi 3", "mean t_mix_l1 1/4", "mean t_mix 1/2"}));
  EXPECT_EQ(result.systems[0].facts[1].time, 4);
}

TEST(Record, OnlyWhatIsReached) {
  EXPECT_TRUE(pair()("1 = 2 and phi(mean, 1) = 1").systems.empty());
  EXPECT_TRUE(pair()("1 = 1 or phi(mean, 1) = 1").systems.empty());
  EXPECT_TRUE(pair()("1 = 2 implies phi(mean, 1) = 1").systems.empty());
  EXPECT_TRUE(pair()("2 < 1 < phi(mean, 1)").systems.empty());
  EXPECT_EQ(listed(pair()("1/0 = 1 or phi(mean, 1) = 1").systems.at(0)), Facts{"mean phi 1"});
  EXPECT_EQ(listed(pair()("if(n = 3, phi(mean, 1), phi(mean, 2)) = 1").systems.at(0)), Facts{"mean phi 1"});
  EXPECT_EQ(listed(pair()("defined(1/0 + phi(mean, 2)) or true").systems.at(0)), Facts{"mean phi 2"});
  EXPECT_EQ(listed(pair()("(exists h in heads: phi(head h, 1) > 0) and true").systems.at(0)),
            Facts{"head 1 phi 1"});
  // No fact where there is no value: absorption is not certain, eps is not positive, the index is no node.
  EXPECT_TRUE(pair()("defined(phi(mean, 4)) or defined(t_mix(mean, 0)) or true").systems.empty());
}

TEST(Record, ASystemWithOtherWeightsIsAnother) {
  const Evaluation result = pair()("forall weights in grid(2): phi(mean, 1) > 0");
  ASSERT_EQ(result.systems.size(), 3U);
  EXPECT_EQ(result.systems[0].system.weights, (std::vector<Rational>{0, 1}));
  // The given weights come again, as the same system.
  EXPECT_EQ(pair()("phi(mean, 1) > 0 and forall weights in grid(2): phi(mean, 1) > 0").systems.size(), 3U);
  const Evaluation witness = pair()("exists weights in grid(4): phi(mean, 3) > 0 and weight(1) = 1/4");
  EXPECT_EQ(witness.systems.size(), 2U);
  EXPECT_FALSE(witness.witness->at(0).system);
}

TEST(Record, TheWitnessComesLast) {
  const Evaluation result = pair()("exists system in unique_sink(3, 1): edges(mean) = 6");
  ASSERT_EQ(result.systems.size(), 1U);
  EXPECT_TRUE(result.systems[0].facts.empty());
  EXPECT_EQ(result.systems[0].system.heads[0].graph->edge_count(), 6);
  const Evaluation used =
      pair()("exists system in unique_sink(3, 1): phi(mean, 1) > 1/2 and edges(mean) = 6");
  EXPECT_EQ(used.systems.size(), 3U);
  EXPECT_EQ(used.witness->at(0).system, 2U);
}

const char* const kAmplified =
    "exists system in unique_sink(2..4, 1..2): phi_min(mean) > max h in heads: phi_min(head h)";

TEST(Record, BeyondTheLimitOnlyTheWitness) {
  EvaluationCase all, few;
  few.options.recorded_systems = 10;
  const Evaluation whole = all(kAmplified), alone = few(kAmplified);
  EXPECT_TRUE(whole.enumerated);
  EXPECT_FALSE(alone.enumerated);
  EXPECT_TRUE(alone.certifiable) << alone.note;
  EXPECT_EQ(alone.truth, whole.truth);
  EXPECT_EQ(alone.systems_visited, whole.systems_visited);
  ASSERT_EQ(alone.systems.size(), 1U);
  EXPECT_EQ(alone.witness->at(0).system, 0U);
  EXPECT_EQ(listed(alone.systems[0]), listed(whole.systems.back()));
  EXPECT_EQ(whole.systems.size(), static_cast<std::size_t>(whole.systems_visited));
}

TEST(Record, BeyondTheLimitWithoutAWitness) {
  EvaluationCase few;
  few.options.recorded_systems = 10;
  const Evaluation result = few("forall system in unique_sink(2..3, 1..2): phi_min(mean) > 0");
  EXPECT_EQ(result.truth, diffusion::Truth::yes);
  EXPECT_TRUE(result.certifiable);
  EXPECT_EQ(result.systems.size(), 7U);
  const Evaluation longer = few("forall system in unique_sink(2..4, 1): phi_min(mean) > 0");
  EXPECT_EQ(longer.truth, diffusion::Truth::yes);
  EXPECT_FALSE(longer.certifiable);
  EXPECT_FALSE(longer.note.empty());
}

TEST(Record, UndecidedWithinTheLimits) {
  EvaluationCase hasty = pair();
  hasty.options.fidelity_limits.steps = 0;
  const Evaluation result = hasty("phi(mean, 2) >= 0");
  EXPECT_EQ(result.truth, diffusion::Truth::undecided);
  EXPECT_FALSE(result.certifiable);
  EXPECT_FALSE(result.note.empty());
  // A truth that does not depend on it stands, but what the checker would ask for is missing.
  const Evaluation known = hasty("phi(mean, 2) >= 0 or n = 3");
  EXPECT_EQ(known.truth, diffusion::Truth::yes);
  EXPECT_FALSE(known.certifiable);
  // A witness beside it proves itself.
  const Evaluation witness = hasty("exists k in 1..2: k = 1 and phi(mean, 2) > 1 or k = 2");
  EXPECT_EQ(witness.truth, diffusion::Truth::yes);
  EXPECT_TRUE(witness.certifiable) << witness.note;
  EXPECT_FALSE(witness.enumerated);
  EXPECT_EQ(witness.witness->at(0).number, Rational(2));
}

TEST(Record, NoCertificateForWhatIsVacuous) {
  const EvaluationCase plain;
  for (const char* text : {"forall k in 2..1: k = 5", "exists system in unique_sink(2, 2): n = 2",
                           "forall k in 1..3 where k > 3: exists l in 1..2: l = k"}) {
    const Evaluation result = plain(text);
    EXPECT_NE(result.truth, diffusion::Truth::undefined);
    EXPECT_FALSE(result.certifiable) << text;
    EXPECT_EQ(result.note, "vacuous: the leading quantifier has no instance");
  }
  EXPECT_TRUE(plain("not (exists k in 2..1: k = 5)").certifiable);
  EXPECT_TRUE(plain("forall k in 1..3: exists l in 4..k: l = k").certifiable);
}

TEST(Record, LimitsAndInterruption) {
  EvaluationCase limited;
  limited.options.limit_instances = 100;
  const Evaluation result = limited("forall system in unique_sink(4, 2): edges(mean) > 0");
  EXPECT_EQ(result.truth, diffusion::Truth::undecided);
  EXPECT_FALSE(result.certifiable);
  EXPECT_NE(result.note.find("100"), std::string::npos);
  EXPECT_EQ(result.instances, 100);
  EXPECT_EQ(limited("exists k in 1..1000: k = 100").truth, diffusion::Truth::yes);
  limited.expect_undecided("exists k in 1..1000: k = 101");
  limited.expect_undecided("(sum k in 1..1000000000: k) > 0");

  EvaluationCase stopped;
  std::int64_t seen = 0;
  stopped.options.progress = [&](std::int64_t systems) { return (seen = systems) < 1000; };
  const Evaluation half = stopped("forall system in unique_sink(5, 2): edges(mean) > 0");
  EXPECT_EQ(half.truth, diffusion::Truth::undecided);
  EXPECT_EQ(half.systems_visited, seen);
  EXPECT_LT(seen, 2000);

  const Evaluation huge = EvaluationCase()("exists system in unique_sink(6, 3): edges(mean) > 1000");
  EXPECT_EQ(huge.truth, diffusion::Truth::undecided);
  EXPECT_NE(huge.note.find("systems"), std::string::npos);
}

TEST(Record, NoCertificateForThePublishedWalk) {
  EvaluationCase published;
  published.given = graph_system(2, {{}});
  published.given->heads[0].graph.reset();
  published.given->heads[0].attention = heads::AttentionMatrix{2, {1.0, 0.0, 0.5, 0.5}};
  EXPECT_TRUE(published("W(mean, 2, 1) = 1/3").certifiable);
  published.convention.attention_walk = heads::AttentionWalk::published;
  const Evaluation result = published("W(mean, 2, 1) = 0");
  EXPECT_EQ(result.truth, diffusion::Truth::yes);
  EXPECT_FALSE(result.certifiable);
}

}  // namespace
}  // namespace crosshead::claim

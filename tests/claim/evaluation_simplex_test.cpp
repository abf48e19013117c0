// All real weights of two heads, on systems small enough to work out by hand.
#include "evaluation_case.hpp"
#include "formula_shape.hpp"
#include <gmock/gmock.h>

#include "crosshead/claim/weight_fact.hpp"

namespace crosshead::claim {
namespace {

using exact::Rational;
using testing::EvaluationCase;
using testing::graph_system;
using ::testing::HasSubstr;

/// Head 1 has the edge u -> tau, head 2 self-loops alone: D(b) = [[1, 0], [b/2, 1 - b/2]]. So phi(mean, 1) is
/// 1 for b > 0 and 0 at b = 0, phi(mean, 2) is 1 - b/2.
EvaluationCase edge_or_none() {
  EvaluationCase two;
  two.given = graph_system(2, {{{0, 1}}, {}});
  return two;
}

TEST(Simplex, ComparesFidelities) {
  edge_or_none().expect_true("forall weights in simplex: phi(mean, 2) >= 3/4 iff weight(1) <= 1/2");
  edge_or_none().expect_true("forall weights in simplex: phi(mean, 2) > 3/4 iff weight(2) > 1/2");
  edge_or_none().expect_true("forall weights in simplex: 3/4 > phi(mean, 2) iff 1/2 < weight(1)");
  edge_or_none().expect_true("forall weights in simplex: not phi(mean, 2) <= 3/4 iff weight(1) < 1/2");
  edge_or_none().expect_true("forall weights in simplex: phi(mean, 1) >= 1/2 iff weight(1) > 0");
  edge_or_none().expect_true("forall weights in simplex: phi(mean, 1) > phi(mean, 2) iff weight(1) > 0");
  edge_or_none().expect_false("forall weights in simplex: phi(mean, 2) >= 3/4 iff weight(1) < 1/2");
  edge_or_none().expect_false("exists weights in simplex where weight(1) > 1/2: phi(mean, 2) >= 3/4");
  edge_or_none().expect_true("exists weights in simplex where weight(1) > 1/2: phi(mean, 2) >= 0.7");
  edge_or_none().expect_true(
      "forall x in {1/4, 1/3}: forall weights in simplex: phi(mean, 2) < 1 - x/2 iff weight(1) > x");
}

TEST(Simplex, TheSinkCountsOrNot) {
  // With the sink phi_min is 1 - b/2 for b > 0, without it 1; head 1 has 1/2 and 1, head 2 has 0.
  const std::string amplifies = "phi_min(mean) > max h in heads: phi_min(head h)";
  edge_or_none().expect_true("forall weights in simplex: (" + amplifies + ") iff 0 < weight(1) < 1");
  EvaluationCase without = edge_or_none();
  without.convention.fidelity.sink_counts = false;
  without.expect_false("exists weights in simplex: " + amplifies);
}

TEST(Simplex, TheFirstStepCounts) {
  // From step 0 on the sink's own 1 counts.
  EvaluationCase zero = edge_or_none();
  zero.convention.fidelity.first_step = 0;
  zero.expect_true("forall weights in simplex: phi(mean, 2) >= 1");
  zero.expect_false("forall weights in simplex: phi(mean, 2) > 1");
}

TEST(Simplex, WitnessesArePartsOfTheWeights) {
  const Evaluation point = edge_or_none()("forall weights in simplex: phi(mean, 2) < 3/4 or weight(1) < 1/2");
  ASSERT_EQ(point.truth, diffusion::Truth::no);
  ASSERT_TRUE(point.witness && point.witness->at(0).between);
  EXPECT_EQ(point.witness->at(0).between->lower, Rational(1, 2));
  EXPECT_EQ(point.witness->at(0).between->upper, Rational(1, 2));
  EXPECT_EQ(point.witness->at(0).side, -1);
  EXPECT_THAT(point.explanation, HasSubstr("weight(1) = 1/2"));
  EXPECT_THAT(point.explanation, HasSubstr("phi(mean, 2) = 3/4"));

  const Evaluation open = edge_or_none()("exists weights in simplex: phi(mean, 2) < 3/4");
  ASSERT_TRUE(open.witness && open.witness->at(0).between);
  EXPECT_EQ(open.witness->at(0).between->lower, Rational(1, 2));
  EXPECT_EQ(open.witness->at(0).between->upper, 1);
}

/// p = 1/4 + b/4 for the mean of two lazy lines: each of two steps leaves 1 - p of the walks, so that
/// T_mix(1/3) <= 2 exactly when (3 - b)^2 <= 16/3, b >= 3 - 4/sqrt(3) = 0.69059...
TEST(Simplex, MixingTimesHaveIrrationalEnds) {
  const EvaluationCase none;
  const std::string system = "system in lazy_line(2, 1/2, 1/4), weights in simplex ";
  none.expect_true("forall " + system + "where weight(1) <= 0.6905: t_mix(mean, 1/3) > 2");
  none.expect_true("forall " + system + "where weight(1) >= 0.6906: t_mix(mean, 1/3) <= 2");
  none.expect_true("forall " + system + "where weight(1) >= 0.6906: t_mix(mean, 1/3) < 2.5");
  none.expect_true("forall " + system + "where weight(1) >= 0.6906: 3 > t_mix(mean, 1/3)");
  none.expect_false("exists " + system + "where weight(1) <= 0.6905: t_mix(mean, 1/3) < 3");
  none.expect_false("forall " + system + "where weight(1) <= 0.6906: t_mix(mean, 1/3) >= 3");
  const std::string around = "exists " + system + "where 0.6905 < weight(1) < 0.6906: ";
  const Evaluation at = none(around + "t_mix(mean, 1/3) <= 2");
  ASSERT_EQ(at.truth, diffusion::Truth::yes);
  EXPECT_EQ(at.witness->at(1).side, 1);  // the root itself mixes
  const Evaluation after = none(around + "t_mix_l1(mean, 2/3) <= 2");
  ASSERT_EQ(after.truth, diffusion::Truth::yes);
  EXPECT_EQ(after.witness->at(1).side, 2);  // twice the distance has to be smaller
}

TEST(Simplex, RecordsOneRegionForEachQuestion) {
  const Evaluation result = edge_or_none()(
      "(forall weights in simplex: phi(mean, 2) >= 3/4 iff weight(1) <= 1/2) and"
      " (forall weights in simplex where weight(1) <= 1/2: phi(mean, 2) >= 3/4) and"
      " (exists weights in simplex: phi(mean, 2) > 3/4)");
  ASSERT_EQ(result.truth, diffusion::Truth::yes);
  ASSERT_EQ(result.systems.size(), 1U);
  ASSERT_EQ(result.systems[0].facts.size(), 2U);
  const Fact& fact = result.systems[0].facts[0];
  EXPECT_EQ(fact.kind, Fact::Kind::weight_region);
  EXPECT_EQ(fact.region->claim.threshold, Rational(3, 4));
  EXPECT_FALSE(fact.region->claim.strict);
  EXPECT_EQ(fact.region->order, (std::vector<std::vector<int>>{{0}, {1}}));
}

TEST(Simplex, IsUndecidedOrUndefinedWhereItMust) {
  EvaluationCase three = edge_or_none();
  three.given = graph_system(2, {{{0, 1}}, {}, {}});
  three.expect_undecided("forall weights in simplex: phi(mean, 2) >= 1/2");
  edge_or_none().expect_undefined("forall weights in simplex: phi(mean, 3) >= 1/2");
  edge_or_none().expect_undefined("forall weights in simplex: phi(mean, 2) >= 1/0");
  edge_or_none().expect_undefined("forall weights in simplex: t_mix(mean, 1/4) <= 3");  // head 2 never mixes
  edge_or_none().expect_undefined("exists weights in simplex: phi(mean, 2) > 2 and weight(3) > 0");
  edge_or_none().expect_undecided("forall weights in simplex: phi(mean, 2) > phi(mean, 2)");
  edge_or_none().expect_undecided("forall weights in simplex: phi(mean, 2) >= 1/exp(1)");
}

/// On all pairs of graphs on three and four nodes the answers over all weights agree with those on grids.
TEST(Simplex, AgreesWithGrids) {
  const EvaluationCase none;
  const std::string more = "phi_min(mean) > max h in heads: phi_min(head h)";
  const std::string faster = "t_mix(mean, 1/4) < min h in heads: t_mix(head h, 1/4)";
  for (const std::string& question : {more, faster}) {
    none.expect_true("forall system in unique_sink(3..4, 2): (exists weights in grid(9): " + question +
                     ") implies exists weights in simplex: " + question);
    none.expect_true(
        "forall system in unique_sink(3..4, 2): (forall weights in simplex where 0 < weight(1) < 1: " +
        question + ") implies forall weights in inner_grid(9): " + question);
  }
}

TEST(Simplex, Offences) {
  EXPECT_EQ(offence("forall weights in simplex: phi_min(mean) > 1/2"), "");
  EXPECT_EQ(offence("forall weights in simplex: phi_min(head 1) > 1/2"),
            "1:1: nothing here is decided over 'simplex': expected one comparison of the mean");
  EXPECT_EQ(offence("forall weights in simplex, j in nodes: phi(mean, j) > 1/2"),
            "1:8: 'weights in simplex' must be the last of the names that 'forall' binds");
  EXPECT_EQ(
      offence("forall weights in simplex: forall j in nodes: phi(mean, j) > 1/2"),
      "1:57: 'j' is bound inside of 'simplex': what is compared over all weights must not depend on it (bind "
      "it before)");
  EXPECT_EQ(offence("forall weights in simplex: phi_min(mean) > 1/2 and phi_min(mean) < 3/4"),
            "1:52: over 'simplex' one comparison of the mean is decided at a time: this is a second one");
  EXPECT_THAT(offence("forall weights in simplex: phi_min(mean) = 1/2"),
              HasSubstr("1:28: over 'simplex' weights may enter only as phi_min(mean), phi(mean, j)"));
  EXPECT_THAT(offence("forall weights in simplex: phi_min(mean) > weight(1)"),
              HasSubstr("1:28: over 'simplex'"));
  EXPECT_THAT(offence("forall weights in simplex: phi_min(mean) > 1/2 or signal(mean, 1, 2) > 0"),
              HasSubstr("1:51: over 'simplex'"));
  EXPECT_THAT(offence("forall weights in simplex: phi_min(mean) > 1/2 or unique_sink(union)"),
              HasSubstr("1:51: over 'simplex'"));
  EXPECT_THAT(offence("forall weights in simplex: 2 * weight(1) < 1 or phi_min(mean) > 0"),
              HasSubstr("1:28: over 'simplex'"));
  EXPECT_EQ(offence("(min weights in simplex: phi_min(mean)) > 0"),
            "1:2: 'simplex' has too many weights for 'min': it belongs to 'forall' and 'exists'");
  EXPECT_EQ(offence("forall simplex in 1..2: true"),
            "1:8: 'simplex' is a word of the language and cannot be bound");
  EXPECT_EQ(offence("forall x in simplex: x > 0"), "1:8: 'simplex' binds the name 'weights', not 'x'");
  EXPECT_EQ(to_text(*parse_formula("forall weights in simplex where 0 < weight(1): phi_min(mean) >= 0.5",
                                   full_context())
                         .root),
            "forall weights in simplex where 0 < weight(1): phi_min(mean) >= 0.5");
}

}  // namespace
}  // namespace crosshead::claim

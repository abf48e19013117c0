// The floats that steer a guided search against the exact values of the same chains.
#include "guided_value.hpp"

#include <cmath>

#include "guided_moves.hpp"
#include "guided_system.hpp"
#include "spaces.hpp"
#include <gtest/gtest.h>

#include "crosshead/walk/mixing.hpp"

namespace crosshead::search {
namespace {

using exact::Rational;

GuidedSpace uniform(int nodes, int heads) {
  return {nodes, heads, uniform_weights(heads).front(), 0};
}

Question question_of(BuiltIn claim, const Rational& epsilon) {
  Question question;
  question.claim = claim;
  question.epsilon = epsilon;
  return question;
}

Rational exact_chain(const heads::MatrixOrReason& matrix, const heads::HeadSystem& system,
                     const Question& question) {
  if (!question.about_mixing())
    return diffusion::fidelity(matrix.matrix.value(), system.sink, question.fidelity).minimax;
  return walk::mixing_times(matrix.matrix.value(), system.sink, system.nodes, {question.epsilon},
                            question.mixing)
      .front()
      .time;
}

void expect_close(const ChainValue& steering, const Rational& exact, const Question& question) {
  const double value = exact::to_double(exact);
  if (!question.about_mixing()) {
    EXPECT_NEAR(steering.value, value, 1e-12 * value);
    return;
  }
  EXPECT_EQ(steering.value, value);
  EXPECT_GT(steering.smooth, value - 1);
  EXPECT_LE(steering.smooth, value + 1e-9);
}

void expect_agreement(const GuidedSpace& space, const GuidedSystem& system, const Question& question) {
  SCOPED_TRACE(describe(question) + " n=" + std::to_string(space.nodes));
  GuidedValues values(space, {question, Measure::gain});
  const heads::HeadSystem exact = head_system(space, system, "");
  const auto reading = heads::Reading::as_stored;
  for (int head = 0; head < space.heads; ++head) {
    const auto matrix = question.about_mixing() ? heads::walk_of(exact, head, reading)
                                                : heads::diffusion_of(exact, head, reading);
    expect_close(values.of_head(system, head), exact_chain(matrix, exact, question), question);
  }
  const auto mean =
      question.about_mixing() ? heads::mean_walk(exact, reading) : heads::mean_diffusion(exact, reading);
  expect_close(values.of_mean(system), exact_chain(mean, exact, question), question);
}

TEST(GuidedValues, AreTheExactValuesRounded) {
  GuidedRandom random(2026, 0);
  for (int trial = 0; trial < 60; ++trial) {
    const int nodes = 2 + random.below(9);
    const int heads = nodes < 4 ? 2 : 2 + random.below(3);
    GuidedSpace space = uniform(nodes == 2 ? 3 : nodes, heads);
    if (random.below(2) == 0) space = {space.nodes, heads, {}, heads + random.below(9)};
    const GuidedSystem system = random_system(space, random);
    for (const Question& question : all_questions()) {
      if (question.epsilon < 1) expect_agreement(space, system, question);
    }
  }
}

TEST(GuidedValues, AreTheExactValuesRoundedAtTheLargestSizes) {
  GuidedRandom random(2026, 1);
  const GuidedSpace space = uniform(GuidedSpace::kMaxNodes, 3);
  const GuidedSystem system = random_system(space, random);
  expect_agreement(space, system, question_of(BuiltIn::amplifies, {1, 4}));
  expect_agreement(space, system, question_of(BuiltIn::mixes_faster, {1, 1000}));
}

// Head 1 is the line 1 -> 2 -> 3, head 2 has all edges. D_1 = [1; 1/2 1/2; 0 1/2 1/2] gives phi = (1, 1/2,
// 1/2), D_2 = [1; 1/2 1/2; 1/3 1/3 1/3] gives phi = (1, 1/3, 1/3), and the mean [1; 1/2 1/2; 1/6 5/12 5/12]
// has phi(3) = s_3(1) = 5/12 and phi(2) = max_t s_2(t): s_2(1) = 5/12, s_2(2) = 5/12 (1/2 + 5/12) < 5/12.
TEST(GuidedValues, OfAPairByHand) {
  GuidedSystem system{3, {0b010, 0b100, 0, 0b110, 0b100, 0}, {}};
  const GuidedSpace space = uniform(3, 2);
  ASSERT_TRUE(in_space(space, system));
  for (const auto& [claim, gain, ratio] :
       {std::tuple{BuiltIn::amplifies, Rational(-1, 12), Rational(5, 6)},
        std::tuple{BuiltIn::attenuates, Rational(-1, 12), Rational(4, 5)}}) {
    const Question question = question_of(claim, {1, 4});
    const heads::HeadSystem exact = head_system(space, system, "");
    EXPECT_EQ(exact_value(exact, {question, Measure::gain}), gain);
    EXPECT_EQ(exact_value(exact, {question, Measure::ratio}), ratio);
    for (const auto& [measure, value] : {std::pair{Measure::gain, gain}, std::pair{Measure::ratio, ratio}}) {
      GuidedValues values(space, {question, measure});
      const std::vector<ChainValue> heads{values.of_head(system, 0), values.of_head(system, 1)};
      EXPECT_NEAR(values.score(heads, values.of_mean(system)), exact::to_double(value), 1e-15);
    }
  }
}

// Uniform steps: from node 1 the line needs two, each made with probability 1/2: absorbed after t steps with
// probability 1 - (t + 1) / 2^t, first at least 3/4 at t = 5 (1 - 6/32; at t = 4 it is 11/16). With the edge
// 1 -> 3 it leaves for good after (1/3)^t + ...: W_2 = columns (1/3, 1/3, 1/3), (0, 1/2, 1/2): not absorbed
// after t steps: (1/3)^t + (1/3) sum_{s<t} (1/3)^s (1/2)^(t-1-s) = 2 (1/2)^t - (1/3)^t, which is 7/18, 23/108
// at t = 2, 3.
TEST(GuidedValues, MixingTimesOfAPairByHand) {
  const GuidedSystem system{3, {0b010, 0b100, 0, 0b110, 0b100, 0}, {}};
  const GuidedSpace space = uniform(3, 2);
  GuidedValues values(space, {question_of(BuiltIn::mixes_faster, {1, 4}), Measure::gain});
  EXPECT_EQ(values.of_head(system, 0).value, 5);
  EXPECT_EQ(values.of_head(system, 1).value, 3);
  EXPECT_NEAR(values.of_head(system, 1).smooth, 2 + (7.0 / 18 - 0.25) / (7.0 / 18 - 23.0 / 108), 1e-9);
}

}  // namespace
}  // namespace crosshead::search

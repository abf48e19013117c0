#include "crosshead/attention/sequences.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/attention/float_backend.hpp"
#include "crosshead/attention/model.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::attention {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Sequences, TargetsFollowTheTask) {
  EXPECT_THAT(target_of(Task::copy, {5, 6, 7}), ElementsAre(5, 6, 7));
  EXPECT_THAT(target_of(Task::cycle, {5, 6, 7}), ElementsAre(7, 5, 6));
  EXPECT_THAT(target_of(Task::cycle, {5}), ElementsAre(5));
  EXPECT_THAT(target_of(Task::cycle, {}), IsEmpty());
}

TEST(Sequences, TasksHaveTwoNames) {
  EXPECT_EQ(task_named("copy"), Task::copy);
  EXPECT_EQ(name_of(task_named("cycle")), "cycle");
  EXPECT_THROW(task_named("Copy"), exact::UsageError);
  EXPECT_THROW(task_named(""), exact::UsageError);
}

TEST(Sequences, AreTheSameEverywhere) {
  // The checked-in attention tensor was made from this sequence, on another day and perhaps another machine.
  const TensorFile fixture(CROSSHEAD_SOURCE_DIR "/proofs/models/4_heads_copy_attention.safetensors");
  const auto stored = fixture.read("tokens").values;
  EXPECT_EQ(uniform_tokens(20250704, 0, 100, 256), std::vector<std::int64_t>(stored.begin(), stored.end()));
}

TEST(Sequences, DifferBySeedAndSample) {
  std::set<std::vector<std::int64_t>> seen;
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    for (std::uint64_t sample = 0; sample < 30; ++sample) seen.insert(uniform_tokens(seed, sample, 8, 256));
  }
  EXPECT_EQ(seen.size(), 900U);
}

TEST(Sequences, AreUniform) {
  // Chi-squared with 6 degrees of freedom: above 35 with probability 4e-6.
  std::vector<double> counts(7, 0.0);
  for (std::uint64_t sample = 0; sample < 700; ++sample) {
    for (const std::int64_t token : uniform_tokens(1, sample, 100, 7))
      ++counts.at(static_cast<std::size_t>(token));
  }
  double statistic = 0;
  for (const double count : counts) statistic += (count - 10000) * (count - 10000) / 10000;
  EXPECT_LT(statistic, 35);
}

TEST(RandomStream, StaysBelowItsBound) {
  RandomStream stream(1, 2, 3);
  for (int repeat = 0; repeat < 100; ++repeat) {
    EXPECT_EQ(stream.below(1), 0U);
    EXPECT_LT(stream.below((1ULL << 63) + 1), (1ULL << 63) + 1);
    const double unit = stream.unit();
    EXPECT_GE(unit, 0);
    EXPECT_LT(unit, 1);
  }
}

TEST(RandomStream, NormalNumbersHaveMomentsOfTheNormalLaw) {
  RandomStream stream(4, 5, 6);
  const int count = 100000;
  double sum = 0, squares = 0, fourth = 0;
  for (int repeat = 0; repeat < count; ++repeat) {
    const double value = stream.normal();
    sum += value, squares += value * value, fourth += value * value * value * value;
  }
  // Five standard errors: the variances of x, x^2 and x^4 are 1, 2 and 96.
  EXPECT_NEAR(sum / count, 0, 5 * std::sqrt(1.0 / count));
  EXPECT_NEAR(squares / count, 1, 5 * std::sqrt(2.0 / count));
  EXPECT_NEAR(fourth / count, 3, 5 * std::sqrt(96.0 / count));
}

TEST(Model, PaperSizesHaveSixtyTensorsOfTheSameSizeForEveryHeadCount) {
  for (const std::int64_t heads : {1, 4, 8, 16}) {
    std::int64_t total = 0;
    const auto parameters = parameters_of({4, heads, 64, 128, 256, 100});
    for (const auto& [name, shape] : parameters) total += shape.size() == 2 ? shape[0] * shape[1] : shape[0];
    EXPECT_EQ(parameters.size(), 60U);
    EXPECT_EQ(total, 172800);
  }
}

TEST(Model, HeadWeightsAreNormalisedNormsOfColumnBlocks) {
  const Tensor projection{DType::f32, {2, 4}, {3, 0, 0, 5, 0, 4, 12, 0}};
  EXPECT_THAT(head_weights_of(projection, 2, "f", "t"), ElementsAre(5.0 / 18, 13.0 / 18));
  EXPECT_THAT(head_weights_of(projection, 1, "f", "t"), ElementsAre(1));
  EXPECT_THROW(head_weights_of({DType::f32, {1, 2}, {0, 0}}, 2, "f", "t"), exact::InputError);
}

TEST(BestCausalAccuracy, CountsTheRightAnswersOfTheBestGuesser) {
  // All sequences of three tokens out of two; position k may look at tokens 1..k.
  for (const Task task : {Task::copy, Task::cycle}) {
    double right = 0;
    for (int position = 0; position < 3; ++position) {
      for (int seen = 0; seen < (2 << position); ++seen) {
        int answers[2] = {0, 0};
        for (int code = 0; code < 8; ++code) {
          if ((code & ((2 << position) - 1)) != seen) continue;
          const auto target = target_of(task, {code & 1, code >> 1 & 1, code >> 2 & 1});
          ++answers[target[static_cast<std::size_t>(position)]];
        }
        right += std::max(answers[0], answers[1]);
      }
    }
    EXPECT_EQ(best_causal_accuracy(task, 3, 2), right / 24) << name_of(task);
  }
  EXPECT_EQ(best_causal_accuracy(Task::cycle, 1, 7), 1);
}

TEST(TrainingCurve, ReadsBackWhatItWrites) {
  const std::vector<EpochScore> curve = {{5.25, 0.125, 4.5, 0.25}, {1.5, 0.5, 0.75, 1}};
  EXPECT_EQ(curve_text(curve), "5.250000 0.125000 4.500000 0.250000\n1.500000 0.500000 0.750000 1.000000\n");
  const auto read = curve_of_text(curve_text(curve));
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[1].fresh_loss, 0.75);
  EXPECT_TRUE(curve_of_text("").empty());
  for (const char* damaged : {"1 2 3\n", "1 2 3 4 5\n", "1 2 3 x\n", "1 2 3 4\n\n"})
    EXPECT_THROW(curve_of_text(damaged), exact::UsageError) << damaged;
}

}  // namespace
}  // namespace crosshead::attention

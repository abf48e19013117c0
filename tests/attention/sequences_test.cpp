#include "crosshead/attention/sequences.hpp"

#include <cmath>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/attention/model.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::attention {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

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

}  // namespace
}  // namespace crosshead::attention

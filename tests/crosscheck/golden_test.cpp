#include "crosshead/crosscheck/golden.hpp"

#include <cmath>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/heads/system_file.hpp"

namespace crosshead::crosscheck {
namespace {

using attention::DType;
using attention::FloatType;
using exact::Rational;
using ::testing::ElementsAre;

heads::HeadSystem system_named(const std::string& name) {
  return heads::read_system(
      std::filesystem::path(CROSSHEAD_SOURCE_DIR) / "proofs" / "systems" / (name + ".json"),
      [](const heads::AttentionReference&) -> heads::AttentionMatrix {
        throw exact::UsageError("no tensors");
      });
}

const GoldenArray& array_named(const std::vector<GoldenArray>& arrays, const std::string& name) {
  for (const GoldenArray& array : arrays)
    if (array.name == name) return array;
  throw std::runtime_error("no array " + name);
}

/// Example 3.8: u -> v in head 1, v -> tau in head 2, self-loops, weights 1/2. The mean signal of the first
/// two steps by hand: 1/4, 3/4 and 1/16, 3/8, 9/16.
TEST(Golden, Example38ByHand) {
  GoldenOptions options;
  options.steps = 2;
  const GoldenSystem values = golden_values(system_named("example-3.8"), options);
  for (const auto& signal : values.mean.signal)
    EXPECT_THAT(signal, ElementsAre(0, 0, 1, 0, .25, .75, .0625, .375, .5625));
  ASSERT_EQ(values.heads.size(), 2U);
  EXPECT_THAT(values.heads[1].signal[0], ElementsAre(0, 0, 1, 0, .5, .5, 0, .75, .25));
}

/// A fidelity that is approached is no value of the signal.
TEST(Golden, MarksLimits) {
  GoldenOptions options;
  options.steps = 3;
  const GoldenSystem values = golden_values(system_named("example-3.8"), options);
  // Node u absorbs in the mean: its supremum 1 is a limit; v and tau are transient.
  EXPECT_EQ(values.mean.fidelity[0][0], 1);
  EXPECT_EQ(values.mean.fidelity_time[0], kApproached);
  EXPECT_EQ(values.mean.fidelity_time[1], 3);  // 27/64, at 3 and again at 4
  EXPECT_EQ(values.mean.fidelity_time[2], 1);
}

TEST(Golden, SaysWhatIsUndefined) {
  GoldenOptions options;
  options.steps = 2;
  const GoldenSystem values = golden_values(system_named("degrees-zero"), options);
  bool undefined = false;
  for (const GoldenPath& head : values.heads) {
    if (head.no_diffusion.empty()) continue;
    undefined = true;
    EXPECT_TRUE(std::isnan(head.signal[0][0]));
    EXPECT_TRUE(std::isnan(head.minimax[0][0]));
    EXPECT_EQ(head.fidelity_time[0], kUndefined);
  }
  EXPECT_TRUE(undefined);
}

TEST(Golden, LaysArraysOut) {
  GoldenOptions options;
  options.steps = 2;
  options.types = {FloatType::bfloat16, FloatType::float64};
  options.epsilons = {Rational(1, 4), Rational(1, 2)};
  const GoldenSystem values = golden_values(system_named("example-3.8"), options);
  const auto arrays = golden_arrays({values, values}, 3, options, true);
  const GoldenArray& mean = array_named(arrays, "mean_signal_bfloat16");
  EXPECT_THAT(mean.axes, ElementsAre("layer", "step", "node"));
  EXPECT_THAT(mean.tensor.shape, ElementsAre(2, 3, 3));
  EXPECT_EQ(mean.tensor.dtype, DType::u16);
  EXPECT_EQ(mean.tensor.values[2], 0x3f80);  // 1
  EXPECT_EQ(mean.tensor.values[4], 0x3e80);  // 1/4
  const GoldenArray& heads = array_named(arrays, "heads_worst_distance_float64");
  EXPECT_THAT(heads.axes, ElementsAre("layer", "head", "step"));
  EXPECT_THAT(heads.tensor.shape, ElementsAre(2, 2, 3));
  EXPECT_THAT(array_named(arrays, "mean_minimax_float64").tensor.shape, ElementsAre(2));
  EXPECT_THAT(array_named(arrays, "heads_mixing_time").tensor.shape, ElementsAre(2, 2, 2));
  const auto alone = golden_arrays({values}, 3, options, false);
  EXPECT_THAT(array_named(alone, "mean_minimax_float64").tensor.shape, ElementsAre());
}

TEST(Golden, RefusesWhatItCannotGive) {
  GoldenOptions options;
  options.types = {FloatType::tf32};
  EXPECT_THROW(golden_values(system_named("example-3.8"), options), exact::UsageError);
  options.types = {};
  EXPECT_THROW(golden_values(system_named("example-3.8"), options), exact::UsageError);
  options.types = {FloatType::float32};
  options.steps = 0;
  EXPECT_THROW(golden_values(system_named("example-3.8"), options), exact::UsageError);
}

}  // namespace
}  // namespace crosshead::crosscheck

#include <filesystem>
#include <memory>
#include <random>

#include "crosscheck/plain_path.hpp"
#include <gtest/gtest.h>

#include "crosshead/attention/attention_tensor.hpp"
#include "crosshead/crosscheck/layer_check.hpp"

namespace crosshead::crosscheck {
namespace {

using attention::Device;
using attention::FloatType;

attention::FloatBackend& backend() {
  static const std::shared_ptr<attention::FloatBackend> loaded = attention::load_float_backend();
  return *loaded;
}

const std::filesystem::path kAttention =
    std::filesystem::path(CROSSHEAD_SOURCE_DIR) / "proofs" / "models" / "4_heads_copy_attention.safetensors";

heads::HeadSystem trained_layer(int layer) {
  heads::HeadSystem system = attention::attention_system(kAttention, {"attention", layer, std::nullopt});
  const attention::Tensor weights = attention::TensorFile(kAttention).read("head_weights");
  const auto first = weights.values.begin() + layer * weights.shape[1];
  system.weights = dyadic_weights({first, first + weights.shape[1]});
  return system;
}

/// Every path of every type: within its bound, with an error that is not zero (all of them round somewhere).
void expect_within(const LayerCheck& check) {
  EXPECT_TRUE(check.within());
  std::vector<const PathCheck*> paths{&check.mean};
  for (const PathCheck& head : check.heads) paths.push_back(&head);
  for (const PathCheck* path : paths) {
    for (const SignalCheck& signal : path->signals) {
      EXPECT_EQ(signal.violations, 0);
      EXPECT_GT(signal.signal.error, 0);
      EXPECT_LT(signal.signal.error, signal.signal.bound);
      EXPECT_LE(signal.share.value, 1);
      EXPECT_EQ(signal.entries, 101 * 100);
    }
  }
}

TEST(ModelCheck, TrainedAttentionIsWithinItsBoundInEveryLayer) {
  for (int layer = 0; layer < 4; ++layer) {
    const LayerCheck check = check_layer(backend(), trained_layer(layer));
    expect_within(check);
  }
}

/// The library's own order of summation, on many small layers of random shapes.
void expect_random_layers_within(FloatType type, Device device) {
  std::mt19937_64 random(20250704);
  const std::int64_t steps = 12;
  int out_of_range = 0;
  for (int layer = 0; layer < 1000; ++layer) {
    const testing::RandomLayer given(random, type);
    const auto path =
        backend().run(given.heads, given.weights, 1, static_cast<std::int64_t>(given.head_count),
                      static_cast<std::int64_t>(given.nodes), steps, type, device, false);
    FloatSignal signal{type, path.signal};
    signal.device = device;
    const PathCheck check = check_path(given.mean(), given.summands(), {signal}, steps, Underflow::gradual);
    if (!check.signals[0].in_range) {  // float16 ends at 65504, and rows may sum to more than 1
      EXPECT_EQ(type, FloatType::float16);
      ++out_of_range;
      continue;
    }
    EXPECT_TRUE(check.signals[0].within()) << "layer " << layer;
    EXPECT_EQ(check.signals[0].horizon.fidelity, path.fidelity) << "layer " << layer;
    EXPECT_EQ(check.signals[0].horizon.time, path.fidelity_time) << "layer " << layer;
  }
  EXPECT_LT(out_of_range, 20);
}

TEST(ModelCheck, RandomLayersAreWithinTheirBoundInFloat32) {
  expect_random_layers_within(FloatType::float32, Device::cpu);
}
TEST(ModelCheck, RandomLayersAreWithinTheirBoundInFloat64) {
  expect_random_layers_within(FloatType::float64, Device::cpu);
}
TEST(ModelCheck, RandomLayersAreWithinTheirBoundWithNarrowOperands) {
  for (const FloatType type : {FloatType::bfloat16, FloatType::float16, FloatType::tf32})
    expect_random_layers_within(type, Device::cpu);
}
TEST(ModelCheck, RandomLayersAreWithinTheirBoundOnCuda) {
  if (!backend().has_cuda()) GTEST_SKIP() << "no CUDA device: the cross-check of the device is skipped";
  expect_random_layers_within(FloatType::float32, Device::cuda);
  expect_random_layers_within(FloatType::float64, Device::cuda);
  for (const FloatType type : {FloatType::bfloat16, FloatType::float16, FloatType::tf32})
    expect_random_layers_within(type, Device::cuda);
}

TEST(ModelCheck, TrainedAttentionIsWithinItsBoundOnCuda) {
  if (!backend().has_cuda()) GTEST_SKIP() << "no CUDA device: the cross-check of the device is skipped";
  CrosscheckOptions options;
  options.devices = {Device::cuda};
  expect_within(check_layer(backend(), trained_layer(0), options));
}

}  // namespace
}  // namespace crosshead::crosscheck

#include <filesystem>

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

}  // namespace
}  // namespace crosshead::crosscheck

#include <algorithm>
#include <cmath>
#include <limits>

#include "naive_transformer.hpp"
#include "shared_backend.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::attention {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const ModelShape kTiny{.layers = 2, .heads = 2, .embedding = 4, .hidden = 6, .vocabulary = 7, .length = 5};
const std::vector<std::int64_t> kTokens = {3, 0, 6, 6, 1};

ModelSource written(const NaiveTransformer& model, const std::string& name = "2_heads_copy.safetensors") {
  const auto path = fresh_folder() / name;
  write_naive(path, model);
  return {path, 0};
}

/// The message of the InputError that reading `model` gives; fails the test when there is none.
std::string refusal_of(const NaiveTransformer& model, int heads = 0) {
  ModelSource source = written(model);
  source.heads = heads;
  try {
    backend().attention_of(source, kTokens, Device::cpu);
  } catch (const exact::InputError& error) {
    return error.what();
  }
  ADD_FAILURE() << "the model was accepted";
  return "";
}

/// Writes `model` with one tensor changed by `change`, applied to the list of all tensors, and gives the
/// refusal.
template <typename Change>
std::string refusal_after(Change change) {
  const NaiveTransformer model = drawn_naive(kTiny, 1);
  std::vector<std::pair<std::string, Tensor>> tensors;
  for (const auto& [name, sizes] : parameters_of(kTiny)) {
    tensors.emplace_back(name, Tensor{DType::f32, sizes, model.parameters.at(name)});
  }
  change(tensors);
  const auto path = fresh_folder() / "2_heads_copy.safetensors";
  write_safetensors(path, tensors);
  try {
    backend().attention_of({path, 0}, kTokens, Device::cpu);
  } catch (const exact::InputError& error) {
    EXPECT_EQ(error.file(), path.string());
    return error.what();
  }
  ADD_FAILURE() << "the model was accepted";
  return "";
}

void expect_like_naive(Device device) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const NaiveTransformer model = drawn_naive(kTiny, seed);
    const ModelAttention found = backend().attention_of(written(model), kTokens, device);
    const NaivePass expected = forward_naive(model, kTokens);
    ASSERT_EQ(found.layers, 2);
    ASSERT_EQ(found.heads, 2);
    ASSERT_EQ(found.nodes, 5);
    ASSERT_EQ(found.attention.size(), expected.attention.size());
    for (std::size_t index = 0; index < expected.attention.size(); ++index) {
      EXPECT_NEAR(found.attention[index], expected.attention[index], 2e-6) << "index " << index;
    }
    for (std::size_t position = 0; position < kTokens.size(); ++position) {
      const auto row = expected.logits.begin() + static_cast<std::ptrdiff_t>(position) * kTiny.vocabulary;
      EXPECT_EQ(found.predicted[position], std::max_element(row, row + kTiny.vocabulary) - row);
    }
  }
}

TEST(Transformer, AgreesWithTheNaiveOne) {
  expect_like_naive(Device::cpu);
}

TEST(Transformer, AgreesWithTheNaiveOneOnCuda) {
  if (!backend().has_cuda()) GTEST_SKIP() << "no CUDA device: the comparison of devices is skipped";
  expect_like_naive(Device::cuda);
}

TEST(Transformer, RowsSumToOneAndTheFutureIsExactlyZero) {
  const ModelAttention found = backend().attention_of(written(drawn_naive(kTiny, 4)), kTokens, Device::cpu);
  for (std::size_t row = 0; row < found.attention.size() / 5; ++row) {
    double sum = 0;
    for (std::size_t key = 0; key < 5; ++key) {
      const float entry = found.attention[row * 5 + key];
      sum += static_cast<double>(entry);
      if (key > row % 5) {
        EXPECT_EQ(entry, 0.0F);
      }
    }
    EXPECT_NEAR(sum, 1.0, 100 * 0x1p-23);
  }
}

TEST(Transformer, EarlierPositionsDoNotSeeLaterTokens) {
  const ModelSource source = written(drawn_naive(kTiny, 5));
  const ModelAttention whole = backend().attention_of(source, kTokens, Device::cpu);
  const ModelAttention part = backend().attention_of(source, {3, 0, 6}, Device::cpu);
  ASSERT_EQ(part.nodes, 3);
  for (std::size_t row = 0; row < 4 * 3; ++row) {
    for (std::size_t key = 0; key < 3; ++key) {
      EXPECT_NEAR(part.attention[row * 3 + key], whole.attention[(row / 3 * 5 + row % 3) * 5 + key], 1e-6);
    }
  }
}

TEST(Transformer, WeighsHeadsByTheirBlocksOfColumns) {
  NaiveTransformer model = drawn_naive(kTiny, 6);
  // Head 1 owns columns 0 and 1 (3, 4: norm 5), head 2 columns 2 and 3 (5, 10, 10: norm 15).
  model.parameters["layers.0.attn.out_proj.weight"] = {3, 0, 5, 0, 0, 4, 0, 10, 0, 0, 0, 10, 0, 0, 0, 0};
  const ModelAttention found = backend().attention_of(written(model), kTokens, Device::cpu);
  ASSERT_EQ(found.head_weights.size(), 4U);
  EXPECT_DOUBLE_EQ(found.head_weights[0], 0.25);
  EXPECT_DOUBLE_EQ(found.head_weights[1], 0.75);
  EXPECT_DOUBLE_EQ(found.head_weights[2] + found.head_weights[3], 1.0);
}

TEST(Transformer, TakesTheHeadCountFromOptionMetadataAndName) {
  const NaiveTransformer model = drawn_naive(kTiny, 7);
  const auto folder = fresh_folder();
  write_naive(folder / "4_heads_copy.safetensors", model, {{"heads", "2"}});
  write_naive(folder / "model.safetensors", model);
  write_naive(folder / "bad.safetensors", model, {{"heads", "two"}});
  const auto heads = [&](const std::string& name, int given) {
    return backend().attention_of({folder / name, given}, kTokens, Device::cpu).heads;
  };
  EXPECT_EQ(heads("4_heads_copy.safetensors", 0), 2);
  EXPECT_EQ(heads("4_heads_copy.safetensors", 1), 1);
  EXPECT_EQ(heads("model.safetensors", 4), 4);
  EXPECT_THROW(heads("model.safetensors", 0), exact::UsageError);
  EXPECT_THROW(heads("bad.safetensors", 0), exact::InputError);
}

TEST(Transformer, ReadsHalfPrecisionWeights) {
  NaiveTransformer model = drawn_naive(kTiny, 8);
  for (auto& named : model.parameters) {
    for (double& value : named.second) value = std::round(value * 16) / 16;  // exact in every float type
  }
  std::vector<std::pair<std::string, Tensor>> tensors;
  for (const auto& [name, sizes] : parameters_of(kTiny)) {
    tensors.emplace_back(
        name, Tensor{tensors.size() % 2 == 0 ? DType::bf16 : DType::f16, sizes, model.parameters.at(name)});
  }
  const auto path = fresh_folder() / "2_heads_half.safetensors";
  write_safetensors(path, tensors);
  const ModelAttention half = backend().attention_of({path, 0}, kTokens, Device::cpu);
  EXPECT_EQ(half.attention, backend().attention_of(written(model), kTokens, Device::cpu).attention);
}

TEST(Transformer, RefusesSequencesThatDoNotFit) {
  const ModelSource source = written(drawn_naive(kTiny, 9));
  const auto run = [&](const std::vector<std::int64_t>& tokens) {
    return backend().attention_of(source, tokens, Device::cpu);
  };
  EXPECT_THROW(run({}), exact::UsageError);
  EXPECT_THROW(run({0, 1, 2, 3, 4, 5}), exact::UsageError);
  EXPECT_THROW(run({7}), exact::UsageError);
  EXPECT_THROW(run({-1}), exact::UsageError);
}

TEST(Transformer, RefusesAHeadCountThatDoesNotDivide) {
  EXPECT_THAT(refusal_of(drawn_naive(kTiny, 1), 3), HasSubstr("3 heads do not divide"));
}

TEST(Transformer, RefusesEachMissingTensorByName) {
  for (const auto& parameter : parameters_of(kTiny)) {
    const std::string& name = parameter.first;
    EXPECT_THAT(refusal_after([&](auto& tensors) {
                  std::erase_if(tensors, [&](const auto& named) { return named.first == name; });
                }),
                AllOf(HasSubstr(name + ": "), HasSubstr("missing")));
  }
}

TEST(Transformer, RefusesAnUnknownTensor) {
  for (const std::string name :
       {"layers.0.attn.W_o.weight", "layers.x.ln1.weight", "layers.999999.ln1.weight", "norm"}) {
    EXPECT_THAT(refusal_after([&](auto& tensors) {
                  tensors.emplace_back(name, Tensor{DType::f32, {1}, {0}});
                }),
                AllOf(HasSubstr(name), HasSubstr("not part of a model")));
  }
}

TEST(Transformer, RefusesWrongShapesTypesAndValues) {
  const auto changed = [](const std::string& name, const Tensor& replacement) {
    return refusal_after([&](auto& tensors) {
      for (auto& named : tensors) {
        if (named.first == name) named.second = replacement;
      }
    });
  };
  EXPECT_THAT(changed("layers.1.ln2.weight", {DType::f32, {5}, {1, 1, 1, 1, 1}}),
              AllOf(HasSubstr("layers.1.ln2.weight"), HasSubstr("shape [5], expected [4]")));
  EXPECT_THAT(changed("token_emb.weight", {DType::f32, {4}, {1, 1, 1, 1}}), HasSubstr("expected a matrix"));
  EXPECT_THAT(changed("pos_emb.weight", {DType::f32, {0, 4}, {}}), HasSubstr("expected a matrix"));
  EXPECT_THAT(changed("layers.1.ln2.weight", {DType::f64, {4}, {1, 1, 1, 1}}), HasSubstr("has type float64"));
  EXPECT_THAT(
      changed("layers.1.ln2.weight", {DType::f32, {4}, {1, 1, std::numeric_limits<double>::infinity(), 1}}),
      HasSubstr("element 2 is not finite"));
  EXPECT_THAT(changed("layers.1.attn.out_proj.weight", {DType::f32, {4, 4}, std::vector<double>(16, 0.0)}),
              HasSubstr("heads have no weights"));
}

TEST(Transformer, RefusesAFileThatIsAbsent) {
  EXPECT_THROW(backend().attention_of({"nowhere/2_heads_copy.safetensors", 0}, kTokens, Device::cpu),
               exact::InputError);
}

}  // namespace
}  // namespace crosshead::attention

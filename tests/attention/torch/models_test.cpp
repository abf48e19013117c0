#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>

#include "shared_backend.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/attention/sequences.hpp"

namespace crosshead::attention {
namespace {

const std::filesystem::path kModels = std::filesystem::path(CROSSHEAD_SOURCE_DIR) / "proofs" / "models";

/// Share of positions that the model answers correctly on sequences of a seed that no training used.
double accuracy_of(const std::filesystem::path& file, Task task, int sequences) {
  double right = 0, all = 0;
  for (int sample = 0; sample < sequences; ++sample) {
    const auto tokens = uniform_tokens(987654321, static_cast<std::uint64_t>(sample), 100, 256);
    const auto target = target_of(task, tokens);
    const auto predicted = backend().attention_of({file, 0}, tokens, Device::cpu).predicted;
    for (std::size_t position = 0; position < target.size(); ++position) {
      right += predicted[position] == target[position] ? 1 : 0;
      all += 1;
    }
  }
  return right / all;
}

/// Rows sum to 1 within 100 units in the last place of 1, and no query sees a later key.
void expect_causal_and_stochastic(const ModelAttention& found) {
  const auto nodes = static_cast<std::size_t>(found.nodes);
  for (std::size_t row = 0; row < found.attention.size() / nodes; ++row) {
    double sum = 0;
    bool future_is_zero = true;
    for (std::size_t key = 0; key < nodes; ++key) {
      const float entry = found.attention[row * nodes + key];
      sum += static_cast<double>(entry);
      future_is_zero = future_is_zero && (key <= row % nodes || entry == 0.0F);
    }
    EXPECT_NEAR(sum, 1.0, 100 * 0x1p-23) << "row " << row;
    EXPECT_TRUE(future_is_zero) << "row " << row;
  }
}

std::string own_model(int heads, Task task) {
  return std::to_string(heads) + "_heads_" + name_of(task) + ".safetensors";
}

TEST(Models, OwnCopyModelsCopyFreshSequences) {
  for (const int heads : {1, 4, 8, 16})
    EXPECT_GE(accuracy_of(kModels / own_model(heads, Task::copy), Task::copy, 10), 0.999) << heads;
}

TEST(Models, OwnCycleModelsAnswerAllButTheFirstPosition) {
  // Under the causal mask nobody can know the last token at the first position.
  for (const int heads : {1, 4, 8, 16})
    EXPECT_GE(accuracy_of(kModels / own_model(heads, Task::cycle), Task::cycle, 10), 0.989) << heads;
}

TEST(Models, OwnModelsSayHowTheyWereMade) {
  std::vector<std::string> names;
  for (const int heads : {1, 4, 8, 16}) {
    for (const Task task : {Task::copy, Task::cycle}) names.push_back(own_model(heads, task));
  }
  for (const std::string& name : names) {
    const TensorFile file(kModels / name);
    EXPECT_EQ(file.metadata().at("heads") + "_heads_" + file.metadata().at("task") + ".safetensors", name);
    for (const char* key : {"task", "heads", "epochs", "examples", "seed", "fresh_loss", "fresh_accuracy",
                            "libtorch", "device", "note"}) {
      EXPECT_EQ(file.metadata().count(key), 1U) << name << ": " << key;
    }
  }
}

TEST(Models, CurvesOfOwnModelsAreThoseInTheModels) {
  for (const int heads : {1, 4, 8, 16}) {
    for (const Task task : {Task::copy, Task::cycle}) {
      const std::string name = own_model(heads, task);
      const TensorFile file(kModels / name);
      std::ifstream stream((kModels / name).replace_extension(".csv"));
      std::string line, curve;
      std::getline(stream, line);  // the heading
      int epochs = 0;
      while (std::getline(stream, line)) {
        const std::string number = std::to_string(++epochs) + ",";
        ASSERT_TRUE(line.starts_with(number)) << name << ": " << line;
        curve += line.substr(number.size()) + "\n";
      }
      std::replace(curve.begin(), curve.end(), ',', ' ');
      EXPECT_EQ(curve, file.metadata().at("curve")) << name;
      EXPECT_EQ(std::to_string(epochs), file.metadata().at("epochs")) << name;
      EXPECT_TRUE(curve.ends_with(" " + file.metadata().at("fresh_loss") + " " +
                                  file.metadata().at("fresh_accuracy") + "\n"))
          << name << ": " << curve;
    }
  }
}

TEST(Models, AttentionOfTheOwnModelIsStochasticAndCausal) {
  const ModelAttention found = backend().attention_of({kModels / "4_heads_copy.safetensors", 0},
                                                      uniform_tokens(1, 100000, 100, 256), Device::cpu);
  EXPECT_EQ(found.layers, 4);
  EXPECT_EQ(found.heads, 4);
  expect_causal_and_stochastic(found);
}

TEST(Models, StoredAttentionIsThatOfTheModel) {
  const TensorFile fixture(kModels / "4_heads_copy_attention.safetensors");
  const Tensor attention = fixture.read("attention"), tokens = fixture.read("tokens");
  const Tensor head_weights = fixture.read("head_weights");
  ASSERT_EQ(attention.shape, (std::vector<std::int64_t>{4, 4, 100, 100}));
  const std::vector<std::int64_t> sequence(tokens.values.begin(), tokens.values.end());
  const ModelAttention found =
      backend().attention_of({kModels / "4_heads_copy.safetensors", 0}, sequence, Device::cpu);
  ASSERT_EQ(found.attention.size(), attention.values.size());
  double farthest = 0;
  for (std::size_t index = 0; index < attention.values.size(); ++index) {
    farthest =
        std::max(farthest, std::fabs(static_cast<double>(found.attention[index]) - attention.values[index]));
  }
  EXPECT_LE(farthest, 1e-4);  // another LibTorch, BLAS or processor rounds differently
  EXPECT_EQ(found.head_weights, head_weights.values);
}

TEST(Models, AttentionOnCudaIsThatOfTheCpu) {
  if (!backend().has_cuda()) GTEST_SKIP() << "no CUDA device: the comparison of devices is skipped";
  const ModelSource source{kModels / "4_heads_copy.safetensors", 0};
  const auto tokens = uniform_tokens(1, 100001, 100, 256);
  const ModelAttention cpu = backend().attention_of(source, tokens, Device::cpu);
  const ModelAttention cuda = backend().attention_of(source, tokens, Device::cuda);
  double farthest = 0;
  for (std::size_t index = 0; index < cpu.attention.size(); ++index) {
    farthest =
        std::max(farthest, static_cast<double>(std::fabs(cpu.attention[index] - cuda.attention[index])));
  }
  EXPECT_LE(farthest, 1e-4);
  EXPECT_EQ(cpu.predicted, cuda.predicted);
  expect_causal_and_stochastic(cuda);
}

TEST(Models, PublishedModelsLoadAndCopy) {
  const char* given = std::getenv("CROSSHEAD_PUBLISHED");
  const std::filesystem::path published =
      given != nullptr ? std::filesystem::path(given)
                       : std::filesystem::path(CROSSHEAD_SOURCE_DIR) / ".." / "shared" / "data" / "published";
  if (!std::filesystem::exists(published / "checkpoints")) {
    GTEST_SKIP() << "the published models are not here: name their folder in CROSSHEAD_PUBLISHED";
  }
  for (const Task task : {Task::copy, Task::cycle}) {
    for (const std::int64_t heads : {1, 4, 8, 16}) {
      const auto file =
          published / "checkpoints" / (std::to_string(heads) + "_heads_" + name_of(task) + ".pt");
      const ModelAttention found =
          backend().attention_of({file, 0}, uniform_tokens(2, 0, 100, 256), Device::cpu);
      EXPECT_EQ(found.heads, heads);
      EXPECT_EQ(found.layers, 4);
      expect_causal_and_stochastic(found);
      const double accuracy = accuracy_of(file, task, 3);
      RecordProperty(std::to_string(heads) + "_heads_" + name_of(task), std::to_string(accuracy));
      // Under the causal mask no model can know the first answer of a cycle: 99 of 100 positions are the
      // ceiling.
      if (task == Task::copy) {
        EXPECT_GE(accuracy, 0.99) << file;
      }
    }
  }
}

}  // namespace
}  // namespace crosshead::attention

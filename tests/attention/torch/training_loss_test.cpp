#include <algorithm>
#include <cmath>
#include <random>

#include "naive_transformer.hpp"
#include "shared_backend.hpp"
#include "tiny_training.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/attention/sequences.hpp"

namespace crosshead::attention {
namespace {

constexpr double kStill = 1e-30;  // a learning rate that leaves every weight as it was drawn

/// One layer and four sequences, all of them in every batch: each epoch is one step on the whole data set.
struct WholeBatch {
  TrainOptions options;
  ModelShape shape{1, 2, 4, 8, 5, 6};
  std::vector<std::vector<std::int64_t>> sequences, targets;

  WholeBatch(const std::filesystem::path& folder, const std::string& name)
      : options(tiny_options(folder, name)) {
    options.task = "cycle";
    options.epochs = 1;
    options.layers = 1;
    options.embedding = 4;
    options.batch = options.examples = 4;
    options.dropout = 0;
    for (std::uint64_t sample = 0; sample < 4; ++sample) {
      sequences.push_back(uniform_tokens(options.seed, sample, 6, 5));
      targets.push_back(target_of(Task::cycle, sequences.back()));
    }
  }
};

/// Adam's first moment after one step is a tenth of the gradient: compared with central differences of the
/// naive loss.
TEST(TrainingLoss, GradientAndFirstStepAreThoseOfTheNaiveModel) {
  const auto folder = fresh_folder();
  WholeBatch still(folder, "still"), moved(folder, "moved");
  still.options.learning_rate = kStill;
  ASSERT_TRUE(backend().train(still.options, {}));
  ASSERT_TRUE(backend().train(moved.options, {}));
  NaiveTransformer model = read_naive(still.options.checkpoint, "model.", still.shape);
  const NaiveTransformer first = read_naive(still.options.checkpoint, "adam.first.", still.shape);
  const NaiveTransformer second = read_naive(still.options.checkpoint, "adam.second.", still.shape);
  const NaiveTransformer after = read_naive(moved.options.checkpoint, "model.", still.shape);
  for (auto& [name, values] : model.parameters) {
    for (std::size_t index = 0; index < values.size(); ++index) {
      const double kept = values[index], offset = 1e-5;
      values[index] = kept + offset;
      const double above = loss_naive(model, still.sequences, still.targets);
      values[index] = kept - offset;
      const double below = loss_naive(model, still.sequences, still.targets);
      values[index] = kept;
      EXPECT_NEAR(first.parameters.at(name)[index], 0.1 * (above - below) / (2 * offset), 1e-7)
          << name << " " << index;
      const double gradient = 10 * first.parameters.at(name)[index];
      EXPECT_NEAR(second.parameters.at(name)[index], 0.001 * gradient * gradient, 1e-9)
          << name << " " << index;
      const double step = -1e-3 * gradient / (std::fabs(gradient) + 1e-8);
      EXPECT_NEAR(after.parameters.at(name)[index] - kept, step, 1e-6) << name << " " << index;
    }
  }
}

/// The second step of Adam, by the paper's formulas in double, from the two gradients that the moments
/// reveal.
TEST(TrainingLoss, SecondStepIsAdams) {
  const auto folder = fresh_folder();
  WholeBatch run(folder, "run");
  ASSERT_TRUE(backend().train(run.options, {}));
  const NaiveTransformer before = read_naive(run.options.checkpoint, "model.", run.shape);
  run.options.epochs = 2;
  ASSERT_TRUE(backend().train(run.options, {}));
  const NaiveTransformer after = read_naive(run.options.checkpoint, "model.", run.shape);
  const NaiveTransformer first = read_naive(run.options.checkpoint, "adam.first.", run.shape);
  const NaiveTransformer second = read_naive(run.options.checkpoint, "adam.second.", run.shape);
  for (const auto& [name, values] : before.parameters) {
    for (std::size_t index = 0; index < values.size(); ++index) {
      const double mean = first.parameters.at(name)[index] / (1 - 0.9 * 0.9);
      const double square = second.parameters.at(name)[index] / (1 - 0.999 * 0.999);
      EXPECT_NEAR(after.parameters.at(name)[index] - values[index], -1e-3 * mean / (std::sqrt(square) + 1e-8),
                  1e-6)
          << name << " " << index;
    }
  }
}

/// Mean, standard deviation and standard error of the loss under dropout, over masks.
struct Sample {
  double count = 0, sum = 0, squares = 0;
  void add(double value) { ++count, sum += value, squares += value * value; }
  double mean() const { return sum / count; }
  double spread() const { return std::sqrt(squares / count - mean() * mean()); }
  double error() const { return spread() / std::sqrt(count); }
};

void expect_dropout_like_naive(Device device) {
  for (const double probability : {0.1, 0.6}) {
    WholeBatch run(fresh_folder(), "run");
    run.options.learning_rate = kStill;
    run.options.dropout = probability;
    run.options.epochs = 400;
    run.options.checkpoint.clear();
    run.options.device = device;
    Sample found, expected;
    ASSERT_TRUE(backend().train(run.options, [&](const TrainProgress& progress) {
      found.add(progress.loss);
      return true;
    }));
    const NaiveTransformer model = read_naive(run.options.output, "", run.shape);
    std::mt19937_64 generator(5);
    std::bernoulli_distribution kept(1 - probability);
    for (int repeat = 0; repeat < 2000; ++repeat) {
      expected.add(loss_naive(model, run.sequences, run.targets,
                              [&] { return kept(generator) ? 1 / (1 - probability) : 0.0; }));
    }
    const double error = std::hypot(found.error(), expected.error());
    EXPECT_NEAR(found.mean(), expected.mean(), 5 * error) << "dropout " << probability;
    EXPECT_NEAR(found.spread(), expected.spread(), 0.2 * expected.spread());
    // The comparison of the means has teeth only if dropout moves the loss by more than the tolerance.
    if (probability > 0.5) {
      const double without = loss_naive(model, run.sequences, run.targets);
      EXPECT_GT(std::fabs(expected.mean() - without), 7 * error);
    }
  }
}

TEST(TrainingLoss, DropoutIsThatOfTheNaiveModel) {
  expect_dropout_like_naive(Device::cpu);
}

TEST(TrainingLoss, DropoutOnCudaIsThatOfTheNaiveModel) {
  if (!backend().has_cuda()) GTEST_SKIP() << "no CUDA device: training there is skipped";
  expect_dropout_like_naive(Device::cuda);
}

TEST(TrainingLoss, InitialWeightsFollowPyTorchsDefaults) {
  TrainOptions options = tiny_options(fresh_folder(), "initial");
  options.learning_rate = kStill;
  options.epochs = 1;
  options.embedding = 64;
  options.vocabulary = 256;
  ASSERT_TRUE(backend().train(options, {}));
  const TensorFile model(options.output);
  double sum = 0, squares = 0;
  const auto embedding = model.read("token_emb.weight").values;
  for (const double value : embedding) sum += value, squares += value * value;
  EXPECT_NEAR(sum / static_cast<double>(embedding.size()), 0.0, 0.04);  // 5 standard errors of 16384 normals
  EXPECT_NEAR(squares / static_cast<double>(embedding.size()), 1.0, 0.06);
  EXPECT_THAT(model.read("layers.1.ln1.weight").values, ::testing::Each(1.0));
  for (const char* name : {"layers.0.attn.W_q.weight", "layers.1.mlp.0.bias", "out_proj.weight"}) {
    double largest = 0;
    for (const double value : model.read(name).values) largest = std::max(largest, std::fabs(value));
    EXPECT_LE(largest, 0.125) << name;  // 1 / sqrt(64)
    EXPECT_GE(largest, 0.08) << name;
  }
}

}  // namespace
}  // namespace crosshead::attention

#include <cmath>
#include <fstream>
#include <sstream>

#include "shared_backend.hpp"
#include "tiny_training.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::attention {
namespace {

using ::testing::HasSubstr;

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::stringstream bytes;
  bytes << stream.rdbuf();
  return bytes.str();
}

void change_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

/// Trains until the given step of the given epoch asks to stop.
bool train_until(const TrainOptions& options, int epoch, int step) {
  return backend().train(options, [&](const TrainProgress& progress) {
    return progress.epoch != epoch || progress.step != step;
  });
}

template <typename Error>
std::string refusal_of(const TrainOptions& options) {
  try {
    backend().train(options, {});
  } catch (const Error& error) {
    return error.what();
  }
  ADD_FAILURE() << "the options were accepted";
  return "";
}

void expect_resumed_run_equals_uninterrupted(Device device) {
  const auto folder = fresh_folder();
  TrainOptions whole = tiny_options(folder, "whole"), parts = tiny_options(folder, "parts");
  whole.device = parts.device = device;
  ASSERT_TRUE(backend().train(whole, {}));
  ASSERT_FALSE(train_until(parts, 1, 2));  // nothing was completed yet
  EXPECT_FALSE(std::filesystem::exists(parts.checkpoint));
  ASSERT_FALSE(train_until(parts, 2, 2));  // in the middle of the second epoch
  EXPECT_FALSE(std::filesystem::exists(parts.output));
  ASSERT_FALSE(train_until(parts, 3, 3));  // at the very end of the third
  ASSERT_TRUE(backend().train(parts, {}));
  EXPECT_EQ(bytes_of(whole.checkpoint), bytes_of(parts.checkpoint));
  EXPECT_EQ(bytes_of(whole.output), bytes_of(parts.output));
}

TEST(Training, ResumedRunEqualsUninterrupted) {
  expect_resumed_run_equals_uninterrupted(Device::cpu);
}

TEST(Training, ResumedRunEqualsUninterruptedOnCuda) {
  if (!backend().has_cuda()) GTEST_SKIP() << "no CUDA device: training there is skipped";
  expect_resumed_run_equals_uninterrupted(Device::cuda);
}

TEST(Training, GrowsTheNumberOfEpochs) {
  const auto folder = fresh_folder();
  TrainOptions grown = tiny_options(folder, "grown");
  grown.epochs = 1;
  ASSERT_TRUE(backend().train(grown, {}));
  grown.epochs = 3;
  ASSERT_TRUE(backend().train(grown, {}));
  const TrainOptions whole = tiny_options(folder, "whole");
  ASSERT_TRUE(backend().train(whole, {}));
  EXPECT_EQ(bytes_of(grown.output), bytes_of(whole.output));
  grown.epochs = 2;
  EXPECT_THAT(refusal_of<exact::UsageError>(grown), HasSubstr("3 epochs behind it"));
}

TEST(Training, ReportsEveryStep) {
  std::vector<std::pair<int, int>> seen;
  ASSERT_TRUE(backend().train(tiny_options(fresh_folder(), "run"), [&](const TrainProgress& progress) {
    seen.emplace_back(progress.epoch, progress.step);
    EXPECT_EQ(progress.epochs, 3);
    EXPECT_EQ(progress.steps, 3);  // 20 examples in batches of 8: the last has 4
    EXPECT_GT(progress.loss, 0);
    EXPECT_GE(progress.accuracy, 0);
    EXPECT_LE(progress.accuracy, 1);
    return true;
  }));
  const std::vector<std::pair<int, int>> expected = {{1, 1}, {1, 2}, {1, 3}, {2, 1}, {2, 2},
                                                     {2, 3}, {3, 1}, {3, 2}, {3, 3}};
  EXPECT_EQ(seen, expected);
}

TEST(Training, LearnsToCopyAndReportsIt) {
  TrainOptions options = tiny_options(fresh_folder(), "2_heads_copy");
  options.epochs = 30;
  options.examples = 100;
  options.batch = 10;
  options.learning_rate = 1e-2;
  ASSERT_TRUE(backend().train(options, {}));
  const TensorFile model(options.output);
  EXPECT_GE(std::stod(model.metadata().at("fresh_accuracy")), 0.95);
  EXPECT_LE(std::stod(model.metadata().at("fresh_loss")), 0.3);
  EXPECT_EQ(model.metadata().at("epochs"), "30");
  EXPECT_EQ(model.metadata().at("learning_rate"), "0.01");
  const auto predicted =
      backend().attention_of({options.output, 0}, {4, 3, 2, 1, 0, 0}, Device::cpu).predicted;
  EXPECT_EQ(predicted.size(), 6U);
}

TEST(Training, SeedsTasksAndDropoutMatter) {
  const auto folder = fresh_folder();
  const auto trained = [&](const std::string& name, auto change) {
    TrainOptions options = tiny_options(folder, name);
    options.checkpoint.clear();
    change(options);
    EXPECT_TRUE(backend().train(options, {}));
    return TensorFile(options.output).read("out_proj.weight").values;
  };
  const auto base = trained("base", [](TrainOptions&) {});
  EXPECT_EQ(base, trained("again", [](TrainOptions&) {}));
  EXPECT_NE(base, trained("seed", [](TrainOptions& options) { options.seed = 12; }));
  EXPECT_NE(base, trained("task", [](TrainOptions& options) { options.task = "cycle"; }));
  EXPECT_NE(base, trained("dropout", [](TrainOptions& options) { options.dropout = 0.5; }));
}

TEST(Training, KeepsACurveWithALineForEachEpoch) {
  const TrainOptions options = tiny_options(fresh_folder(), "run");
  double loss = 0, accuracy = 0;
  ASSERT_TRUE(backend().train(options, [&](const TrainProgress& progress) {
    loss += progress.epoch == 2 ? progress.loss / 3 : 0;
    accuracy += progress.epoch == 2 ? progress.accuracy / 3 : 0;
    return true;
  }));
  const TensorFile model(options.output);
  const auto curve = curve_of_text(model.metadata().at("curve"));
  ASSERT_EQ(curve.size(), 3U);
  EXPECT_NEAR(curve[1].loss, loss, 1e-6);
  EXPECT_NEAR(curve[1].accuracy, accuracy, 1e-6);
  EXPECT_EQ(curve[2].fresh_loss, std::stod(model.metadata().at("fresh_loss")));
  EXPECT_EQ(curve[2].fresh_accuracy, std::stod(model.metadata().at("fresh_accuracy")));
}

TEST(Training, StopsAtTheCeilingWhenAsked) {
  TrainOptions options = tiny_options(fresh_folder(), "run");
  options.epochs = 400;
  options.examples = 200;
  options.batch = 10;
  options.learning_rate = 1e-2;
  options.dropout = 0;
  options.stop_at_ceiling = true;
  ASSERT_TRUE(backend().train(options, {}));
  const auto curve = curve_of_text(TensorFile(options.output).metadata().at("curve"));
  ASSERT_LT(curve.size(), 400U) << "the ceiling was never reached";
  for (std::size_t epoch = 0; epoch < curve.size(); ++epoch)
    EXPECT_EQ(curve[epoch].fresh_accuracy >= 1 - 1e-4, epoch + 1 == curve.size()) << epoch;
}

TEST(Training, RefusesACheckpointOfOtherOptions) {
  TrainOptions options = tiny_options(fresh_folder(), "run");
  ASSERT_FALSE(train_until(options, 2, 1));
  const std::string kept = bytes_of(options.checkpoint);
  options.learning_rate = 0.002;
  EXPECT_THAT(refusal_of<exact::UsageError>(options),
              HasSubstr("learning_rate = 0.001, this run asks for 0.002"));
  options.learning_rate = 0.001;
  options.heads = 4;
  EXPECT_THAT(refusal_of<exact::UsageError>(options), HasSubstr("heads = 2, this run asks for 4"));
  EXPECT_EQ(bytes_of(options.checkpoint), kept);
}

TEST(Training, RefusesADamagedCheckpointAndLeavesIt) {
  TrainOptions options = tiny_options(fresh_folder(), "run");
  ASSERT_FALSE(train_until(options, 2, 1));
  const std::string good = bytes_of(options.checkpoint);
  std::string flipped = good;
  flipped[flipped.size() - 7] ^= 1;
  for (const std::string& damaged :
       {flipped, good.substr(0, good.size() / 2), good.substr(0, 5), std::string(), std::string(300, 'x')}) {
    change_bytes(options.checkpoint, damaged);
    EXPECT_THAT(refusal_of<exact::InputError>(options), HasSubstr(options.checkpoint.string()));
    EXPECT_EQ(bytes_of(options.checkpoint), damaged);
    EXPECT_FALSE(std::filesystem::exists(options.output));
  }
  // A model is a good file, but no checkpoint.
  change_bytes(options.checkpoint, good);
  ASSERT_TRUE(backend().train(options, {}));
  options.checkpoint = options.output;
  EXPECT_THAT(refusal_of<exact::InputError>(options), HasSubstr("no training checkpoint"));
}

TEST(Training, RefusesBadOptions) {
  const auto folder = fresh_folder();
  const auto refused = [&](auto change) {
    TrainOptions options = tiny_options(folder, "run");
    change(options);
    return refusal_of<exact::UsageError>(options);
  };
  EXPECT_THAT(refused([](TrainOptions& o) { o.task = "sort"; }), HasSubstr("unknown task \"sort\""));
  EXPECT_THAT(refused([](TrainOptions& o) { o.heads = 3; }), HasSubstr("3 does not divide 8"));
  EXPECT_THAT(refused([](TrainOptions& o) { o.heads = 0; }), HasSubstr("does not divide"));
  EXPECT_THAT(refused([](TrainOptions& o) { o.epochs = 0; }), HasSubstr("must be positive"));
  EXPECT_THAT(refused([](TrainOptions& o) { o.threads = 0; }), HasSubstr("must be positive"));
  EXPECT_THAT(refused([](TrainOptions& o) { o.learning_rate = 0; }), HasSubstr("learning rate"));
  EXPECT_THAT(refused([](TrainOptions& o) { o.learning_rate = NAN; }), HasSubstr("learning rate"));
  EXPECT_THAT(refused([](TrainOptions& o) { o.dropout = 1; }), HasSubstr("dropout"));
  EXPECT_THAT(refused([](TrainOptions& o) { o.output.clear(); }), HasSubstr("no output file"));
  EXPECT_THAT(refused([](TrainOptions& o) { o.output = "nowhere/m.safetensors"; }),
              HasSubstr("does not exist"));
}

}  // namespace
}  // namespace crosshead::attention

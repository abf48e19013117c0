#include "training.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <string>
#include <vector>

#include "dropout.hpp"
#include "thread_count.hpp"
#include "training_state.hpp"
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <torch/version.h>

#include "crosshead/attention/sequences.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::attention::module {

namespace {

constexpr std::uint64_t kShufflePurpose = 5;
constexpr std::int64_t kFreshSequences = 500;

/// Sequences and what should be answered, both [count, n] int64.
struct Examples {
  at::Tensor tokens, targets;
};

/// Loss and accuracy of one batch or data set.
struct Score {
  double loss = 0, accuracy = 0;
};

Examples examples_of(const TrainOptions& options, std::int64_t first, std::int64_t count,
                     const at::Device& device) {
  const Task task = task_named(options.task);
  std::vector<std::int64_t> tokens, targets;
  for (std::int64_t sample = first; sample < first + count; ++sample) {
    const auto sequence =
        uniform_tokens(options.seed, static_cast<std::uint64_t>(sample), options.length, options.vocabulary);
    const auto target = target_of(task, sequence);
    tokens.insert(tokens.end(), sequence.begin(), sequence.end());
    targets.insert(targets.end(), target.begin(), target.end());
  }
  const auto type = at::TensorOptions().dtype(at::kLong);
  return {at::tensor(tokens, type).view({count, options.length}).to(device),
          at::tensor(targets, type).view({count, options.length}).to(device)};
}

/// The order in which an epoch visits the examples (Fisher and Yates).
at::Tensor order_of_epoch(const TrainOptions& options, std::int64_t epoch, const at::Device& device) {
  RandomStream stream(options.seed, kShufflePurpose, static_cast<std::uint64_t>(epoch));
  std::vector<std::int64_t> order(static_cast<std::size_t>(options.examples));
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t left = order.size(); left > 1; --left)
    std::swap(order[left - 1], order[stream.below(left)]);
  return at::tensor(order, at::TensorOptions().dtype(at::kLong)).to(device);
}

/// Mean cross entropy over all positions, and the share of positions answered correctly.
std::pair<at::Tensor, at::Tensor> judged(const at::Tensor& logits, const at::Tensor& targets) {
  const at::Tensor flat = logits.reshape({-1, logits.size(-1)}), expected = targets.reshape({-1});
  return {at::cross_entropy_loss(flat, expected),
          flat.detach().argmax(-1).eq(expected).to(at::kDouble).mean()};
}

/// One step of Adam with PyTorch's defaults (beta 0.9 and 0.999, epsilon 1e-8), in PyTorch's order of
/// operations.
void adam_step(TrainingState& state, double learning_rate) {
  constexpr double kFirst = 0.9, kSecond = 0.999, kEpsilon = 1e-8;
  c10::NoGradGuard no_gradients;
  ++state.step;
  const double first_correction = 1.0 - std::pow(kFirst, static_cast<double>(state.step));
  const double second_correction = 1.0 - std::pow(kSecond, static_cast<double>(state.step));
  for (auto& [name, weight] : state.model.weights) {
    const at::Tensor gradient = weight.grad();
    at::Tensor& first = state.first_moments.at(name);
    at::Tensor& second = state.second_moments.at(name);
    first.mul_(kFirst).add_(gradient, 1.0 - kFirst);
    second.mul_(kSecond).addcmul_(gradient, gradient, 1.0 - kSecond);
    const at::Tensor root = second.sqrt().div_(std::sqrt(second_correction)).add_(kEpsilon);
    weight.addcdiv_(first, root, -learning_rate / first_correction);
    weight.mutable_grad().reset();
  }
}

Score train_step(TrainingState& state, const Examples& batch, Dropout* dropout, double learning_rate) {
  for (auto& named : state.model.weights) named.second.set_requires_grad(true);
  const auto [loss, accuracy] =
      judged(forward(state.model, batch.tokens, dropout, false).logits, batch.targets);
  const Score score{loss.item<double>(), accuracy.item<double>()};
  if (!std::isfinite(score.loss)) {
    throw exact::UsageError("training diverged in epoch " + std::to_string(state.epoch + 1) +
                            ": a smaller learning rate may help");
  }
  loss.backward();
  adam_step(state, learning_rate);
  return score;
}

/// Evaluation on sequences that training never saw.
Score evaluate(const TrainingState& state, const TrainOptions& options, const at::Device& device) {
  c10::NoGradGuard no_gradients;
  Score total;
  for (std::int64_t done = 0; done < kFreshSequences;) {
    const std::int64_t count = std::min<std::int64_t>(options.batch, kFreshSequences - done);
    const Examples fresh = examples_of(options, options.examples + done, count, device);
    const auto [loss, accuracy] =
        judged(forward(state.model, fresh.tokens, nullptr, false).logits, fresh.targets);
    const double share = static_cast<double>(count) / static_cast<double>(kFreshSequences);
    total.loss += share * loss.item<double>();
    total.accuracy += share * accuracy.item<double>();
    done += count;
  }
  return total;
}

std::string six_decimals(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.6f", value);
  return text.data();
}

void write_model(const TrainingState& state, const TrainOptions& options) {
  std::vector<std::pair<std::string, Tensor>> tensors;
  for (const auto& parameter : parameters_of(state.model.shape)) {
    tensors.emplace_back(parameter.first, to_host(state.model.weights.at(parameter.first)));
  }
  auto metadata = described(options);
  metadata["format"] = "crosshead.model/1";
  metadata["epochs"] = std::to_string(state.epoch);
  metadata["libtorch"] = TORCH_VERSION;
  metadata["fresh_loss"] = six_decimals(state.curve.back().fresh_loss);
  metadata["fresh_accuracy"] = six_decimals(state.curve.back().fresh_accuracy);
  metadata["curve"] = curve_text(state.curve);
  metadata["note"] =
      "Trained by crosshead train on uniform random tokens with Adam; fresh_loss and fresh_accuracy are "
      "without dropout, on " +
      std::to_string(kFreshSequences) + " sequences not trained on.";
  write_safetensors(options.output, tensors, metadata);
}

}  // namespace

bool train_model(const TrainOptions& options, const c10::Device& device,
                 const std::function<bool(const TrainProgress&)>& progress) {
  require_valid(options);
  const auto start = std::chrono::steady_clock::now();
  const ThreadCount threads(options.threads);
  const bool resumes = !options.checkpoint.empty() && std::filesystem::exists(options.checkpoint);
  TrainingState state =
      resumes ? read_checkpoint(options.checkpoint, options, device) : initial_state(options, device);

  const Examples data = examples_of(options, 0, options.examples, device);
  const std::int64_t steps = (options.examples + options.batch - 1) / options.batch;
  const auto ended = [&] {
    return state.epoch >= options.epochs || (options.stop_at_ceiling && state.epoch > 0 &&
                                             accuracy_ceiling_reached(options, state.curve.back()));
  };
  while (!ended()) {
    Score mean;
    const at::Tensor order = order_of_epoch(options, state.epoch, device);
    const auto dropout =
        dropout_of_epoch(options.dropout, options.seed, static_cast<std::uint64_t>(state.epoch), device);
    for (std::int64_t step = 0; step < steps; ++step) {
      const std::int64_t first = step * options.batch;
      const at::Tensor chosen =
          order.narrow(0, first, std::min<std::int64_t>(options.batch, options.examples - first));
      const Examples batch{data.tokens.index_select(0, chosen), data.targets.index_select(0, chosen)};
      const Score score = train_step(state, batch, dropout.get(), options.learning_rate);
      mean.loss += score.loss / static_cast<double>(steps);
      mean.accuracy += score.accuracy / static_cast<double>(steps);
      const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
      if (progress &&
          !progress({static_cast<int>(state.epoch) + 1, options.epochs, static_cast<int>(step) + 1,
                     static_cast<int>(steps), score.loss, score.accuracy, elapsed.count()})) {
        return false;
      }
    }
    ++state.epoch;
    const Score fresh = evaluate(state, options, device);
    state.curve.push_back({mean.loss, mean.accuracy, fresh.loss, fresh.accuracy});
    if (!options.checkpoint.empty()) write_checkpoint(options.checkpoint, state, options);
  }
  write_model(state, options);
  return true;
}

}  // namespace crosshead::attention::module

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>

#include "command.hpp"
#include "interrupt.hpp"
#include "json_parts.hpp"
#include "line_width.hpp"
#include "progress.hpp"
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "crosshead/attention/float_backend.hpp"
#include "crosshead/attention/tensor_file.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::cli {
namespace {

using attention::TrainOptions;
using attention::TrainProgress;

/// Epochs behind a checkpoint: 0 when there is none, or when it does not say (training then says why).
int epochs_behind(const std::filesystem::path& checkpoint) {
  if (!std::filesystem::exists(checkpoint)) return 0;
  const attention::TensorFile file(checkpoint);
  const auto epoch = file.metadata().find("epoch");
  return epoch == file.metadata().end() ? 0 : std::atoi(epoch->second.c_str());
}

/// The training curve in the metadata of a model or checkpoint; empty when the file does not exist.
std::vector<attention::EpochScore> curve_behind(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) return {};
  const attention::TensorFile file(path);
  const auto curve = file.metadata().find("curve");
  return curve == file.metadata().end() ? std::vector<attention::EpochScore>()
                                        : attention::curve_of_text(curve->second);
}

/// Writes the curve as CSV, epochs counted from 1.
void write_curve(const std::filesystem::path& path, const std::vector<attention::EpochScore>& curve) {
  std::ofstream file(path);
  file << "epoch,loss,accuracy,fresh_loss,fresh_accuracy\n";
  for (std::size_t epoch = 0; epoch < curve.size(); ++epoch) {
    const auto& score = curve[epoch];
    file << fmt::format("{},{:.6f},{:.6f},{:.6f},{:.6f}\n", epoch + 1, score.loss, score.accuracy,
                        score.fresh_loss, score.fresh_accuracy);
  }
  file.close();
  if (!file) throw exact::UsageError("cannot write the training curve to " + path.string());
}

nlohmann::ordered_json result_json(const TrainOptions& options, const TrainProgress& last, int resumed_after,
                                   bool finished, const std::vector<attention::EpochScore>& curve) {
  nlohmann::ordered_json result = {
      {"schema", "crosshead.train/1"},
      {"finished", finished},
      {"task", options.task},
      {"heads", options.heads},
      {"seed", options.seed},
      {"epochs", options.epochs},
      {"epochs_done", finished ? static_cast<int>(curve.size()) : std::max(last.epoch - 1, resumed_after)},
      {"resumed_after", resumed_after},
      {"device", options.device == attention::Device::cpu ? "cpu" : "cuda"},
      {"output", options.output.string()},
      {"checkpoint", options.checkpoint.string()},
      {"loss", nullptr},
      {"accuracy", nullptr},
      {"fresh_loss", nullptr},
      {"fresh_accuracy", nullptr},
      {"seconds", last.seconds},
      {"curve", nlohmann::ordered_json::array()}};
  if (last.step > 0) {
    result["loss"] = last.loss;
    result["accuracy"] = last.accuracy;
  }
  for (const auto& score : curve) {
    result["curve"].push_back({{"loss", score.loss},
                               {"accuracy", score.accuracy},
                               {"fresh_loss", score.fresh_loss},
                               {"fresh_accuracy", score.fresh_accuracy}});
  }
  if (finished) {
    result["fresh_loss"] = curve.back().fresh_loss;
    result["fresh_accuracy"] = curve.back().fresh_accuracy;
  }
  return result;
}

int train(const TrainOptions& given, const std::filesystem::path& curve_file, const GlobalOptions& global) {
  TrainOptions options = given;
  options.threads = global.thread_count();
  if (options.checkpoint.empty()) options.checkpoint = options.output.string() + ".state";
  if (curve_file.has_parent_path() && !std::filesystem::is_directory(curve_file.parent_path())) {
    throw exact::UsageError("training: the folder of " + curve_file.string() + " does not exist");
  }
  const auto backend = attention::load_float_backend();
  const int resumed_after = epochs_behind(options.checkpoint);
  if (resumed_after > 0 && !global.quiet) {
    complain(fmt::format("resuming after epoch {} from {}", resumed_after, options.checkpoint.string()));
  }

  const InterruptRequest interrupt;
  ProgressLine line(global.quiet);
  TrainProgress last;
  const bool finished = backend->train(options, [&](const TrainProgress& progress) {
    last = progress;
    const std::int64_t steps = progress.steps;
    line.show((progress.epoch - 1) * steps + progress.step, progress.epochs * steps, resumed_after * steps,
              fmt::format("epoch {}/{}  loss {:.3f}", progress.epoch, progress.epochs, progress.loss));
    return !interrupt.made();
  });
  line.clear();

  const auto curve = curve_behind(finished ? options.output : options.checkpoint);
  const nlohmann::ordered_json result = result_json(options, last, resumed_after, finished, curve);
  if (!curve_file.empty()) write_curve(curve_file, curve);
  if (global.json) print(document_text(result));
  if (finished) {
    if (!global.json) {
      print(wrapped("",
                    fmt::format("{}: {} heads, {} epochs, {}", options.output.string(), options.heads,
                                result["epochs_done"].get<int>(), duration_text(last.seconds)),
                    kHanging));
      print(fmt::format("on fresh sequences: loss {}, accuracy {}\n", result["fresh_loss"].dump(),
                        result["fresh_accuracy"].dump()));
    }
    return kHolds;
  }
  const int saved = result["epochs_done"].get<int>();
  complain(fmt::format(
      "interrupted in epoch {} of {}; {}; the same command goes on from there", last.epoch, options.epochs,
      saved == 0 ? "no epoch is finished and nothing is saved"
                 : fmt::format("{} epochs are saved in {}", saved, options.checkpoint.string())));
  return kInterrupted;
}

}  // namespace

void add_train_command(CLI::App& program, GlobalOptions& options, int& exit_code) {
  CLI::App* command =
      add_command(program, "train", "Train the paper's transformer on one of its tasks", options);
  const auto given = std::make_shared<TrainOptions>();
  const AddOption add(*command);
  const auto add_count = [&](const std::string& name, int& value, const std::string& help) {
    add(name, value, "N", fmt::format("{} (default {})", help, value))->check(CLI::Range(1, 1'000'000'000));
  };
  add("--task", given->task, "copy|cycle", "What to learn (default copy)")
      ->check(CLI::IsMember(std::vector<std::string>{"copy", "cycle"}));
  add("--out", given->output, "FILE", "Where the model is written (safetensors)")->required();
  add("--checkpoint", given->checkpoint, "FILE",
      "State after each epoch; resumed from if it exists (default: OUT.state)");
  add_count("--heads", given->heads, "Heads in each layer");
  add_count("--epochs", given->epochs, "Passes over the examples");
  command->add_flag("--stop-at-ceiling", given->stop_at_ceiling,
                    "Stop early, once accuracy is within 1/10000 of the best under a causal mask");
  const auto curve = std::make_shared<std::filesystem::path>();
  add("--curve", *curve, "FILE", "Where loss and accuracy of each epoch are written (CSV)");
  add("--seed", given->seed, "S", "Seed of sequences, weights, order and dropout (default 1)");
  const auto device = std::make_shared<std::string>("cpu");
  add("--device", *device, "cpu|cuda", "Where to train (default cpu)")
      ->check(CLI::IsMember(std::vector<std::string>{"cpu", "cuda"}));
  add_count("--length", given->length, "Tokens in a sequence");
  add_count("--vocabulary", given->vocabulary, "Different tokens");
  add_count("--embedding", given->embedding, "Width of the model");
  add_count("--hidden", given->hidden, "Width of the ReLU layers");
  add_count("--layers", given->layers, "Layers");
  add_count("--examples", given->examples, "Sequences to train on");
  add_count("--batch", given->batch, "Sequences in a step");
  add("--learning-rate", given->learning_rate, "R", "Of Adam (default 0.001)");
  add("--dropout", given->dropout, "P", "Dropout probability (default 0.1)");
  command->footer(
      "Examples:\n"
      "  crosshead train --task copy --heads 4 --epochs 20 --out 4_heads_copy.safetensors\n"
      "  crosshead train --task cycle --heads 8 --device cuda --out 8_heads_cycle.safetensors\n"
      "SIGINT stops after the step under way; the same command resumes after the last finished epoch, "
      "with the same result as a run that was never stopped. Exit code 130 then.");
  command->callback([given, device, curve, &options, &exit_code] {
    given->device = *device == "cuda" ? attention::Device::cuda : attention::Device::cpu;
    exit_code = train(*given, *curve, options);
  });
}

}  // namespace crosshead::cli

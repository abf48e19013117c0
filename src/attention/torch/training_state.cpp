#include "training_state.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <utility>
#include <vector>

#include <ATen/ATen.h>

#include "crosshead/attention/sequences.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::attention::module {

namespace {

using NamedTensors = std::vector<std::pair<std::string, Tensor>>;

constexpr std::uint64_t kInitialPurpose = 2;
constexpr char kCheckpointFormat[] = "crosshead.training/2";

void require(bool holds, const std::string& message) {
  if (!holds) throw exact::UsageError("training: " + message);
}

/// The shortest decimal that reads back as the same double.
std::string shortest(double value) {
  std::array<char, 32> text{};
  return std::string(text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr);
}

/// FNV-1a over the float32 images, in order: finds damage, not malice.
std::string digest_of(const NamedTensors& tensors) {
  std::uint64_t digest = 0xcbf29ce484222325U;
  for (const auto& named : tensors) {
    for (const double value : named.second.values) {
      auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(value));
      for (int byte = 0; byte < 4; ++byte, bits >>= 8) digest = (digest ^ (bits & 0xffU)) * 0x100000001b3U;
    }
  }
  return std::to_string(digest);
}

Tensor drawn(const std::string& name, const std::vector<std::int64_t>& shape, double bound,
             RandomStream stream) {
  Tensor tensor{DType::f32, shape, {}};
  std::size_t count = 1;
  for (const std::int64_t size : shape) count *= static_cast<std::size_t>(size);
  const bool embedding = name.find("_emb.") != std::string::npos,
             scale = name.find(".ln") != std::string::npos;
  for (std::size_t index = 0; index < count; ++index) {
    const double value = scale ? 1.0 : embedding ? stream.normal() : bound * (2.0 * stream.unit() - 1.0);
    tensor.values.push_back(static_cast<double>(static_cast<float>(value)));
  }
  return tensor;
}

/// One of the three groups of a checkpoint: prefix and where it goes.
std::array<std::pair<std::string, Weights*>, 3> groups_of(TrainingState& state) {
  return {{{"model.", &state.model.weights},
           {"adam.first.", &state.first_moments},
           {"adam.second.", &state.second_moments}}};
}

const std::string& key_of(const TensorFile& file, const std::filesystem::path& path, const std::string& key) {
  const auto found = file.metadata().find(key);
  if (found == file.metadata().end()) {
    throw exact::InputError(path.string(), "metadata key \"" + key + "\"", "is missing from the checkpoint");
  }
  return found->second;
}

std::int64_t count_of(const TensorFile& file, const std::filesystem::path& path, const std::string& key) {
  const std::string& text = key_of(file, path, key);
  std::int64_t value = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) {
    throw exact::InputError(path.string(), "metadata key \"" + key + "\"",
                            "is \"" + text + "\", expected a count");
  }
  return value;
}

}  // namespace

void require_valid(const TrainOptions& options) {
  task_named(options.task);
  require(options.heads > 0 && options.embedding > 0 && options.embedding % options.heads == 0,
          "the number of heads must divide the embedding dimension, and " + std::to_string(options.heads) +
              " does not divide " + std::to_string(options.embedding));
  require(options.epochs > 0 && options.length > 0 && options.vocabulary > 0 && options.hidden > 0 &&
              options.layers > 0 && options.examples > 0 && options.batch > 0 && options.threads > 0,
          "epochs, length, vocabulary, hidden, layers, examples, batch and threads must be positive");
  require(std::isfinite(options.learning_rate) && options.learning_rate > 0,
          "the learning rate must be positive");
  require(options.dropout >= 0 && options.dropout < 1, "dropout must be at least 0 and below 1");
  require(!options.output.empty(), "no output file is named");
  for (const auto& path : {options.output, options.checkpoint}) {
    // Found out now rather than after hours of training.
    require(path.empty() || !path.has_parent_path() || std::filesystem::is_directory(path.parent_path()),
            "the folder of " + path.string() + " does not exist");
  }
}

ModelShape shape_of(const TrainOptions& options) {
  return {options.layers, options.heads,      options.embedding,
          options.hidden, options.vocabulary, options.length};
}

std::map<std::string, std::string> described(const TrainOptions& options) {
  return {{"task", options.task},
          {"heads", std::to_string(options.heads)},
          {"length", std::to_string(options.length)},
          {"vocabulary", std::to_string(options.vocabulary)},
          {"embedding", std::to_string(options.embedding)},
          {"hidden", std::to_string(options.hidden)},
          {"layers", std::to_string(options.layers)},
          {"examples", std::to_string(options.examples)},
          {"batch", std::to_string(options.batch)},
          {"learning_rate", shortest(options.learning_rate)},
          {"dropout", shortest(options.dropout)},
          {"seed", std::to_string(options.seed)},
          {"device", options.device == Device::cpu ? "cpu" : "cuda"}};
}

TrainingState initial_state(const TrainOptions& options, const at::Device& device) {
  TrainingState state;
  state.model.shape = shape_of(options);
  std::uint64_t index = 0;
  double bound = 0;
  for (const auto& [name, shape] : parameters_of(state.model.shape)) {
    // A bias follows its weight and shares its bound.
    if (shape.size() == 2) bound = 1.0 / std::sqrt(static_cast<double>(shape[1]));
    const Tensor tensor = drawn(name, shape, bound, RandomStream(options.seed, kInitialPurpose, index++));
    const at::Tensor weight = to_device(tensor, device);
    state.first_moments.emplace(name, at::zeros_like(weight));
    state.second_moments.emplace(name, at::zeros_like(weight));
    state.model.weights.emplace(name, weight);
  }
  return state;
}

void write_checkpoint(const std::filesystem::path& path, const TrainingState& state,
                      const TrainOptions& options) {
  NamedTensors tensors;
  TrainingState shared = state;  // shares the tensors' storage
  for (const auto& [prefix, group] : groups_of(shared)) {
    for (const auto& [name, value] : *group) tensors.emplace_back(prefix + name, to_host(value));
  }
  auto metadata = described(options);
  metadata["format"] = kCheckpointFormat;
  metadata["step"] = std::to_string(state.step);
  metadata["epoch"] = std::to_string(state.epoch);
  metadata["curve"] = curve_text(state.curve);
  metadata["digest"] = digest_of(tensors);
  write_safetensors(path, tensors, metadata);
}

TrainingState read_checkpoint(const std::filesystem::path& path, const TrainOptions& options,
                              const at::Device& device) {
  const TensorFile file(path);
  if (key_of(file, path, "format") != kCheckpointFormat) {
    throw exact::InputError(
        path.string(), "metadata key \"format\"",
        std::string("expected ") + kCheckpointFormat + ": this is no training checkpoint");
  }
  for (const auto& [key, asked] : described(options)) {
    const std::string& made = key_of(file, path, key);
    require(made == asked,
            path.string() + " was made with " + key + " = " + made + ", this run asks for " + asked);
  }
  TrainingState state;
  state.model.shape = shape_of(options);
  state.step = count_of(file, path, "step");
  state.epoch = count_of(file, path, "epoch");
  require(state.epoch <= options.epochs, path.string() + " has " + std::to_string(state.epoch) +
                                             " epochs behind it, this run asks for " +
                                             std::to_string(options.epochs));
  try {
    state.curve = curve_of_text(key_of(file, path, "curve"));
  } catch (const exact::UsageError& error) {
    throw exact::InputError(path.string(), "metadata key \"curve\"", error.what());
  }
  if (static_cast<std::int64_t>(state.curve.size()) != state.epoch) {
    throw exact::InputError(
        path.string(), "metadata key \"curve\"",
        "has " + std::to_string(state.curve.size()) + " epochs, expected " + std::to_string(state.epoch));
  }
  NamedTensors tensors;
  std::map<std::string, std::vector<std::int64_t>> shapes;
  for (const auto& [name, shape] : parameters_of(state.model.shape)) shapes.emplace(name, shape);
  for (const auto& [prefix, group] : groups_of(state)) {
    for (const auto& [name, shape] : shapes) {
      const Tensor& tensor = tensors.emplace_back(prefix + name, file.read(prefix + name)).second;
      if (tensor.dtype != DType::f32 || tensor.shape != shape) {
        throw exact::InputError(path.string(), prefix + name, "has not the type and shape of its parameter");
      }
      group->emplace(name, to_device(tensor, device));
    }
  }
  if (key_of(file, path, "digest") != digest_of(tensors)) {
    throw exact::InputError(path.string(), "metadata key \"digest\"",
                            "does not match the tensors: the checkpoint is damaged");
  }
  return state;
}

}  // namespace crosshead::attention::module

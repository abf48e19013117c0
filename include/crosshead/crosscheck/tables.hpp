#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crosshead/attention/float_backend.hpp"
#include "crosshead/attention/sequences.hpp"
#include "crosshead/crosscheck/definition_metrics.hpp"
#include "crosshead/crosscheck/layer_metrics.hpp"

namespace crosshead::crosscheck {

// The paper's Tables 1 to 6 for a folder of models. Letters: L layers, H heads, B sequences, n positions.

/// A model by the name of its file, {H}_heads_{task}.{pt,safetensors}.
struct ModelFile {
  std::filesystem::path path;
  attention::Task task = attention::Task::copy;
  int heads = 0;
};

/// All models of a folder, copy before cycle, few heads before many. Files of other names are left alone.
/// Throws exact::InputError when the folder cannot be read, holds no model, or holds two for one name.
std::vector<ModelFile> models_in(const std::filesystem::path& folder);

struct TableOptions {
  int samples = 50;
  std::uint64_t seed = 1;
  /// Given sequences instead of drawn ones; `tokens_file` is for messages.
  std::optional<std::vector<std::vector<std::int64_t>>> tokens;
  std::string tokens_file;
  bool published = true, definitions = true;  ///< readings
  bool exact = false;                         ///< by the oracles of both readings
  TableParts parts;
  std::vector<exact::Rational> epsilons;  ///< of the mixing times of the definitions
  int threads = 1;
  attention::Device device = attention::Device::cpu;
};

/// Drawn sequences are numbers kFirstSample, kFirstSample + 1, ... of the seed: no training has seen them.
inline constexpr std::uint64_t kFirstSample = 1'000'000;

/// Everything about one layer of one model, one entry for each sequence.
struct LayerSamples {
  int layer = 0;  ///< from 1
  std::vector<PublishedMetrics> published;
  std::vector<DefinitionMetrics> definitions;
};

struct ModelSamples {
  ModelFile model;
  std::int64_t parameters = 0;
  int positions = 0, samples = 0;
  std::vector<int> right;  ///< [B]: positions answered as the task asks
  int first_right = 0;     ///< sequences whose first position is answered as the task asks
  std::vector<LayerSamples> layers;
};

/// Called from the calling thread after each group of sequences, with their number so far; false stops.
using TableProgress = std::function<bool(int done)>;

/// Runs one model on the sequences and evaluates each layer. Nothing when stopped. Throws exact::InputError
/// for a model or tokens that do not fit (naming file and place; see require_causal_rows) and
/// exact::MissingComponent.
std::optional<ModelSamples> sample_model(attention::FloatBackend& backend, const ModelFile& model,
                                         const TableOptions& options, const TableProgress& progress);

}  // namespace crosshead::crosscheck

// One forward pass for a group of sequences, then (sequence, layer) pairs are shared among threads.
#include "crosshead/crosscheck/tables.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>

#include "crosshead/exact/error.hpp"
#include "crosshead/exact/share_tasks.hpp"

namespace crosshead::crosscheck {
namespace {

using exact::InputError;

constexpr int kGroup = 10;  ///< sequences in one forward pass

/// {H}_heads_{task} with a task of the paper and a positive number without leading zeros.
std::optional<ModelFile> model_named(const std::filesystem::path& path) {
  const std::string extension = path.extension().string(), stem = path.stem().string();
  if (extension != ".pt" && extension != ".safetensors") return std::nullopt;
  ModelFile model;
  model.path = path;
  const auto [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), model.heads);
  if (error != std::errc() || stem.front() == '0' || model.heads < 1) return std::nullopt;
  const std::string rest(end, stem.data() + stem.size());
  if (rest == "_heads_copy") {
    model.task = attention::Task::copy;
  } else if (rest == "_heads_cycle") {
    model.task = attention::Task::cycle;
  } else {
    return std::nullopt;
  }
  return model;
}

/// What does not depend on the sequence.
struct ModelFacts {
  attention::ModelShape shape;
  std::int64_t parameters = 0;
  std::vector<EnclosedWeights> weights;  ///< [L]
};

ModelFacts facts_of(const ModelFile& model) {
  const attention::TensorFile file(model.path);
  const auto key = file.metadata().find("heads");
  if (key != file.metadata().end() && key->second != std::to_string(model.heads)) {
    throw InputError(model.path.string(), "metadata key \"heads\"",
                     "is \"" + key->second + "\", but the file's name says " + std::to_string(model.heads));
  }
  ModelFacts facts;
  facts.shape = attention::shape_of_model({model.path, model.heads}, file);
  for (const auto& [name, shape] : attention::parameters_of(facts.shape)) {
    facts.parameters += std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
  }
  for (std::int64_t layer = 0; layer < facts.shape.layers; ++layer) {
    const std::string name = "layers." + std::to_string(layer) + ".attn.out_proj.weight";
    facts.weights.push_back(norm_weights(file.read(name), facts.shape.heads, model.path, name));
  }
  return facts;
}

void require_tokens(const std::vector<std::vector<std::int64_t>>& sequences, const TableOptions& options,
                    const ModelFile& model, const attention::ModelShape& shape) {
  const std::string name = model.path.filename().string();
  for (std::size_t b = 0; b < sequences.size(); ++b) {
    const auto positions = static_cast<std::int64_t>(sequences[b].size());
    if (positions < 1 || positions > shape.length) {
      throw InputError(options.tokens_file, "",
                       "sequences of " + std::to_string(positions) + " tokens, where " + name +
                           " takes 1 to " + std::to_string(shape.length));
    }
    for (std::size_t k = 0; k < sequences[b].size(); ++k) {
      const std::int64_t token = sequences[b][k];
      if (token >= 0 && token < shape.vocabulary) continue;
      throw InputError(options.tokens_file,
                       "sample " + std::to_string(b + 1) + ", position " + std::to_string(k + 1),
                       "token " + std::to_string(token) + " is not in 0.." +
                           std::to_string(shape.vocabulary - 1) + ", the vocabulary of " + name);
    }
  }
}

std::vector<std::vector<std::int64_t>> sequences_for(const ModelFile& model, const TableOptions& options,
                                                     const attention::ModelShape& shape) {
  if (options.tokens) {
    require_tokens(*options.tokens, options, model, shape);
    return *options.tokens;
  }
  std::vector<std::vector<std::int64_t>> sequences;
  sequences.reserve(static_cast<std::size_t>(options.samples));
  for (int b = 0; b < options.samples; ++b) {
    sequences.push_back(attention::uniform_tokens(options.seed, kFirstSample + static_cast<std::uint64_t>(b),
                                                  shape.length, shape.vocabulary));
  }
  return sequences;
}

PublishedMetrics published_of(const LayerAttention& layer, const EnclosedWeights& weights,
                              const TableOptions& options) {
  PublishedOptions asked;
  asked.parts = options.parts;
  return options.exact ? published_metrics_exact(layer, weights, asked)
                       : published_metrics(layer, weights, asked);
}

}  // namespace

std::vector<ModelFile> models_in(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::directory_iterator items(folder, error);
  if (error) throw InputError(folder.string(), "", "the folder cannot be read: " + error.message());
  std::vector<ModelFile> models;
  for (const auto& item : items) {
    if (auto model = model_named(item.path())) models.push_back(std::move(*model));
  }
  if (models.empty()) {
    throw InputError(folder.string(), "",
                     "no models: expected files {H}_heads_{task}.pt or .safetensors, the task copy or cycle");
  }
  std::sort(models.begin(), models.end(), [](const ModelFile& a, const ModelFile& b) {
    return std::tuple(a.task, a.heads, a.path) < std::tuple(b.task, b.heads, b.path);
  });
  for (std::size_t k = 1; k < models.size(); ++k) {
    if (models[k].task == models[k - 1].task && models[k].heads == models[k - 1].heads) {
      throw InputError(models[k].path.string(), "",
                       "the same model as " + models[k - 1].path.filename().string() + ": keep one of them");
    }
  }
  return models;
}

std::optional<ModelSamples> sample_model(attention::FloatBackend& backend, const ModelFile& model,
                                         const TableOptions& options, const TableProgress& progress) {
  const ModelFacts facts = facts_of(model);
  const auto sequences = sequences_for(model, options, facts.shape);
  ModelSamples result;
  result.model = model;
  result.parameters = facts.parameters;
  result.samples = static_cast<int>(sequences.size());
  result.positions = static_cast<int>(sequences.front().size());
  const auto layers = static_cast<std::size_t>(facts.shape.layers);
  for (std::size_t layer = 0; layer < layers; ++layer) {
    result.layers.push_back({static_cast<int>(layer) + 1,
                             std::vector<PublishedMetrics>(options.published ? sequences.size() : 0),
                             std::vector<DefinitionMetrics>(options.definitions ? sequences.size() : 0)});
  }
  for (std::size_t first = 0; first < sequences.size(); first += kGroup) {
    if (progress && !progress(static_cast<int>(first))) return std::nullopt;
    const std::size_t count = std::min<std::size_t>(kGroup, sequences.size() - first);
    const auto begin = sequences.begin() + static_cast<std::ptrdiff_t>(first);
    const std::vector<attention::ModelAttention> passes = backend.attention_of_batch(
        {model.path, model.heads}, {begin, begin + static_cast<std::ptrdiff_t>(count)}, options.device,
        options.threads);
    for (std::size_t k = 0; k < count; ++k) {
      const auto target = attention::target_of(model.task, sequences[first + k]);
      int right = 0;
      for (std::size_t p = 0; p < target.size(); ++p) right += passes[k].predicted[p] == target[p] ? 1 : 0;
      result.right.push_back(right);
      result.first_right += passes[k].predicted[0] == target[0] ? 1 : 0;
    }
    exact::share_tasks(options.threads, count * layers, [&](std::size_t item) {
      const std::size_t k = item / layers, layer = item % layers;
      const auto square =
          static_cast<std::size_t>(result.positions) * static_cast<std::size_t>(result.positions);
      const LayerAttention attention{
          model.heads, result.positions,
          passes[k].attention.data() + layer * static_cast<std::size_t>(model.heads) * square};
      require_causal_rows(attention, model.path.string(),
                          "sample " + std::to_string(first + k + 1) + ", layer " + std::to_string(layer + 1));
      LayerSamples& samples = result.layers[layer];
      if (options.published) {
        samples.published[first + k] = published_of(attention, facts.weights[layer], options);
      }
      if (options.definitions) {
        const auto metrics = options.exact ? definition_metrics_exact : definition_metrics;
        samples.definitions[first + k] =
            metrics(attention, facts.weights[layer], {options.epsilons, options.parts});
      }
    });
  }
  return result;
}

}  // namespace crosshead::crosscheck

#include "crosscheck_input.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>

#include "token_rows.hpp"
#include <fmt/format.h>

#include "crosshead/attention/attention_tensor.hpp"
#include "crosshead/attention/sequences.hpp"
#include "crosshead/crosscheck/layer_check.hpp"
#include "crosshead/exact/error.hpp"
#include "crosshead/heads/system_file.hpp"

namespace crosshead::cli {
namespace {

using attention::Tensor;
using attention::TensorFile;
using exact::InputError;
using exact::UsageError;

bool holds(const TensorFile& file, const std::string& name) {
  const auto& tensors = file.tensors();
  return std::any_of(tensors.begin(), tensors.end(),
                     [&](const auto& tensor) { return tensor.first == name; });
}

void require_layer(int layer, std::int64_t count) {
  if (layer >= count) {
    throw UsageError(fmt::format("there is no layer {}; choose --layer 0..{}", layer, count - 1));
  }
}

/// Sequence number `sample` of a token file.
std::vector<std::int64_t> read_tokens(const std::string& path, std::uint64_t sample) {
  std::vector<std::vector<std::int64_t>> rows = read_token_rows(path);
  if (sample >= rows.size()) {
    throw UsageError(fmt::format("{} has no sample {}; it has {}", path, sample, rows.size()));
  }
  return std::move(rows[sample]);
}

/// One layer of a model's attention as a head system; weights from the head weights.
heads::HeadSystem layer_system(const attention::ModelAttention& model, std::int64_t layer) {
  heads::HeadSystem system;
  system.name = fmt::format("layer {}", layer);
  for (std::int64_t node = 1; node <= model.nodes; ++node) system.nodes.push_back(std::to_string(node));
  system.sink = static_cast<int>(model.nodes) - 1;
  const std::int64_t square = model.nodes * model.nodes;
  for (std::int64_t h = 0; h < model.heads; ++h) {
    const auto first = model.attention.begin() + (layer * model.heads + h) * square;
    heads::Head head;
    head.attention = heads::AttentionMatrix{static_cast<int>(model.nodes), {first, first + square}};
    system.heads.push_back(std::move(head));
  }
  const auto shares = model.head_weights.begin() + layer * model.heads;
  system.weights = crosscheck::dyadic_weights({shares, shares + model.heads});
  return system;
}

CrosscheckSource model_layers(const CrosscheckInput& input, const TensorFile& file,
                              attention::FloatBackend& backend) {
  if (!input.tensor.empty())
    throw UsageError("--tensor chooses from attention tensors; " + input.file + " is a model");
  const attention::ModelSource source{input.file, input.heads};
  const attention::ModelShape shape = attention::shape_of_model(source, file);
  CrosscheckSource result;
  std::vector<std::int64_t> tokens;
  if (input.tokens.empty()) {
    // Far from the samples that a training run with the same seed takes.
    const std::uint64_t seed = input.seed.value_or(1), sample = input.sample.value_or(1'000'000);
    tokens = attention::uniform_tokens(seed, sample, shape.length, shape.vocabulary);
    result.tokens = fmt::format("sample {} of seed {}", sample, seed);
  } else {
    if (input.seed) throw UsageError("--seed and --tokens exclude each other");
    const std::uint64_t sample = input.sample.value_or(0);
    tokens = read_tokens(input.tokens, sample);
    result.tokens = fmt::format("sample {} of {}", sample, input.tokens);
  }
  if (input.layer) require_layer(*input.layer, shape.layers);
  const auto model =
      std::make_shared<attention::ModelAttention>(backend.attention_of(source, tokens, input.device));
  for (int layer = 0; layer < model->layers; ++layer) {
    if (!input.layer || *input.layer == layer) result.layers.emplace_back(layer);
  }
  result.read = [model, layers = result.layers](std::size_t k) {
    heads::HeadSystem system = layer_system(*model, *layers[k]);
    system.name = fmt::format("layers.{}", *layers[k]);  // counted as --layer does
    return system;
  };
  result.weights = "norms of out_proj, rounded to k/2^20";
  return result;
}

/// Head weights stored beside attention [L, H, n, n], or nothing.
std::optional<Tensor> stored_weights(const attention::AttentionReader& reader, const std::string& file) {
  constexpr char kName[] = "head_weights";
  if (reader.rank() != 4 || !holds(reader.tensors(), kName)) return std::nullopt;
  Tensor weights = reader.tensors().read(kName);
  if (weights.shape != std::vector<std::int64_t>{reader.layers(), reader.heads()}) {
    throw InputError(file, std::string("tensor ") + kName,
                     fmt::format("its shape is [{}], expected [{}, {}] as attention has layers and heads",
                                 fmt::join(weights.shape, ", "), reader.layers(), reader.heads()));
  }
  return weights;
}

CrosscheckSource tensor_layers(const CrosscheckInput& input) {
  const auto reader = std::make_shared<attention::AttentionReader>(input.file, input.tensor);
  const std::optional<Tensor> weights = stored_weights(*reader, input.file);
  CrosscheckSource result;
  if (input.layer || reader->rank() != 4) {
    reader->layer_of(input.layer);  // refuses a layer that is not there
    result.layers.push_back(input.layer);
  } else {
    for (int layer = 0; layer < reader->layers(); ++layer) result.layers.emplace_back(layer);
  }
  const auto weights_of = [reader, weights](int layer) {
    std::vector<double> shares(static_cast<std::size_t>(reader->heads()), 1.0);
    if (weights) {
      const auto first = weights->values.begin() + static_cast<std::ptrdiff_t>(layer) * reader->heads();
      shares.assign(first, first + reader->heads());
    }
    return crosscheck::dyadic_weights(shares);
  };
  result.read = [reader, weights_of, layers = result.layers](std::size_t k) {
    const int layer = layers[k].value_or(0);
    heads::HeadSystem system = attention::attention_layer(*reader, layer);
    system.weights = weights_of(layer);
    return system;
  };
  result.layer = [reader, weights_of, layers = result.layers](std::size_t k) {
    const int layer = layers[k].value_or(0);
    crosscheck::LayerInput wanted;
    wanted.system = reader->layer_name(layer);
    for (int node = 1; node <= reader->nodes(); ++node) wanted.nodes.push_back(std::to_string(node));
    wanted.weights = weights_of(layer);
    wanted.head = [reader, layer](int head) { return reader->matrix(layer, head).values; };
    return wanted;
  };
  result.weights = weights ? "head_weights of the file, rounded to k/2^20" : "uniform, rounded to k/2^20";
  return result;
}

CrosscheckSource system_layer(const CrosscheckInput& input) {
  if (!input.tensor.empty() || input.layer) {
    throw UsageError("--tensor and --layer choose from a tensor file; " + input.file + " is a system file");
  }
  CrosscheckSource result;
  const heads::AttentionLoader load = attention::attention_loader();
  const heads::HeadSystem system =
      heads::read_system(input.file, [&](const heads::AttentionReference& reference) {
        const std::string file = reference.file.string();
        if (std::find(result.files.begin(), result.files.end(), file) == result.files.end())
          result.files.push_back(file);
        return load(reference);
      });
  result.layers.emplace_back(std::nullopt);
  result.read = [system](std::size_t) { return system; };
  result.weights = "of the file";
  return result;
}

}  // namespace

CrosscheckSource read_crosscheck_source(const CrosscheckInput& input, attention::FloatBackend* backend) {
  CrosscheckSource result;
  bool model = false;
  // A pipe can be read only once: it is taken for a system file.
  std::error_code unreadable;
  const bool seekable = std::filesystem::is_regular_file(input.file, unreadable);
  if (seekable && attention::kind_of(input.file) != attention::FileKind::document) {
    const TensorFile file(input.file);
    model = holds(file, "token_emb.weight");
    if (model && backend == nullptr) {
      throw UsageError(input.file +
                       " is a model; attention is an exact input, what a model computes is not: " +
                       "store its attention in a tensor file");
    }
    result = model ? model_layers(input, file, *backend) : tensor_layers(input);
  } else {
    result = system_layer(input);
  }
  result.files.insert(result.files.begin(), input.file);
  if (!model && (!input.tokens.empty() || input.seed || input.sample || input.heads > 0)) {
    throw UsageError("--tokens, --seed, --sample and --heads are for models; " + input.file + " is none");
  }
  if (!result.layer) {
    result.layer = [read = result.read](std::size_t k) { return crosscheck::layer_input(read(k)); };
  }
  if (!input.weights.empty()) {
    result.layer = [layer = result.layer, given = input.weights](std::size_t k) {
      crosscheck::LayerInput wanted = layer(k);
      wanted.weights = heads::parse_weights(given, wanted.weights.size());
      return wanted;
    };
    result.read = [read = result.read, given = input.weights](std::size_t k) {
      heads::HeadSystem system = read(k);
      system.weights = heads::parse_weights(given, system.heads.size());
      return system;
    };
    result.weights = "given";
  }
  result.layer = [layer = result.layer, file = input.file](std::size_t k) {
    crosscheck::LayerInput wanted = layer(k);
    wanted.file = file;
    return wanted;
  };
  return result;
}

}  // namespace crosshead::cli

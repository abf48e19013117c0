#include "crosshead/attention/model.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>

#include "layout.hpp"

#include "crosshead/exact/error.hpp"

namespace crosshead::attention {

namespace {

using Shape = std::vector<std::int64_t>;

std::optional<std::int64_t> positive_integer(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value <= 0) return std::nullopt;
  return value;
}

bool embeds_in_float32(DType dtype) {
  return dtype == DType::f32 || dtype == DType::f16 || dtype == DType::bf16;
}

/// The tensors of a file by name, with what the checks below need for their messages.
class Directory {
 public:
  Directory(const std::filesystem::path& path, const TensorFile& file) : path_(path.string()) {
    for (const auto& [name, info] : file.tensors()) tensors_.emplace(name, info);
  }

  const TensorInfo& at(const std::string& name) const {
    const auto found = tensors_.find(name);
    if (found == tensors_.end()) fail(name, "this tensor is missing from the model");
    return found->second;
  }
  const std::map<std::string, TensorInfo>& all() const { return tensors_; }

  /// A matrix from which sizes are read: two axes, neither empty.
  const Shape& matrix(const std::string& name) const {
    const Shape& shape = at(name).shape;
    if (shape.size() != 2 || shape[0] < 1 || shape[1] < 1) {
      fail(name, "has shape " + describe(shape) + ", expected a matrix");
    }
    return shape;
  }

  /// One more than the largest L of the names "layers.L. ...", so that a gap is reported as a missing tensor.
  std::int64_t layer_count() const {
    const std::string prefix = "layers.";
    std::int64_t layers = 0;
    for (const auto& [name, info] : tensors_) {
      if (name.rfind(prefix, 0) != 0) continue;
      const std::string digits = name.substr(prefix.size(), name.find('.', prefix.size()) - prefix.size());
      const auto number = digits == "0" ? std::optional<std::int64_t>(0) : positive_integer(digits);
      // A file of k tensors has fewer than k layers: a larger number is a wrong name, not a promise of more.
      if (!number || *number >= static_cast<std::int64_t>(tensors_.size())) {
        fail(name, "this tensor is not part of a model");
      }
      layers = std::max(layers, *number + 1);
    }
    return layers;
  }

  [[noreturn]] void fail(const std::string& name, const std::string& message) const {
    throw exact::InputError(path_, name, message);
  }

 private:
  std::string path_;
  std::map<std::string, TensorInfo> tensors_;
};

}  // namespace

std::vector<std::pair<std::string, Shape>> parameters_of(const ModelShape& shape) {
  const std::int64_t width = shape.embedding;
  std::vector<std::pair<std::string, Shape>> parameters;
  const auto linear = [&](const std::string& name, std::int64_t outputs, std::int64_t inputs) {
    parameters.emplace_back(name + ".weight", Shape{outputs, inputs});
    parameters.emplace_back(name + ".bias", Shape{outputs});
  };
  parameters.emplace_back("token_emb.weight", Shape{shape.vocabulary, width});
  parameters.emplace_back("pos_emb.weight", Shape{shape.length, width});
  for (std::int64_t layer = 0; layer < shape.layers; ++layer) {
    const std::string prefix = "layers." + std::to_string(layer) + ".";
    parameters.emplace_back(prefix + "ln1.weight", Shape{width});
    for (const char* name : {"W_q", "W_k", "W_v", "out_proj"}) linear(prefix + "attn." + name, width, width);
    parameters.emplace_back(prefix + "ln2.weight", Shape{width});
    linear(prefix + "mlp.0", shape.hidden, width);
    linear(prefix + "mlp.2", width, shape.hidden);
  }
  linear("out_proj", shape.vocabulary, width);
  return parameters;
}

std::int64_t head_count_of(const ModelSource& source, const TensorFile& file) {
  if (source.heads > 0) return source.heads;
  const auto key = file.metadata().find("heads");
  if (key != file.metadata().end()) {
    if (const auto heads = positive_integer(key->second)) return *heads;
    throw exact::InputError(source.file.string(), "metadata key \"heads\"",
                            "is \"" + key->second + "\", expected a positive integer");
  }
  const std::string name = source.file.filename().string();
  const std::size_t end = name.find("_heads_");
  if (end != std::string::npos) {
    if (const auto heads = positive_integer(name.substr(0, end))) return *heads;
  }
  throw exact::UsageError(source.file.string() +
                          ": the head count is not known: give it, or name the file {H}_heads_{task}");
}

ModelShape shape_of_model(const ModelSource& source, const TensorFile& file) {
  const Directory directory(source.file, file);
  ModelShape shape;
  shape.heads = head_count_of(source, file);
  shape.vocabulary = directory.matrix("token_emb.weight")[0];
  shape.embedding = directory.matrix("token_emb.weight")[1];
  shape.length = directory.matrix("pos_emb.weight")[0];
  shape.hidden = directory.matrix("layers.0.mlp.0.weight")[0];
  shape.layers = directory.layer_count();

  std::size_t expected = 0;
  for (const auto& [name, parameter_shape] : parameters_of(shape)) {
    const TensorInfo& info = directory.at(name);
    if (info.shape != parameter_shape) {
      directory.fail(name, "has shape " + describe(info.shape) + ", expected " + describe(parameter_shape));
    }
    if (!embeds_in_float32(info.dtype)) {
      directory.fail(name, "has type " + name_of(info.dtype) + ", expected float32, bfloat16 or float16");
    }
    ++expected;
  }
  if (directory.all().size() != expected) {
    std::map<std::string, TensorInfo> unknown = directory.all();
    for (const auto& parameter : parameters_of(shape)) unknown.erase(parameter.first);
    directory.fail(unknown.begin()->first,
                   "this tensor is not part of a model of " + std::to_string(shape.layers) + " layers");
  }
  if (shape.embedding % shape.heads != 0) {
    throw exact::InputError(source.file.string(), "",
                            std::to_string(shape.heads) + " heads do not divide the embedding dimension " +
                                std::to_string(shape.embedding));
  }
  return shape;
}

std::vector<double> head_weights_of(const Tensor& out_proj, std::int64_t heads,
                                    const std::filesystem::path& file, const std::string& name) {
  const auto head_count = static_cast<std::size_t>(heads);
  const auto width = static_cast<std::size_t>(out_proj.shape.at(1));
  const std::size_t block = width / head_count;
  std::vector<double> weights(head_count, 0.0);
  for (std::size_t row = 0; row * width < out_proj.values.size(); ++row) {
    for (std::size_t column = 0; column < width; ++column) {
      const double value = out_proj.values[row * width + column];
      weights[column / block] += value * value;
    }
  }
  double total = 0;
  for (double& weight : weights) total += weight = std::sqrt(weight);
  if (!(total > 0)) throw exact::InputError(file.string(), name, "is zero, so the heads have no weights");
  for (double& weight : weights) weight /= total;
  return weights;
}

}  // namespace crosshead::attention

#include "transformer.hpp"

#include <cmath>
#include <limits>

#include <ATen/ATen.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::attention::module {

namespace {

/// RMSNorm by hand: LibTorch has it from version 2.4 only. The published models leave eps at PyTorch's
/// default, the machine epsilon of float32.
at::Tensor normalised(const at::Tensor& x, const at::Tensor& scale) {
  const double epsilon = std::numeric_limits<float>::epsilon();
  return x * at::rsqrt(at::mean(x * x, {-1}, /*keepdim=*/true) + epsilon) * scale;
}

at::Tensor linear(const Weights& weights, const std::string& name, const at::Tensor& x) {
  return at::linear(x, weights.at(name + ".weight"), weights.at(name + ".bias"));
}

at::Tensor dropped(const at::Tensor& x, Dropout* dropout) {
  return dropout == nullptr ? x : x * dropout->factors(x.sizes());
}

/// [B, n, E] -> [B * H, n, d].
at::Tensor split_heads(const at::Tensor& x, std::int64_t heads) {
  const std::int64_t width = x.size(2) / heads;
  return x.view({x.size(0), x.size(1), heads, width}).transpose(1, 2).reshape({-1, x.size(1), width});
}

/// One attention block; `future` is [n, n], 0 where the key may be seen and minus infinity where it lies
/// ahead, so that softmax gives exact zeros there. Appends the weights before dropout to `kept` unless it is
/// null.
at::Tensor attend(const Transformer& model, const std::string& prefix, const at::Tensor& x,
                  const at::Tensor& future, Dropout* dropout, std::vector<at::Tensor>* kept) {
  const std::int64_t batch = x.size(0), positions = x.size(1), heads = model.shape.heads;
  const at::Tensor query = split_heads(linear(model.weights, prefix + "W_q", x), heads);
  const at::Tensor key = split_heads(linear(model.weights, prefix + "W_k", x), heads);
  const at::Tensor value = split_heads(linear(model.weights, prefix + "W_v", x), heads);
  const double scale = 1.0 / std::sqrt(static_cast<double>(model.shape.embedding / heads));
  const at::Tensor scores = at::baddbmm(future.unsqueeze(0), query, key.transpose(1, 2), 1.0, scale);
  const at::Tensor attention = at::softmax(scores, -1);
  if (kept != nullptr) kept->push_back(attention.view({batch, heads, positions, positions}));
  const at::Tensor mixed = at::bmm(dropped(attention, dropout), value)
                               .view({batch, heads, positions, model.shape.embedding / heads})
                               .transpose(1, 2)
                               .reshape({batch, positions, model.shape.embedding});
  return linear(model.weights, prefix + "out_proj", mixed);
}

}  // namespace

at::Tensor to_device(const Tensor& tensor, const at::Device& device) {
  std::vector<float> values(tensor.values.begin(), tensor.values.end());
  const at::TensorOptions type = at::TensorOptions().dtype(at::kFloat);
  return at::from_blob(values.data(), tensor.shape, type).clone().to(device);
}

Tensor to_host(const at::Tensor& tensor) {
  const at::Tensor flat = tensor.detach().to(at::kCPU).to(at::kFloat).contiguous();
  const float* values = flat.data_ptr<float>();
  return Tensor{DType::f32, flat.sizes().vec(), std::vector<double>(values, values + flat.numel())};
}

std::pair<Transformer, std::vector<double>> read_transformer(const ModelSource& source,
                                                             const at::Device& device) {
  const TensorFile file(source.file);
  Transformer model;
  model.shape = shape_of_model(source, file);
  std::vector<double> head_weights;
  for (const auto& [name, shape] : parameters_of(model.shape)) {
    const Tensor tensor = file.read(name);
    for (std::size_t index = 0; index < tensor.values.size(); ++index) {
      if (!std::isfinite(tensor.values[index])) {
        throw exact::InputError(source.file.string(), name,
                                "element " + std::to_string(index) + " is not finite");
      }
    }
    if (name.rfind("layers.", 0) == 0 && name.find(".attn.out_proj.weight") != std::string::npos) {
      const auto layer = head_weights_of(tensor, model.shape.heads, source.file, name);
      head_weights.insert(head_weights.end(), layer.begin(), layer.end());
    }
    model.weights.emplace(name, to_device(tensor, device));
  }
  return {std::move(model), std::move(head_weights)};
}

Pass forward(const Transformer& model, const at::Tensor& tokens, Dropout* dropout, bool keep_attention) {
  const Weights& weights = model.weights;
  const std::int64_t positions = tokens.size(1);
  const auto options = weights.at("pos_emb.weight").options().requires_grad(false);
  const at::Tensor future =
      at::full({positions, positions}, -std::numeric_limits<double>::infinity(), options).triu(1);

  Pass pass;
  at::Tensor x = at::embedding(weights.at("token_emb.weight"), tokens) +
                 weights.at("pos_emb.weight").narrow(0, 0, positions).unsqueeze(0);
  for (std::int64_t layer = 0; layer < model.shape.layers; ++layer) {
    const std::string prefix = "layers." + std::to_string(layer) + ".";
    x = x + attend(model, prefix + "attn.", normalised(x, weights.at(prefix + "ln1.weight")), future, dropout,
                   keep_attention ? &pass.attention : nullptr);
    const at::Tensor inner =
        at::relu(linear(weights, prefix + "mlp.0", normalised(x, weights.at(prefix + "ln2.weight"))));
    x = x + dropped(linear(weights, prefix + "mlp.2", inner), dropout);
  }
  pass.logits = linear(weights, "out_proj", x);
  return pass;
}

}  // namespace crosshead::attention::module

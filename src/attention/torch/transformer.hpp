#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <ATen/core/Tensor.h>

#include "crosshead/attention/model.hpp"

namespace crosshead::attention::module {

// Letters in shapes: B sequences, H heads, n positions, E embedding, V vocabulary.

/// Parameters by their names in the file. Ordered, so that walking over them is the same on every run.
using Weights = std::map<std::string, at::Tensor>;

/// A model on a device, float32.
struct Transformer {
  ModelShape shape;
  Weights weights;
};

/// Everything one forward pass leaves behind.
struct Pass {
  at::Tensor logits;                  ///< [B, n, V]
  std::vector<at::Tensor> attention;  ///< per layer [B, H, n, n], row = query; empty unless asked for
};

/// Source of dropout masks: called with the shape of what is masked, gives factors 0 or 1 / (1 - p).
/// Null in evaluation.
class Dropout {
 public:
  virtual ~Dropout() = default;
  virtual at::Tensor factors(at::IntArrayRef shape) = 0;
};

/// Reads and checks a model file. Throws exact::InputError (see shape_of_model; also a value that is not
/// finite). The second member holds the head weights, [L, H] row-major.
std::pair<Transformer, std::vector<double>> read_transformer(const ModelSource& source,
                                                             const at::Device& device);

/// Copies a file's tensor to a float32 tensor on `device`, and back (to the CPU, type f32).
at::Tensor to_device(const Tensor& tensor, const at::Device& device);
Tensor to_host(const at::Tensor& tensor);

/// Runs the paper's transformer (section 4.1): pre-norm residual blocks with RMSNorm, causal softmax
/// attention scaled by 1/sqrt(E / H), a ReLU layer, no norm before the output projection. Dropout falls on
/// the attention weights and on the output of the ReLU block. tokens: [B, m] int64 on the weights' device, m
/// <= n.
Pass forward(const Transformer& model, const at::Tensor& tokens, Dropout* dropout, bool keep_attention);

}  // namespace crosshead::attention::module

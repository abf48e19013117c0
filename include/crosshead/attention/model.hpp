#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "crosshead/attention/tensor_file.hpp"

namespace crosshead::attention {

/// One transformer of the paper (section 4.1): sizes are read from its tensors, the head count is given.
struct ModelSource {
  std::filesystem::path file;  ///< .safetensors or .pt state dict
  int heads = 0;               ///< 0: from the metadata key "heads" or the file name "{H}_heads_..."
};

/// Sizes of a model. Letters used for shapes: E embedding, F hidden, V vocabulary, n length, d = E / H.
struct ModelShape {
  std::int64_t layers = 0, heads = 0, embedding = 0, hidden = 0, vocabulary = 0, length = 0;
};

/// Every parameter's name and shape, in the order of the published state dicts:
///   token_emb.weight [V, E], pos_emb.weight [n, E]; for each layer L = 0, 1, ...: layers.L.ln1.weight [E],
///   layers.L.attn.{W_q, W_k, W_v, out_proj}.weight [E, E] and .bias [E], layers.L.ln2.weight [E],
///   layers.L.mlp.0.weight [F, E], .bias [F], layers.L.mlp.2.weight [E, F], .bias [E]; out_proj.weight [V,
///   E], .bias [V].
/// The head count has no part in it (ledger claim S4-params).
std::vector<std::pair<std::string, std::vector<std::int64_t>>> parameters_of(const ModelShape& shape);

/// The head count of a model file: `source.heads` if positive, else the metadata key "heads", else the number
/// in front of "_heads_" in the file's name. Throws exact::UsageError when none of them says, InputError when
/// the key is no positive integer.
std::int64_t head_count_of(const ModelSource& source, const TensorFile& file);

/// Checks that `file` holds exactly the parameters of one model, under the names and shapes of
/// `parameters_of`, in a float type that embeds in float32. Throws exact::InputError naming the tensor that
/// is missing, unknown, wrongly shaped or wrongly typed, and for a head count that does not divide E.
ModelShape shape_of_model(const ModelSource& source, const TensorFile& file);

/// Head weights of one layer, [H]: the Frobenius norm of each head's block of columns of `out_proj`
/// (layers.L.attn.out_proj.weight, [E, E] viewed as [E, H, d]), normalised to sum 1; computed in float64.
/// Throws exact::InputError when every block is zero, since no weights follow then.
std::vector<double> head_weights_of(const Tensor& out_proj, std::int64_t heads,
                                    const std::filesystem::path& file, const std::string& name);

}  // namespace crosshead::attention

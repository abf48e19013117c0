#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "crosshead/attention/model.hpp"

namespace crosshead::attention {

/// The paper's transformer once more, in double, one loop per index and without LibTorch: the oracle of the
/// tests.
struct NaiveTransformer {
  ModelShape shape;
  std::map<std::string, std::vector<double>> parameters;  ///< row-major, float32 values
};

struct NaivePass {
  std::vector<double> attention;  ///< [L, H, n, n]
  std::vector<double> logits;     ///< [n, V]
};

/// Parameters drawn from `seed`, about as large as those of a trained model.
NaiveTransformer drawn_naive(const ModelShape& shape, std::uint64_t seed);
/// The parameters under `prefix` + name in a tensor file.
NaiveTransformer read_naive(const std::filesystem::path& path, const std::string& prefix,
                            const ModelShape& shape);
void write_naive(const std::filesystem::path& path, const NaiveTransformer& model,
                 const std::map<std::string, std::string>& metadata = {});

/// `dropout`, where given, is asked for the factor of each attention weight and of each output of a ReLU
/// block.
NaivePass forward_naive(const NaiveTransformer& model, const std::vector<std::int64_t>& tokens,
                        const std::function<double()>& dropout = {});
/// Mean over all positions of all sequences of -log softmax(logits)[target].
double loss_naive(const NaiveTransformer& model, const std::vector<std::vector<std::int64_t>>& sequences,
                  const std::vector<std::vector<std::int64_t>>& targets,
                  const std::function<double()>& dropout = {});

}  // namespace crosshead::attention

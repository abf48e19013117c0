#pragma once

#include <cmath>
#include <filesystem>
#include <optional>
#include <random>

#include <benchmark/benchmark.h>

#include "crosshead/attention/attention_tensor.hpp"
#include "crosshead/heads/head_system.hpp"

namespace crosshead::bench {

/// Attention of the trained model that is part of the project: [4 layers, 4 heads, 100, 100], float32.
inline std::filesystem::path trained_file() {
  return std::filesystem::path(CROSSHEAD_SOURCE_DIR) / "proofs/models/4_heads_copy_attention.safetensors";
}

/// The heads of one layer of it; nothing, and the benchmark skipped, where the file is missing.
inline std::optional<heads::HeadSystem> trained_layer(benchmark::State& state, int layer) {
  if (!std::filesystem::exists(trained_file())) {
    state.SkipWithError("the trained model's attention is missing");
    return std::nullopt;
  }
  attention::AttentionSelection selection;
  selection.tensor = "attention";
  selection.layer = layer;
  return attention::attention_system(trained_file(), selection);
}

/// Softmax of random scores under a causal mask, computed in float32 as an attention layer stores it.
inline heads::AttentionMatrix random_attention(int nodes) {
  std::mt19937 random(1);
  std::normal_distribution<float> score(0.0F, 1.5F);
  heads::AttentionMatrix matrix;
  matrix.nodes = nodes;
  matrix.values.assign(static_cast<std::size_t>(nodes) * static_cast<std::size_t>(nodes), 0.0);
  for (int i = 0; i < nodes; ++i) {
    std::vector<float> row;
    float sum = 0;
    for (int j = 0; j <= i; ++j) {
      row.push_back(std::exp(score(random)));
      sum += row.back();
    }
    for (int j = 0; j <= i; ++j) {
      matrix.values[static_cast<std::size_t>(i) * static_cast<std::size_t>(nodes) +
                    static_cast<std::size_t>(j)] = row[static_cast<std::size_t>(j)] / sum;
    }
  }
  return matrix;
}

}  // namespace crosshead::bench

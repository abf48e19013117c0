#pragma once

#include <filesystem>
#include <string>

#include "crosshead/attention/float_backend.hpp"

namespace crosshead::attention {

/// A run of nine steps that takes milliseconds: 20 sequences of 6 tokens out of 5, two layers, two heads.
inline TrainOptions tiny_options(const std::filesystem::path& folder, const std::string& name) {
  TrainOptions options;
  options.heads = 2;
  options.epochs = 3;
  options.length = 6;
  options.vocabulary = 5;
  options.embedding = 8;
  options.hidden = 8;
  options.layers = 2;
  options.examples = 20;
  options.batch = 8;
  options.seed = 11;
  options.threads = 1;
  options.output = folder / (name + ".safetensors");
  options.checkpoint = folder / (name + ".state");
  return options;
}

}  // namespace crosshead::attention

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "transformer.hpp"
#include <ATen/core/Tensor.h>

#include "crosshead/attention/float_backend.hpp"

namespace crosshead::attention::module {

/// Everything the next epoch depends on: the model and Adam's moments (Kingma and Ba, arXiv 1412.6980), all
/// float32.
struct TrainingState {
  Transformer model;
  Weights first_moments, second_moments;  ///< named and shaped like the parameters
  std::int64_t step = 0;                  ///< optimiser steps taken
  std::int64_t epoch = 0;                 ///< epochs completed
  std::vector<EpochScore> curve;          ///< one entry for each of them
};

/// Throws exact::UsageError naming the first option that no training run can have.
void require_valid(const TrainOptions& options);

/// The sizes that `options` ask for.
ModelShape shape_of(const TrainOptions& options);

/// The options that the course of a run depends on, as metadata strings. Epochs, threads and paths are not
/// among them.
std::map<std::string, std::string> described(const TrainOptions& options);

/// PyTorch's default initialisations, drawn from options.seed: linear weights and biases uniform on
/// +-1/sqrt(inputs) (Kaiming's rule with a = sqrt 5), embeddings standard normal, RMSNorm scales one. Moments
/// zero.
TrainingState initial_state(const TrainOptions& options, const at::Device& device);

/// Writes the state as a safetensors file, atomically: tensors model.NAME, adam.first.NAME, adam.second.NAME;
/// metadata: the options, the step, the epoch, the curve and a digest of all values.
void write_checkpoint(const std::filesystem::path& path, const TrainingState& state,
                      const TrainOptions& options);

/// Reads it back. Throws exact::InputError for a file that is damaged or no checkpoint, exact::UsageError for
/// one that was made with other options or has more epochs behind it than `options.epochs`.
TrainingState read_checkpoint(const std::filesystem::path& path, const TrainOptions& options,
                              const at::Device& device);

}  // namespace crosshead::attention::module

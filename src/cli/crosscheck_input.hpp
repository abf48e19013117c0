#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crosshead/attention/float_backend.hpp"
#include "crosshead/crosscheck/layer_check.hpp"
#include "crosshead/heads/head_system.hpp"

namespace crosshead::cli {

/// What `crosshead crosscheck` is asked to read.
struct CrosscheckInput {
  std::string file;  ///< attention tensor, system file or model (told apart by content)
  std::string tensor;
  std::optional<int> layer;
  std::string weights;  ///< empty: see `weights` below
  std::string tokens;   ///< integer array [m] or [samples, m]; empty: drawn from the seed
  std::optional<std::uint64_t> seed, sample;
  int heads = 0;  ///< of a model; 0: from its metadata or name
  attention::Device device = attention::Device::cpu;
};

/// Layers of attention, read one at a time. Weights are numbers k / 2^20, except those given by the user or a
/// system file, which are taken as they are.
struct CrosscheckSource {
  std::vector<std::optional<int>> layers;  ///< each one's index, from 0; nothing where there are no layers
  std::function<heads::HeadSystem(std::size_t)> read;  ///< number k of `layers`, all of it
  /// The same with heads that are read when they are needed.
  std::function<crosscheck::LayerInput(std::size_t)> layer;
  std::string weights;             ///< where the head weights are from, in words
  std::string tokens;              ///< where the sequence is from, in words; empty unless a model was run
  std::vector<std::string> files;  ///< FILE and the tensor files that a system file refers to
};

/// The layers of an attention tensor (weights from its companion "head_weights" [L, H], otherwise uniform),
/// the single one of a system file, or those of a model run on one sequence (weights from out_proj). Without
/// `backend`, models are refused. Throws exact::InputError and exact::UsageError.
CrosscheckSource read_crosscheck_source(const CrosscheckInput& input, attention::FloatBackend* backend);

}  // namespace crosshead::cli

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crosshead/attention/float_backend.hpp"
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

/// One layer with weights that are numbers k / 2^20 (except those given by the user or a system file, which
/// are taken as they are).
struct CrosscheckLayer {
  std::optional<int> index;  ///< from 0; nothing where there are no layers
  heads::HeadSystem system;
};

struct CrosscheckSource {
  std::vector<CrosscheckLayer> layers;
  std::string weights;  ///< where the head weights are from, in words
  std::string tokens;   ///< where the sequence is from, in words; empty unless a model was run
};

/// Reads the layers: those of an attention tensor (weights from its companion "head_weights" [L, H],
/// otherwise uniform), the single one of a system file, or those of a model run on one sequence (weights from
/// out_proj). Throws exact::InputError and exact::UsageError.
CrosscheckSource read_crosscheck_source(const CrosscheckInput& input, attention::FloatBackend& backend);

}  // namespace crosshead::cli

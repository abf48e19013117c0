#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crosshead/attention/float_backend.hpp"
#include "crosshead/crosscheck/path_check.hpp"
#include "crosshead/heads/head_system.hpp"

namespace crosshead::crosscheck {

// Letters in shapes: H heads, n nodes (the sink is the last), T steps.

/// Shares as numbers k / 2^20 with sum exactly 1, by the method of the largest remainder (ties to the lower
/// index): each is within 2^-20 of share / sum, every float type holds it, and all sides of a comparison get
/// the same weights bit for bit. A positive share below about 2^-21 of the sum becomes 0.
/// Throws exact::UsageError for no shares, a negative or non-finite one, or a zero sum.
std::vector<exact::Rational> dyadic_weights(const std::vector<double>& shares);

struct CrosscheckOptions {
  std::int64_t steps = 100;  ///< T >= 1
  std::vector<attention::FloatType> types{attention::FloatType::float32, attention::FloatType::float64};
  attention::Device device = attention::Device::cpu;
  Underflow underflow = Underflow::gradual;
};

/// What can be decided from the fidelities within T of the mean and of every head.
struct Verdicts {
  bool amplifies = false;       ///< minimax(mean) > minimax(h) for every head
  bool attenuates = false;      ///< minimax(mean) < minimax(h) for every head
  std::vector<int> best_heads;  ///< every head with the largest minimax, ascending
};

/// A verdict that comes out differently in floating point.
struct Flip {
  enum class Verdict { amplifies, attenuates, best_heads, minimax_nodes, peak_time };
  Verdict verdict = Verdict::amplifies;
  std::optional<int> head;  ///< for minimax_nodes and peak_time; nothing: the mean
  int node = 0;             ///< for peak_time
};
std::string name_of(Flip::Verdict verdict);

/// One float type: index k of `LayerCheck::mean.signals` and of every head's.
struct TypeVerdicts {
  attention::FloatType type = attention::FloatType::float32;
  Verdicts verdicts;
  std::vector<Flip> flips;  ///< against the exact verdicts, in the order of Flip::Verdict
};

/// One attention layer: exactly the same input, bit for bit, in floating point and exactly.
struct LayerCheck {
  std::string system;
  std::vector<exact::Rational> weights;  ///< [H]
  int nodes = 0;
  CrosscheckOptions options;
  std::string backend;  ///< its own description
  PathCheck mean;
  std::vector<PathCheck> heads;  ///< each head alone
  Verdicts exact;
  std::vector<TypeVerdicts> types;  ///< as in options.types

  /// Whether every entry of every signal is within its proven bound.
  [[nodiscard]] bool within() const;
};

/// Runs the mean (Eq. 26, as stored) and each head through `backend` in every type and checks every signal
/// s_j(t) (Eq. 22), t = 0..T, against exact arithmetic and the theorem of rounding_bound.hpp.
/// REQUIRES (exact::UsageError): a diffusion matrix for every head, the sink last, T >= 1, at least one type;
/// entries and weights that each type holds exactly (the message names the first that it does not).
/// Throws exact::MissingComponent when the device is missing.
LayerCheck check_layer(attention::FloatBackend& backend, const heads::HeadSystem& system,
                       const CrosscheckOptions& options = {});

}  // namespace crosshead::crosscheck

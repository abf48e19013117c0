#pragma once

#include <cstdint>
#include <functional>
#include <limits>
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

/// One layer whose heads are read when they are needed: memory follows one matrix, not all of them.
struct LayerInput {
  std::string file;  ///< for messages
  std::string system;
  std::vector<std::string> nodes;        ///< names; the last is the sink
  std::vector<exact::Rational> weights;  ///< [H], sum 1
  /// [n, n], row-major: exact images of the entries, as stored. Throws exact::InputError or UsageError.
  std::function<std::vector<double>(int head)> head;
  /// Signals from elsewhere to check beside the backend's, for the mean (nothing) or a head. May be empty.
  std::function<std::vector<FloatSignal>(std::optional<int> head)> given;
};
/// A system's heads as stored. REQUIRES (exact::UsageError): a diffusion matrix for every head, with entries
/// that are doubles; the sink last.
LayerInput layer_input(heads::HeadSystem system);

struct CrosscheckOptions {
  std::int64_t steps = 100;  ///< T >= 1
  /// What the backend runs: every type on every device; both may be empty when signals are given.
  std::vector<attention::FloatType> types{attention::FloatType::float32, attention::FloatType::float64};
  std::vector<attention::Device> devices{attention::Device::cpu};
  bool chain = false;  ///< attention::float_chain as well, where float32 is among the types
  Underflow underflow = Underflow::gradual;
  /// 64-bit multiply-adds that the exact values of a layer may take; later steps are enclosed.
  std::int64_t exact_budget = std::numeric_limits<std::int64_t>::max();
  bool predict_exactness = false;  ///< fill SignalCheck::exact_through and unrepresentable_at
  bool causal = false;             ///< refuse an entry above the diagonal (exact::InputError naming it)
  std::optional<exact::Rational> largest_defect;  ///< refuse rows farther from sum 1 (exact::InputError)
};

/// How many signals of each path the backend and the chain give; a user's follow them.
std::size_t own_signals(const CrosscheckOptions& options);

/// What can be decided from the fidelities within T of the mean and of every head.
struct Verdicts {
  bool amplifies = false;       ///< minimax(mean) > minimax(h) for every head
  bool attenuates = false;      ///< minimax(mean) < minimax(h) for every head
  std::vector<int> best_heads;  ///< every head with the largest minimax, ascending
  /// Whether enclosures suffice to tell; floats are their own values.
  bool amplifies_decided = true, attenuates_decided = true, best_heads_decided = true;
};

/// A verdict that comes out differently in floating point.
struct Flip {
  enum class Verdict { amplifies, attenuates, best_heads, minimax_nodes, peak_time };
  Verdict verdict = Verdict::amplifies;
  std::optional<int> head;  ///< for minimax_nodes and peak_time; nothing: the mean
  int node = 0;             ///< for peak_time
};
std::string name_of(Flip::Verdict verdict);

/// One signal of every path: index k of `LayerCheck::mean.signals` and of every head's.
struct TypeVerdicts {
  attention::FloatType type = attention::FloatType::float32;
  std::string source;
  Verdicts verdicts;
  std::vector<Flip> flips;  ///< against the exact verdicts, in the order of Flip::Verdict
};

/// The rows of a matrix as a distribution over what is heard.
struct RowReport {
  heads::Defect defect;  ///< largest |row sum - 1|, exactly
  /// Entries above the diagonal: causal attention has none.
  std::int64_t leaks = 0;
  double largest_leak = 0;
  int leak_query = 0, leak_key = 0;  ///< of the first of the largest
};

/// One attention layer: exactly the same input, bit for bit, in floating point and exactly.
struct LayerCheck {
  std::string system;
  std::vector<exact::Rational> weights;  ///< [H]
  int nodes = 0;
  std::vector<std::string> node_names;
  CrosscheckOptions options;
  std::string backend;  ///< its own description
  PathCheck mean;
  std::vector<PathCheck> heads;  ///< each head alone
  RowReport mean_rows;
  std::vector<RowReport> head_rows;
  Verdicts exact;
  std::vector<TypeVerdicts> types;  ///< devices x types, as the backend ran them

  /// Whether every entry of every signal is within its proven bound.
  [[nodiscard]] bool within() const;
  /// Whether floats were exact as long as predicted, where that was asked.
  [[nodiscard]] bool exactness_confirmed() const;
};

/// Runs the mean (Eq. 26, as stored) and each head through `backend` in every type on every device and checks
/// every signal s_j(t) (Eq. 22), t = 0..T, against exact values and the theorem of rounding_bound.hpp. The
/// float means are formed here, by one multiplication and one addition for each head, in order. `progress` is
/// called before each path. REQUIRES (exact::UsageError): weights that sum to 1, T >= 1, at least one signal;
/// entries and weights that each type (float32 for narrower ones) holds exactly; the message names the first
/// that it does not. Throws exact::MissingComponent when a device is missing. `backend` may be null when no
/// type is run.
LayerCheck check_layer(attention::FloatBackend* backend, const LayerInput& input,
                       const CrosscheckOptions& options = {}, const std::function<void()>& progress = {});
LayerCheck check_layer(attention::FloatBackend& backend, const heads::HeadSystem& system,
                       const CrosscheckOptions& options = {});

}  // namespace crosshead::crosscheck

#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crosscheck_input.hpp"
#include <nlohmann/json.hpp>

#include "crosshead/crosscheck/acceptance.hpp"
#include "crosshead/crosscheck/layer_check.hpp"

namespace crosshead::cli {

/// One signal under the rule of acceptance.
struct CrosscheckVerdict {
  std::size_t layer = 0;
  std::optional<int> head;  ///< nothing: the mean
  std::size_t signal = 0;   ///< of the path
  crosscheck::Acceptance acceptance;
  std::string name;  ///< "layer 0, mean, cpu float32"
};

/// What was checked, and how.
struct CrosscheckReport {
  CrosscheckInput input;
  CrosscheckSource source;
  std::string against;                     ///< the user's file, or empty
  std::vector<std::string> used, ignored;  ///< its arrays
  crosscheck::AcceptanceRule rule;
  std::vector<std::pair<std::string, std::string>> environment;
  std::vector<std::string> absent;  ///< devices that were not found
  std::vector<crosscheck::LayerCheck> checks;
  std::vector<double> seconds;  ///< of each layer
  std::vector<CrosscheckVerdict> verdicts;
};

/// "head 1", or "mean" for no head.
std::string path_label(std::optional<int> head);

/// "layer 0", or the name of one of several systems; empty for a single system. REQUIRES: the layer was
/// checked.
std::string layer_label(const CrosscheckReport& report, std::size_t layer);

/// "cpu float32", or the array's name where a user gave it.
std::string signal_label(const crosscheck::SignalCheck& signal);

/// One line per layer and kind of signal, the worst over the mean and every head; then rows, units in the
/// last place, what flipped and what failed. Errors and bounds are decimals rounded up.
std::string crosscheck_table(const CrosscheckReport& report);

/// The document `crosshead.crosscheck/1`. Errors, bounds and shares are the least doubles not below the exact
/// values; minimax fidelities are strings "p/q"; nodes, heads and layers count as in the file: nodes by name,
/// heads from 1, layers from 0.
nlohmann::ordered_json crosscheck_json(const CrosscheckReport& report);

/// JUnit XML: a suite for each layer, a case for each signal under the rule.
std::string crosscheck_junit(const CrosscheckReport& report);

}  // namespace crosshead::cli

#pragma once

#include <string>
#include <vector>

#include "crosscheck_input.hpp"
#include <nlohmann/json.hpp>

#include "crosshead/crosscheck/layer_check.hpp"

namespace crosshead::cli {

/// One line per layer and float type, the worst over the mean and every head; then what flipped or failed.
/// Errors and bounds are decimals rounded up.
std::string crosscheck_table(const CrosscheckInput& input, const CrosscheckSource& source,
                             const std::vector<crosscheck::LayerCheck>& checks);

/// The document `crosshead.crosscheck/1`. Errors, bounds and shares are the least doubles not below the exact
/// values; minimax fidelities are strings "p/q"; nodes, heads and layers count as in the file: nodes by name,
/// heads from 1, layers from 0.
nlohmann::ordered_json crosscheck_json(const CrosscheckInput& input, const CrosscheckSource& source,
                                       const std::vector<crosscheck::LayerCheck>& checks);

}  // namespace crosshead::cli

#pragma once

#include <string>
#include <vector>

#include "crosscheck_input.hpp"
#include <nlohmann/json.hpp>

#include "crosshead/crosscheck/golden.hpp"

namespace crosshead::cli {

/// What a golden file says of itself, `crosshead.golden/1`: inputs with their SHA-256, the reading of every
/// definition, types, arrays with shapes and axes, and what is a limit, undecided or undefined. Paths are
/// "mean" and "head 1", "head 2", ...; layers count from 0, null where there are none. REQUIRES: as many
/// systems as `source` has layers, with their names and weights.
nlohmann::ordered_json golden_manifest(const CrosscheckSource& source,
                                       const std::vector<heads::HeadSystem>& systems,
                                       const std::vector<crosscheck::GoldenSystem>& values,
                                       const std::vector<crosscheck::GoldenArray>& arrays,
                                       const crosscheck::GoldenOptions& options);

}  // namespace crosshead::cli

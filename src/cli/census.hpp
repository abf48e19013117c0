#pragma once

#include <functional>
#include <vector>

#include <nlohmann/json.hpp>

#include "crosshead/search/claims.hpp"

namespace crosshead::cli {

/// The built-in claims with default conventions over all sets of `heads` graphs on 2..`largest` nodes,
/// exactly: documents crosshead.search/1 in the order of claims, then nodes. Sizes without a system are left
/// out. Ends early when `stop` says so.
std::vector<nlohmann::ordered_json> census(int heads, int largest, int threads,
                                           const std::function<bool()>& stop);

/// The same for one question, up to `largest` nodes.
std::vector<nlohmann::ordered_json> census_of(const search::Question& question, int heads, int largest,
                                              int threads, const std::function<bool()>& stop);

}  // namespace crosshead::cli

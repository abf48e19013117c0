#pragma once

#include "expand_run.hpp"
#include <nlohmann/json.hpp>

namespace crosshead::cli {

/// The document `crosshead.expansion/1`: the keys of one node at top level when a node was asked for, a list
/// "expansions" otherwise.
nlohmann::ordered_json expansion_json(const Expansion& expansion, const heads::HeadSystem& system,
                                      const ExpandRequest& request);

/// The document `crosshead.series/1`: for the mean and every head, every wanted node's exact signal at
/// t = 0..steps and the same correctly rounded to double. Nothing when `keep_going` says stop.
std::optional<nlohmann::ordered_json> series_json(const heads::HeadSystem& system,
                                                  const ExpandRequest& request,
                                                  const exact::KeepGoing& keep_going);

}  // namespace crosshead::cli

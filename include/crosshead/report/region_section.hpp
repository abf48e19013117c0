#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "crosshead/report/figure.hpp"

namespace crosshead::report {

/// The answer of `crosshead region` as a picture over the weights, from the document crosshead.weights/1 with
/// its series under "plot": minimax fidelity, each node's fidelity, the weights where the claim holds shaded
/// with their ends marked (filled where they belong to the set), and the exact ends in a table. Without
/// series, as about mixing times, the shaded weights alone. `id` is an anchor.
Figure region_figure(const nlohmann::ordered_json& region, const std::string& id);

}  // namespace crosshead::report

#pragma once

#include <vector>

#include "crosshead/crosscheck/layer_check.hpp"

namespace crosshead::crosscheck {

/// Verdicts on the exact values, as far as enclosures tell. REQUIRES: at least one head.
Verdicts exact_verdicts(const PathCheck& mean, const std::vector<PathCheck>& heads);

/// Verdicts on signal number `type` of every path, and which of the exact ones they turn around. REQUIRES:
/// all steps given.
TypeVerdicts judged(const LayerCheck& layer, std::size_t type);

}  // namespace crosshead::crosscheck

#pragma once

#include <nlohmann/json.hpp>

#include "crosshead/claim/analysis.hpp"

namespace crosshead::cli {

/// The document `crosshead.analysis/1`: exact numbers as strings "p/q", times as integers, verdicts true,
/// false, "undecided" or "undefined". What has no value is null, with a "reason" beside it.
nlohmann::ordered_json analysis_json(const claim::Analysis& analysis, const heads::HeadSystem& system,
                                     const claim::AnalysisOptions& options);

}  // namespace crosshead::cli

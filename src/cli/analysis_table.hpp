#pragma once

#include <string>

#include "crosshead/claim/analysis.hpp"

namespace crosshead::cli {

/// The analysis for a reader at a terminal, 80 columns wide. Exact values that are too long for their column
/// are shown as rounded decimals marked "~".
std::string analysis_table(const claim::Analysis& analysis, const heads::HeadSystem& system,
                           const claim::AnalysisOptions& options);

}  // namespace crosshead::cli

#pragma once

#include <string>
#include <vector>

#include "command.hpp"
#include "region_output.hpp"

#include "crosshead/diffusion/region_simplex.hpp"

namespace crosshead::cli {

struct BestOptions {
  diffusion::FidelityConvention convention;
  std::string tolerance = "1/1000";
  std::int64_t budget = 20'000;
  std::string certificate;  ///< where to write one; empty: nowhere
  std::string report;       ///< page; empty: none
};

/// Prints an enclosure of the largest minimax fidelity over all weights of all heads; kHolds within the
/// tolerance.
int region_best(const heads::HeadSystem& system, const std::vector<exact::RationalMatrix>& matrices,
                const BestOptions& options, const GlobalOptions& global);

}  // namespace crosshead::cli

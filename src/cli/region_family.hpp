#pragma once

#include <cstdint>
#include <string>

#include "command.hpp"
#include "region_claim.hpp"

#include "crosshead/graph/enumeration.hpp"

namespace crosshead::cli {

/// The regions of all unordered pairs of different heads of a family.
struct RegionFamily {
  graph::GraphFamily family = graph::GraphFamily::unique_sink;
  std::string name;  ///< of the family
  int nodes = 4;
  diffusion::FidelityConvention convention;
  RegionRequest request;  ///< amplifies, attenuates, or phi_min(mean) against a number
  diffusion::RegionLimits limits;
  std::string journal;  ///< one line a pair; an existing one is continued; empty: none
  std::string report;   ///< page; empty: none
};

/// Prints the counts; exit code kHolds, kUndecided, or kInterrupted after a request to stop.
int region_family(const RegionFamily& family, const GlobalOptions& global);

}  // namespace crosshead::cli

#pragma once

#include <string>
#include <vector>

#include "crosshead/diffusion/region.hpp"

namespace crosshead::claim {

/// For which weights (b, 1 - b) of a system's two heads a comparison of the mean holds.
struct WeightFact {
  diffusion::RegionClaim claim;         ///< never a complement
  std::vector<std::vector<int>> order;  ///< as diffusion::node_order gives them
  std::vector<diffusion::RegionPiece> pieces;
  std::string key;  ///< tells the facts of one system apart
};

}  // namespace crosshead::claim

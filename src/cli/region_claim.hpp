#pragma once

#include <string>
#include <vector>

#include "crosshead/diffusion/region.hpp"

namespace crosshead::cli {

/// What --claim asks, before the heads' own fidelities are known.
struct RegionRequest {
  enum class Kind { amplifies, attenuates, mixes_faster, comparison };
  Kind kind = Kind::amplifies;
  diffusion::RegionClaim claim;  ///< complete for comparisons
  std::string text;              ///< in one fixed form
};

/// Reads "amplifies", "attenuates", "mixes-faster" (than every head, at `epsilon`), "t_mix(mean, E) <= N" (or
/// <, >, >=), or a comparison: phi_min(mean) or phi(mean, NODE), then >, >=, < or <=, then a number or
/// another phi(mean, NODE). Throws exact::UsageError that says what was expected.
RegionRequest parse_region_claim(const std::string& text, const std::vector<std::string>& nodes,
                                 const exact::Rational& epsilon);

/// Amplification and attenuation as comparisons with the best and the worst head, faster mixing as a
/// comparison with the faster head: `heads` are their minimax fidelities or mixing times.
diffusion::RegionClaim resolved(const RegionRequest& request, const std::vector<exact::Rational>& heads);

}  // namespace crosshead::cli

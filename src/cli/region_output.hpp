#pragma once

#include <optional>
#include <string>
#include <vector>

#include "region_claim.hpp"
#include <nlohmann/json.hpp>

#include "crosshead/diffusion/region.hpp"
#include "crosshead/diffusion/region_maximum.hpp"
#include "crosshead/heads/head_system.hpp"

namespace crosshead::cli {

/// One answered question about the weights (b, 1 - b) of two heads.
struct RegionReport {
  std::string system;
  std::vector<std::string> nodes;
  int sink = 0;
  std::vector<std::string> heads;
  std::vector<exact::RationalMatrix> matrices;  ///< one per head
  heads::Reading reading = heads::Reading::as_stored;
  diffusion::FidelityConvention convention;
  RegionRequest request;
  diffusion::RegionClaim claim;        ///< with its threshold
  bool mixing = false;                 ///< about walk matrices and mixing times
  std::vector<exact::Rational> alone;  ///< minimax fidelity of each head, or mixing time
  diffusion::WeightRegion region;
  std::optional<diffusion::WeightMaximum> maximum;  ///< of the minimax fidelity over all weights
  std::vector<std::string> remarks;
  double seconds = 0;
};

/// A few lines for a terminal.
std::string region_text(const RegionReport& report);

/// The document `crosshead.weights/1`.
nlohmann::ordered_json region_json(const RegionReport& report);

/// {"from", "from_closed", "to", "to_closed"}, ends as algebraic_json has them.
nlohmann::ordered_json set_json(const diffusion::RegionInterval& set);

/// {"value": "3/4"} or the minimal polynomial with an isolating interval and decimals that enclose the
/// number.
nlohmann::ordered_json algebraic_json(const exact::AlgebraicNumber& number);

/// "3/4", or "0.317688..., the root of 10 b^4 - ... in (1/4, 3/8)".
std::string algebraic_text(const exact::AlgebraicNumber& number, const std::string& variable);

}  // namespace crosshead::cli

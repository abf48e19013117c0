#pragma once

#include <nlohmann/json.hpp>

#include "crosshead/diffusion/region.hpp"

namespace crosshead::certificate {

// The objects of REGION.md, section 1, member by member in its order.

/// proof.
nlohmann::ordered_json document_of(const diffusion::RegionProof& proof);
/// piece. REQUIRES: decided.
nlohmann::ordered_json document_of(const diffusion::RegionPiece& piece);
/// end: "3/4", or the place whose one root is meant.
nlohmann::ordered_json document_of(const exact::AlgebraicNumber& end);

}  // namespace crosshead::certificate

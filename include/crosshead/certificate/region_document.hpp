#pragma once

#include <nlohmann/json.hpp>

#include "crosshead/diffusion/region.hpp"

namespace crosshead::certificate {

// The objects of REGION.md, section 1, member by member in its order.

/// proof, of a statement about fidelities or (Subject::absorbed) about what is absorbed.
nlohmann::ordered_json document_of(
    const diffusion::RegionProof& proof,
    diffusion::RegionClaim::Subject subject = diffusion::RegionClaim::Subject::minimax);
/// piece. REQUIRES: decided.
nlohmann::ordered_json document_of(
    const diffusion::RegionPiece& piece,
    diffusion::RegionClaim::Subject subject = diffusion::RegionClaim::Subject::minimax);
/// end: "3/4", or the place whose one root is meant.
nlohmann::ordered_json document_of(const exact::AlgebraicNumber& end);

}  // namespace crosshead::certificate

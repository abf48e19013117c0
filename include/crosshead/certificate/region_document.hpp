#pragma once

#include <nlohmann/json.hpp>

#include "crosshead/claim/weight_fact.hpp"
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
/// order, of diffusion::node_order.
nlohmann::ordered_json document_of(const std::vector<std::vector<int>>& order);
/// The members `weights`, `order` and `pieces` of a fact (FORMAT.md, section 4).
nlohmann::ordered_json document_of(const claim::WeightFact& fact, bool sink_counts);

}  // namespace crosshead::certificate

// Proofs about weights as JSON values; a function for each object of REGION.md, section 1.
#include "crosshead/certificate/region_document.hpp"

namespace crosshead::certificate {
namespace {

using diffusion::RegionProof;
using exact::Rational;
using Subject = diffusion::RegionClaim::Subject;
using Json = nlohmann::ordered_json;

Json polynomial_json(const exact::UnivariatePolynomial& polynomial) {
  Json coefficients = Json::array();
  for (int i = 0; i <= polynomial.degree(); ++i) coefficients.push_back(polynomial.coefficient(i).str());
  return coefficients;
}

/// The nodes whose flag is set, from 1.
Json nodes_json(const std::vector<bool>& flags) {
  Json nodes = Json::array();
  for (std::size_t k = 0; k < flags.size(); ++k) {
    if (flags[k]) nodes.push_back(k + 1);
  }
  return nodes;
}

Json lower_json(const RegionProof::Lower& item) {
  Json result = {{"node", item.node + 1}};
  if (item.time == RegionProof::kLimit) {
    result["limit"] = true;
    return result;
  }
  result["time"] = item.time;
  if (item.stages > 0) {
    result["mean"] = {{"stages", item.stages},
                      {"rate", exact::to_string(item.rate)},
                      {"end", item.end},
                      {"square_root", item.square_root}};
  }
  return result;
}

}  // namespace

Json document_of(const RegionProof& proof, Subject subject) {
  if (subject == Subject::absorbed && proof.holds) return {{"mixed", true}};
  if (subject == Subject::absorbed) return {{"mixed", false}, {"node", proof.node + 1}};
  Json items = Json::array();
  for (const auto& item : proof.lower) items.push_back(lower_json(item));
  if (proof.node < 0) return {{"above", items}};
  Json below = {{"node", proof.node + 1}, {"horizon", proof.horizon}};
  if (proof.feeder >= 0) {
    Json levels = Json::array();
    for (const Rational& level : proof.levels) levels.push_back(exact::to_string(level));
    below["feeder"] = proof.feeder + 1;
    below["inflow"] = nodes_json(proof.inflow);
    below["levels"] = levels;
  } else if (!proof.slow.empty()) {
    Json slow = Json::array();
    for (const int node : proof.slow) slow.push_back(node + 1);
    below["slow"] = slow;
    below["rate"] = exact::to_string(proof.rate);
  } else if (!proof.gates.empty()) {
    below["gates"] = nodes_json(proof.gates);
    below["inflow"] = nodes_json(proof.inflow);
  }
  // Two nodes: the larger one's bound from below, the smaller one's from above.
  if (!proof.lower.empty()) return {{"holds", proof.holds}, {"above", items}, {"below", below}};
  return {{"below", below}};
}

Json document_of(const diffusion::RegionPiece& piece, Subject subject) {
  if (piece.place.is_exact()) {
    return {{"at", exact::to_string(piece.place.lower)}, {"proof", document_of(piece.proofs[0], subject)}};
  }
  Json result = {{"from", exact::to_string(piece.place.lower)}, {"to", exact::to_string(piece.place.upper)}};
  if (!piece.root) {
    result["proof"] = document_of(piece.proofs[0], subject);
    return result;
  }
  result["root"] = polynomial_json(*piece.root);
  result["left"] = document_of(piece.proofs[0], subject);
  result["middle"] = document_of(piece.proofs[1], subject);
  result["right"] = document_of(piece.proofs[2], subject);
  return result;
}

Json document_of(const exact::AlgebraicNumber& end) {
  if (end.is_rational()) return exact::to_string(end.isolating().lower);
  return {{"root", polynomial_json(end.minimal_polynomial())},
          {"from", exact::to_string(end.isolating().lower)},
          {"to", exact::to_string(end.isolating().upper)}};
}

Json document_of(const std::vector<std::vector<int>>& order) {
  Json result = Json::array();
  for (const std::vector<int>& group : order) {
    if (group.size() == 1) {
      result.push_back(group[0] + 1);
    } else {
      result.push_back({group.at(0) + 1, group.at(1) + 1});
    }
  }
  return result;
}

Json document_of(const claim::WeightFact& fact, bool sink_counts) {
  using Subject = diffusion::RegionClaim::Subject;
  const diffusion::RegionClaim& claim = fact.claim;
  const std::string mark = claim.strict ? ">" : ">=", threshold = exact::to_string(claim.threshold);
  Json pieces = Json::array(), weights;
  switch (claim.subject) {
    case Subject::minimax:
      weights = {(sink_counts ? "minimax" : "others") + mark, threshold};
      break;
    case Subject::node:
      weights = {"node" + mark, claim.node + 1, threshold};
      break;
    case Subject::nodes:
      weights = {"nodes" + mark, claim.node + 1, claim.other + 1};
      break;
    case Subject::absorbed:
      weights = {"absorbed" + mark, claim.steps, threshold};
      break;
  }
  for (const auto& piece : fact.pieces) pieces.push_back(document_of(piece, claim.subject));
  return {{"weights", std::move(weights)}, {"order", document_of(fact.order)}, {"pieces", std::move(pieces)}};
}

}  // namespace crosshead::certificate

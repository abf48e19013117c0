#include "region_certificate.hpp"

#include "json_parts.hpp"

#include "crosshead/certificate/region_document.hpp"
#include "crosshead/diffusion/node_order.hpp"
#include "crosshead/exact/error.hpp"
#include "crosshead/exact/replacement_file.hpp"

namespace crosshead::cli {
namespace {

using nlohmann::ordered_json;

ordered_json matrix_json(const exact::RationalMatrix& matrix) {
  ordered_json rows = ordered_json::array();
  for (int i = 0; i < matrix.size(); ++i) {
    ordered_json row = ordered_json::array();
    for (int j = 0; j < matrix.size(); ++j) row.push_back(exact::to_string(matrix.at(i, j)));
    rows.push_back(std::move(row));
  }
  return rows;
}

/// When one head alone mixes, with a node from which it has not one step before.
ordered_json mixing_head_json(const RegionReport& report, std::size_t head) {
  diffusion::RegionClaim claim = report.claim;
  const auto time = static_cast<std::int64_t>(report.alone[head]);
  if (time == 0) {
    throw exact::UsageError("--certificate: " + report.heads[head] +
                            " mixes in no step; nothing is faster, and there is no certificate for that");
  }
  claim.steps = time - 1;
  const auto at = diffusion::weight_region_at(head == 0 ? 1 : 0, report.matrices[0], report.matrices[1],
                                              report.sink, claim, report.convention);
  return {{"t_mix", time}, {"node", at.pieces.at(0).proofs.at(0).node + 1}};
}

/// The minimax fidelity of one head alone, with proofs that it is at least that, and not more.
ordered_json head_json(const RegionReport& report, std::size_t head) {
  diffusion::RegionClaim claim;
  claim.threshold = report.alone[head];
  ordered_json result = {{"minimax", exact::to_string(claim.threshold)}};
  for (const bool strict : {false, true}) {
    claim.strict = strict;
    const auto at = diffusion::weight_region_at(head == 0 ? 1 : 0, report.matrices[0], report.matrices[1],
                                                report.sink, claim, report.convention);
    if (!at.decided() || at.pieces[0].proofs[0].holds == strict) {
      throw exact::UsageError("--certificate: no proof of the minimax fidelity of " + report.heads[head]);
    }
    const ordered_json proof = certificate::document_of(at.pieces[0].proofs[0]);
    result.update(proof);
  }
  return result;
}

ordered_json claim_json(const RegionReport& report) {
  if (report.request.kind == RegionRequest::Kind::amplifies) return {{"kind", "amplifies"}};
  if (report.request.kind == RegionRequest::Kind::attenuates) return {{"kind", "attenuates"}};
  const diffusion::RegionClaim& claim = report.claim;
  const std::string epsilon = exact::to_string(1 - claim.threshold);
  if (report.request.kind == RegionRequest::Kind::mixes_faster) {
    return {{"kind", "mixes-faster"}, {"epsilon", epsilon}};
  }
  if (report.mixing) {
    return {{"kind", "t_mix"},
            {"epsilon", epsilon},
            {"relation", claim.complement ? ">" : "<="},
            {"steps", claim.steps}};
  }
  const char* relation = claim.complement ? (claim.strict ? "<=" : "<") : (claim.strict ? ">" : ">=");
  if (claim.subject == diffusion::RegionClaim::Subject::node) {
    return {{"kind", "node"},
            {"node", claim.node + 1},
            {"relation", relation},
            {"threshold", exact::to_string(claim.threshold)}};
  }
  if (claim.subject == diffusion::RegionClaim::Subject::nodes) {
    return {{"kind", "nodes"}, {"node", claim.node + 1}, {"relation", relation}, {"other", claim.other + 1}};
  }
  return {{"kind", "minimax"}, {"relation", relation}, {"threshold", exact::to_string(claim.threshold)}};
}

ordered_json order_json(const std::vector<exact::RationalMatrix>& matrices) {
  std::vector<const exact::RationalMatrix*> all;
  for (const auto& matrix : matrices) all.push_back(&matrix);
  const auto order = diffusion::node_order(all);
  if (!order) {
    throw exact::UsageError("--certificate: more than two nodes that hear each other have no certificate");
  }
  return certificate::document_of(*order);
}

ordered_json part_json(const std::vector<diffusion::SimplexPart>& parts, int k) {
  const diffusion::SimplexPart& part = parts[static_cast<std::size_t>(k)];
  if (part.halves[0] == 0) return {{"node", part.node + 1}, {"horizon", part.horizon}};
  return {{"split", {part.split[0] + 1, part.split[1] + 1}},
          {"parts", {part_json(parts, part.halves[0]), part_json(parts, part.halves[1])}}};
}

void write(const ordered_json& document, const std::string& path) {
  exact::replace_file(path, document.dump(1) + "\n");
}

}  // namespace

void write_region_certificate(const RegionReport& report, const std::string& path) {
  if (!report.region.decided()) {
    throw exact::UsageError("--certificate: the answer is not decided, so there is nothing to certify");
  }
  for (const auto& piece : report.region.pieces) {
    for (const diffusion::RegionProof& proof : piece.proofs) {
      if (proof.uncertified) {
        throw exact::UsageError(
            "--certificate: a bound on nodes that hear only each other has no certificate");
      }
    }
  }
  ordered_json document = {{"format", "crosshead.region/1"},
                           {"nodes", report.nodes.size()},
                           {"sink", report.sink + 1},
                           {"order", order_json(report.matrices)}};
  document[report.mixing ? "walk" : "diffusion"] = {matrix_json(report.matrices[0]),
                                                    matrix_json(report.matrices[1])};
  if (!report.mixing) {
    document["convention"] = fidelity_json(report.convention);
  }
  document["claim"] = claim_json(report);
  if (report.request.kind != RegionRequest::Kind::comparison) {
    const auto head = report.mixing ? mixing_head_json : head_json;
    document["heads"] = {head(report, 0), head(report, 1)};
  }
  ordered_json holds = ordered_json::array(), pieces = ordered_json::array();
  for (const auto& set : report.region.holds) {
    holds.push_back({{"from", certificate::document_of(set.from)},
                     {"from_closed", set.from_closed},
                     {"to", certificate::document_of(set.to)},
                     {"to_closed", set.to_closed}});
  }
  for (const auto& piece : report.region.pieces)
    pieces.push_back(certificate::document_of(piece, report.claim.subject));
  document["holds"] = holds;
  document["pieces"] = pieces;
  write(document, path);
}

void write_best_certificate(const diffusion::SimplexMaximum& best,
                            const std::vector<exact::RationalMatrix>& matrices, int sink,
                            const diffusion::FidelityConvention& convention, const std::string& path) {
  ordered_json heads = ordered_json::array(), weights = ordered_json::array();
  for (const auto& matrix : matrices) heads.push_back(matrix_json(matrix));
  for (const auto& weight : best.weights) weights.push_back(exact::to_string(weight));
  // One head alone, in both places.
  const exact::RationalMatrix mean = exact::weighted_sum(matrices, best.weights);
  diffusion::RegionClaim claim;
  claim.strict = false;
  claim.threshold = best.lower;
  const auto at = diffusion::weight_region_at(0, mean, mean, sink, claim, convention);
  if (!at.decided() || !at.pieces[0].proofs[0].holds) {
    throw exact::UsageError("--certificate: no proof of the minimax fidelity at the best weights");
  }
  write({{"format", "crosshead.best-weights/1"},
         {"nodes", mean.size()},
         {"sink", sink + 1},
         {"order", order_json(matrices)},
         {"diffusion", heads},
         {"convention", fidelity_json(convention)},
         {"weights", weights},
         {"lower", exact::to_string(best.lower)},
         {"above", certificate::document_of(at.pieces[0].proofs[0])["above"]},
         {"upper", exact::to_string(best.upper)},
         {"parts", part_json(best.parts, 0)}},
        path);
}

}  // namespace crosshead::cli

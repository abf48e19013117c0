#include "region_certificate.hpp"

#include "crosshead/certificate/region_document.hpp"
#include "crosshead/exact/error.hpp"
#include "crosshead/exact/replacement_file.hpp"
#include "crosshead/graph/digraph.hpp"

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

/// One head alone has minimax fidelity `value`: at least that, and not more.
ordered_json head_json(const RegionReport& report, std::size_t head) {
  diffusion::RegionClaim claim;
  claim.threshold = report.minimax[head];
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

/// An order of the nodes in which no head has an edge backwards.
ordered_json order_json(const RegionReport& report) {
  graph::Digraph both(static_cast<int>(report.nodes.size()));
  for (const auto& matrix : report.matrices) {
    for (int i = 0; i < matrix.size(); ++i) {
      for (const auto& entry : matrix.row(i)) both.add_edge(entry.column, i);
    }
  }
  ordered_json order = ordered_json::array();
  const auto nodes = graph::topological_order(both);
  if (!nodes)
    throw exact::UsageError(
        "--certificate: the union of the heads has a cycle; there is no certificate for that");
  if (nodes) {
    for (const int node : *nodes) order.push_back(node + 1);
  }
  return order;
}

}  // namespace

void write_region_certificate(const RegionReport& report, const std::string& path) {
  if (!report.region.decided()) {
    throw exact::UsageError("--certificate: the answer is not decided, so there is nothing to certify");
  }
  if (report.mixing) throw exact::UsageError("--certificate: mixing times have no certificate yet");
  ordered_json document = {
      {"format", "crosshead.region/1"},
      {"nodes", report.nodes.size()},
      {"sink", report.sink + 1},
      {"order", order_json(report)},
      {"diffusion", {matrix_json(report.matrices[0]), matrix_json(report.matrices[1])}},
      {"convention",
       {{"first_step", report.convention.first_step}, {"sink_counts", report.convention.sink_counts}}},
      {"claim", claim_json(report)}};
  if (report.request.kind != RegionRequest::Kind::comparison) {
    document["heads"] = {head_json(report, 0), head_json(report, 1)};
  }
  ordered_json holds = ordered_json::array(), pieces = ordered_json::array();
  for (const auto& set : report.region.holds) {
    holds.push_back({{"from", certificate::document_of(set.from)},
                     {"from_closed", set.from_closed},
                     {"to", certificate::document_of(set.to)},
                     {"to_closed", set.to_closed}});
  }
  for (const auto& piece : report.region.pieces) pieces.push_back(certificate::document_of(piece));
  document["holds"] = holds;
  document["pieces"] = pieces;
  exact::ReplacementFile file(path);
  file.write(document.dump(1) + "\n");
  file.commit();
}

}  // namespace crosshead::cli

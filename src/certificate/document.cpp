// The types of certificate.hpp as JSON values; a function for each object of FORMAT.md, section 1.
#include "document.hpp"

#include <stdexcept>

#include "crosshead/walk/convention_names.hpp"

namespace crosshead::certificate {
namespace {

using exact::Rational;

Json json_of(const Rational& value) {
  return exact::to_string(value);
}

Json json_of(const std::vector<Rational>& vector) {
  Json list = Json::array();
  for (const Rational& value : vector) list.push_back(json_of(value));
  return list;
}

Json json_of(const std::vector<std::vector<Rational>>& rows) {
  Json list = Json::array();
  for (const auto& row : rows) list.push_back(json_of(row));
  return list;
}

Json json_of(const exact::RationalMatrix& matrix) {
  Json rows = Json::array();
  for (int i = 0; i < matrix.size(); ++i) {
    std::vector<Rational> row(static_cast<std::size_t>(matrix.size()));
    for (const auto& entry : matrix.row(i)) row[static_cast<std::size_t>(entry.column)] = entry.value;
    rows.push_back(json_of(row));
  }
  return rows;
}

Json json_of(const graph::Digraph& graph) {
  Json edges = Json::array();
  for (int from = 0; from < graph.size(); ++from) {
    for (int to : graph.successors(from)) edges.push_back({from + 1, to + 1});
  }
  return edges;
}

Json json_of(const heads::Head& head) {
  if (head.attention) throw std::logic_error("a certificate holds attention as a diffusion matrix");
  Json object = Json::object();
  if (head.graph) {
    object["edges"] = json_of(*head.graph);
    return object;
  }
  if (head.diffusion) object["diffusion"] = json_of(*head.diffusion);
  if (head.walk) object["walk"] = json_of(*head.walk);
  return object;
}

Json json_of(const claim::Convention& convention) {
  return {{"first_step", convention.fidelity.first_step},
          {"sink_counts", convention.fidelity.sink_counts},
          {"distance", walk::name_of(convention.mixing.distance)},
          {"start", walk::name_of(convention.mixing.start)}};
}

Json json_of(const claim::PrintedNumbers& printed) {
  std::map<std::string, Json> all;
  for (const auto& [name, value] : printed.values) all[name] = json_of(value);
  for (const auto& [name, rows] : printed.tables) all[name] = json_of(rows);
  Json object = Json::object();
  for (auto& [name, value] : all) object[name] = std::move(value);
  return object;
}

Json json_of(const claim::WitnessValue& witness, const std::vector<ListedSystem>& systems) {
  Json object = {{"name", witness.name}};
  if (witness.system) {
    object["system"] = document_of(systems.at(*witness.system).system);
  } else if (witness.number) {
    object["value"] = json_of(*witness.number);
  } else if (!witness.weights.empty()) {
    object["weights"] = json_of(witness.weights);
  } else if (witness.between) {
    object["between"] = {json_of(witness.between->lower), json_of(witness.between->upper)};
    if (witness.side >= 0) object["side"] = kSides.at(static_cast<std::size_t>(witness.side));
  } else {
    object["word"] = witness.word;
  }
  return object;
}

Json json_of(const diffusion::FidelityProof& proof) {
  using diffusion::TailArgument;
  switch (proof.argument) {
    case TailArgument::superharmonic:
      return {{"by", "superharmonic"},
              {"time", proof.time},
              {"horizon", proof.horizon},
              {"vector", json_of(proof.vector)}};
    case TailArgument::absorbing_limit:
      return {{"by", "absorbing"}, {"vector", json_of(proof.vector)}};
    case TailArgument::contraction:
      return {{"by", "contraction"},
              {"time", proof.time},
              {"horizon", proof.horizon},
              {"laws", json_of(proof.laws)}};
    case TailArgument::recurrence:
      return {{"by", "recurrence"}, {"horizon", proof.horizon}, {"roots", json_of(proof.roots)}};
    case TailArgument::unreachable:  // certified as superharmonic
    case TailArgument::undecided:
      break;
  }
  throw std::logic_error("no proof of this kind stands in a certificate");
}

bool empty(const claim::PrintedNumbers& printed) {
  return printed.values.empty() && printed.tables.empty();
}

}  // namespace

Json document_of(const heads::HeadSystem& system) {
  Json heads = Json::array();
  for (const heads::Head& head : system.heads) heads.push_back(json_of(head));
  return {{"nodes", system.size()},
          {"sink", system.sink + 1},
          {"heads", std::move(heads)},
          {"weights", json_of(system.weights)}};
}

Json document_of(const Fact& fact) {
  Json object = {{"of", fact.head < 0 ? "mean" : "head " + std::to_string(fact.head + 1)}};
  switch (fact.kind) {
    case claim::Fact::Kind::mixing_time:
      object["t_mix"] = fact.time;
      object["epsilon"] = json_of(fact.epsilon);
      break;
    case claim::Fact::Kind::mixing_time_l1:
      object["t_mix_l1"] = fact.time;
      object["epsilon"] = json_of(fact.epsilon);
      break;
    case claim::Fact::Kind::fidelity:
      object["node"] = fact.node + 1;
      object["phi"] = json_of(fact.phi);
      object["attained"] = fact.attained;
      object["proof"] = json_of(fact.proof);
      break;
    case claim::Fact::Kind::weight_region:
      object.update(Json::parse(fact.region));
      break;
  }
  return object;
}

Json document_of(const Claim& claim) {
  return {
      {"id", claim.id}, {"section", claim.section}, {"source", claim.source}, {"statement", claim.statement}};
}

Json document_of(const Reading& reading) {
  const Statement& statement = reading.statement;
  Json object = {{"name", statement.name},
                 {"role", claim::name_of(statement.role)},
                 {"text", statement.formula},
                 {"formula", Json::parse(reading.tree)},
                 {"convention", json_of(statement.convention)}};
  if (!empty(statement.printed)) object["printed"] = json_of(statement.printed);
  if (statement.given) object["given"] = document_of(*statement.given);
  object["truth"] = reading.truth;
  if (reading.witness) {
    Json witness = Json::array();
    for (const claim::WitnessValue& value : *reading.witness)
      witness.push_back(json_of(value, reading.systems));
    object["witness"] = std::move(witness);
  }
  Json systems = Json::array();
  for (const ListedSystem& listed : reading.systems) {
    Json facts = Json::array();
    for (const Fact& fact : listed.facts) facts.push_back(document_of(fact));
    systems.push_back({{"system", document_of(listed.system)}, {"facts", std::move(facts)}});
  }
  object["systems"] = std::move(systems);
  return object;
}

Json identity_of(const Reading& reading) {
  const Statement& statement = reading.statement;
  return Json::array({statement.name, claim::name_of(statement.role), statement.formula,
                      Json::parse(reading.tree), json_of(statement.convention),
                      empty(statement.printed) ? Json(nullptr) : json_of(statement.printed),
                      statement.given ? document_of(*statement.given) : Json(nullptr)});
}

}  // namespace crosshead::certificate

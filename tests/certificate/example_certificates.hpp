#pragma once

#include <string>
#include <vector>

#include "crosshead/certificate/certificate_file.hpp"
#include "crosshead/certificate/certify.hpp"

namespace crosshead::testing {

inline exact::Rational rational(const char* text) {
  return exact::parse_rational(text);
}

inline exact::RationalMatrix matrix_of(const std::vector<std::vector<const char*>>& rows) {
  exact::RationalMatrix matrix(static_cast<int>(rows.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < rows.size(); ++j) {
      matrix.append(static_cast<int>(i), static_cast<int>(j), rational(rows[i][j]));
    }
  }
  return matrix;
}

/// One head of two nodes with the edges 1 -> 1, 1 -> 2, 2 -> 2; names that no certificate keeps.
inline heads::HeadSystem lazy_pair() {
  heads::HeadSystem system;
  system.name = "lazy pair";
  system.nodes = {"u", "tau"};
  system.sink = 1;
  heads::Head& head = system.heads.emplace_back();
  head.name = "the head";
  head.graph.emplace(2, true);
  head.graph->add_edge(0, 1);
  system.weights = {1};
  return system;
}

inline claim::Fact mixing_fact(int head, const char* epsilon, std::int64_t time) {
  claim::Fact fact;
  fact.kind = claim::Fact::Kind::mixing_time;
  fact.head = head;
  fact.epsilon = rational(epsilon);
  fact.time = time;
  return fact;
}

/// The fact that diffusion::fidelity finds of a node, counted from 0.
inline claim::Fact fidelity_fact(const heads::HeadSystem& system, int head, int node) {
  const heads::MatrixOrReason matrix = head < 0
                                           ? heads::mean_diffusion(system, heads::Reading::as_stored)
                                           : heads::diffusion_of(system, head, heads::Reading::as_stored);
  claim::Fact fact;
  fact.head = head;
  fact.node = node;
  fact.fidelity = diffusion::fidelity(*matrix.matrix, system.sink, {}).nodes[static_cast<std::size_t>(node)];
  return fact;
}

/// phi_min(mean) = 1/2 and t_mix(mean, 1/4) = 2 of the lazy pair: s_1(t) = 1 - 2^-t, s_2(t) = 2^-t, and the
/// distance to the sink after t steps is 2^-t.
inline certificate::Certificate lazy_pair_certificate() {
  certificate::Statement statement;
  statement.name = "as stated";
  statement.formula = "phi_min(mean) = 1/2 and t_mix(mean, 1/4) = 2";
  statement.given = lazy_pair();
  claim::Evaluation evaluation;
  evaluation.truth = diffusion::Truth::yes;
  evaluation.systems = {
      {lazy_pair(),
       {fidelity_fact(lazy_pair(), -1, 0), fidelity_fact(lazy_pair(), -1, 1), mixing_fact(-1, "1/4", 2)}}};
  certificate::Certificate result;
  result.claim = {"X-pair", "3", "eq. 25", "The lazy pair keeps half."};
  result.readings.push_back(certificate::certify(statement, evaluation).reading.value());
  return result;
}

/// Everything that the format knows but sets of weights (facts "weights", witnesses "between"), without sense
/// as mathematics: all other kinds of heads, facts, proofs, witnesses and printed numbers, two systems, all
/// roles.
inline certificate::Certificate full_certificate() {
  using diffusion::TailArgument;
  certificate::Certificate result = lazy_pair_certificate();
  result.claim.statement = "Quotes \", back\\slashes, tabs \t and \xCF\x84.";
  result.kind = claim::ClaimKind::definition;
  result.ledger = std::string(64, 'a');
  heads::HeadSystem matrices;
  matrices.nodes = {"1", "2", "3"};
  matrices.sink = 1;
  matrices.weights = {rational("1/3"), rational("2/3"), 0};
  matrices.heads.resize(3);
  matrices.heads[0].diffusion = matrix_of({{"1", "0", "0"}, {"1/2", "1/2", "0"}, {"0", "9/7", "0"}});
  matrices.heads[1].walk = matrix_of({{"0", "1/2", "0"}, {"1", "1/2", "1"}, {"0", "0", "0"}});
  matrices.heads[2].diffusion = matrices.heads[0].diffusion;
  matrices.heads[2].walk = matrices.heads[1].walk;

  certificate::Reading& other = result.readings.emplace_back();
  other.statement.name = "under a hypothesis";
  other.statement.role = claim::Role::hypothesis;
  other.statement.formula = "exists system in chains(2, 1, 3), j in nodes: phi(mean, j) = printed(\"x\")";
  other.statement.convention.fidelity = {0, false};
  other.statement.convention.mixing = {walk::Distance::l1, walk::Start::average};
  other.statement.printed.values["x"] = rational("-7/2");
  other.statement.printed.tables["table"] = {{1, rational("1/2")}, {0, 4}};
  other.tree = R"(["exists",["j",["..",1,"n"]],["=",["phi","mean","j"],["printed","x"]]])";
  other.truth = true;
  other.witness.emplace(4);
  (*other.witness)[0].name = "system";
  (*other.witness)[0].system = 0;
  (*other.witness)[1].name = "j";
  (*other.witness)[1].number = rational("2");
  (*other.witness)[2].name = "weights";
  (*other.witness)[2].weights = {rational("1/3"), rational("2/3"), 0};
  (*other.witness)[3].name = "w";
  (*other.witness)[3].word = {2, 1, 1};
  certificate::ListedSystem& listed = other.systems.emplace_back();
  listed.system = matrices;
  const auto add = [&](TailArgument argument, bool attained) -> certificate::Fact& {
    certificate::Fact& fact = listed.facts.emplace_back();
    fact.head = static_cast<int>(listed.facts.size()) % 4 - 1;
    fact.node = static_cast<int>(listed.facts.size()) % 3;
    fact.phi = rational("5/8");
    fact.attained = attained;
    fact.proof.argument = argument;
    return fact;
  };
  certificate::Fact& unreached = add(TailArgument::superharmonic, true);
  unreached.proof.vector = {0, 1, 0};
  certificate::Fact& bounded = add(TailArgument::superharmonic, true);
  bounded.proof.time = 1;
  bounded.proof.horizon = 4;
  bounded.proof.vector = {1, rational("1/2"), 0};
  add(TailArgument::absorbing_limit, false).proof.vector = {0, 1, rational("3/2")};
  certificate::Fact& contracting = add(TailArgument::contraction, true);
  contracting.proof.time = 3;
  contracting.proof.horizon = 3;
  contracting.proof.laws = {{1, 0, 0}, {0, rational("1/4"), rational("3/4")}};
  certificate::Fact& recurring = add(TailArgument::recurrence, false);
  recurring.proof.horizon = 7;
  recurring.proof.roots = {rational("1/3"), rational("1/2")};
  certificate::Fact& mixing = listed.facts.emplace_back();
  mixing.kind = claim::Fact::Kind::mixing_time_l1;
  mixing.head = 1;
  mixing.epsilon = rational("1/100");
  mixing.time = 12;

  certificate::Reading& fact = result.readings.emplace_back();
  fact.statement.name = "";
  fact.statement.role = claim::Role::fact;
  fact.statement.formula = "1 = 1";
  fact.tree = R"(["=",1,1])";
  return result;
}

/// The text with the first occurrence of `from` replaced. `from` has to be there.
inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::invalid_argument("not in the text: " + from);
  return text.replace(at, from.size(), to);
}

}  // namespace crosshead::testing

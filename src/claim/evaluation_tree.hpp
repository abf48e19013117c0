#pragma once

#include <optional>
#include <vector>

#include "evaluation_number.hpp"
#include "system_families.hpp"

#include "crosshead/claim/formula.hpp"

namespace crosshead::claim {

/// A formula prepared for evaluation: names looked up once, bound names turned into places of a table.

enum class Operation {  // in this order: functions of words up to `rollout`, of chains up to `moves`
  // leaves
  number,
  truth,
  variable,
  word,
  // operators
  add,
  subtract,
  multiply,
  divide,
  power,
  negate,
  conjunction,
  disjunction,
  negation,
  implication,
  equivalence,
  compare,
  // over binders
  forall,
  exists,
  least,
  greatest,
  total,
  // functions that do not evaluate plain arguments
  choice,
  defined,
  printed,
  measured,
  minimum,
  maximum,
  // functions of numbers
  binomial,
  floor,
  ceiling,
  absolute,
  exponential,
  // functions of the current system
  nodes,
  nodes_less_one,
  heads,
  sink,
  weight,
  // functions of words
  word_weight,
  letters,
  product,
  rollout,
  // functions of chains
  walk_entry,
  diffusion_entry,
  signal,
  absorbed,
  distance,
  mixing_time,
  mixing_time_l1,
  forward_probability,
  fidelity,
  minimax,
  moves,
  walks,
  all_walks,
  edges,
  indegree,
  outdegree,
  // truth values of chains
  feedforward,
  acyclic,
  unique_sink,
  reaches,
  has_walk,
  has_diffusion,
  stationary_at_sink,
  attained
};

/// Which chain: the mean, the union, or the head whose number is the node's only argument.
enum class ChainName { mean, united, head };

struct Node;

struct FamilyRange {
  std::vector<Node> ends;  ///< one number, or lower and upper end
};

struct PreparedBinder {
  const Binder* source = nullptr;
  std::size_t slot = 0;
  std::vector<Node> arguments;         ///< of the domain
  std::optional<SystemFamily> family;  ///< nothing for `file`
  std::vector<FamilyRange> family_arguments;
  std::vector<Node> where;  ///< one or none
};

struct Node {
  const Expression* source = nullptr;
  Operation operation = Operation::number;
  ChainName chain = ChainName::mean;  ///< of chain expressions
  std::size_t slot = 0;               ///< of variables
  std::vector<Node> arguments;
  std::vector<Comparison> comparisons;
  std::vector<PreparedBinder> binders;
  std::vector<Node> body;  ///< one where there are binders
};

struct PreparedFormula {
  Node root;
  std::size_t slots = 0;
};

/// REQUIRES: a well-typed formula (parse_formula makes no others). The formula must outlive the result.
/// Throws std::logic_error for names that the language does not have.
PreparedFormula prepare(const Formula& formula);

/// Whether the chain of this expression is the node itself.
inline bool is_chain(const Node& node) {
  return node.source->kind == ExpressionKind::chain;
}

}  // namespace crosshead::claim

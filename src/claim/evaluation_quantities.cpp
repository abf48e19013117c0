// Quantities of one chain, and the facts that suprema and mixing times need (REFERENCE.md; FORMAT.md, section
// 4).
#include "evaluation_machine.hpp"

namespace crosshead::claim {
namespace {

using exact::Rational;

Number number_or_undecided(const std::optional<Rational>& value) {
  return value ? Number(*value) : Number::undecided("a time beyond the limits of exact iteration");
}

std::string label(int head) {
  return head < 0 ? "the mean" : "head " + std::to_string(head + 1);
}

/// Entry (i, j) of a matrix that is asked for once i and j are known to be nodes.
template <typename Matrix>
Number entry_of(const Matrix& matrix, int size, const Number& i, const Number& j) {
  Number lack;
  const auto row = integer_argument(i, 1, size, "the row", lack);
  if (!row) return lack;
  const auto column = integer_argument(j, 1, size, "the column", lack);
  if (!column) return lack;
  const heads::MatrixOrReason& found = matrix();
  if (!found.matrix) return Number::undefined(found.reason);
  return found.matrix->at(static_cast<int>(*row) - 1, static_cast<int>(*column) - 1);
}

}  // namespace

void Machine::use_walk(const Chain& chain) {
  if (input_.convention.attention_walk == heads::AttentionWalk::published && !chain.has_own_walk()) {
    missing_fact_ = "certificates do not know the published walk of attention";
  }
}

Number Machine::walk_entry(const ChosenChain& chosen, const Number& i, const Number& j) {
  use_walk(*chosen.chain);
  return entry_of(
      [&]() -> const auto& { return chosen.chain->walk(); }, current().size(), i, j);
}

Number Machine::diffusion_entry(const ChosenChain& chosen, const Number& i, const Number& j) {
  return entry_of(
      [&]() -> const auto& { return chosen.chain->diffusion(); }, current().size(), i, j);
}

Number Machine::signal(const ChosenChain& chosen, const Number& j, const Number& t) {
  Number lack;
  const auto node = integer_argument(j, 1, current().size(), "the node", lack);
  if (!node) return lack;
  const auto time = integer_argument(t, 0, kLatest, "the time", lack);
  if (!time) return lack;
  const heads::MatrixOrReason& diffusion = chosen.chain->diffusion();
  if (!diffusion.matrix) return Number::undefined(diffusion.reason);
  return number_or_undecided(chosen.chain->signals().value(static_cast<int>(*node) - 1, *time));
}

Number Machine::absorbed(const ChosenChain& chosen, const Number& j, const Number& t) {
  use_walk(*chosen.chain);
  Number lack;
  const auto node = integer_argument(j, 1, current().size(), "the node", lack);
  if (!node) return lack;
  const auto time = integer_argument(t, 0, kLatest, "the time", lack);
  if (!time) return lack;
  const heads::MatrixOrReason& walk = chosen.chain->walk();
  if (!walk.matrix) return Number::undefined(walk.reason);
  return number_or_undecided(chosen.chain->absorbed().value(static_cast<int>(*node) - 1, *time));
}

Number Machine::distance(const ChosenChain& chosen, const Number& t) {
  use_walk(*chosen.chain);
  Number lack;
  const auto time = integer_argument(t, 0, kLatest, "the time", lack);
  if (!time) return lack;
  if (!chosen.chain->absorption().certain) return Number::undefined(chosen.chain->absorption().reason);
  const bool average = input_.convention.mixing.start == walk::Start::average;
  RowHistory& rows = chosen.chain->absorbed();
  return claim::difference(Rational(1),
                           number_or_undecided(average ? rows.average(*time) : rows.least(*time)));
}

Number Machine::moves(const ChosenChain& chosen, const Number& j, const Number& t, const Number& k) {
  use_walk(*chosen.chain);
  Number lack;
  const auto node = integer_argument(j, 1, current().size(), "the node", lack);
  if (!node) return lack;
  const auto time = integer_argument(t, 0, kLatest, "the time", lack);
  if (!time) return lack;
  if (k.upper) return Number::undecided("the number of moves is known by bounds only");
  if (!is_integer(k.lower)) return Number::undefined("the number of moves is not an integer");
  const heads::MatrixOrReason& walk = chosen.chain->walk();
  if (!walk.matrix) return Number::undefined(walk.reason);
  const auto count = integer_between(k.lower, 0, *time);
  if (!count) return Rational(0);
  return number_or_undecided(chosen.chain->moves().probability(static_cast<int>(*node) - 1, *time, *count));
}

Number Machine::mixing_time(const ChosenChain& chosen, const Number& epsilon, Fact::Kind kind) {
  use_walk(*chosen.chain);
  if (!chosen.chain->absorption().certain) return Number::undefined(chosen.chain->absorption().reason);
  if (epsilon.upper) return Number::undecided("an epsilon that is known by bounds only");
  if (epsilon.lower <= 0) return Number::undefined("an epsilon that is not positive");
  const walk::Distance distance =
      kind == Fact::Kind::mixing_time ? input_.convention.mixing.distance : walk::Distance::l1;
  const walk::MixingTime& mixing = chosen.chain->mixing_time(epsilon.lower, distance);
  if (!mixing.decided) {
    missing_fact_ = "the mixing time of " + label(chosen.head) + " is not decided: " + mixing.reason;
    return Number::undecided(missing_fact_);
  }
  if (record_->active()) {
    Fact fact;
    fact.kind = kind;
    fact.head = chosen.head;
    fact.epsilon = epsilon.lower;
    fact.time = mixing.time;
    record_->add(current(), std::move(fact));
  }
  return Rational(mixing.time);
}

/// The fidelity with its fact. REQUIRES: the diffusion matrix is defined.
const diffusion::NodeFidelity& Machine::node_fidelity(const ChosenChain& chosen, int node) {
  const diffusion::NodeFidelity& found = chosen.chain->fidelity().nodes[static_cast<std::size_t>(node)];
  if (!found.decided || found.unbounded) {
    missing_fact_ = "the fidelity of node " + std::to_string(node + 1) + " under " + label(chosen.head) +
                    (found.unbounded ? " is infinite" : " is not decided: " + found.note);
  } else if (record_->active()) {
    Fact fact;
    fact.kind = Fact::Kind::fidelity;
    fact.head = chosen.head;
    fact.node = node;
    fact.fidelity = found;
    record_->add(current(), std::move(fact));
  }
  return found;
}

Number Machine::fidelity(const ChosenChain& chosen, const Number& j) {
  Number lack;
  const auto node = integer_argument(j, 1, current().size(), "the node", lack);
  if (!node) return lack;
  const heads::MatrixOrReason& diffusion = chosen.chain->diffusion();
  if (!diffusion.matrix) return Number::undefined(diffusion.reason);
  const diffusion::NodeFidelity& found = node_fidelity(chosen, static_cast<int>(*node) - 1);
  if (!found.decided) return Number::undecided(missing_fact_);
  return found.unbounded ? Number::undefined(missing_fact_) : Number(found.supremum);
}

Answer Machine::attained(const ChosenChain& chosen, const Number& j) {
  Number lack;
  const auto node = integer_argument(j, 1, current().size(), "the node", lack);
  if (!node) return Answer::lacking(lack);
  const heads::MatrixOrReason& diffusion = chosen.chain->diffusion();
  if (!diffusion.matrix) return Answer::lacking(Number::undefined(diffusion.reason));
  const diffusion::NodeFidelity& found = node_fidelity(chosen, static_cast<int>(*node) - 1);
  if (!found.decided) return Answer::lacking(Number::undecided(missing_fact_));
  return found.unbounded ? Answer::lacking(Number::undefined(missing_fact_)) : Answer(found.attained);
}

/// While facts are kept every counted node is decided with its proof; afterwards the least value alone will
/// do.
Number Machine::minimax(const ChosenChain& chosen) {
  Chain& chain = *chosen.chain;
  if (!chain.diffusion().matrix) return Number::undefined(chain.diffusion().reason);
  const bool sink_counts = input_.convention.fidelity.sink_counts;
  if (!sink_counts && current().size() == 1) return Number::undefined("no node besides the sink counts");
  if (!record_->active() && chain.has_diffusion()) {
    const diffusion::Minimax& least = chain.minimax();
    if (least.decided) return least.value;
    missing_fact_ = "the minimax fidelity of " + label(chosen.head) + " is not decided within the limits";
    return Number::undecided(missing_fact_);
  }
  std::optional<Number> result;
  bool open = false;
  for (int node = 0; node < current().size(); ++node) {
    if (node == current().setting().sink && !sink_counts) continue;
    const diffusion::NodeFidelity& found = node_fidelity(chosen, node);
    if (found.unbounded) return Number::undefined(missing_fact_);
    open = open || !found.decided;
    if (found.decided && (!result || found.supremum < result->lower)) result = found.supremum;
  }
  // Nodes that are left open may be known to lie above the least of the others.
  if (open && !chain.fidelity().decided) return Number::undecided(missing_fact_);
  return *result;
}

}  // namespace crosshead::claim

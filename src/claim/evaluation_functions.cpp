// Functions and predicates: all arguments are evaluated first, from left to right, then the value is looked
// up.
#include <algorithm>
#include <stdexcept>

#include "evaluation_machine.hpp"

namespace crosshead::claim {
namespace {

using diffusion::Truth;
using exact::Rational;

Number counted(const std::optional<exact::Integer>& value) {
  return value ? Number(Rational(*value)) : Number::undecided("a length beyond the limits of counting");
}

}  // namespace

std::optional<std::int64_t> integer_argument(const Number& number, std::int64_t lowest, std::int64_t highest,
                                             const char* what, Number& lack) {
  if (!number.known()) {
    lack = number;
  } else if (number.upper) {
    lack = Number::undecided(std::string(what) + " is known by bounds only");
  } else if (!is_integer(number.lower)) {
    lack = Number::undefined(std::string(what) + " is not an integer");
  } else if (const auto value = integer_between(number.lower, lowest, highest)) {
    return value;
  } else if (highest == kLatest && number.lower > highest) {
    lack = Number::undecided(std::string(what) + " is beyond " + std::to_string(highest));
  } else {
    lack = Number::undefined(std::string(what) + " is out of range");
  }
  return std::nullopt;
}

Machine::ChosenChain Machine::choose(const Node& node) {
  ChosenChain chosen;
  if (node.chain == ChainName::head) {
    const auto head =
        integer_argument(number(node.arguments[0]), 1, current().head_count(), "the head", chosen.failure);
    if (!head) return chosen;
    chosen.head = static_cast<int>(*head) - 1;
    chosen.chain = &current().head(chosen.head);
    return chosen;
  }
  chosen.chain = &current().mean();  // the union has the graph of the mean
  return chosen;
}

/// Letters from 0, or why some letter is no head of the current system.
std::optional<Number> Machine::read_word(const Node& node, std::vector<int>& word) {
  std::optional<Number> lack;
  const auto add = [&](const Number& letter) {
    Number failure;
    if (const auto head = integer_argument(letter, 1, current().head_count(), "a letter", failure)) {
      word.push_back(static_cast<int>(*head) - 1);
    } else if (!lack) {
      lack = std::move(failure);
    }
  };
  if (node.operation == Operation::variable) {
    for (const int letter : slots_[node.slot].word) add(Rational(letter));
  } else {
    for (const Node& letter : node.arguments) add(number(letter));
  }
  return lack;
}

Machine::Arguments Machine::arguments(const Node& node) {
  Arguments given;
  const auto lacks = [&](const Number& lack) {
    if (!given.lack) given.lack = lack;
  };
  std::size_t numbers = 0;
  for (const Node& argument : node.arguments) {
    if (is_chain(argument)) {
      given.chain = choose(argument);
      if (given.chain.chain == nullptr) lacks(given.chain.failure);
    } else if (argument.source->type == Type::word) {
      if (const auto lack = read_word(argument, given.word)) lacks(*lack);
    } else {
      Number& value = given.numbers.at(numbers++);
      value = number(argument);
      if (!value.known()) lacks(value);
    }
  }
  return given;
}

Number Machine::function(const Node& node) {
  switch (node.operation) {
    case Operation::printed:
      return printed(node);
    case Operation::measured:
      return measured(node);
    case Operation::nodes:
      return Rational(current().size());
    case Operation::nodes_less_one:
      return Rational(current().size() - 1);
    case Operation::heads:
      return Rational(current().head_count());
    case Operation::sink:
      return Rational(current().setting().sink + 1);
    default:
      break;
  }
  Arguments given = arguments(node);
  if (given.lack) return *given.lack;
  if (node.operation == Operation::weight) {
    Number lack;
    const auto head = integer_argument(given[0], 1, current().head_count(), "the head", lack);
    return head ? Number(current().weights()[static_cast<std::size_t>(*head) - 1]) : lack;
  }
  if (node.operation <= Operation::rollout) return word_function(node, given);
  if (node.operation <= Operation::moves) return chain_function(node, given);
  return graph_function(node, given);
}

Number Machine::word_function(const Node& node, Arguments& given) {
  Number lack;
  if (node.operation == Operation::word_weight) {
    Rational weight = 1;
    for (const int letter : given.word) weight *= current().weights()[static_cast<std::size_t>(letter)];
    return weight;
  }
  if (node.operation == Operation::letters) {
    const auto head = integer_argument(given[0], 1, current().head_count(), "the head", lack);
    if (!head) return lack;
    return Rational(std::count(given.word.begin(), given.word.end(), static_cast<int>(*head) - 1));
  }
  const auto i = integer_argument(given[0], 1, current().size(), "the row", lack);
  if (!i) return lack;
  const auto j = integer_argument(given[1], 1, current().size(), "the column", lack);
  if (!j) return lack;
  std::string reason;
  const auto entry = current().word_entry(given.word, static_cast<int>(*i) - 1, static_cast<int>(*j) - 1,
                                          node.operation == Operation::rollout, reason);
  return entry ? Number(*entry) : Number::undefined(reason);
}

Number Machine::chain_function(const Node& node, Arguments& given) {
  switch (node.operation) {
    case Operation::walk_entry:
      return walk_entry(given.chain, given[0], given[1]);
    case Operation::diffusion_entry:
      return diffusion_entry(given.chain, given[0], given[1]);
    case Operation::signal:
      return signal(given.chain, given[0], given[1]);
    case Operation::absorbed:
      return absorbed(given.chain, given[0], given[1]);
    case Operation::distance:
      return distance(given.chain, given[0]);
    case Operation::mixing_time:
      return mixing_time(given.chain, given[0], Fact::Kind::mixing_time);
    case Operation::mixing_time_l1:
      return mixing_time(given.chain, given[0], Fact::Kind::mixing_time_l1);
    case Operation::forward_probability: {
      use_walk(*given.chain.chain);
      const heads::MatrixOrReason& walk = given.chain.chain->walk();
      if (!walk.matrix) return Number::undefined(walk.reason);
      const auto least = walk::forward_probability(*walk.matrix, current().setting().sink);
      return least ? Number(*least) : Number::undefined("the sink is the only node");
    }
    case Operation::fidelity:
      return fidelity(given.chain, given[0]);
    case Operation::minimax:
      return minimax(given.chain);
    case Operation::moves:
      return moves(given.chain, given[0], given[1], given[2]);
    default:
      throw std::logic_error("'" + node.source->name + "' is no number of a chain");
  }
}

Number Machine::graph_function(const Node& node, Arguments& given) {
  Chain& chain = *given.chain.chain;
  if (node.operation == Operation::edges) return Rational(chain.graph().edge_count());
  Number lack;
  const auto j = integer_argument(given[0], 1, current().size(), "the node", lack);
  if (!j) return lack;
  const int node_index = static_cast<int>(*j) - 1;
  if (node.operation == Operation::indegree) return Rational(chain.graph().predecessors(node_index).size());
  if (node.operation == Operation::outdegree) return Rational(chain.graph().successors(node_index).size());
  if (node.operation != Operation::walks && node.operation != Operation::all_walks) {
    throw std::logic_error("'" + node.source->name + "' is no number of a graph");
  }
  const auto t = integer_argument(given[1], 0, kLatest, "the length", lack);
  if (!t) return lack;
  WalkCounts& counts = chain.walk_counts();
  return counted(node.operation == Operation::walks ? counts.to_sink(node_index, *t)
                                                    : counts.anywhere(node_index, *t));
}

Number Machine::printed(const Node& node) {
  const std::string& name = node.arguments[0].source->name;
  const PrintedNumbers* numbers = input_.printed;
  if (node.arguments.size() == 1) {
    if (numbers == nullptr || !numbers->values.contains(name)) {
      throw std::logic_error("no printed number '" + name + "'");
    }
    return numbers->values.at(name);
  }
  if (numbers == nullptr || !numbers->tables.contains(name)) {
    throw std::logic_error("no printed table '" + name + "'");
  }
  const Number row = number(node.arguments[1]), column = number(node.arguments[2]);
  const auto& table = numbers->tables.at(name);
  Number lack;
  const auto i = integer_argument(row, 1, static_cast<std::int64_t>(table.size()), "the row", lack);
  if (!i) return lack;
  const auto& entries = table[static_cast<std::size_t>(*i) - 1];
  const auto j = integer_argument(column, 1, static_cast<std::int64_t>(entries.size()), "the column", lack);
  return j ? Number(entries[static_cast<std::size_t>(*j) - 1]) : lack;
}

Number Machine::measured(const Node& node) {
  const std::string& name = node.arguments[0].source->name;
  const Number row = number(node.arguments[1]), column = number(node.arguments[2]);
  if (measured_ == nullptr) return Number::undecided("nothing was measured");
  const auto found = measured_->tables.find(name);
  if (found == measured_->tables.end()) return Number::undefined("\"" + name + "\" was not measured");
  const MeasuredTable& table = found->second;
  Number lack;
  const auto i = integer_argument(row, 1, static_cast<std::int64_t>(table.size()), "the row", lack);
  if (!i) return lack;
  const auto& entries = table[static_cast<std::size_t>(*i) - 1];
  const auto j = integer_argument(column, 1, static_cast<std::int64_t>(entries.size()), "the column", lack);
  if (!j) return lack;
  const auto& entry = entries[static_cast<std::size_t>(*j) - 1];
  return entry ? Number::enclosed(entry->lower, entry->upper)
               : Number::undefined("\"" + name + "\" has no entry there");
}

Answer Machine::predicate(const Node& node) {
  Arguments given = arguments(node);
  if (given.lack) return Answer::lacking(*given.lack);
  Chain& chain = *given.chain.chain;
  switch (node.operation) {
    case Operation::feedforward:
      return graph::is_feedforward(chain.graph());
    case Operation::acyclic:
      return graph::topological_order(chain.graph()).has_value();
    case Operation::unique_sink:
      return graph::has_unique_sink(chain.graph(), current().setting().sink);
    case Operation::reaches: {
      Number lack;
      const auto j = integer_argument(given[0], 1, current().size(), "the node", lack);
      return j ? Answer(chain.reaching()[static_cast<std::size_t>(*j) - 1]) : Answer::lacking(lack);
    }
    case Operation::has_walk:
      use_walk(chain);
      return chain.has_walk();
    case Operation::has_diffusion:
      return chain.has_diffusion();
    case Operation::stationary_at_sink:
      // The point mass at tau is stationary exactly if W_{tau tau} = 1, and then the only stationary law
      // exactly if no other class of nodes is closed: if every node reaches tau.
      use_walk(chain);
      return chain.absorption().certain;
    case Operation::attained:
      return attained(given.chain, given[0]);
    default:
      throw std::logic_error("'" + node.source->name + "' has no truth value");
  }
}

}  // namespace crosshead::claim

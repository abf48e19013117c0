// Names become operations by one table; each binder of the formula gets a place of its own for its value.
#include "evaluation_tree.hpp"

#include <stdexcept>
#include <string>
#include <unordered_map>

namespace crosshead::claim {
namespace {

using Op = Operation;

const std::unordered_map<std::string, Operation>& calls() {
  static const std::unordered_map<std::string, Operation> table{
      {"+", Op::add},
      {"-", Op::subtract},
      {"*", Op::multiply},
      {"/", Op::divide},
      {"^", Op::power},
      {"negate", Op::negate},
      {"and", Op::conjunction},
      {"or", Op::disjunction},
      {"not", Op::negation},
      {"implies", Op::implication},
      {"iff", Op::equivalence},
      {"compare", Op::compare},
      {"if", Op::choice},
      {"defined", Op::defined},
      {"printed", Op::printed},
      {"measured", Op::measured},
      {"min", Op::minimum},
      {"max", Op::maximum},
      {"choose", Op::binomial},
      {"floor", Op::floor},
      {"ceil", Op::ceiling},
      {"abs", Op::absolute},
      {"exp", Op::exponential},
      {"n", Op::nodes},
      {"N", Op::nodes_less_one},
      {"H", Op::heads},
      {"tau", Op::sink},
      {"weight", Op::weight},
      {"word_weight", Op::word_weight},
      {"letters", Op::letters},
      {"product", Op::product},
      {"rollout", Op::rollout},
      {"W", Op::walk_entry},
      {"D", Op::diffusion_entry},
      {"signal", Op::signal},
      {"absorbed", Op::absorbed},
      {"distance", Op::distance},
      {"t_mix", Op::mixing_time},
      {"t_mix_l1", Op::mixing_time_l1},
      {"p", Op::forward_probability},
      {"phi", Op::fidelity},
      {"phi_min", Op::minimax},
      {"moves", Op::moves},
      {"walks", Op::walks},
      {"all_walks", Op::all_walks},
      {"edges", Op::edges},
      {"indegree", Op::indegree},
      {"outdegree", Op::outdegree},
      {"feedforward", Op::feedforward},
      {"acyclic", Op::acyclic},
      {"unique_sink", Op::unique_sink},
      {"reaches", Op::reaches},
      {"has_walk", Op::has_walk},
      {"has_diffusion", Op::has_diffusion},
      {"stationary_at_sink", Op::stationary_at_sink},
      {"attained", Op::attained}};
  return table;
}

Operation over_binders(const std::string& name) {
  if (name == "forall") return Op::forall;
  if (name == "exists") return Op::exists;
  if (name == "min") return Op::least;
  if (name == "max") return Op::greatest;
  if (name == "sum") return Op::total;
  throw std::logic_error("'" + name + "' takes no binders");
}

Comparison comparison_named(const std::string& mark) {
  if (mark == "<=") return Comparison::less_equal;
  if (mark == "<") return Comparison::less;
  if (mark == "=") return Comparison::equal;
  if (mark == "!=") return Comparison::not_equal;
  if (mark == ">=") return Comparison::greater_equal;
  if (mark == ">") return Comparison::greater;
  throw std::logic_error("'" + mark + "' compares nothing");
}

class Preparation {
 public:
  Node node(const Expression& expression) {
    Node result;
    result.source = &expression;
    switch (expression.kind) {
      case ExpressionKind::number:
      case ExpressionKind::text:
        result.operation = Op::number;
        return result;
      case ExpressionKind::truth:
        result.operation = Op::truth;
        return result;
      case ExpressionKind::variable:
        result.operation = Op::variable;
        result.slot = slot_of(expression.name);
        return result;
      case ExpressionKind::word:
        result.operation = Op::word;
        break;
      case ExpressionKind::chain:
        result.chain = expression.name == "mean"    ? ChainName::mean
                       : expression.name == "union" ? ChainName::united
                                                    : ChainName::head;
        break;
      case ExpressionKind::call:
        call(expression, result);
        break;
      case ExpressionKind::aggregate:
      case ExpressionKind::quantified:
        return binding(expression, std::move(result));
    }
    for (const ExpressionPtr& argument : expression.arguments) result.arguments.push_back(node(*argument));
    return result;
  }

  std::size_t slots() const { return slots_; }

 private:
  static void call(const Expression& expression, Node& result) {
    const auto found = calls().find(expression.name);
    if (found == calls().end()) throw std::logic_error("no function '" + expression.name + "'");
    result.operation = found->second;
    for (const std::string& mark : expression.operators) result.comparisons.push_back(comparison_named(mark));
  }

  Node binding(const Expression& expression, Node result) {
    result.operation = over_binders(expression.name);
    const std::size_t outside = scope_.size();
    for (const Binder& source : expression.binders) result.binders.push_back(binder(source));
    result.body.push_back(node(*expression.body));
    scope_.resize(outside);
    return result;
  }

  /// The domain is outside the scope of its name, the condition inside.
  PreparedBinder binder(const Binder& source) {
    PreparedBinder result;
    result.source = &source;
    for (const ExpressionPtr& argument : source.domain.arguments) result.arguments.push_back(node(*argument));
    if (source.domain.kind == DomainKind::family) {
      result.family = system_family_named(source.domain.family);
      for (const FamilyArgument& argument : source.domain.family_arguments) {
        FamilyRange range;
        if (argument.lower) range.ends.push_back(node(*argument.lower));
        if (argument.upper) range.ends.push_back(node(*argument.upper));
        result.family_arguments.push_back(std::move(range));
      }
    }
    result.slot = slots_++;
    scope_.emplace_back(source.name, result.slot);
    if (source.where) result.where.push_back(node(*source.where));
    return result;
  }

  std::size_t slot_of(const std::string& name) const {
    for (std::size_t k = scope_.size(); k-- > 0;) {
      if (scope_[k].first == name) return scope_[k].second;
    }
    throw std::logic_error("nothing binds '" + name + "'");
  }

  std::size_t slots_ = 0;
  std::vector<std::pair<std::string, std::size_t>> scope_;
};

}  // namespace

PreparedFormula prepare(const Formula& formula) {
  Preparation preparation;
  PreparedFormula result;
  result.root = preparation.node(*formula.root);
  result.slots = preparation.slots();
  return result;
}

}  // namespace crosshead::claim

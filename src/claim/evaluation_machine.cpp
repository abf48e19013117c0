// Operators, quantifiers and aggregates.
#include "evaluation_machine.hpp"

#include <stdexcept>

namespace crosshead::claim {
namespace {

using diffusion::Truth;

/// Terms of aggregates allowed for each element that quantifiers may visit.
constexpr std::int64_t kTermsPerElement = 64;

}  // namespace

Machine::Machine(const PreparedFormula& formula, const EvaluationInput& input,
                 const EvaluationOptions& options, const MeasuredNumbers* measured)
    : formula_(formula),
      input_(input),
      measured_(measured),
      options_(options),
      families_(input.convention, options.fidelity_limits, options.mixing_limits),
      own_record_(options.recorded_systems),
      slots_(formula.slots) {
  if (input.given != nullptr) {
    system_ =
        CurrentSystem::of(*input.given, input.convention, options.fidelity_limits, options.mixing_limits);
  }
}

CurrentSystem& Machine::current() const {
  if (!system_) throw std::logic_error("the formula needs a system, and none is given");
  return *system_;
}

Answer Machine::truth(const Node& node) {
  switch (node.operation) {
    case Operation::truth:
      return node.source->flag;
    case Operation::negation:
      return negation(truth(node.arguments[0]));
    case Operation::conjunction:
    case Operation::disjunction: {
      const bool all = node.operation == Operation::conjunction;
      Answer result = all;
      for (const Node& argument : node.arguments) {
        Answer next = truth(argument);
        result = all ? conjunction(std::move(result), std::move(next))
                     : disjunction(std::move(result), std::move(next));
        if (all ? result.no() : result.yes()) break;
      }
      return result;
    }
    case Operation::implication: {
      Answer left = truth(node.arguments[0]);
      if (left.no()) return true;
      return disjunction(negation(std::move(left)), truth(node.arguments[1]));
    }
    case Operation::equivalence: {
      const Answer left = truth(node.arguments[0]);
      return equivalence(left, truth(node.arguments[1]));
    }
    case Operation::compare:
      return comparisons(node);
    case Operation::forall:
    case Operation::exists:
      return quantified(node, 0);
    case Operation::defined: {
      const Number value = number(node.arguments[0]);
      return value.state == Number::State::undecided ? Answer::lacking(value) : Answer(value.known());
    }
    case Operation::choice: {
      const Answer condition = truth(node.arguments[0]);
      if (condition.yes()) return truth(node.arguments[1]);
      if (condition.no()) return truth(node.arguments[2]);
      return condition;
    }
    default:
      return predicate(node);
  }
}

/// a < b < c: conjunction of a < b and b < c, each side evaluated once.
Answer Machine::comparisons(const Node& node) {
  Answer result = true;
  if (cell_ != nullptr && depends_on_weights(*node.source)) {
    for (std::size_t k = 0; k < node.comparisons.size() && !result.no(); ++k) {
      const auto weighed = weight_comparison(*node.source, k);
      result = conjunction(
          std::move(result),
          weighed ? on_cell(node, k, *weighed)
                  : compare(number(node.arguments[k]), node.comparisons[k], number(node.arguments[k + 1])));
    }
    return result;
  }
  Number left = number(node.arguments[0]);
  for (std::size_t k = 0; k < node.comparisons.size(); ++k) {
    Number right = number(node.arguments[k + 1]);
    result = conjunction(std::move(result), compare(left, node.comparisons[k], right));
    if (result.no()) break;
    left = std::move(right);
  }
  return result;
}

void Machine::count_element() {
  if (++elements_ > options_.limit_instances || terms_ > options_.limit_instances * kTermsPerElement) {
    throw Stopped{"the limit of " + std::to_string(options_.limit_instances) +
                  " instances is reached after " + std::to_string(systems_visited_) + " systems"};
  }
}

Answer Machine::quantified(const Node& node, std::size_t depth) {
  if (depth == node.binders.size()) {
    ++instances_;
    leading_instance_ = leading_instance_ || &node == &formula_.root;
    return truth(node.body.front());
  }
  const bool all = node.operation == Operation::forall;
  const Truth decisive = all ? Truth::no : Truth::yes;
  const bool leading = &node == &formula_.root;
  const PreparedBinder& binder = node.binders[depth];
  Answer result = all;
  const auto include = [&](Answer instance) {
    result = all ? conjunction(std::move(result), std::move(instance))
                 : disjunction(std::move(result), std::move(instance));
  };
  const std::optional<Number> lack = for_each(node, depth, [&] {
    count_element();
    if (!binder.where.empty()) {
      Answer kept = truth(binder.where.front());
      if (kept.truth == Truth::undecided) include(std::move(kept));
      if (!kept.yes()) return true;
    }
    Answer instance = quantified(node, depth + 1);
    if (leading && instance.truth == decisive && depth + 1 == node.binders.size()) {
      decision_.emplace();
      for (const PreparedBinder& bound : node.binders) decision_->values.push_back(slots_[bound.slot]);
      decision_->system = system_;
    }
    include(std::move(instance));
    return result.truth != decisive;
  });
  if (lack) include(Answer::lacking(*lack));
  return result;
}

void Machine::combine(Operation operation, Number value, std::optional<Number>& result) const {
  if (!result) {
    result = std::move(value);
  } else if (operation == Operation::total) {
    result = sum(*result, value);
  } else {
    result = operation == Operation::least ? claim::least(*result, value) : claim::greatest(*result, value);
  }
}

void Machine::aggregate(const Node& node, std::size_t depth, std::optional<Number>& result) {
  if (depth == node.binders.size()) {
    combine(node.operation, number(node.body.front()), result);
    return;
  }
  const PreparedBinder& binder = node.binders[depth];
  const std::optional<Number> lack = for_each(binder, [&] {
    ++terms_;
    if ((terms_ & 0xffff) == 0 && terms_ > options_.limit_instances * kTermsPerElement) {
      throw Stopped{"sums, minima and maxima have more terms than the limit of instances allows"};
    }
    if (!binder.where.empty()) {
      const Answer kept = truth(binder.where.front());
      if (kept.truth == Truth::undecided) combine(node.operation, Number::undecided(kept.reason), result);
      if (!kept.yes()) return true;
    }
    aggregate(node, depth + 1, result);
    return true;
  });
  if (lack) combine(node.operation, *lack, result);
}

Number Machine::number(const Node& node) {
  const auto binary = [&](Number (*operation)(const Number&, const Number&)) {
    const Number left = number(node.arguments[0]);
    return operation(left, number(node.arguments[1]));
  };
  switch (node.operation) {
    case Operation::number:
      return node.source->value;
    case Operation::variable:
      return slots_[node.slot].number;
    case Operation::add:
      return binary(sum);
    case Operation::subtract:
      return binary(difference);
    case Operation::multiply:
      return binary(claim::product);
    case Operation::divide:
      return binary(quotient);
    case Operation::power:
      return binary(power);
    case Operation::binomial:
      return binary(binomial);
    case Operation::negate:
      return negative(number(node.arguments[0]));
    case Operation::floor:
      return claim::floor(number(node.arguments[0]));
    case Operation::ceiling:
      return ceiling(number(node.arguments[0]));
    case Operation::absolute:
      return absolute(number(node.arguments[0]));
    case Operation::exponential:
      return exponential(number(node.arguments[0]));
    case Operation::minimum:
    case Operation::maximum: {
      std::optional<Number> result;
      for (const Node& argument : node.arguments) {
        combine(node.operation == Operation::minimum ? Operation::least : Operation::greatest,
                number(argument), result);
      }
      return result.value();
    }
    case Operation::least:
    case Operation::greatest:
    case Operation::total: {
      std::optional<Number> result;
      aggregate(node, 0, result);
      if (result) return *result;
      if (node.operation == Operation::total) return exact::Rational(0);
      return Number::undefined(std::string(node.operation == Operation::least ? "min" : "max") +
                               " over nothing");
    }
    case Operation::choice: {
      const Answer condition = truth(node.arguments[0]);
      if (condition.yes()) return number(node.arguments[1]);
      if (condition.no()) return number(node.arguments[2]);
      return condition.truth == Truth::undecided ? Number::undecided(condition.reason)
                                                 : Number::undefined(condition.reason);
    }
    default:
      return function(node);
  }
}

bool Machine::vacuous() const {
  const Operation operation = formula_.root.operation;
  return !leading_instance_ && (operation == Operation::forall || operation == Operation::exists);
}

void Machine::bind(const Decision& decision) {
  for (std::size_t k = 0; k < decision.values.size(); ++k) {
    BoundValue& bound = slots_[formula_.root.binders[k].slot];
    bound = decision.values[k];
    if (bound.cell) cell_ = &*bound.cell;
  }
  system_ = decision.system;
}

Answer Machine::replay(const Decision& decision, FactRecord& record) {
  record_ = &record;
  const std::shared_ptr<CurrentSystem> outside = system_;
  for (std::size_t k = 0; k < decision.values.size(); ++k) {
    const PreparedBinder& binder = formula_.root.binders[k];
    for (const Node& argument : binder.arguments) number(argument);
    for (const FamilyRange& range : binder.family_arguments) {
      for (const Node& end : range.ends) number(end);
    }
    slots_[binder.slot] = decision.values[k];
    const BoundValue& value = decision.values[k];
    if (value.system) system_ = value.system;
    if (!value.weights.empty()) system_ = current().with_weights(value.weights);
    if (!binder.where.empty()) truth(binder.where.front());
  }
  system_ = decision.system;
  const Answer answer = truth(formula_.root.body.front());
  system_ = outside;
  record_ = &own_record_;
  return answer;
}

}  // namespace crosshead::claim

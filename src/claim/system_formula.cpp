#include "crosshead/claim/system_formula.hpp"

#include "evaluation_machine.hpp"

namespace crosshead::claim {

struct SystemFormula::Prepared {
  Formula formula;
  PreparedFormula tree;
};

SystemFormula::SystemFormula(std::string_view text, const Convention& convention)
    : prepared_(std::make_unique<Prepared>()), convention_(convention) {
  FormulaContext context;
  context.has_system = true;
  prepared_->formula = parse_formula(text, context);
  prepared_->tree = prepare(prepared_->formula);
}

SystemFormula::~SystemFormula() = default;

const std::string& SystemFormula::text() const {
  return prepared_->formula.text;
}

bool SystemFormula::has_sides() const {
  const Node& root = prepared_->tree.root;
  if (root.operation != Operation::compare || root.comparisons.size() != 1) return false;
  const Comparison comparison = root.comparisons.front();
  return comparison != Comparison::equal && comparison != Comparison::not_equal;
}

SystemFormula::Answer SystemFormula::ask(const heads::HeadSystem& system) const {
  EvaluationInput input;
  input.convention = convention_;
  input.given = &system;
  EvaluationOptions options;
  options.recorded_systems = 0;
  Answer answer;
  try {
    Machine machine(prepared_->tree, input, options, nullptr);
    if (!has_sides()) {
      const claim::Answer whole = machine.evaluate();
      answer.truth = whole.truth;
      answer.note = whole.reason;
      return answer;
    }
    const Node& root = prepared_->tree.root;
    const Number left = machine.number(root.arguments[0]), right = machine.number(root.arguments[1]);
    const claim::Answer whole = compare(left, root.comparisons.front(), right);
    answer.truth = whole.truth;
    answer.note = whole.reason;
    if (left.is_exact() && right.is_exact()) {
      answer.difference = left.lower < right.lower ? right.lower - left.lower : left.lower - right.lower;
    }
  } catch (const Stopped& stopped) {
    answer.truth = diffusion::Truth::undecided;
    answer.note = stopped.note;
  }
  return answer;
}

}  // namespace crosshead::claim

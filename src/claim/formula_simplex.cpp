// All real weights at once: which comparisons have an exact set of weights, and formulas that keep to them.
#include <algorithm>
#include <vector>

#include "crosshead/claim/simplex_formula.hpp"

namespace crosshead::claim {
namespace {

using Subject = WeightComparison::Subject;

constexpr const char* kShapes =
    "phi_min(mean), phi(mean, j), t_mix(mean, eps) or weight(h), compared by <, <=, > or >= with a number "
    "that does not depend on the weights, or phi(mean, j) with phi(mean, i)";

/// Calls `visit` for each direct part of an expression: operands, what its binders consist of, and its body.
template <typename Visit>
void for_each_part(const Expression& expression, const Visit& visit) {
  for (const ExpressionPtr& argument : expression.arguments) visit(*argument);
  for (const Binder& binder : expression.binders) {
    for (const ExpressionPtr& argument : binder.domain.arguments) visit(*argument);
    for (const FamilyArgument& argument : binder.domain.family_arguments) {
      if (argument.lower) visit(*argument.lower);
      if (argument.upper) visit(*argument.upper);
    }
    if (binder.where) visit(*binder.where);
  }
  if (expression.body) visit(*expression.body);
}

bool is_mean(const Expression& expression) {
  return expression.kind == ExpressionKind::chain && expression.name == "mean";
}

bool is_simplex(const Binder& binder) {
  return binder.domain.kind == DomainKind::simplex;
}

/// The subject that an operand is, if it is one.
std::optional<Subject> subject_of(const Expression& operand) {
  if (operand.kind != ExpressionKind::call || operand.arguments.empty()) return std::nullopt;
  const bool plain =
      std::none_of(operand.arguments.begin() + 1, operand.arguments.end(),
                   [](const ExpressionPtr& argument) { return depends_on_weights(*argument); });
  if (!plain) return std::nullopt;
  if (operand.name == "weight") {
    return depends_on_weights(*operand.arguments[0]) ? std::nullopt : std::optional(Subject::weight);
  }
  if (!is_mean(*operand.arguments[0])) return std::nullopt;
  if (operand.name == "phi_min") return Subject::minimax;
  if (operand.name == "phi") return Subject::node;
  if (operand.name == "t_mix" || operand.name == "t_mix_l1") return Subject::mixing;
  return std::nullopt;
}

std::string mirrored(const std::string& relation) {
  return relation[0] == '<' ? ">" + relation.substr(1) : "<" + relation.substr(1);
}

/// Walks through what the simplex governs.
class SimplexCheck {
 public:
  void formula(const Expression& expression) {
    if (expression.kind == ExpressionKind::call && expression.name == "compare") {
      for (std::size_t k = 0; k + 1 < expression.arguments.size(); ++k) comparison(expression, k);
      return;
    }
    const bool truth = expression.type == Type::truth;
    const bool connective =
        expression.kind == ExpressionKind::quantified ||
        (expression.kind == ExpressionKind::call &&
         (expression.name == "and" || expression.name == "or" || expression.name == "not" ||
          expression.name == "implies" || expression.name == "iff" || expression.name == "if"));
    if (!depends_on_weights(expression)) return;
    if (!truth || !connective) fail(expression);
    const std::size_t outside = inner_.size();
    for (const Binder& binder : expression.binders) {
      inner_.push_back(binder.name);
      for (const ExpressionPtr& argument : binder.domain.arguments) number(*argument);
      if (binder.domain.kind == DomainKind::family) fail(expression);
      if (binder.where) formula(*binder.where);
    }
    for (const ExpressionPtr& argument : expression.arguments) {
      argument->type == Type::truth ? formula(*argument) : number(*argument);
    }
    if (expression.body) formula(*expression.body);
    inner_.resize(outside);
  }

  int means() const { return means_; }

 private:
  [[noreturn]] static void fail(const Expression& expression) {
    throw FormulaError(expression.place, std::string("over 'simplex' weights may enter only as ") + kShapes);
  }

  static void number(const Expression& expression) {
    if (depends_on_weights(expression)) fail(expression);
  }

  void comparison(const Expression& expression, std::size_t k) {
    const auto found = weight_comparison(expression, k);
    if (!found) return;
    for (const std::size_t operand : {k, k + 1}) free_of_inner_names(*expression.arguments[operand]);
    if (found->subject == Subject::weight) return;
    if (++means_ > 1) {
      throw FormulaError(
          expression.arguments[k]->place,
          "over 'simplex' one comparison of the mean is decided at a time: this is a second one");
    }
  }

  void free_of_inner_names(const Expression& expression) const {
    if (expression.kind == ExpressionKind::variable &&
        std::find(inner_.begin(), inner_.end(), expression.name) != inner_.end()) {
      throw FormulaError(expression.place,
                         "'" + expression.name +
                             "' is bound inside of 'simplex': what is compared over all weights "
                             "must not depend on it (bind it before)");
    }
    for_each_part(expression, [&](const Expression& part) { free_of_inner_names(part); });
  }

  std::vector<std::string> inner_;
  int means_ = 0;
};

}  // namespace

bool depends_on_weights(const Expression& expression) {
  if (expression.kind == ExpressionKind::chain && expression.name != "head") return true;
  if (expression.kind == ExpressionKind::call &&
      (expression.name == "weight" || expression.name == "word_weight")) {
    return true;
  }
  bool found = false;
  for_each_part(expression, [&](const Expression& part) { found = found || depends_on_weights(part); });
  return found;
}

std::optional<WeightComparison> weight_comparison(const Expression& comparison, std::size_t k) {
  const Expression &left = *comparison.arguments[k], &right = *comparison.arguments[k + 1];
  const bool of_left = depends_on_weights(left), of_right = depends_on_weights(right);
  if (!of_left && !of_right) return std::nullopt;
  const auto fail = [&]() -> WeightComparison {
    throw FormulaError(left.place, std::string("over 'simplex' weights may enter only as ") + kShapes);
  };
  const std::string& mark = comparison.operators[k];
  if (mark == "=" || mark == "!=") fail();
  WeightComparison result;
  const bool second = !of_left;
  result.side = second ? k + 1 : k;
  result.other = second ? k : k + 1;
  result.relation = second ? mirrored(mark) : mark;
  const auto subject = subject_of(second ? right : left);
  if (!subject) return fail();
  result.subject = *subject;
  result.l1 = (second ? right : left).name == "t_mix_l1";
  if (of_left && of_right) {
    if (*subject != Subject::node || subject_of(right) != Subject::node) return fail();
    result.subject = Subject::nodes;
  }
  return result;
}

bool over_simplex(const Expression& expression) {
  return std::any_of(expression.binders.begin(), expression.binders.end(), is_simplex);
}

void check_simplex(const Expression& expression) {
  if (!over_simplex(expression)) return;
  const Binder& last = expression.binders.back();
  const Binder& simplex = *std::find_if(expression.binders.begin(), expression.binders.end(), is_simplex);
  if (expression.kind != ExpressionKind::quantified) {
    throw FormulaError(expression.place, "'simplex' has too many weights for '" + expression.name +
                                             "': it belongs to 'forall' and 'exists'");
  }
  if (&simplex != &last) {
    throw FormulaError(simplex.place, "'weights in simplex' must be the last of the names that '" +
                                          expression.name + "' binds");
  }
  SimplexCheck check;
  if (last.where) check.formula(*last.where);
  check.formula(*expression.body);
  if (check.means() == 0) {
    throw FormulaError(expression.place,
                       "nothing here is decided over 'simplex': expected one comparison of the mean");
  }
}

}  // namespace crosshead::claim

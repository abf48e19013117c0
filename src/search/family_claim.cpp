#include "crosshead/search/family_claim.hpp"

#include <algorithm>
#include <map>

#include "crosshead/exact/error.hpp"
#include "crosshead/search/certificates.hpp"

namespace crosshead::search {
namespace {

using claim::Expression;
using claim::ExpressionKind;

claim::Formula parsed(const std::string& formula) {
  claim::FormulaContext context;
  context.has_system = true;
  return claim::parse_formula(formula, context);
}

bool is_comparison(const Expression& expression) {
  return expression.kind == ExpressionKind::call && expression.name == "compare" &&
         expression.operators.size() == 1;
}

/// Its negation. Both are undefined for the same systems.
std::string negated(const Expression& body) {
  static const std::map<std::string, std::string> kOpposite{{"<", ">="}, {">=", "<"}, {">", "<="},
                                                            {"<=", ">"}, {"=", "!="}, {"!=", "="}};
  if (body.kind == ExpressionKind::call && body.name == "not") return claim::to_text(*body.arguments.front());
  if (!is_comparison(body)) return "not (" + claim::to_text(body) + ")";
  Expression opposite = body;
  opposite.operators.front() = kOpposite.at(body.operators.front());
  return claim::to_text(opposite);
}

bool over_family(const Expression& root) {
  return root.kind == ExpressionKind::quantified && !root.binders.empty() &&
         root.binders.front().domain.kind == claim::DomainKind::family;
}

/// The right end of "system in unique_sink(2..4, 2)".
std::string family_text(claim::Binder binder) {
  binder.where = nullptr;
  const std::string text = claim::to_text(binder);
  const std::string begin = binder.name + " in ";
  return text.substr(text.find(begin) + begin.size());
}

}  // namespace

FamilyClaim family_claim(const claim::Formula& formula, bool about_given) {
  const Expression& root = *formula.root;
  if (!over_family(root)) {
    if (about_given) return {formula.text, false, ""};
    throw exact::UsageError(
        "a search needs 'forall system in FAMILY(...): ...', 'exists system in FAMILY(...): ...' or a "
        "formula about "
        "a given system, found '" +
        formula.text + "'");
  }
  FamilyClaim result;
  result.counterexamples = root.name == "forall";
  result.family = family_text(root.binders.front());
  result.formula = result.counterexamples ? negated(*root.body) : claim::to_text(*root.body);
  std::string rest;
  for (std::size_t k = 1; k < root.binders.size(); ++k) {
    rest += (rest.empty() ? "exists " : ", ") + claim::to_text(root.binders[k]);
  }
  if (!rest.empty()) result.formula = rest + ": " + result.formula;
  if (root.binders.front().where) {
    result.formula = "(" + claim::to_text(*root.binders.front().where) + ") and (" + result.formula + ")";
  }
  return result;
}

std::optional<Question> built_in_of(const std::string& formula) {
  const claim::Formula given = parsed(formula);
  if (!is_comparison(*given.root)) return std::nullopt;
  const std::string text = claim::to_text(*given.root);
  const Expression& left = *given.root->arguments.front();
  for (const BuiltIn claim :
       {BuiltIn::amplifies, BuiltIn::attenuates, BuiltIn::mixes_faster, BuiltIn::mixes_slower}) {
    Question question;
    question.claim = claim;
    if (question.about_mixing()) {
      if (left.name != "t_mix" || left.arguments.size() != 2) continue;
      std::string epsilon = claim::to_text(*left.arguments[1]);
      epsilon.erase(std::remove(epsilon.begin(), epsilon.end(), ' '), epsilon.end());
      try {
        question.epsilon = exact::parse_rational(epsilon);
      } catch (const exact::NumberError&) {
        continue;
      }
      if (question.epsilon <= 0) continue;
    }
    if (claim::to_text(*parsed(formula_of(question)).root) == text) return question;
  }
  return std::nullopt;
}

}  // namespace crosshead::search

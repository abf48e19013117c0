// Trees back to text, with the parentheses that the grammar needs and no others.
#include <array>
#include <utility>

#include "crosshead/claim/formula.hpp"

namespace crosshead::claim {
namespace {

/// How tightly an expression binds; an operand of a smaller strength than its place asks for needs
/// parentheses.
enum Strength {
  kQuantified,
  kEquivalence,
  kImplication,
  kDisjunction,
  kConjunction,
  kNegation,
  kComparison,
  kAggregate,
  kSum,
  kProduct,
  kFactor,
  kPower,
  kPrimary
};

/// Of an infix operator: its own strength and those that its operands need.
struct Infix {
  std::string_view name;
  Strength own, left, right;
};
constexpr std::array<Infix, 9> kInfix{{{"iff", kEquivalence, kImplication, kImplication},
                                       {"implies", kImplication, kDisjunction, kImplication},
                                       {"or", kDisjunction, kDisjunction, kConjunction},
                                       {"and", kConjunction, kConjunction, kNegation},
                                       {"+", kSum, kSum, kProduct},
                                       {"-", kSum, kSum, kProduct},
                                       {"*", kProduct, kProduct, kFactor},
                                       {"/", kProduct, kProduct, kFactor},
                                       {"^", kPower, kPrimary, kFactor}}};

const Infix* infix(const Expression& expression) {
  if (expression.kind != ExpressionKind::call || expression.arguments.size() != 2) return nullptr;
  for (const Infix& each : kInfix) {
    if (each.name == expression.name) return &each;
  }
  return nullptr;
}

Strength strength(const Expression& expression) {
  if (expression.kind == ExpressionKind::quantified) return kQuantified;
  if (expression.kind == ExpressionKind::aggregate) return kAggregate;
  if (expression.kind != ExpressionKind::call) return kPrimary;
  if (const Infix* operation = infix(expression)) return operation->own;
  if (expression.name == "not") return kNegation;
  if (expression.name == "compare") return kComparison;
  return expression.name == "negate" ? kFactor : kPrimary;
}

std::string text_at(const ExpressionPtr& expression, Strength least) {
  return strength(*expression) < least ? "(" + to_text(*expression) + ")" : to_text(*expression);
}

std::string joined(const std::vector<ExpressionPtr>& expressions, Strength least) {
  std::string text;
  for (const ExpressionPtr& each : expressions) text += (text.empty() ? "" : ", ") + text_at(each, least);
  return text;
}

/// Literals are finite decimals: the denominator divides a power of ten.
std::string decimal(const exact::Rational& value) {
  if (denominator(value) == 1) return exact::to_string(value);
  exact::Rational scaled = value;
  std::size_t places = 0;
  for (; denominator(scaled) != 1; ++places) scaled *= 10;
  std::string digits = exact::to_string(scaled);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  return digits.insert(digits.size() - places, ".");
}

std::string text_of(const Domain& domain) {
  switch (domain.kind) {
    case DomainKind::range:
      return text_at(domain.arguments[0], kSum) + ".." + text_at(domain.arguments[1], kSum);
    case DomainKind::list:
      return "{" + joined(domain.arguments, kSum) + "}";
    case DomainKind::nodes:
      return "nodes";
    case DomainKind::others:
      return "others";
    case DomainKind::heads:
      return "heads";
    case DomainKind::words:
      return "words(" + joined(domain.arguments, kSum) + ")";
    case DomainKind::grid:
      return "grid(" + joined(domain.arguments, kSum) + ")";
    case DomainKind::inner_grid:
      return "inner_grid(" + joined(domain.arguments, kSum) + ")";
    case DomainKind::simplex:
      return "simplex";
    case DomainKind::family:
      break;
  }
  std::string text = domain.family + "(";
  for (std::size_t k = 0; k < domain.family_arguments.size(); ++k) {
    const FamilyArgument& argument = domain.family_arguments[k];
    text += k == 0 ? "" : ", ";
    text += argument.lower ? text_at(argument.lower, kSum) : "\"" + argument.text + "\"";
    if (argument.upper) text += ".." + text_at(argument.upper, kSum);
  }
  return text + ")";
}

std::string text_of_binding(const Expression& expression) {
  std::string text = expression.name;
  for (std::size_t k = 0; k < expression.binders.size(); ++k)
    text += (k == 0 ? " " : ", ") + to_text(expression.binders[k]);
  return text + ": " +
         text_at(expression.body, expression.kind == ExpressionKind::aggregate ? kAggregate : kQuantified);
}

std::string text_of_call(const Expression& call) {
  if (const Infix* operation = infix(call)) {
    return text_at(call.arguments[0], operation->left) + (call.name == "^" ? "^" : " " + call.name + " ") +
           text_at(call.arguments[1], operation->right);
  }
  if (call.name == "not") return "not " + text_at(call.arguments[0], kNegation);
  if (call.name == "negate") return "-" + text_at(call.arguments[0], kFactor);
  if (call.name == "compare") {
    std::string text = text_at(call.arguments[0], kAggregate);
    for (std::size_t k = 0; k < call.operators.size(); ++k)
      text += " " + call.operators[k] + " " + text_at(call.arguments[k + 1], kAggregate);
    return text;
  }
  return call.arguments.empty() ? call.name : call.name + "(" + joined(call.arguments, kQuantified) + ")";
}

}  // namespace

std::string to_text(const Binder& binder) {
  return binder.name + " in " + text_of(binder.domain) +
         (binder.where ? " where " + text_at(binder.where, kEquivalence) : "");
}

std::string to_text(const Expression& expression) {
  switch (expression.kind) {
    case ExpressionKind::number:
      return decimal(expression.value);
    case ExpressionKind::truth:
      return expression.flag ? "true" : "false";
    case ExpressionKind::text:
      return "\"" + expression.name + "\"";
    case ExpressionKind::variable:
      return expression.name;
    case ExpressionKind::call:
      return text_of_call(expression);
    case ExpressionKind::word:
      return "[" + joined(expression.arguments, kSum) + "]";
    case ExpressionKind::chain:
      return expression.arguments.empty()
                 ? expression.name
                 : expression.name + " " + text_at(expression.arguments[0], kPrimary);
    case ExpressionKind::aggregate:
    case ExpressionKind::quantified:
      return text_of_binding(expression);
  }
  return "";
}

}  // namespace crosshead::claim

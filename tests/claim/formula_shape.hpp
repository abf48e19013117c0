#pragma once

#include <string>

#include "crosshead/claim/formula.hpp"

namespace crosshead::claim {

/// A formula with a system, two files ("a.json", "b.json") and printed numbers: "one" a value, "table" a
/// table.
inline const FormulaContext& full_context() {
  static const FormulaContext context{true, {"a.json", "b.json"}, {{"one", false}, {"table", true}}};
  return context;
}

/// "line:column: message", or "" if the text is a formula.
inline std::string offence(const std::string& text, const FormulaContext& context = full_context()) {
  try {
    parse_formula(text, context);
  } catch (const FormulaError& error) {
    return std::to_string(error.place().line) + ":" + std::to_string(error.place().column) + ": " +
           error.what();
  }
  return "";
}

/// The tree with all its parentheses, operators in front: "(and (compare < 1 2) true)". Written apart from
/// to_text so that the tests of the one do not rest on the other.
inline std::string shape(const ExpressionPtr& expression);

inline std::string shape(const Domain& domain) {
  std::string text;
  for (const ExpressionPtr& argument : domain.arguments) text += " " + shape(argument);
  switch (domain.kind) {
    case DomainKind::range:
      return "(range" + text + ")";
    case DomainKind::list:
      return "(list" + text + ")";
    case DomainKind::nodes:
      return "(nodes)";
    case DomainKind::others:
      return "(others)";
    case DomainKind::heads:
      return "(heads)";
    case DomainKind::words:
      return "(words" + text + ")";
    case DomainKind::grid:
      return "(grid" + text + ")";
    case DomainKind::simplex:
      return "(simplex)";
    case DomainKind::inner_grid:
      return "(inner_grid" + text + ")";
    case DomainKind::family:
      break;
  }
  for (const FamilyArgument& argument : domain.family_arguments) {
    text += " " + (argument.lower ? shape(argument.lower) : "'" + argument.text + "'");
    if (argument.upper) text += ".." + shape(argument.upper);
  }
  return "(family " + domain.family + text + ")";
}

inline std::string shape(const ExpressionPtr& expression) {
  switch (expression->kind) {
    case ExpressionKind::number:
      return exact::to_string(expression->value);
    case ExpressionKind::truth:
      return expression->flag ? "true" : "false";
    case ExpressionKind::text:
      return "'" + expression->name + "'";
    case ExpressionKind::variable:
      return "$" + expression->name;
    default:
      break;
  }
  std::string text = "(" + (expression->kind == ExpressionKind::word ? "word" : expression->name);
  for (const std::string& mark : expression->operators) text += " " + mark;
  for (const ExpressionPtr& argument : expression->arguments) text += " " + shape(argument);
  for (const Binder& binder : expression->binders) {
    text += " " + binder.name + "=" + shape(binder.domain);
    if (binder.where) text += "|" + shape(binder.where);
  }
  if (expression->body) text += " " + shape(expression->body);
  return text + ")";
}

}  // namespace crosshead::claim

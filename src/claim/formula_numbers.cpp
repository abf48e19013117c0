// Numbers of the claim language, from sums down to the primaries.
#include <algorithm>

#include "formula_parser.hpp"

namespace crosshead::claim {

ExpressionPtr FormulaParser::sum() {
  ExpressionPtr left = product();
  while (at_mark("+") || at_mark("-")) {
    const Token mark = take();
    require_type(left, Type::number, "the left side of " + shown(mark));
    ExpressionPtr right = product();
    require_type(right, Type::number, "the right side of " + shown(mark));
    left = operation(mark.text, Type::number, {std::move(left), std::move(right)});
  }
  return left;
}

ExpressionPtr FormulaParser::product() {
  ExpressionPtr left = factor();
  while (at_mark("*") || at_mark("/")) {
    const Token mark = take();
    require_type(left, Type::number, "the left side of " + shown(mark));
    ExpressionPtr right = factor();
    require_type(right, Type::number, "the right side of " + shown(mark));
    left = operation(mark.text, Type::number, {std::move(left), std::move(right)});
  }
  return left;
}

ExpressionPtr FormulaParser::factor() {
  if (!at_mark("-")) return power();
  const Level level(*this);
  const TextPlace place = take().place;
  ExpressionPtr operand = factor();
  require_type(operand, Type::number, "the operand of '-'");
  Expression node;
  node.kind = ExpressionKind::call;
  node.place = place;
  node.name = "negate";
  node.arguments = {std::move(operand)};
  return finished(std::move(node));
}

ExpressionPtr FormulaParser::power() {
  ExpressionPtr base = primary();
  if (!at_mark("^")) return base;
  require_type(base, Type::number, "the base of '^'");
  take();
  const Level level(*this);
  ExpressionPtr exponent = factor();
  require_type(exponent, Type::number, "the exponent of '^'");
  return operation("^", Type::number, {std::move(base), std::move(exponent)});
}

ExpressionPtr FormulaParser::primary() {
  const Token& token = peek();
  Expression node;
  node.place = token.place;
  if (token.kind == TokenKind::number) {
    node.value = exact::parse_rational(take().text);
    return finished(std::move(node));
  }
  if (at_name("true") || at_name("false")) {
    node.kind = ExpressionKind::truth;
    node.type = Type::truth;
    node.flag = take().text == "true";
    return finished(std::move(node));
  }
  if (at_mark("[")) return word();
  if (at_mark("(")) {
    take();
    ExpressionPtr inner = formula();
    expect_mark(")", "after what stands in parentheses");
    return inner;
  }
  if (token.kind == TokenKind::text)
    throw FormulaError(token.place,
                       "a text stands only in printed(\"...\"), measured(\"...\") and file(\"...\")");
  if (token.kind != TokenKind::name) fail_expected("a number, a name, a function or '('");
  if ((at_name("min") || at_name("max") || at_name("sum")) && !at_mark("(", 1))
    return binding(ExpressionKind::aggregate);
  if (at_mark("(", 1)) return call();
  return variable();
}

ExpressionPtr FormulaParser::word() {
  const Level level(*this);
  Expression node;
  node.kind = ExpressionKind::word;
  node.type = Type::word;
  node.place = take().place;
  node.arguments = number_list("]");
  return finished(std::move(node));
}

ExpressionPtr FormulaParser::variable() {
  const auto found = std::find_if(scope_.begin(), scope_.end(),
                                  [&](const Bound& bound) { return bound.name == peek().text; });
  if (found == scope_.end()) return constant();
  if (found->name == "system" || found->name == "weights")
    throw FormulaError(peek().place, "'" + found->name +
                                         "' has no value of its own: ask for W(mean, i, j), weight(h)"
                                         " and so on");
  Expression node;
  node.kind = ExpressionKind::variable;
  node.type = found->type;
  node.name = found->name;
  node.place = take().place;
  return finished(std::move(node));
}

}  // namespace crosshead::claim

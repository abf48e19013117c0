// Truth values of the claim language, from the quantifiers down to comparisons; what all rules share.
#include "formula_parser.hpp"

#include <algorithm>

#include "crosshead/claim/measured.hpp"
#include "crosshead/claim/simplex_formula.hpp"

namespace crosshead::claim {

FormulaParser::Level::Level(FormulaParser& parser) : level_(parser.level_) {
  if (level_ >= kMaxFormulaDepth) {
    throw FormulaError(parser.peek().place,
                       "the formula is nested deeper than " + std::to_string(kMaxFormulaDepth) + " levels");
  }
  ++level_;
}

void require_type(const ExpressionPtr& operand, Type type, const std::string& what) {
  if (operand->type == type) return;
  throw FormulaError(operand->place,
                     what + " must be " + description(type) + ", but this is " + description(operand->type));
}

ExpressionPtr finished(Expression node) {
  const auto include = [&](const ExpressionPtr& child, int above) {
    if (child) node.depth = std::max(node.depth, child->depth + 1 + above);
  };
  for (const ExpressionPtr& argument : node.arguments) include(argument, 0);
  int binders = 0;
  for (const Binder& binder : node.binders) {
    for (const ExpressionPtr& argument : binder.domain.arguments) include(argument, binders);
    for (const FamilyArgument& argument : binder.domain.family_arguments) {
      include(argument.lower, binders);
      include(argument.upper, binders);
    }
    include(binder.where, ++binders);
  }
  include(node.body, binders);
  if (node.depth > kMaxFormulaDepth) {
    throw FormulaError(node.place, "the formula is a tree of more than " + std::to_string(kMaxFormulaDepth) +
                                       " levels from here on: group long sums and lists with parentheses");
  }
  return std::make_shared<const Expression>(std::move(node));
}

ExpressionPtr operation(std::string_view name, Type type, std::vector<ExpressionPtr> operands) {
  Expression node;
  node.kind = ExpressionKind::call;
  node.type = type;
  node.place = operands.front()->place;
  node.name = name;
  node.arguments = std::move(operands);
  return finished(std::move(node));
}

FormulaParser::FormulaParser(std::string_view text, const FormulaContext& context,
                             const std::vector<std::string>& measured)
    : context_(context), measured_(measured), tokens_(tokens_of(text)), has_system_(context.has_system) {}

ExpressionPtr FormulaParser::run() {
  ExpressionPtr root = formula();
  if (at_name("where"))
    throw FormulaError(peek().place, "'where' stands only after the domain of a bound name");
  if (peek().kind != TokenKind::end) fail_expected("an operator or the end of the formula");
  require_type(root, Type::truth, "a formula");
  return root;
}

ExpressionPtr FormulaParser::formula() {
  if (at_name("forall") || at_name("exists")) return binding(ExpressionKind::quantified);
  const Level level(*this);
  return equivalence();
}

ExpressionPtr FormulaParser::equivalence() {
  ExpressionPtr left = implication();
  if (!at_name("iff")) return left;
  require_type(left, Type::truth, "the left side of 'iff'");
  take();
  ExpressionPtr right = implication();
  require_type(right, Type::truth, "the right side of 'iff'");
  if (at_name("iff"))
    throw FormulaError(peek().place, "'iff' does not chain: put one of them into parentheses");
  return operation("iff", Type::truth, {std::move(left), std::move(right)});
}

ExpressionPtr FormulaParser::implication() {
  ExpressionPtr left = disjunction();
  if (!at_name("implies")) return left;
  require_type(left, Type::truth, "the left side of 'implies'");
  take();
  const Level level(*this);
  ExpressionPtr right = implication();
  require_type(right, Type::truth, "the right side of 'implies'");
  return operation("implies", Type::truth, {std::move(left), std::move(right)});
}

ExpressionPtr FormulaParser::disjunction() {
  ExpressionPtr left = conjunction();
  while (at_name("or")) {
    require_type(left, Type::truth, "the left side of 'or'");
    take();
    ExpressionPtr right = conjunction();
    require_type(right, Type::truth, "the right side of 'or'");
    left = operation("or", Type::truth, {std::move(left), std::move(right)});
  }
  return left;
}

ExpressionPtr FormulaParser::conjunction() {
  ExpressionPtr left = negation();
  while (at_name("and")) {
    require_type(left, Type::truth, "the left side of 'and'");
    take();
    ExpressionPtr right = negation();
    require_type(right, Type::truth, "the right side of 'and'");
    left = operation("and", Type::truth, {std::move(left), std::move(right)});
  }
  return left;
}

ExpressionPtr FormulaParser::negation() {
  if (at_name("forall") || at_name("exists")) return binding(ExpressionKind::quantified);
  if (!at_name("not")) return comparison();
  const Level level(*this);
  const TextPlace place = take().place;
  ExpressionPtr operand = negation();
  require_type(operand, Type::truth, "the operand of 'not'");
  Expression node;
  node.kind = ExpressionKind::call;
  node.type = Type::truth;
  node.place = place;
  node.name = "not";
  node.arguments = {std::move(operand)};
  return finished(std::move(node));
}

ExpressionPtr FormulaParser::comparison() {
  const auto at_comparison = [&] {
    for (const std::string_view mark : {"<=", "<", "=", "!=", ">=", ">"}) {
      if (at_mark(mark)) return true;
    }
    return false;
  };
  const auto require_number = [](const ExpressionPtr& operand, const std::string& what) {
    if (operand->type == Type::truth)
      throw FormulaError(operand->place, what +
                                             " must be a number, but this is a truth value ('iff' and "
                                             "'implies' compare truth values)");
    require_type(operand, Type::number, what);
  };
  ExpressionPtr first = sum();
  if (!at_comparison()) return first;
  require_number(first, "the left side of " + shown(peek()));
  Expression node;
  node.kind = ExpressionKind::call;
  node.type = Type::truth;
  node.place = first->place;
  node.name = "compare";
  node.arguments.push_back(std::move(first));
  while (at_comparison()) {
    const Token mark = take();
    ExpressionPtr operand = sum();
    require_number(operand, "the right side of " + shown(mark));
    node.operators.emplace_back(mark.text);
    node.arguments.push_back(std::move(operand));
  }
  return finished(std::move(node));
}

ExpressionPtr FormulaParser::binding(ExpressionKind kind) {
  const Level level(*this);
  const Token word = take();
  const std::size_t outer = scope_.size();
  const bool had_system = has_system_;
  Expression node;
  node.kind = kind;
  node.type = kind == ExpressionKind::quantified ? Type::truth : Type::number;
  node.place = word.place;
  node.name = word.text;
  node.binders.push_back(binder());
  while (at_mark(",")) {
    take();
    node.binders.push_back(binder());
  }
  expect_mark(":", "between the names that " + shown(word) + " binds and its body");
  node.body = kind == ExpressionKind::quantified ? formula() : sum();
  require_type(node.body, node.type, "the body of " + shown(word));
  scope_.resize(outer);
  has_system_ = had_system;
  check_simplex(node);
  return finished(std::move(node));
}

const Token& FormulaParser::peek(std::size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

Token FormulaParser::take() {
  const Token token = peek();
  if (token.kind != TokenKind::end) ++at_;
  return token;
}

bool FormulaParser::at_name(std::string_view name) const {
  return peek().kind == TokenKind::name && peek().text == name;
}

bool FormulaParser::at_mark(std::string_view mark) const {
  return at_mark(mark, 0);
}

bool FormulaParser::at_mark(std::string_view mark, std::size_t ahead) const {
  return peek(ahead).kind == TokenKind::mark && peek(ahead).text == mark;
}

void FormulaParser::expect_mark(std::string_view mark, const std::string& where) {
  if (!at_mark(mark)) fail_expected("'" + std::string(mark) + "' " + where);
  take();
}

void FormulaParser::fail_expected(const std::string& expected) const {
  throw FormulaError(peek().place, "expected " + expected + ", found " + shown(peek()));
}

void FormulaParser::require_system(const std::string& what, TextPlace place) const {
  if (has_system_) return;
  throw FormulaError(
      place, what + " needs a system: bind one with 'system in ...' or give one with the key 'system'");
}

Formula parse_formula(std::string_view text, const FormulaContext& context) {
  return parse_formula(text, context, std::vector<std::string>());
}

Formula parse_formula(std::string_view text, const FormulaContext& context,
                      const std::vector<std::string>& measured) {
  if (text.size() > kMaxFormulaLength) {
    throw FormulaError({}, "the formula has " + std::to_string(text.size()) + " bytes; at most " +
                               std::to_string(kMaxFormulaLength) + " are read");
  }
  Formula formula{std::string(text), nullptr};
  formula.root = FormulaParser(formula.text, context, measured).run();
  return formula;
}

}  // namespace crosshead::claim

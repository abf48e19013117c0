// The claim language has many words, trees few: what a checker must know is small, what a reader sees in the
// formula is exactly what is verified. Section 8 of FORMAT.md is this file as a table.
#include "formula_tree.hpp"

#include <stdexcept>

#include "tree_parts.hpp"

namespace crosshead::certificate {
namespace {

using claim::Binder;
using claim::DomainKind;
using claim::Expression;
using claim::ExpressionKind;

Json compared(const std::string& mark, const Json& x, const Json& y) {
  if (mark == ">" || mark == ">=") return tree(mark == ">" ? "<" : "<=", {y, x});
  return mark == "!=" ? tree("not", {tree("=", {x, y})}) : tree(mark, {x, y});
}

void collect_names(const Expression& expression, std::set<std::string>& names) {
  for (const auto& argument : expression.arguments) collect_names(*argument, names);
  for (const Binder& binder : expression.binders) {
    names.insert(binder.name);
    for (const auto& argument : binder.domain.arguments) collect_names(*argument, names);
    for (const auto& argument : binder.domain.family_arguments) {
      if (argument.lower) collect_names(*argument.lower, names);
      if (argument.upper) collect_names(*argument.upper, names);
    }
    if (binder.where) collect_names(*binder.where, names);
  }
  if (expression.body) collect_names(*expression.body, names);
}

}  // namespace

Json tree_of(const exact::Rational& value) {
  if (value < 0) return minus(0, tree_of(-value));
  if (denominator(value) != 1) {
    return tree("/",
                {tree_of(exact::Rational(numerator(value))), tree_of(exact::Rational(denominator(value)))});
  }
  static const exact::Integer kSafe = pow(exact::Integer(10), 15);
  const exact::Integer integer = numerator(value);
  if (integer < kSafe) return static_cast<std::int64_t>(integer);
  const exact::Integer high = integer / kSafe;
  return tree("+", {tree("*", {tree_of(exact::Rational(high)), static_cast<std::int64_t>(kSafe)}),
                    static_cast<std::int64_t>(exact::Integer(integer - high * kSafe))});
}

Speller::Speller(const claim::Formula& formula, const claim::Convention& convention,
                 std::map<std::string, Json> literals)
    : convention_(convention), literals_(std::move(literals)) {
  collect_names(*formula.root, used_);
}

std::string Speller::fresh(const std::string& like) {
  std::string name = like;
  for (int k = 1; !used_.insert(name).second; ++k) name = like + std::to_string(k);
  return name;
}

Json Speller::spell(const Expression& expression) {
  switch (expression.kind) {
    case ExpressionKind::number:
      return tree_of(expression.value);
    case ExpressionKind::truth:
      return expression.flag ? "true" : "false";
    case ExpressionKind::text:
      return expression.name;
    case ExpressionKind::variable: {
      const auto literal = literals_.find(expression.name);
      return literal != literals_.end() ? literal->second : Json(expression.name);
    }
    case ExpressionKind::chain:
      return expression.name == "head" ? tree("head", {spell(*expression.arguments[0])}) : Json("mean");
    case ExpressionKind::word: {
      Json word = Json::array({"word"});
      for (const auto& letter : expression.arguments) word.push_back(spell(*letter));
      return word;
    }
    case ExpressionKind::aggregate:
      return spell_over(expression.name == "sum" ? "sum" : expression.name + "_over", expression.binders,
                        *expression.body);
    case ExpressionKind::quantified:
      return spell_over(expression.name, expression.binders, *expression.body);
    case ExpressionKind::call:
      break;
  }
  return call(expression);
}

Json Speller::comparison(const Expression& expression) {
  Json all;
  for (std::size_t k = 0; k < expression.operators.size(); ++k) {
    Json next;
    const auto pair = over_simplex_ ? claim::weight_comparison(expression, k) : std::nullopt;
    if (pair) {
      next = weighed(expression, *pair);
    } else {
      const Json left = spell(*expression.arguments[k]), right = spell(*expression.arguments[k + 1]);
      next = compared(expression.operators[k], left, right);
    }
    all = all.is_null() ? std::move(next) : both(std::move(all), std::move(next));
  }
  return all;
}

/// One comparison with real weights: an operation for > or >=, and its negation for the others.
Json Speller::weighed(const Expression& expression, const claim::WeightComparison& comparison) {
  using Subject = claim::WeightComparison::Subject;
  const Expression& subject = *expression.arguments[comparison.side];
  const Expression& other = *expression.arguments[comparison.other];
  const std::string& relation = comparison.relation;
  bool negated = relation[0] == '<';
  const std::string mark = relation == ">" || relation == "<=" ? ">" : ">=";
  Json result;
  switch (comparison.subject) {
    case Subject::weight:
      result = tree("weight" + mark, {spell(*subject.arguments[0]), spell(other)});
      break;
    case Subject::minimax:
      result = tree((convention_.fidelity.sink_counts ? "minimax" : "others") + mark, {spell(other)});
      break;
    case Subject::node:
      result = tree("node" + mark, {spell(*subject.arguments[1]), spell(other)});
      break;
    case Subject::nodes:
      result = tree("nodes" + mark, {spell(*subject.arguments[1]), spell(*other.arguments[1])});
      break;
    case Subject::mixing: {
      negated = relation[0] == '>';
      const bool l1 = comparison.l1 || convention_.mixing.distance == walk::Distance::l1;
      const bool inclusive = relation == "<=" || relation == ">";
      const Json bound = spell(other), epsilon = spell(*subject.arguments[1]);
      const Json steps =
          inclusive ? tree("floor", {bound}) : minus(minus(0, tree("floor", {minus(0, bound)})), 1);
      result =
          tree(l1 ? "absorbed>" : "absorbed>=", {steps, minus(1, l1 ? tree("/", {epsilon, 2}) : epsilon)});
      break;
    }
  }
  return negated ? tree("not", {std::move(result)}) : result;
}

Json Speller::call(const Expression& expression) {
  if (expression.name == "compare") return comparison(expression);
  std::vector<Json> arguments;
  for (const auto& argument : expression.arguments) arguments.push_back(spell(*argument));
  if (is_defined(expression.name)) return defined_call(expression.name, arguments);
  if (arguments.empty()) return expression.name;  // n, H, tau
  if (expression.name == "and" || expression.name == "or") {
    Json all = arguments[0];
    for (std::size_t k = 1; k < arguments.size(); ++k)
      all = joined(expression.name, std::move(all), arguments[k]);
    return all;
  }
  Json result = Json::array({expression.name});
  for (Json& argument : arguments) result.push_back(std::move(argument));
  return result;
}

Json Speller::domain(const claim::Domain& domain, const std::string& name, Json& condition) {
  const auto parts = [&](const std::string& op) {
    Json result = Json::array({op});
    for (const auto& argument : domain.arguments) result.push_back(spell(*argument));
    return result;
  };
  switch (domain.kind) {
    case DomainKind::range:
      return parts("..");
    case DomainKind::list:
      return parts("list");
    case DomainKind::words:
      return parts("words");
    case DomainKind::grid:
      return parts("grid");
    case DomainKind::inner_grid:
      return parts("inner_grid");
    case DomainKind::simplex:
      return parts("simplex");
    case DomainKind::nodes:
      return all_nodes();
    case DomainKind::heads:
      return range(1, "H");
    case DomainKind::others:
      condition = is_not_sink(name);
      return all_nodes();
    case DomainKind::family:
      break;
  }
  if (domain.family == "file") throw std::invalid_argument("a file is used within the formula");
  Json result = Json::array({domain.family});
  for (const claim::FamilyArgument& argument : domain.family_arguments) {
    Json least = spell(*argument.lower);
    result.push_back(argument.upper ? range(std::move(least), spell(*argument.upper)) : std::move(least));
  }
  return result;
}

Json Speller::spell_over(const std::string& op, const std::vector<Binder>& binders, const Expression& body) {
  Json result = Json::array({op});
  const bool outside = over_simplex_;
  for (const Binder& binder : binders) {
    over_simplex_ = over_simplex_ || binder.domain.kind == DomainKind::simplex;
    Json condition;
    Json next = Json::array({binder.name, domain(binder.domain, binder.name, condition)});
    if (binder.where) {
      Json where = spell(*binder.where);
      condition = condition.is_null() ? std::move(where) : both(std::move(condition), std::move(where));
    }
    if (!condition.is_null()) next.push_back(std::move(condition));
    result.push_back(std::move(next));
  }
  result.push_back(spell(body));
  over_simplex_ = outside;
  return result;
}

}  // namespace crosshead::certificate

// Binders and what they range over: ranges, lists, parts of the current system, families of systems.
#include <algorithm>

#include "formula_parser.hpp"

namespace crosshead::claim {
namespace {

bool takes(const FamilySignature& signature, std::size_t count) {
  if (signature.parameters.back().kind == FamilyArgumentKind::rest)
    return count >= signature.parameters.size();
  return count == signature.parameters.size();
}

}  // namespace

Binder FormulaParser::binder() {
  if (peek().kind != TokenKind::name) fail_expected("a name to bind");
  const Token name = peek();
  check_binder_name(name);
  take();
  if (!at_name("in")) fail_expected("'in' after the name " + shown(name));
  take();
  Binder binder;
  binder.name = name.text;
  binder.place = name.place;
  binder.domain = domain(name);
  const bool word = binder.domain.kind == DomainKind::words;
  scope_.push_back({binder.name, word ? Type::word : Type::number, name.place});
  if (binder.domain.kind == DomainKind::family) has_system_ = true;
  if (at_name("where")) {
    take();
    binder.where = equivalence();
    require_type(binder.where, Type::truth, "the condition after 'where'");
  }
  return binder;
}

void FormulaParser::check_binder_name(const Token& name) const {
  if (is_reserved(name.text))
    throw FormulaError(name.place, shown(name) + " is a word of the language and cannot be bound");
  const auto found =
      std::find_if(scope_.begin(), scope_.end(), [&](const Bound& bound) { return bound.name == name.text; });
  if (found == scope_.end()) return;
  std::string message = shown(name) + " is bound already (line " + std::to_string(found->place.line) +
                        ", column " + std::to_string(found->place.column) + ")";
  if (found->name == "system") message += ": a formula ranges over one system at a time";
  throw FormulaError(name.place, message);
}

Domain FormulaParser::domain(const Token& bound) {
  const TextPlace place = peek().place;
  const std::string word(peek().kind == TokenKind::name ? peek().text : "");
  const FamilySignature* signature = family_named(word);
  const bool is_family = signature != nullptr && at_mark("(", 1);
  const bool is_grid = word == "grid" || word == "inner_grid" || word == "simplex";
  if (is_family != (bound.text == "system") || is_grid != (bound.text == "weights")) {
    if (is_family) throw FormulaError(bound.place, "a family binds the name 'system', not " + shown(bound));
    if (is_grid)
      throw FormulaError(bound.place, "'" + word + "' binds the name 'weights', not " + shown(bound));
    if (bound.text == "weights")
      throw FormulaError(place, "'weights' ranges over grid(d), inner_grid(d) or simplex");
    std::vector<std::string> known;
    for (const FamilySignature& row : families()) known.push_back(to_text(row));
    throw FormulaError(place,
                       "'system' ranges over a family: " + listed(known) + suggestion(word, family_names()));
  }
  if (is_family) return family(*signature);
  Domain domain;
  domain.place = place;
  if (is_domain_word(word)) {
    require_system("'" + word + "'", place);
    take();
    domain.kind = word == "nodes"    ? DomainKind::nodes
                  : word == "others" ? DomainKind::others
                                     : DomainKind::heads;
    return domain;
  }
  if (word == "simplex") {
    require_system("'simplex'", place);
    take();
    domain.kind = DomainKind::simplex;
    return domain;
  }
  if (word == "words" || is_grid) {
    require_system("'" + word + "'", place);
    take();
    expect_mark("(", "after '" + word + "'");
    domain.kind = word == "words"  ? DomainKind::words
                  : word == "grid" ? DomainKind::grid
                                   : DomainKind::inner_grid;
    domain.arguments.push_back(sum());
    require_type(domain.arguments.back(), Type::number, "the argument of '" + word + "'");
    expect_mark(")", "after the argument of '" + word + "'");
    return domain;
  }
  if (!at_mark("{")) return range();
  take();
  domain.kind = DomainKind::list;
  domain.arguments = number_list("}");
  return domain;
}

Domain FormulaParser::range() {
  Domain domain;
  domain.kind = DomainKind::range;
  domain.place = peek().place;
  domain.arguments.push_back(sum());
  require_type(domain.arguments.back(), Type::number, "the lower end of a range");
  if (!at_mark(".."))
    fail_expected(
        "'..' and the upper end of a range (other domains: {a, b}, nodes, others, heads, words(t))");
  take();
  domain.arguments.push_back(sum());
  require_type(domain.arguments.back(), Type::number, "the upper end of a range");
  return domain;
}

/// Numbers up to the closing mark, at least one.
std::vector<ExpressionPtr> FormulaParser::number_list(std::string_view close) {
  std::vector<ExpressionPtr> numbers;
  while (true) {
    numbers.push_back(sum());
    require_type(numbers.back(), Type::number, "an element of a list");
    if (!at_mark(",")) break;
    take();
  }
  expect_mark(close, "at the end of the list");
  return numbers;
}

Domain FormulaParser::family(const FamilySignature& signature) {
  Domain domain;
  domain.kind = DomainKind::family;
  domain.place = peek().place;
  domain.family = take().text;
  take();
  while (!at_mark(")")) {
    domain.family_arguments.push_back(family_argument(signature, domain.family_arguments.size()));
    if (!at_mark(",")) break;
    take();
  }
  if (!at_mark(")")) fail_expected("',' or ')' after an argument of " + to_text(signature));
  take();
  if (!takes(signature, domain.family_arguments.size())) {
    throw FormulaError(domain.place, "'" + domain.family + "' does not take " +
                                         std::to_string(domain.family_arguments.size()) +
                                         (domain.family_arguments.size() == 1 ? " argument" : " arguments") +
                                         ": write " + to_text(signature));
  }
  return domain;
}

FamilyArgument FormulaParser::family_argument(const FamilySignature& signature, std::size_t index) {
  const FamilyArgumentKind kind = signature.parameters[std::min(index, signature.parameters.size() - 1)].kind;
  const std::string what = "argument " + std::to_string(index + 1) + " of " + to_text(signature);
  FamilyArgument argument;
  if (kind == FamilyArgumentKind::text) {
    if (peek().kind != TokenKind::text) fail_expected("a text in double quotes as " + what);
    const Token name = take();
    argument.text = name.text;
    if (std::find(context_.files.begin(), context_.files.end(), argument.text) != context_.files.end())
      return argument;
    std::vector<std::string> known;
    for (const std::string& file : context_.files) known.push_back("\"" + file + "\"");
    throw FormulaError(name.place, "there is no system file \"" + argument.text + "\"" +
                                       (known.empty() ? "" : " (files: " + listed(known, "and") + ")"));
  }
  argument.lower = sum();
  require_type(argument.lower, Type::number, what);
  if (!at_mark("..")) return argument;
  if (kind != FamilyArgumentKind::range)
    throw FormulaError(peek().place, what + " is one number, not a range");
  take();
  argument.upper = sum();
  require_type(argument.upper, Type::number, what);
  return argument;
}

/// Looks for file("...") without asking for a formula around it.
std::vector<std::string> mentioned_files(std::string_view text) {
  std::vector<std::string> names;
  std::vector<Token> tokens;
  try {
    tokens = tokens_of(text);
  } catch (const FormulaError&) {
    return names;  // the parser will complain of the same token
  }
  for (std::size_t k = 0; k + 2 < tokens.size(); ++k) {
    if (tokens[k].kind != TokenKind::name || tokens[k].text != "file" || tokens[k + 1].text != "(" ||
        tokens[k + 2].kind != TokenKind::text)
      continue;
    std::string name(tokens[k + 2].text);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace crosshead::claim

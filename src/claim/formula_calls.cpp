// Functions, constants and chains: arguments against the table of signatures.
#include <algorithm>

#include "formula_parser.hpp"

namespace crosshead::claim {
namespace {

std::string count_of(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " argument" : " arguments");
}

bool takes(const FunctionSignature& signature, std::size_t count) {
  const auto& parameters = signature.parameters;
  if (!parameters.empty() && parameters.back().kind == ArgumentKind::numbers)
    return count >= parameters.size();
  return count == parameters.size();
}

bool fits(ArgumentKind kind, const Expression& argument) {
  switch (kind) {
    case ArgumentKind::number:
    case ArgumentKind::numbers:
      return argument.type == Type::number;
    case ArgumentKind::truth:
      return argument.type == Type::truth;
    case ArgumentKind::chain:
      return argument.type == Type::chain && argument.name != "union";
    case ArgumentKind::graph:
      return argument.type == Type::chain;
    case ArgumentKind::word:
      return argument.type == Type::word;
    case ArgumentKind::text:
      return argument.type == Type::text;
  }
  return false;
}

}  // namespace

ExpressionPtr FormulaParser::call() {
  const auto signatures = signatures_of(peek().text);
  if (signatures.empty() || signatures.front()->parameters.empty()) complain_of_name();
  Expression node;
  node.kind = ExpressionKind::call;
  node.place = peek().place;
  node.name = take().text;
  take();
  if (!at_mark(")")) {
    node.arguments.push_back(argument());
    while (at_mark(",")) {
      take();
      node.arguments.push_back(argument());
    }
  }
  const auto found = std::find_if(signatures.begin(), signatures.end(),
                                  [&](const auto* row) { return takes(*row, node.arguments.size()); });
  if (!at_mark(")")) fail_expected("',' or ')' after an argument of " + to_text(*signatures.front()));
  take();
  if (found == signatures.end()) {
    std::vector<std::string> known;
    known.reserve(signatures.size());
    for (const FunctionSignature* row : signatures) known.push_back(to_text(*row));
    throw FormulaError(node.place, "'" + node.name + "' does not take " + count_of(node.arguments.size()) +
                                       ": write " + listed(known));
  }
  check_arguments(**found, node);
  node.type = (*found)->result;
  return finished(std::move(node));
}

void FormulaParser::check_arguments(const FunctionSignature& signature, const Expression& call) const {
  for (std::size_t k = 0; k < call.arguments.size(); ++k) {
    const ArgumentKind kind = signature.parameters[std::min(k, signature.parameters.size() - 1)].kind;
    const Expression& argument = *call.arguments[k];
    if (fits(kind, argument)) continue;
    throw FormulaError(argument.place, "argument " + std::to_string(k + 1) + " of " + to_text(signature) +
                                           " must be " + description(kind) + ", but this is " +
                                           (argument.type == Type::chain ? "'" + argument.name + "'"
                                                                         : description(argument.type)));
  }
  if (signature.needs_system) require_system("'" + call.name + "'", call.place);
  if (signature.name == "printed") check_printed(call);
  if (signature.name == "measured") check_measured(call);
}

void FormulaParser::check_measured(const Expression& call) const {
  const Expression& key = *call.arguments.front();
  const std::vector<std::string>& known = measured_;
  if (std::find(known.begin(), known.end(), key.name) != known.end()) return;
  if (known.empty()) throw FormulaError(call.place, "'measured' needs the key 'models' in the claim");
  throw FormulaError(key.place, "no table \"" + key.name + "\" is measured" +
                                    suggestion(key.name, {known.begin(), known.end()}));
}

void FormulaParser::check_printed(const Expression& call) const {
  const Expression& key = *call.arguments.front();
  const auto found = context_.printed.find(key.name);
  if (found == context_.printed.end()) {
    std::vector<std::string> known;
    for (const auto& [name, table] : context_.printed) known.push_back("\"" + name + "\"");
    throw FormulaError(
        key.place,
        "nothing is printed under \"" + key.name + "\" (" +
            (known.empty() ? "the claim has no printed numbers" : "printed: " + listed(known, "and")) + ")");
  }
  const bool table = found->second;
  if (table == (call.arguments.size() == 3)) return;
  throw FormulaError(call.place,
                     table ? "\"" + key.name + "\" is a table: write printed(\"" + key.name + "\", i, j)"
                           : "\"" + key.name + "\" is one number: write printed(\"" + key.name + "\")");
}

ExpressionPtr FormulaParser::constant() {
  const auto signatures = signatures_of(peek().text);
  if (signatures.empty() || !signatures.front()->parameters.empty()) complain_of_name();
  Expression node;
  node.kind = ExpressionKind::call;
  node.place = peek().place;
  node.name = take().text;
  require_system("'" + node.name + "'", node.place);
  return finished(std::move(node));
}

ExpressionPtr FormulaParser::argument() {
  if (at_name("mean") || at_name("union") || at_name("head")) return chain();
  if (peek().kind != TokenKind::text) return formula();
  Expression node;
  node.kind = ExpressionKind::text;
  node.type = Type::text;
  node.place = peek().place;
  node.name = take().text;
  return finished(std::move(node));
}

ExpressionPtr FormulaParser::chain() {
  Expression node;
  node.kind = ExpressionKind::chain;
  node.type = Type::chain;
  node.place = peek().place;
  node.name = take().text;
  if (node.name == "head") {
    node.arguments.push_back(primary());
    require_type(node.arguments.back(), Type::number, "the number of a head");
  }
  return finished(std::move(node));
}

/// Of a name that is neither bound nor a constant, or of a call of what is no function.
void FormulaParser::complain_of_name() const {
  throw FormulaError(peek().place, name_complaint());
}

std::string FormulaParser::name_complaint() const {
  const std::string name(peek().text);
  const std::string quoted = "'" + name + "'";
  const bool called = at_mark("(", 1);
  if (name == "mean" || name == "union" || name == "head")
    return quoted + " is a chain: chains stand only as an argument of a function, as in phi(mean, j)";
  if (name == "system" || name == "weights") {
    return quoted + " is not bound, and has no value of its own: write '" + name + " in " +
           (name == "system" ? "unique_sink(3, 2)" : "grid(6)") + "' after forall or exists";
  }
  if (is_domain_word(name)) {
    return quoted + " is a domain and stands after 'in'; its size is " +
           (name == "nodes"    ? "n"
            : name == "others" ? "N"
                               : "H");
  }
  if (name == "words" || name == "grid" || name == "inner_grid")
    return quoted + " is a domain and stands after 'in'";
  if (name == "forall" || name == "exists")
    return quoted + " inside of a number or comparison needs parentheses";
  const auto signatures = signatures_of(name);
  if (!signatures.empty()) {
    return called ? quoted + " takes no arguments: write " + name
                  : quoted + " needs arguments: write " + to_text(*signatures.front());
  }
  if (const FamilySignature* family = family_named(name))
    return quoted + " is a family: write 'system in " + to_text(*family) + "' after forall or exists";
  if (is_reserved(name)) return "expected a number, a name, a function or '(', found " + quoted;
  std::vector<std::string> known;
  std::vector<std::string_view> candidates = function_names();
  if (called) {
    const bool bound =
        std::any_of(scope_.begin(), scope_.end(), [&](const Bound& each) { return each.name == name; });
    return bound ? quoted + " is a bound name, not a function"
                 : "there is no function " + quoted + suggestion(name, candidates);
  }
  for (const Bound& each : scope_) {
    known.push_back("'" + each.name + "'");
    candidates.push_back(each.name);
  }
  return quoted + " is not bound (" +
         (known.empty() ? "no name is bound here" : "bound here: " + listed(known, "and")) + ")" +
         suggestion(name, candidates);
}

}  // namespace crosshead::claim

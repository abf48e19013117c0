// From the formula of a statement to the tree that its certificate verifies.
#include "spell_out.hpp"

#include <stdexcept>

#include "formula_tree.hpp"

namespace crosshead::certificate {
namespace {

using claim::Binder;
using claim::Expression;
using claim::ExpressionKind;
using claim::WitnessValue;

claim::Formula parsed(const Statement& statement) {
  claim::FormulaContext context;
  context.has_system = statement.given.has_value();
  for (const auto& file : statement.files) context.files.push_back(file.first);
  for (const auto& value : statement.printed.values) context.printed[value.first] = false;
  for (const auto& table : statement.printed.tables) context.printed[table.first] = true;
  return claim::parse_formula(statement.formula, context);
}

/// What stands in place of the names of an instance; its system and weights become the given ones.
std::map<std::string, Json> literals_of(const std::vector<WitnessValue>& witness,
                                        const claim::Evaluation& evaluation, Statement& statement) {
  std::map<std::string, Json> literals;
  bool listed = false;  // a listed system has the weights of the instance
  for (const WitnessValue& value : witness) {
    if (value.system) {
      statement.given = evaluation.systems.at(*value.system).system;
      listed = true;
    } else if (value.number) {
      literals[value.name] = tree_of(*value.number);
    } else if (!value.weights.empty()) {
      if (!statement.given) throw std::invalid_argument("weights without a system");
      if (!listed) statement.given->weights = value.weights;
    } else {
      Json word = Json::array({"word"});
      for (const int letter : value.word) word.push_back(letter);
      literals[value.name] = std::move(word);
    }
  }
  return literals;
}

/// The instance's part of a quantified formula: its conditions and its body.
Json instance_of(const Expression& root, const std::vector<Binder>& binders, Speller& speller) {
  const bool all = root.name == "forall";
  Json parts = Json::array({all ? "or" : "and"});
  for (const Binder& binder : binders) {
    if (!binder.where) continue;
    Json where = speller.spell(*binder.where);
    parts.push_back(all ? Json::array({"not", where}) : where);
  }
  Json body = speller.spell(*root.body);
  if (parts.size() == 1) return body;
  parts.push_back(std::move(body));
  return parts;
}

}  // namespace

void spell_out(const claim::Evaluation& evaluation, Reading& reading) {
  Statement& statement = reading.statement;
  const claim::Formula formula = parsed(statement);
  const Expression& root = *formula.root;
  const bool quantified = root.kind == ExpressionKind::quantified;
  std::vector<Binder> binders = root.binders;
  if (quantified && binders.front().domain.family == "file") {
    if (binders.front().where) throw std::invalid_argument("a condition on a file");
    statement.given = statement.files.at(binders.front().domain.family_arguments.at(0).text);
    binders.erase(binders.begin());
    if (reading.witness) reading.witness->erase(reading.witness->begin());
    if (reading.witness && reading.witness->empty()) reading.witness.reset();
  }
  statement.files.clear();
  Json tree;
  if (!evaluation.enumerated) {
    if (!quantified || !evaluation.witness) throw std::invalid_argument("too many facts are needed");
    Speller speller(formula, statement.convention, literals_of(*evaluation.witness, evaluation, statement));
    tree = instance_of(root, binders, speller);
    reading.witness.reset();
  } else {
    Speller speller(formula, statement.convention);
    tree = !quantified       ? speller.spell(root)
           : binders.empty() ? speller.spell(*root.body)
                             : speller.spell_over(root.name, binders, *root.body);
  }
  // A quantifier that the text does not start with, but its tree does, has no witness: it stands inside
  // `and`.
  const bool leads = quantified && evaluation.enumerated && !binders.empty();
  if (!leads && tree.is_array() && (tree[0] == "forall" || tree[0] == "exists")) {
    tree = Json::array({"and", Json(tree)});
  }
  reading.tree = canonical_text(tree);
}

}  // namespace crosshead::certificate

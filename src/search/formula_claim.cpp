// Formulas of the claim language as claims to search for. Every system is decided exactly, without a filter.
#include <algorithm>

#include "crosshead/claim/system_formula.hpp"
#include "crosshead/exact/error.hpp"
#include "crosshead/search/claims.hpp"

namespace crosshead::search {
namespace {

class FormulaClaim : public SystemClaim {
 public:
  explicit FormulaClaim(const Question& question) : formula_(question.formula, convention_of(question)) {}

  Decision decide(const SystemSpace& space, const SystemIndex& system) const override {
    const claim::SystemFormula::Answer answer = formula_.ask(space.system(system));
    const exact::Rational difference = answer.difference.value_or(0);
    switch (answer.truth) {
      case diffusion::Truth::yes:
        return {Outcome::witness, difference};
      case diffusion::Truth::no:
        return {answer.difference && difference == 0 ? Outcome::tie : Outcome::neither, 0};
      case diffusion::Truth::undefined:
        return {Outcome::undefined, 0};
      case diffusion::Truth::undecided:
        break;
    }
    return {Outcome::undecided, 0};
  }

 private:
  claim::SystemFormula formula_;
};

}  // namespace

claim::Convention convention_of(const Question& question) {
  claim::Convention convention;
  convention.fidelity = question.fidelity;
  convention.mixing = question.mixing;
  return convention;
}

std::string name_of(const Question& question) {
  return question.built_in() ? name_of(question.claim) : question.formula;
}

Question question_named(const std::string& name) {
  const bool word =
      std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
  Question question;
  if (word) {
    question.claim = built_in_named(name);
    return question;
  }
  question.formula = name;
  try {
    formula_claim(question);
  } catch (const claim::FormulaError& error) {
    throw exact::UsageError("the formula '" + name + "': line " + std::to_string(error.place().line) +
                            ", column " + std::to_string(error.place().column) + ": " + error.what());
  }
  return question;
}

std::unique_ptr<SystemClaim> formula_claim(const Question& question) {
  return std::make_unique<FormulaClaim>(question);
}

}  // namespace crosshead::search

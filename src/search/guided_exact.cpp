// What floats proposed, in exact arithmetic: values by the rooms that define them, and certificates that
// state them in the claim language.
#include <algorithm>

#include "crosshead/certificate/certify.hpp"
#include "crosshead/exact/error.hpp"
#include "crosshead/search/guided.hpp"
#include "crosshead/walk/mixing.hpp"

namespace crosshead::search {
namespace {

using exact::Rational;

std::optional<Rational> side_of(const heads::MatrixOrReason& matrix, const heads::HeadSystem& system,
                                const Question& question) {
  if (!matrix.matrix) return std::nullopt;
  if (!question.about_mixing()) {
    const auto fidelity = diffusion::fidelity(*matrix.matrix, system.sink, question.fidelity);
    if (!fidelity.defined || !fidelity.decided) return std::nullopt;
    return fidelity.minimax;
  }
  const auto mixing =
      walk::mixing_times(*matrix.matrix, system.sink, system.nodes, {question.epsilon}, {}).front();
  if (!mixing.defined || !mixing.decided) return std::nullopt;
  return Rational(mixing.time);
}

std::string chain_term(const Question& question, const std::string& chain) {
  if (!question.about_mixing()) return "phi_min(" + chain + ")";
  return "t_mix(" + chain + ", " + exact::to_string(question.epsilon) + ")";
}

}  // namespace

std::string name_of(Measure measure) {
  return measure == Measure::gain ? "gain" : "ratio";
}

Measure measure_named(const std::string& name) {
  if (name == "gain") return Measure::gain;
  if (name == "ratio") return Measure::ratio;
  throw exact::UsageError("no measure '" + name + "' to maximise (measures: gain, ratio)");
}

std::string term_of(const Objective& objective) {
  const Question& question = objective.question;
  const std::string mean = chain_term(question, "mean");
  const std::string heads = std::string("(") + (question.against_largest() ? "max" : "min") +
                            " h in heads: " + chain_term(question, "head h") + ")";
  const std::string mark = objective.measure == Measure::gain ? " - " : " / ";
  return question.mean_above() ? mean + mark + heads : heads + mark + mean;
}

std::optional<Rational> exact_value(const heads::HeadSystem& system, const Objective& objective) {
  const Question& question = objective.question;
  const auto as_stored = heads::Reading::as_stored;
  std::optional<Rational> heads_side;
  for (int head = 0; head < static_cast<int>(system.heads.size()); ++head) {
    const auto matrix = question.about_mixing() ? heads::walk_of(system, head, as_stored)
                                                : heads::diffusion_of(system, head, as_stored);
    const auto side = side_of(matrix, system, question);
    if (!side) return std::nullopt;
    if (!heads_side || (question.against_largest() ? *side > *heads_side : *side < *heads_side))
      heads_side = side;
  }
  const auto mean = side_of(question.about_mixing() ? heads::mean_walk(system, as_stored)
                                                    : heads::mean_diffusion(system, as_stored),
                            system, question);
  if (!mean || !heads_side) return std::nullopt;
  const Rational& above = question.mean_above() ? *mean : *heads_side;
  const Rational& below = question.mean_above() ? *heads_side : *mean;
  if (objective.measure == Measure::gain) return above - below;
  if (below == 0) return std::nullopt;
  return above / below;
}

certificate::TextOrReason value_certificate(const heads::HeadSystem& system, const Objective& objective,
                                            const Rational& value, const std::string& id) {
  certificate::Statement statement;
  statement.name = "as found";
  statement.formula = term_of(objective) + " = " + exact::to_string(value) +
                      " and (forall h in heads: feedforward(head h) and unique_sink(head h) and (forall j in "
                      "nodes: W(head h, j, j) > 0))";
  statement.convention.fidelity = objective.question.fidelity;
  statement.given = system;

  claim::FormulaContext context;
  context.has_system = true;
  claim::EvaluationInput input;
  input.convention = statement.convention;
  input.given = &*statement.given;
  const claim::Formula formula = claim::parse_formula(statement.formula, context);
  const claim::Evaluation evaluation = claim::evaluate(formula, input, {});
  if (evaluation.truth != diffusion::Truth::yes) {
    return {std::nullopt, "'" + statement.formula + "' is " + diffusion::name_of(evaluation.truth) +
                              (evaluation.note.empty() ? "" : ": " + evaluation.note)};
  }
  certificate::ReadingOrReason reading = certificate::certify(statement, evaluation);
  if (!reading.reading) return {std::nullopt, reading.reason};
  certificate::Certificate result;
  result.claim = {id, "", "crosshead search", "the value of " + term_of(objective) + " at one system"};
  result.readings.push_back(std::move(*reading.reading));
  return certificate::write(result);
}

}  // namespace crosshead::search

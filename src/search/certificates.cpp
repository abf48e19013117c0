// What was found, as formulas. Nothing of the search is taken over: the claim language evaluates the formula
// from the system, or from the family, and its facts are proved for the certificate.
#include "crosshead/search/certificates.hpp"

#include "chain_value.hpp"

#include "crosshead/certificate/certify.hpp"
#include "crosshead/claim/evaluation.hpp"
#include "crosshead/claim/system_formula.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::search {
namespace {

using certificate::TextOrReason;
using exact::Rational;

constexpr char kSource[] = "crosshead search";

/// The certificate of one reading that must be true.
TextOrReason certified(certificate::Statement statement, const certificate::Claim& labels) {
  claim::FormulaContext context;
  context.has_system = statement.given.has_value();
  claim::EvaluationInput input;
  input.convention = statement.convention;
  if (statement.given) input.given = &*statement.given;
  claim::EvaluationOptions options;
  options.recorded_systems = kMostCertifiedSystems;
  claim::Evaluation evaluation;
  try {
    evaluation = claim::evaluate(claim::parse_formula(statement.formula, context), input, options);
  } catch (const claim::FormulaError& error) {
    return {std::nullopt, "'" + statement.formula + "': " + error.what()};
  }
  if (evaluation.truth != diffusion::Truth::yes) {
    return {std::nullopt, "'" + statement.formula + "' is " + diffusion::name_of(evaluation.truth) +
                              (evaluation.note.empty() ? "" : ": " + evaluation.note)};
  }
  certificate::ReadingOrReason reading = certificate::certify(statement, evaluation);
  if (!reading.reading) return {std::nullopt, reading.reason};
  certificate::Certificate result;
  result.claim = labels;
  result.readings.push_back(std::move(*reading.reading));
  return certificate::write(result);
}

std::string equation(const std::string& term, const Rational& value) {
  return term + " = " + exact::to_string(value);
}

/// That the heads are those of the family.
std::string family_predicate(Family family) {
  const std::string loops = "(forall j in nodes: W(head h, j, j) > 0)";
  switch (family) {
    case Family::unique_sink:
      return "(forall h in heads: feedforward(head h) and unique_sink(head h) and " + loops + ")";
    case Family::union_sink:
      return "(forall h in heads: feedforward(head h) and " + loops + ") and unique_sink(union)";
    case Family::optional_loops:
      break;
  }
  return "(forall h in heads: feedforward(head h))";
}

/// The sides of a formula that is one comparison by <, <=, > or >=, the larger one of a witness first.
struct Sides {
  std::string larger, smaller;
};

std::optional<Sides> sides_of(const Question& question) {
  if (question.built_in()) {
    const std::string mean = chain_term(question, "mean"), heads = heads_term(question);
    return question.mean_above() ? Sides{mean, heads} : Sides{heads, mean};
  }
  if (!claim::SystemFormula(question.formula, convention_of(question)).has_sides()) return std::nullopt;
  claim::FormulaContext context;
  context.has_system = true;
  const claim::Formula formula = claim::parse_formula(question.formula, context);
  const std::string left = "(" + claim::to_text(*formula.root->arguments[0]) + ")";
  const std::string right = "(" + claim::to_text(*formula.root->arguments[1]) + ")";
  if (formula.root->operators.front().front() == '>') return Sides{left, right};
  return Sides{right, left};
}

/// The d of the space's weights if they are inner_grid(H, d). A grid has a point with a part 1/d, so that d
/// is the common denominator.
std::optional<int> grid_of(const Space& space) {
  exact::Integer common = 1;
  for (const WeightVector& weights : space.weights) {
    for (const Rational& weight : weights) common = lcm(common, exact::Integer(denominator(weight)));
  }
  if (common < space.heads || common > 1'000'000) return std::nullopt;
  const int step = common.convert_to<int>();
  exact::Integer points;
  mpz_bin_uiui(points.backend().data(), static_cast<unsigned long>(step - 1),
               static_cast<unsigned long>(space.heads - 1));
  if (points != space.weights.size() || space.weights != inner_grid(space.heads, step)) return std::nullopt;
  return step;
}

/// Whether equal sides make the claim false.
bool strict(const Question& question) {
  if (question.built_in()) return true;
  claim::FormulaContext context;
  context.has_system = true;
  return claim::parse_formula(question.formula, context).root->operators.front().size() == 1;
}

/// Bytes of a family's certificate, roughly: each mixing time and each node's fidelity of every chain is a
/// fact.
double expected_bytes(const SystemSpace& space, const Question& question, std::uint64_t systems) {
  constexpr double kFact = 230;
  const bool fidelity =
      question.built_in() ? !question.about_mixing() : question.formula.find("phi") != std::string::npos;
  return kFact * static_cast<double>(systems) * (space.space().heads + 1) *
         (fidelity ? space.space().nodes : 1);
}

std::string label(const Question& question) {
  return question.built_in() ? "the claim " + name_of(question) : "the formula " + question.formula;
}

}  // namespace

std::string formula_of(const Question& question) {
  if (!question.built_in()) return question.formula;
  return chain_term(question, "mean") + (question.mean_above() ? " > " : " < ") + heads_term(question);
}

std::string gain_term(const Question& question) {
  const auto sides = sides_of(question);
  return sides ? sides->larger + " - " + sides->smaller : "";
}

TextOrReason witness_certificate(const SystemSpace& space, const Question& question, const SystemIndex& index,
                                 const std::string& id) {
  certificate::Statement statement;
  statement.name = "as found";
  statement.convention = convention_of(question);
  statement.given = space.system(index);
  const heads::HeadSystem& system = *statement.given;
  std::string& formula = statement.formula;
  formula = "(" + formula_of(question) + ")";
  if (question.built_in()) {
    for (int head = -1; head < static_cast<int>(system.heads.size()); ++head) {
      const auto value = chain_value(system, head, question);
      if (!value) return {std::nullopt, "a side of the claim is not decided"};
      const std::string chain = head < 0 ? "mean" : "head " + std::to_string(head + 1);
      formula += " and " + equation(chain_term(question, chain), *value);
    }
  }
  const auto gain = question.built_in() ? exact_value(system, {question, Measure::gain})
                                        : std::optional(formula_claim(question)->decide(space, index).gain);
  if (gain && *gain > 0) formula += " and " + equation(gain_term(question), *gain);
  formula += " and " + family_predicate(space.space().family);
  return certified(std::move(statement), {id, "", kSource, label(question) + ", of one system"});
}

std::string family_binders(const Space& space) {
  if (space.ordered) {
    throw exact::UsageError("the claim language has no family of ordered heads");
  }
  const std::string sizes = "(" + std::to_string(space.nodes) + ", " + std::to_string(space.heads) + ")";
  std::string binders = "system in ";
  switch (space.family) {
    case Family::unique_sink:
      binders += "unique_sink" + sizes;
      break;
    case Family::union_sink:
      binders += "feedforward" + sizes + " where unique_sink(union)";
      break;
    case Family::optional_loops:
      binders += "optional_loops" + sizes;
      break;
  }
  if (space.weights == uniform_weights(space.heads)) return binders;
  if (const auto step = grid_of(space)) {
    return binders + ", weights in inner_grid(" + std::to_string(*step) + ")";
  }
  throw exact::UsageError(
      "the claim language has families of uniform weights and of whole grids, not of these");
}

TextOrReason family_certificate(const SystemSpace& space, const Question& question, const Result& result,
                                const std::string& id) {
  const Counts& counts = result.counts;
  if (counts.systems > kMostCertifiedSystems) {
    return {std::nullopt, "the family has " + std::to_string(counts.systems) + " systems; at most " +
                              std::to_string(kMostCertifiedSystems) + " are certified together"};
  }
  if (counts.undecided > 0)
    return {std::nullopt, std::to_string(counts.undecided) + " systems are undecided"};
  if (const double bytes = expected_bytes(space, question, counts.systems); bytes > certificate::kMostBytes) {
    return {std::nullopt, "it would take about " + std::to_string(static_cast<std::uint64_t>(bytes) >> 20U) +
                              " MiB, and certificates have at most " +
                              std::to_string(certificate::kMostBytes >> 20U)};
  }
  std::string binders;
  try {
    binders = family_binders(space.space());
  } catch (const exact::UsageError& error) {
    return {std::nullopt, error.what()};
  }
  // The last binder of the family with a further condition.
  const auto chosen = [&](const std::string& condition) {
    const bool conditional =
        binders.find(" where ") != std::string::npos && binders.find(", weights") == std::string::npos;
    return binders + (conditional ? " and (" : " where (") + condition + ")";
  };
  const auto count = [&](const std::string& domain, std::uint64_t number) {
    return "(sum " + domain + ": 1) = " + std::to_string(number);
  };
  certificate::Statement statement;
  statement.name = "the whole family";
  statement.convention = convention_of(question);
  statement.formula =
      count(binders, counts.systems) + " and " + count(chosen(formula_of(question)), counts.witnesses);
  if (const auto sides = sides_of(question)) {
    if (strict(question)) {
      statement.formula += " and " + count(chosen(sides->larger + " = " + sides->smaller), counts.ties);
    }
    if (result.extreme) {
      statement.formula += " and (max " + chosen(formula_of(question)) + ": " + sides->larger + " - " +
                           sides->smaller + ") = " + exact::to_string(result.extreme->gain);
    }
  }
  return certified(std::move(statement), {id, "", kSource, label(question) + ", over a whole family"});
}

TextOrReason value_certificate(const heads::HeadSystem& system, const Objective& objective,
                               const Rational& value, const std::string& id) {
  certificate::Statement statement;
  statement.name = "as found";
  statement.convention = convention_of(objective.question);
  statement.formula = equation(term_of(objective), value) + " and " + family_predicate(Family::unique_sink);
  statement.given = system;
  return certified(std::move(statement),
                   {id, "", kSource, "the value of " + term_of(objective) + " at one system"});
}

}  // namespace crosshead::search

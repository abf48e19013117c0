// What floats proposed, in exact arithmetic: values by the rooms that define them, and the terms of the claim
// language that they are values of.
#include "chain_value.hpp"

#include "crosshead/exact/error.hpp"
#include "crosshead/search/guided.hpp"

namespace crosshead::search {

using exact::Rational;

std::string name_of(Measure measure) {
  return measure == Measure::gain ? "gain" : "ratio";
}

Measure measure_named(const std::string& name) {
  if (name == "gain") return Measure::gain;
  if (name == "ratio") return Measure::ratio;
  throw exact::UsageError("no measure '" + name + "' to maximise (measures: gain, ratio)");
}

std::string chain_term(const Question& question, const std::string& chain) {
  if (!question.about_mixing()) return "phi_min(" + chain + ")";
  return "t_mix(" + chain + ", " + exact::to_string(question.epsilon) + ")";
}

std::string heads_term(const Question& question) {
  return std::string("(") + (question.against_largest() ? "max" : "min") +
         " h in heads: " + chain_term(question, "head h") + ")";
}

std::optional<Rational> chain_value(const heads::HeadSystem& system, int head, const Question& question) {
  const auto as_stored = heads::Reading::as_stored;
  if (!question.about_mixing()) {
    const auto matrix =
        head < 0 ? heads::mean_diffusion(system, as_stored) : heads::diffusion_of(system, head, as_stored);
    if (!matrix.matrix) return std::nullopt;
    const auto fidelity = diffusion::fidelity(*matrix.matrix, system.sink, question.fidelity);
    if (!fidelity.defined || !fidelity.decided) return std::nullopt;
    return fidelity.minimax;
  }
  const auto matrix =
      head < 0 ? heads::mean_walk(system, as_stored) : heads::walk_of(system, head, as_stored);
  if (!matrix.matrix) return std::nullopt;
  const auto mixing =
      walk::mixing_times(*matrix.matrix, system.sink, system.nodes, {question.epsilon}, question.mixing)
          .front();
  if (!mixing.defined || !mixing.decided) return std::nullopt;
  return Rational(mixing.time);
}

std::string term_of(const Objective& objective) {
  const Question& question = objective.question;
  const std::string mean = chain_term(question, "mean"), heads = heads_term(question);
  const std::string mark = objective.measure == Measure::gain ? " - " : " / ";
  return question.mean_above() ? mean + mark + heads : heads + mark + mean;
}

std::optional<Rational> exact_value(const heads::HeadSystem& system, const Objective& objective) {
  const Question& question = objective.question;
  std::optional<Rational> heads_side;
  for (int head = 0; head < static_cast<int>(system.heads.size()); ++head) {
    const auto side = chain_value(system, head, question);
    if (!side) return std::nullopt;
    if (!heads_side || (question.against_largest() ? *side > *heads_side : *side < *heads_side))
      heads_side = side;
  }
  const auto mean = chain_value(system, -1, question);
  if (!mean || !heads_side) return std::nullopt;
  const Rational& above = question.mean_above() ? *mean : *heads_side;
  const Rational& below = question.mean_above() ? *heads_side : *mean;
  if (objective.measure == Measure::gain) return above - below;
  if (below == 0) return std::nullopt;
  return above / below;
}

}  // namespace crosshead::search

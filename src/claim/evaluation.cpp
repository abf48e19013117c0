// Deciding one reading: evaluate, then see to it that the facts that are kept prove the answer. Where an
// enumeration is too long for its facts to be kept, those of the deciding instance are collected afresh.
#include "crosshead/claim/evaluation.hpp"

#include <algorithm>

#include "evaluation_machine.hpp"
#include "evidence.hpp"

#include "crosshead/claim/simplex_formula.hpp"

namespace crosshead::claim {
namespace {

using diffusion::Truth;

/// Systems that one instance may need, however few are recorded otherwise.
constexpr std::size_t kInstanceSystems = 400;

/// The witness' values; its system is listed if it was not.
std::vector<WitnessValue> witness_of(const Machine& machine, FactRecord& record, Evaluation& result) {
  std::vector<WitnessValue> witness;
  const Machine::Decision& decision = *machine.decision();
  const std::vector<PreparedBinder>& binders = machine.formula().root.binders;
  for (std::size_t k = 0; k < binders.size(); ++k) {
    const BoundValue& bound = decision.values[k];
    const Binder& source = *binders[k].source;
    WitnessValue value;
    value.name = source.name;
    switch (source.domain.kind) {
      case DomainKind::family:
        value.system = record.touch(*decision.system);
        break;
      case DomainKind::grid:
      case DomainKind::inner_grid:
        value.weights = bound.weights;
        break;
      case DomainKind::simplex:
        value.between = bound.cell->place;
        value.side = bound.cell->side;
        break;
      case DomainKind::words:
        value.word = bound.word;
        break;
      default:
        if (bound.number.is_exact()) {
          value.number = bound.number.lower;
        } else {
          result.certifiable = false;
          result.note = "the witness " + value.name + " has no exact value";
        }
    }
    witness.push_back(std::move(value));
  }
  return witness;
}

void give_up_certificate(Evaluation& result, const std::string& note) {
  result.certifiable = false;
  if (result.note.empty()) result.note = note;
}

/// Facts of the witness alone.
void record_witness(Machine& machine, Answer answer, std::size_t limit, Evaluation& result) {
  result.enumerated = false;
  if (over_simplex(*machine.formula().root.source)) {
    give_up_certificate(result, "the facts of more than " + std::to_string(limit) +
                                    " systems are needed, and one of all weights has no certificate alone");
    return;
  }
  FactRecord record(limit);
  machine.forget_missing_fact();
  result.witness = witness_of(machine, record, result);
  const Answer again = machine.replay(*machine.decision(), record);
  if (!machine.missing_fact().empty()) give_up_certificate(result, machine.missing_fact());
  if (again.truth != answer.truth) give_up_certificate(result, "the witness does not decide on its own");
  if (!record.active()) {
    give_up_certificate(result, "the witness needs facts of more than " + std::to_string(limit) + " systems");
  }
  result.systems = record.take();
}

void record_facts(Machine& machine, const Answer& answer, const EvaluationOptions& options,
                  Evaluation& result) {
  const bool complete = machine.record().active() && machine.missing_fact().empty();
  if (complete) {
    if (machine.decision()) result.witness = witness_of(machine, machine.record(), result);
    // The witness may have been one system too many.
    if (machine.record().active()) {
      result.systems = machine.record().take();
      return;
    }
  }
  if (machine.decision()) {
    record_witness(machine, answer, std::max(options.recorded_systems, kInstanceSystems), result);
    return;
  }
  result.enumerated = false;
  give_up_certificate(result, machine.missing_fact().empty()
                                  ? "the facts of more than " + std::to_string(options.recorded_systems) +
                                        " systems are needed and were not kept"
                                  : machine.missing_fact());
}

}  // namespace

Evaluation evaluate(const Formula& formula, const EvaluationInput& input, const EvaluationOptions& options) {
  return evaluate(formula, input, options, nullptr);
}

Evaluation evaluate(const Formula& formula, const EvaluationInput& input, const EvaluationOptions& options,
                    const MeasuredNumbers* measured) {
  const PreparedFormula prepared = prepare(formula);
  Machine machine(prepared, input, options, measured);
  Evaluation result;
  const auto count = [&] {
    result.systems_visited = machine.systems_visited();
    result.instances = machine.instances();
    result.visited_by_size = machine.visited_by_size();
  };
  Answer answer;
  try {
    answer = machine.evaluate();
  } catch (const Stopped& stopped) {
    count();
    result.certifiable = false;
    result.note = stopped.note;
    return result;
  }
  count();
  result.truth = answer.truth;
  if (!answer.yes() && !answer.no()) {
    result.certifiable = false;
    result.note = answer.reason;
    return result;
  }
  try {
    record_facts(machine, answer, options, result);
    if (machine.vacuous()) give_up_certificate(result, "vacuous: the leading quantifier has no instance");
    machine.record().take();
    result.explanation = evidence(machine, answer.yes());
  } catch (const Stopped& stopped) {
    give_up_certificate(result, stopped.note);
  }
  return result;
}

}  // namespace crosshead::claim

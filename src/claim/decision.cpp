// From readings to a verdict: evaluate each, then apply the rule of FORMAT.md, section 1.
#include "crosshead/claim/decision.hpp"

#include <chrono>

namespace crosshead::claim {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

bool DecidedReading::as_expected() const {
  return evaluation.truth == (reading->expected ? diffusion::Truth::yes : diffusion::Truth::no);
}

bool Decision::as_expected() const {
  for (const DecidedReading& reading : readings) {
    if (!reading.as_expected()) return false;
  }
  return verdict == entry->expected ||
         (verdict == Verdict::verified && entry->expected == Verdict::proved);
}

Decision decide(const LedgerEntry& entry, const EvaluationOptions& options, const MeasuredNumbers* measured) {
  Decision decision;
  decision.entry = &entry;
  const auto start = Clock::now();
  std::vector<ReadingTruth> truths;
  for (const ClaimReading& reading : entry.readings) {
    DecidedReading decided;
    decided.reading = &reading;
    const auto reading_start = Clock::now();
    decided.evaluation = evaluate(reading.formula, evaluation_input(entry, reading), options, measured);
    decided.seconds = seconds_since(reading_start);
    truths.push_back({reading.role, decided.evaluation.truth});
    decision.readings.push_back(std::move(decided));
  }
  decision.verdict = verdict_of(truths, entry.kind);
  decision.seconds = seconds_since(start);
  return decision;
}

std::string domain_of(const Formula& formula) {
  const Expression& root = *formula.root;
  if (root.kind != ExpressionKind::quantified) return "the given system";
  std::string text = root.name;
  for (const Binder& binder : root.binders)
    text += (&binder == &root.binders.front() ? " " : ", ") + to_text(binder);
  return text;
}

}  // namespace crosshead::claim

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
  return verdict == entry->expected;
}

Decision decide(const LedgerEntry& entry, const EvaluationOptions& options) {
  Decision decision;
  decision.entry = &entry;
  const auto start = Clock::now();
  std::vector<ReadingTruth> truths;
  for (const ClaimReading& reading : entry.readings) {
    DecidedReading decided;
    decided.reading = &reading;
    const auto reading_start = Clock::now();
    decided.evaluation = evaluate(reading.formula, evaluation_input(entry, reading), options);
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
  // The binders' text lies between the quantifier and the body; blanks are squeezed.
  int line = 1, column = 1;
  std::string text;
  for (const char c : formula.text) {
    const bool before_body =
        line < root.body->place.line || (line == root.body->place.line && column < root.body->place.column);
    if (!before_body) break;
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) {
      text += c;
    } else if (!text.empty() && text.back() != ' ') {
      text += ' ';
    }
    if (c == '\n') {
      ++line;
      column = 1;
    } else {
      ++column;
    }
  }
  while (!text.empty() && (text.back() == ' ' || text.back() == ':' || text.back() == '(')) text.pop_back();
  return text;
}

}  // namespace crosshead::claim

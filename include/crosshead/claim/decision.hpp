#pragma once

#include <string>
#include <vector>

#include "crosshead/claim/evaluation.hpp"
#include "crosshead/claim/ledger.hpp"
#include "crosshead/claim/measured.hpp"

namespace crosshead::claim {

/// One reading with its computed answer.
struct DecidedReading {
  const ClaimReading* reading = nullptr;
  Evaluation evaluation;
  double seconds = 0;

  bool as_expected() const;
};

/// A claim with the answers to all of its readings and the verdict that they give.
struct Decision {
  const LedgerEntry* entry = nullptr;
  std::vector<DecidedReading> readings;
  Verdict verdict = Verdict::undecided;
  double seconds = 0;

  /// The verdict and every reading's truth are what the claim's file expects. What is expected to be proved
  /// must be verified by its readings: theorems are not looked at here.
  bool as_expected() const;
};

/// Evaluates every reading of a claim, in order; `measured` is what a claim with the key `models` speaks of.
/// REQUIRES: the entry outlives the decision, and has readings.
Decision decide(const LedgerEntry& entry, const EvaluationOptions& options,
                const MeasuredNumbers* measured = nullptr);

/// The quantified domain of a formula in its own words: the text of its leading binders, or "the given
/// system" where there is none.
std::string domain_of(const Formula& formula);

}  // namespace crosshead::claim

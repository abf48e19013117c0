#pragma once

#include <string>
#include <vector>

#include "crosshead/diffusion/fidelity.hpp"

namespace crosshead::claim {

/// What is known of a claim. Nothing is `proved` on the strength of a finite check.
enum class Verdict {
  proved,      ///< universal, by a machine-checked proof
  verified,    ///< exact, for the stated domain
  refuted,     ///< exact counterexample
  holds_if,    ///< true under an added hypothesis, refuted without it
  ambiguous,   ///< the verdict depends on the reading
  undecided,   ///< with what was tried
  not_a_claim  ///< a definition, audited for being well defined
};
std::string name_of(Verdict verdict);
/// Throws std::invalid_argument listing the verdicts.
Verdict verdict_named(const std::string& name);

/// One formal reading of a claim: whether it holds, and the numbers that say so.
struct ReadingOutcome {
  std::string reading;
  diffusion::Truth truth = diffusion::Truth::undecided;
  std::string evidence;
};

/// A computed answer: the readings, the domain that was covered, and a line of evidence.
struct Outcome {
  std::string domain;
  std::vector<ReadingOutcome> readings;
};

/// All readings hold: verified; none: refuted; some: ambiguous; any undecided or undefined, or no reading:
/// undecided.
Verdict verdict_of(const Outcome& outcome);

}  // namespace crosshead::claim

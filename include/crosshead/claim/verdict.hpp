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

/// The part that a reading plays in the verdict (FORMAT.md, section 1).
enum class Role {
  stated,      ///< what the source says, in one of its meanings
  hypothesis,  ///< the same under an added hypothesis
  fact         ///< shown beside the others, without a part in the verdict
};
std::string name_of(Role role);
/// Throws std::invalid_argument listing the roles.
Role role_named(const std::string& name);

/// Whether a claim is answered or a definition audited.
enum class ClaimKind { claim, definition };
std::string name_of(ClaimKind kind);
/// Throws std::invalid_argument listing the kinds.
ClaimKind claim_kind_named(const std::string& name);

/// One formal reading of a claim: whether it holds, and the numbers that say so.
struct ReadingOutcome {
  std::string reading;
  diffusion::Truth truth = diffusion::Truth::undecided;
  std::string evidence;
  Role role = Role::stated;
};

/// A computed answer: the readings, the domain that was covered, and a line of evidence.
struct Outcome {
  std::string domain;
  std::vector<ReadingOutcome> readings;
};

/// What counts of one reading.
struct ReadingTruth {
  Role role = Role::stated;
  diffusion::Truth truth = diffusion::Truth::undecided;
};

/// The verdict that the truths give (FORMAT.md, section 1); no truth value is `undecided` and `undefined`
/// alike. Stated readings all true: verified; some of each: ambiguous; all false: refuted, unless there are
/// hypotheses and all of them are true: holds_if. Undecided when a stated reading has no truth value, when
/// the verdict hangs on a hypothesis without one, and when nothing is stated. A definition is `not_a_claim`
/// as soon as every reading has a truth value.
Verdict verdict_of(const std::vector<ReadingTruth>& readings, ClaimKind kind = ClaimKind::claim);
Verdict verdict_of(const Outcome& outcome, ClaimKind kind = ClaimKind::claim);

}  // namespace crosshead::claim

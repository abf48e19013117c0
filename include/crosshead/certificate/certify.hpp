#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "crosshead/certificate/certificate.hpp"
#include "crosshead/claim/evaluation.hpp"

namespace crosshead::certificate {

/// A system fit for a certificate, or the reason why it is not.
struct SystemOrReason {
  std::optional<heads::HeadSystem> system;
  std::string reason;
};

/// The same system with attention replaced by the diffusion matrix that `reading` makes of it. Nothing where
/// that matrix is undefined.
SystemOrReason with_exact_entries(const heads::HeadSystem& system, heads::Reading reading);

/// Multiply-adds of 64-bit limbs that a replay of `steps` steps of a row vector under `matrix` takes,
/// roughly: numbers grow by the length of the common denominator at each step.
double replay_cost(const exact::RationalMatrix& matrix, std::int64_t steps);

/// Replays that cost more are not asked of a checker.
inline constexpr double kMostReplayCost = 4e9;

/// A certified reading, or the reason why there is none.
struct ReadingOrReason {
  std::optional<Reading> reading;
  std::string reason;  ///< empty when there is a reading
};

/// Adds the proofs that the facts of an evaluation need. `evaluation` is what claim::evaluate says of the
/// statement's formula, convention and systems. There is no certificate of a formula without a truth value,
/// of facts that were not recorded, of suprema without a proof (diffusion::FidelityProver), of replays that
/// cost too much, and of walks read as the published program does.
ReadingOrReason certify(const Statement& statement, const claim::Evaluation& evaluation);

}  // namespace crosshead::certificate

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

/// Limbs of a matrix over its least common denominator, roughly; at most about kMostMatrixLength. A checker
/// that works over one denominator refuses longer ones.
double matrix_length(const exact::RationalMatrix& matrix);
inline constexpr double kMostMatrixLength = 2e6;

/// What a replay of `steps` steps of a row vector under `matrix` takes, in multiply-adds of 64-bit limbs,
/// roughly: numbers grow by the length of the common denominator at each step. Limbs that are kept count for
/// a hundred.
double replay_cost(const exact::RationalMatrix& matrix, std::int64_t steps);
/// The same for a mixing time, which can be replayed in rational bounds of fixed length unless it is a tie.
double mixing_replay_cost(const exact::RationalMatrix& walk, std::int64_t steps);

/// Readings whose replay costs more are not certified.
inline constexpr double kMostReplayCost = 2e9;

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

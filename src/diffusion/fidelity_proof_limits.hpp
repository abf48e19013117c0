#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "limit_laws.hpp"

#include "crosshead/diffusion/fidelity_proof.hpp"
#include "crosshead/exact/integer_row.hpp"

namespace crosshead::diffusion {

/// The rows x_t = e_sink D^t, kept as they are asked for.
class SignalHistory {
 public:
  /// REQUIRES: `matrix` is only used here.
  SignalHistory(const exact::RationalMatrix& matrix, int sink)
      : integers_(matrix), iteration_(integers_, sink) {}

  /// x_t, length n.
  const std::vector<exact::Rational>& row(std::int64_t t);

 private:
  exact::IntegerMatrix integers_;
  exact::RowIteration iteration_;
  std::vector<std::vector<exact::Rational>> rows_;
};

/// The limit laws of all that the sink hears. REQUIRES: the rows that the sink hears sum to 1.
LimitLaws laws_of_the_limit(const exact::RationalMatrix& matrix, const Structure& structure);

/// The recurrence proof (FORMAT.md, section 4) that s_j(t) stays below `limit` and tends to it, with the
/// least horizon up to `latest`; nothing if a characteristic root of the gap is not in (0, 1).
std::optional<FidelityProof> prove_by_recurrence(SignalHistory& history, int j, const exact::Rational& limit,
                                                 std::int64_t first_step, std::int64_t latest);

}  // namespace crosshead::diffusion

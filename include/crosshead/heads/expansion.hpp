#pragma once

#include <optional>
#include <vector>

#include "crosshead/exact/matrix.hpp"
#include "crosshead/exact/weight_polynomial_power.hpp"

namespace crosshead::heads {

/// What one node j gives to the sink after t steps of the mean, split into pure words (one head throughout)
/// and the rest (Remark 3.7). With t = 0 there is one word, the empty one, which counts as pure.
struct SignalSplit {
  exact::Rational total;                       ///< s_j(t) = (Dbar^t)_{tau j}, the power of the mean
  std::vector<exact::Rational> pure;           ///< length H: beta_h^t (D_h^t)_{tau j}; empty for t = 0
  std::optional<exact::Rational> pure_share;   ///< pure words' part of the total; none where it is zero
  std::optional<exact::Rational> cross_share;  ///< 1 - pure_share
};

/// The split at every node, length n, for nonnegative n x n matrices and H weights (not all zero). Nothing
/// when `keep_going` says stop.
std::optional<std::vector<SignalSplit>> split_signal(const std::vector<exact::RationalMatrix>& diffusion,
                                                     const std::vector<exact::Rational>& weights, int sink,
                                                     int steps, const exact::KeepGoing& keep_going = {});

/// Signals of one matrix for t = 0..steps: rows t, columns j, exact. Nothing when `keep_going` says stop.
std::optional<std::vector<std::vector<exact::Rational>>> signal_curves(
    const exact::RationalMatrix& diffusion, int sink, int steps, const exact::KeepGoing& keep_going = {});

}  // namespace crosshead::heads

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crosshead/exact/interval.hpp"
#include "crosshead/exact/matrix.hpp"

namespace crosshead::walk {

/// Expected number of steps until the sink is first reached, per start; nothing where the sink is missed with
/// positive probability. REQUIRES: `walk` column-stochastic. An exact linear solve, triangular for
/// feedforward walks.
std::vector<std::optional<exact::Rational>> expected_hitting_times(const exact::RationalMatrix& walk,
                                                                   int sink);

/// E min(T, cutoff) per start, T the first time at the sink (Algorithm 1's cutoff M). REQUIRES:
/// column-stochastic.
std::vector<exact::Rational> truncated_hitting_times(const exact::RationalMatrix& walk, int sink, int cutoff);

/// The same, exactly where that takes at most `limb_operations`, otherwise enclosed to about 2^-200 by
/// directed rounding: on attention the exact values have a hundred thousand digits that nobody reads.
std::vector<exact::Interval> enclosed_truncated_hitting_times(const exact::RationalMatrix& walk, int sink,
                                                              int cutoff,
                                                              std::int64_t limb_operations = 20'000'000);

/// The stationary distributions of a column-stochastic walk: one per closed class, each supported on it
/// (Def. 2.4). Unique exactly when there is one.
struct StationaryLaws {
  std::vector<std::vector<int>> classes;                ///< closed classes, each ascending
  std::vector<std::vector<exact::Rational>> densities;  ///< length n each
};
StationaryLaws stationary_laws(const exact::RationalMatrix& walk);

}  // namespace crosshead::walk

#pragma once

#include "lane_filter.hpp"

#include "crosshead/exact/rational.hpp"

namespace crosshead::search {

/// Largest t <= kMaxExactSteps with terms * scale^t <= 2^53; 0 if there is none.
int exact_steps_of(const exact::Integer& scale, int terms = 1);

/// Writes the bounds low and high of a bar, bar_length(exact_steps) each, `stride` apart, as the theorem of
/// lane_filter.hpp asks: floor and ceiling of bar * scale^t for the exact steps, and bounds that hold for
/// every later step up to the horizon. REQUIRES: bar >= 0, bar * scale^exact_steps <= 2^53.
void write_bars(const exact::Rational& bar, const exact::Integer& scale, int exact_steps, int nodes,
                int horizon, double* low, double* high, int stride);

}  // namespace crosshead::search

// The mean matrices of a pack of systems and one step of their row vectors.
#pragma once

#include "lane_filter.hpp"
#include "lanes.hpp"

namespace crosshead::search::CROSSHEAD_LANES {

template <int n>
struct MeanMatrices {
  Pack entry[entries_of(n)];

  /// `lanes`: this pack's lanes of a block.
  CROSSHEAD_INLINE void read(const LaneProblem& problem, const double* lanes) {
    const Pack weight = broadcast(problem.weight);
    for (int e = 0; e < entries_of(n); ++e) {
      entry[e] = fused(weight, load(lanes + e * kLanes), broadcast(problem.prefix[e]));
    }
  }

  CROSSHEAD_INLINE void multiply_by(double factor) {
    const Pack pack = broadcast(factor);
    for (int e = 0; e < entries_of(n); ++e) entry[e] = multiply(entry[e], pack);
  }

  /// x := x M. Row k feeds columns up to k only, so ascending columns can be overwritten. Sums that are not
  /// exact are not fused, so that all instruction sets round alike.
  template <bool kExact>
  CROSSHEAD_INLINE void step(Pack* x) const {
    for (int j = 0; j < n; ++j) {
      Pack sum = multiply(x[j], entry[entry_at(j, j)]);
      for (int k = j + 1; k < n; ++k) {
        const Pack factor = entry[entry_at(k, j)];
        sum = kExact ? fused(x[k], factor, sum) : add(sum, multiply(x[k], factor));
      }
      x[j] = sum;
    }
  }
};

/// S^-t for the step from exact integers to numbers of at most 1.
CROSSHEAD_INLINE double reciprocal_power(double scale, int exponent) {
  double power = 1;
  for (int t = 0; t < exponent; ++t) power *= scale;
  return 1 / power;
}

}  // namespace crosshead::search::CROSSHEAD_LANES

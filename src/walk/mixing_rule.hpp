#pragma once

#include "crosshead/walk/mixing.hpp"

namespace crosshead::walk {

/// The test "distance within eps" as a bound on absorbed mass: under the worst start the smallest (W^t)_{tau
/// j} must be at least (TV) or above (L1) the threshold; under the average start their mean must be.
struct AbsorbedThreshold {
  exact::Rational least;  ///< 1 - eps for TV, 1 - eps/2 for L1
  bool strict = false;    ///< L1 asks for strictly more
};

inline AbsorbedThreshold threshold(const exact::Rational& epsilon, Distance distance) {
  if (distance == Distance::total_variation) return {1 - epsilon, false};
  return {1 - epsilon / 2, true};
}

/// Where the enclosed search stands: the first time, or that no answer was certain.
struct EnclosedTime {
  bool decided = false;
  std::int64_t time = 0;
  int worst_start = -1;  ///< -1: the largest distance is shared within the enclosures
};

/// First t >= 1 with the absorbed mass past the threshold, by repeated squaring in ball arithmetic.
/// REQUIRES: certain absorption; the threshold is not met at t = 0.
EnclosedTime enclosed_mixing_time(const exact::RationalMatrix& walk, int sink,
                                  const AbsorbedThreshold& threshold, Start start);

}  // namespace crosshead::walk

#pragma once

#include <cstdlib>

#include "crosshead/exact/rational.hpp"

namespace crosshead::testing {

/// 2^exponent.
inline exact::Rational power(int exponent) {
  const exact::Integer power = exact::Integer(1) << static_cast<unsigned>(std::abs(exponent));
  return exponent >= 0 ? exact::Rational(power) : exact::Rational(exact::Integer(1), power);
}

}  // namespace crosshead::testing

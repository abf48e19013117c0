#pragma once

#include <cmath>

#include "crosshead/exact/rational.hpp"

namespace crosshead::crosscheck {

/// Every finite float32 is an integer times 2^-149.
inline constexpr int kFloat32Places = 149;

/// That integer. REQUIRES: a finite value of float32.
inline void set_float32_integer(exact::Integer& integer, double value) {
  mpz_set_d(integer.backend().data(), std::ldexp(value, kFloat32Places));
}

}  // namespace crosshead::crosscheck

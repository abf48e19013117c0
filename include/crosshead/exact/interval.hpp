#pragma once

#include "crosshead/exact/rational.hpp"

namespace crosshead::exact {

/// A closed interval that certainly contains a value; both ends are equal where the value is known exactly.
struct Interval {
  Rational lower, upper;

  bool is_exact() const { return lower == upper; }
};

}  // namespace crosshead::exact

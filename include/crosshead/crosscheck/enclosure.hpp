#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crosshead/exact/interval.hpp"

namespace crosshead::crosscheck {

/// A closed interval of doubles that certainly contains a value. Every operation rounds outwards: the result
/// contains whatever the operation gives for values of the operands. Ends are finite numbers or infinities,
/// lower <= upper.
struct Enclosure {
  double lower = 0, upper = 0;

  bool is_exact() const { return lower == upper; }
  bool contains(double value) const { return lower <= value && value <= upper; }
};

inline constexpr Enclosure kOne{1, 1};

Enclosure operator+(const Enclosure& a, const Enclosure& b);
Enclosure operator-(const Enclosure& a, const Enclosure& b);
Enclosure operator*(const Enclosure& a, const Enclosure& b);
/// REQUIRES: b.lower > 0.
Enclosure operator/(const Enclosure& a, const Enclosure& b);
/// max(a, 0)^(1/2). REQUIRES: a.upper >= 0.
Enclosure square_root(const Enclosure& a);
/// a^2, never negative.
Enclosure squared(const Enclosure& a);
Enclosure absolute(const Enclosure& a);

/// The narrowest enclosure of a value, or of an interval.
Enclosure enclosing(const exact::Rational& value);
Enclosure enclosing(const exact::Interval& interval);
/// The ends as they are.
exact::Interval exact_interval(const Enclosure& enclosure);

/// Whether some value lies in both: two enclosures of one value always do.
bool intersect(const Enclosure& a, const Enclosure& b);

/// "3.7155", "4.21e-9": the end as a decimal of `digits` significant digits, rounded down or up. Exact where
/// the digits suffice. REQUIRES: finite; 1 <= digits <= 15.
std::string decimal_below(double value, int digits);
std::string decimal_above(double value, int digits);

/// Mean and standard deviation (with the divisor n - 1; nothing for n = 1) of enclosed values.
/// REQUIRES: values not empty.
struct Spread {
  Enclosure mean;
  std::optional<Enclosure> deviation;
};
Spread spread_of(const std::vector<Enclosure>& values);

}  // namespace crosshead::crosscheck

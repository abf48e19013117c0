#include "bars.hpp"

#include <cmath>
#include <cstddef>
#include <limits>

namespace crosshead::search {
namespace {

using exact::Integer;
using exact::Rational;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// A double at least 2^-1000 above (sign 1) or below (sign -1) the value: the next one, which is half a unit
/// in the last place away from it at least, is far enough unless the value is tiny.
double beyond(const Rational& value, int sign) {
  constexpr double kTiny = 0x1p-900;
  double nearest = exact::to_double(value);
  if (nearest < kTiny) nearest = exact::to_double(value + sign * Rational(Integer(1), Integer(1) << 1000U));
  return std::nextafter(nearest, sign * kInfinity);
}

}  // namespace

int exact_steps_of(const Integer& scale, int terms) {
  const Integer limit = Integer(1) << 53U;
  Integer power = terms;
  int steps = 0;
  while (steps < kMaxExactSteps && power * scale <= limit) {
    power *= scale;
    ++steps;
  }
  return steps;
}

void write_bars(const Rational& bar, const Integer& scale, int exact_steps, int nodes, int horizon,
                double* low, double* high, int stride) {
  const Integer whole = denominator(bar);
  Integer scaled = numerator(bar), floor, rest;
  for (int t = 0; t <= exact_steps; ++t) {
    divide_qr(scaled, whole, floor, rest);
    const std::ptrdiff_t at = std::ptrdiff_t{t} * stride;
    low[at] = floor.convert_to<double>();
    if (rest != 0) ++floor;
    high[at] = floor.convert_to<double>();
    scaled *= scale;
  }
  const Rational roundings = Rational(nodes + 2) * (horizon + 2);
  const Rational margin = 2 * roundings / Rational(Integer(1) << 53U);
  const std::ptrdiff_t later = (std::ptrdiff_t{exact_steps} + 1) * stride;
  low[later] = beyond(bar * (1 + margin), 1);
  high[later] = beyond(bar * (1 - margin), -1);
}

}  // namespace crosshead::search

#include "bars.hpp"

#include <cmath>
#include <limits>

namespace crosshead::search {
namespace {

using exact::Integer;
using exact::Rational;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

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
  Rational whole = 1;
  for (int t = 0; t <= exact_steps; ++t) {
    const Rational scaled = bar * whole;
    const Integer floor = numerator(scaled) / denominator(scaled);
    const Integer ceiling = floor * denominator(scaled) == numerator(scaled) ? floor : Integer(floor + 1);
    low[t * stride] = floor.convert_to<double>();
    high[t * stride] = ceiling.convert_to<double>();
    whole *= scale;
  }
  const Rational roundings = Rational(nodes + 2) * (horizon + 2);
  const Rational margin = 2 * roundings / Rational(Integer(1) << 53U);
  const Rational underflow(Integer(1), Integer(1) << 1000U);
  const int later = (exact_steps + 1) * stride;
  low[later] = std::nextafter(exact::to_double(bar * (1 + margin) + underflow), kInfinity);
  high[later] = std::nextafter(exact::to_double(bar * (1 - margin) - underflow), -kInfinity);
}

}  // namespace crosshead::search

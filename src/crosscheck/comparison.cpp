// Most entries of a signal change no extreme and are far inside their bound. A glance in extended floats,
// with every number moved to the safe side, tells; what it leaves open is decided in rationals (a filter, as
// in exact geometry).
#include "comparison.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace crosshead::crosscheck {
namespace {

using exact::Integer;
using exact::Interval;
using exact::Rational;

/// Far above the rounding of a handful of extended (or double) operations.
constexpr long double kSafe = 0x1p-40L;

/// a / b rounded up to 64 significant bits, without taking a gcd of the long numbers. REQUIRES: a >= 0, b >
/// 0.
Rational quotient_rounded_up(const Rational& a, const Rational& b) {
  constexpr int kBits = 64;
  if (a == 0) return 0;
  const Integer top = numerator(a) * denominator(b), bottom = denominator(a) * numerator(b);
  const int shift = kBits + static_cast<int>(msb(bottom)) - static_cast<int>(msb(top));
  const Integer scaled = shift > 0 ? Integer(top << static_cast<unsigned>(shift)) : top;
  const Integer divisor = shift < 0 ? Integer(bottom << static_cast<unsigned>(-shift)) : bottom;
  const Integer quotient = (scaled + divisor - 1) / divisor;
  const Integer power = Integer(1) << static_cast<unsigned>(std::abs(shift));
  return shift > 0 ? Rational(quotient, power) : Rational(quotient * power);
}

template <typename Value>
void raise(Extreme<Value>& extreme, const Value& value, const Place& place) {
  if (value > extreme.value) extreme = {value, place};
}

void raise(std::optional<BoundedError>& worst, const BoundedError& found) {
  if (!worst || found.error > worst->error) worst = found;
}

Rational distance(const Rational& a, const Rational& b) {
  return a > b ? Rational(a - b) : Rational(b - a);
}

/// The largest distance from `value` to a point of the interval.
Rational farthest(const Rational& value, const Interval& interval) {
  return std::max(distance(value, interval.lower), distance(value, interval.upper));
}

/// Numbers at most and at least `value` >= 0, close to it; 0 where it is below the smallest double.
long double below(const Rational& value) {
  return static_cast<long double>(exact::to_double(value)) * (1 - kSafe);
}
long double above(const Rational& value) {
  return static_cast<long double>(exact::to_double(value)) * (1 + kSafe) + 0x1p-1000L;
}

HorizonFidelity<double> empty_horizon(std::size_t nodes) {
  return {std::vector<double>(nodes), std::vector<std::int64_t>(nodes, 1), {}, {}};
}

}  // namespace

Comparison::Comparison(std::shared_ptr<const MatrixShape> shape, const MeanFormation& mean,
                       const FloatSignal& signal, Underflow underflow)
    : format_(format_of(signal.type)),
      smallest_normal_(format_.smallest_normal()),
      smallest_normal_near_(static_cast<long double>(exact::to_double(smallest_normal_))),
      values_(signal.values),
      bound_(shape, shape->size() - 1, mean, arithmetic_of(signal.type, signal.device), underflow) {
  result_.type = signal.type;
  result_.source = signal.source;
  result_.first = signal.first;
  result_.horizon = empty_horizon(static_cast<std::size_t>(shape->size()));
  refresh_bounds();
}

void Comparison::refresh_bounds() {
  const std::size_t n = result_.horizon.time.size();
  relative_low_.assign(n, 0);
  relative_high_.assign(n, 0);
  for (std::size_t j = 0; j < n; ++j) {
    if (!bound_.reached(static_cast<int>(j))) continue;
    const Rational relative = bound_.relative(static_cast<int>(j));
    relative_low_[j] = below(relative);
    relative_high_[j] = above(relative);
  }
  absolute_low_ = below(bound_.absolute());
  absolute_high_ = above(bound_.absolute());
}

void Comparison::compare(const Place& place, const Reference& reference) {
  if (place.time < result_.first) return;
  const double value = values_[next_++];
  const auto j = static_cast<std::size_t>(place.node);
  ++result_.entries;
  if (place.time >= 1 && value > result_.horizon.fidelity[j]) {  // a NaN is passed over
    result_.horizon.fidelity[j] = value;
    result_.horizon.time[j] = place.time;
  }
  if (!holds(format_, value) || value < 0) {
    ++result_.invalid;
    return violate(place);
  }
  if (!reference.positive(place.node)) {
    if (value != 0) {
      violate(place);
      ++result_.nonzero_for_zero;
      raise(result_.ulps, ulp_distance(format_, value, 0.0), place);
      ++result_.histogram[static_cast<std::size_t>(std::bit_width(ulp_distance(format_, value, 0.0)))];
      if (!result_.first_error) result_.first_error = place;
    } else {
      ++result_.correctly_rounded;
      ++result_.histogram[0];
    }
    return;
  }
  const Glance seen = glance(reference.near(place.node), value, j);
  if (!(seen.within && seen.normal && seen.nothing_new)) look_closely(place, value, reference);
  count_units(place, value, reference);
}

Comparison::Glance Comparison::glance(const NearValue& expected, long double value, std::size_t node) const {
  Glance seen;
  const auto& [near, slack] = expected;
  if (!(near > 0) || !(slack < kSafe)) return seen;
  const long double error = std::fabs(value - near);
  const long double most = error * (1 + kSafe) + near * slack * 2;
  seen.normal = near * (1 - kSafe) > smallest_normal_near_;
  seen.within = most < (relative_low_[node] * near + absolute_low_) * (1 - kSafe);
  if (!seen.normal || !signal_) return seen;
  const long double relative = most / near * (1 + kSafe);
  const long double bound = (relative_high_[node] + absolute_high_ / near) * (1 + 2 * kSafe);
  const long double share = most / (relative_low_[node] * near + absolute_low_) * (1 + kSafe);
  seen.nothing_new = relative < below(signal_->error) && bound < below(result_.bound.value) &&
                     share < below(result_.share.value) && result_.first_error.has_value();
  return seen;
}

void Comparison::look_closely(const Place& place, double value, const Reference& reference) {
  const Interval expected = reference.value(place.node);
  const Rational found = exact::exact_value(value);
  const Rational error = farthest(found, expected);
  if (error != 0 && !result_.first_error &&
      (expected.is_exact() || found < expected.lower || found > expected.upper))
    result_.first_error = place;
  const Rational relative = bound_.relative(place.node);
  // The allowed range around the lower end, and around the upper one: inside both, inside neither, or open.
  const bool beyond = found > expected.upper * (1 + relative) + bound_.absolute() ||
                      found < expected.lower * (1 - relative) - bound_.absolute();
  const bool within = found <= expected.lower * (1 + relative) + bound_.absolute() &&
                      found >= expected.upper * (1 - relative) - bound_.absolute();
  if (beyond) {
    violate(place);
  } else if (!within) {
    ++result_.open;
  }
  if (expected.lower >= smallest_normal_) {
    const Rational bound = relative + quotient_rounded_up(bound_.absolute(), expected.lower);
    raise(signal_, {quotient_rounded_up(error, expected.lower), bound, place});
    raise(result_.bound, bound, place);
  } else {
    ++result_.below_normal;
    const Rational share = quotient_rounded_up(error, smallest_normal_);
    if (share > result_.below_error) result_.below_error = share;
  }
  const Rational allowed = relative * expected.lower + bound_.absolute();
  if (allowed != 0) raise(result_.share, quotient_rounded_up(error, allowed), place);
}

void Comparison::count_units(const Place& place, double value, const Reference& reference) {
  const auto& [near, slack] = reference.near(place.node);
  double expected = 0;
  bool open = false, settled = false;
  if (near > 0 && slack < kSafe) {
    expected = nearest(format_, near * (1 - 2 * slack));
    settled = expected == nearest(format_, near * (1 + 2 * slack));
  }
  if (!settled) expected = reference.nearest_to(format_, place.node, value, open);
  if (!std::isfinite(expected)) return;  // beyond the range, and so is the theorem
  const std::uint64_t units = ulp_distance(format_, value, expected);
  if (units == 0) ++result_.correctly_rounded;
  if (open) ++result_.rounding_open;
  ++result_.histogram[static_cast<std::size_t>(std::bit_width(units))];
  raise(result_.ulps, units, place);
}

void Comparison::step() {
  bound_.step();
  result_.in_range = result_.in_range && bound_.in_range();
  refresh_bounds();
}

void Comparison::violate(const Place& place) {
  ++result_.violations;
  if (!result_.first_violation) result_.first_violation = place;
}

/// A maximum over t, which stays within the largest bounds so far.
void Comparison::judge(std::optional<BoundedError>& worst, double value, const Interval& expected,
                       const Rational& relative, const Place& place) const {
  if (expected.lower < smallest_normal_ || !holds(format_, value)) return;
  raise(worst, {quotient_rounded_up(farthest(exact::exact_value(value), expected), expected.lower),
                relative + quotient_rounded_up(bound_.absolute_so_far(), expected.lower), place});
}

SignalCheck Comparison::finished(const ExactHorizon& expected) {
  HorizonFidelity<double>& horizon = result_.horizon;
  result_.signal = signal_.value_or(BoundedError{});  // nothing only if no entry was a number
  if (result_.first > 1) return std::move(result_);   // not every step was given: no maxima over time
  horizon.minimax = *std::min_element(horizon.fidelity.begin(), horizon.fidelity.end());
  for (std::size_t j = 0; j < horizon.fidelity.size(); ++j) {
    if (horizon.fidelity[j] == horizon.minimax) horizon.minimax_nodes.push_back(static_cast<int>(j));
  }
  Rational relative = 0;
  for (std::size_t j = 0; j < expected.fidelity.size(); ++j) {
    const int node = static_cast<int>(j);
    relative = std::max(relative, bound_.relative_so_far(node));
    judge(result_.fidelity, horizon.fidelity[j], {expected.fidelity[j], expected.upper[j]},
          bound_.relative_so_far(node), {expected.time[j], node});
  }
  const int least = expected.minimax_nodes.front();
  judge(result_.minimax, horizon.minimax, {expected.minimax, expected.minimax_upper}, relative,
        {expected.time[static_cast<std::size_t>(least)], least});
  return std::move(result_);
}

}  // namespace crosshead::crosscheck

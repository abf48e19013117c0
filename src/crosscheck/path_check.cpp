#include "crosshead/crosscheck/path_check.hpp"

#include <algorithm>
#include <cmath>

#include "crosshead/exact/error.hpp"
#include "crosshead/exact/integer_row.hpp"

// One exact iteration serves all signals. Whether an entry is within its bound is decided with the exact
// numbers; the reported quotients are rounded up, because 5000-bit fractions need no reader.

namespace crosshead::crosscheck {
namespace {

using exact::Integer;
using exact::Rational;

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

/// Collects maxima over t >= 1, from 0 at time 1 on, since signals are not negative. A NaN is passed over.
template <typename Value>
void note(HorizonFidelity<Value>& horizon, const Place& place, const Value& value) {
  if (place.time < 1) return;
  const auto j = static_cast<std::size_t>(place.node);
  if (value > horizon.fidelity[j]) {
    horizon.fidelity[j] = value;
    horizon.time[j] = place.time;
  }
}

template <typename Value>
void finish(HorizonFidelity<Value>& horizon) {
  horizon.minimax = *std::min_element(horizon.fidelity.begin(), horizon.fidelity.end());
  for (std::size_t j = 0; j < horizon.fidelity.size(); ++j) {
    if (horizon.fidelity[j] == horizon.minimax) horizon.minimax_nodes.push_back(static_cast<int>(j));
  }
}

template <typename Value>
HorizonFidelity<Value> empty_horizon(std::size_t nodes) {
  return {std::vector<Value>(nodes), std::vector<std::int64_t>(nodes, 1), {}, {}};
}

/// One signal on its way through the steps.
class Comparison {
 public:
  Comparison(const exact::RationalMatrix& mean, int summands, const FloatSignal& signal, Underflow underflow)
      : format_(format_of(signal.type)),
        smallest_normal_(format_.smallest_normal()),
        values_(signal.values),
        bound_(mean, mean.size() - 1, summands, format_, underflow) {
    result_.type = signal.type;
    result_.horizon = empty_horizon<double>(static_cast<std::size_t>(mean.size()));
  }

  /// Compares the entry at `place`; `expected` is its exact value. REQUIRES: the bound is at place.time.
  void compare(const Place& place, const Rational& expected) {
    const double value = values_[static_cast<std::size_t>(result_.entries++)];
    note(result_.horizon, place, value);
    if (!holds(format_, value) || value < 0) return violate(place);
    const Rational error = distance(exact::exact_value(value), expected);
    if (expected == 0) {
      if (error != 0) violate(place);
      if (error == 0) ++result_.correctly_rounded;
      return;
    }
    const Rational allowed = bound_.relative(place.node) * expected + bound_.absolute();
    if (error > allowed) violate(place);

    if (expected >= smallest_normal_) {
      const Rational bound = bound_.relative(place.node) + quotient_rounded_up(bound_.absolute(), expected);
      raise(signal_, {quotient_rounded_up(error, expected), bound, place});
      raise(result_.bound, bound, place);
    } else {
      ++result_.below_normal;
    }
    if (allowed != 0) raise(result_.share, quotient_rounded_up(error, allowed), place);
    const double reference = nearest(format_, expected);
    if (!std::isfinite(reference)) return;  // beyond the range, and so is the theorem
    if (value == reference) ++result_.correctly_rounded;
    raise(result_.ulps, ulp_distance(format_, value, reference), place);
  }

  void step() {
    bound_.step();
    result_.in_range = result_.in_range && bound_.in_range();
  }

  SignalCheck finished(const HorizonFidelity<Rational>& expected) {
    finish(result_.horizon);
    Rational relative = 0;
    for (std::size_t j = 0; j < expected.fidelity.size(); ++j) {
      const int node = static_cast<int>(j);
      relative = std::max(relative, bound_.relative_so_far(node));
      judge(result_.fidelity, result_.horizon.fidelity[j], expected.fidelity[j], bound_.relative_so_far(node),
            {expected.time[j], node});
    }
    const int least = expected.minimax_nodes.front();
    judge(result_.minimax, result_.horizon.minimax, expected.minimax, relative,
          {expected.time[static_cast<std::size_t>(least)], least});
    result_.signal = signal_.value_or(BoundedError{});  // nothing only if no entry was a number
    return std::move(result_);
  }

 private:
  void violate(const Place& place) {
    ++result_.violations;
    if (!result_.first_violation) result_.first_violation = place;
  }

  /// A maximum over t, which stays within the largest bounds so far.
  void judge(std::optional<BoundedError>& worst, double value, const Rational& expected,
             const Rational& relative, const Place& place) const {
    if (expected < smallest_normal_ || !holds(format_, value)) return;
    raise(worst, {quotient_rounded_up(distance(exact::exact_value(value), expected), expected),
                  relative + quotient_rounded_up(bound_.absolute_so_far(), expected), place});
  }

  FloatFormat format_;
  Rational smallest_normal_;
  const std::vector<double>& values_;
  RoundingBound bound_;
  std::optional<BoundedError> signal_;
  SignalCheck result_;
};

}  // namespace

PathCheck check_path(const exact::RationalMatrix& mean, int summands, const std::vector<FloatSignal>& signals,
                     std::int64_t steps, Underflow underflow) {
  const auto nodes = static_cast<std::size_t>(mean.size());
  if (steps < 1) throw exact::UsageError("cross-check: at least one step is needed");
  std::vector<Comparison> comparisons;
  for (const FloatSignal& signal : signals) {
    if (nodes == 0 || signal.values.size() != (static_cast<std::size_t>(steps) + 1) * nodes) {
      throw exact::UsageError("cross-check: a signal has " + std::to_string(signal.values.size()) +
                              " entries, expected " + std::to_string(steps + 1) + " times " +
                              std::to_string(nodes));
    }
    comparisons.emplace_back(mean, summands, signal, underflow);
  }
  PathCheck result;
  result.exact = empty_horizon<Rational>(nodes);
  const exact::IntegerMatrix matrix(mean);
  exact::RowIteration row(matrix, mean.size() - 1);
  while (true) {
    for (int j = 0; j < mean.size(); ++j) {
      const Rational expected = row.value(j);
      note(result.exact, {row.time(), j}, expected);
      for (Comparison& comparison : comparisons) comparison.compare({row.time(), j}, expected);
    }
    if (row.time() == steps) break;
    row.step();
    for (Comparison& comparison : comparisons) comparison.step();
  }
  finish(result.exact);
  for (Comparison& comparison : comparisons) result.signals.push_back(comparison.finished(result.exact));
  return result;
}

}  // namespace crosshead::crosscheck

// The best weights. Floating point proposes a value; regions of "at least" and "more than" a rational number
// just below and above it prove an enclosure, or the value itself. Otherwise the small region just below
// holds the maximisers: each is a crossing of a rising and a falling signal or a stationary point, which a
// division at the root of the difference or of the derivative proves.
#include "crosshead/diffusion/region_maximum.hpp"

#include <algorithm>
#include <cmath>

#include "region_question.hpp"

namespace crosshead::diffusion {
namespace {

using exact::AlgebraicNumber;
using exact::Interval;
using exact::Rational;
using Polynomial = exact::UnivariatePolynomial;
using Quotient = RegionChain::Quotient;

constexpr int kGrid = 512;
constexpr int kLargestDegree = 60;

/// The simplest fraction within `tolerance` of a value, by continued fractions.
Rational simplest_near(double value, double tolerance) {
  double rest = value;
  exact::Integer p0 = 0, q0 = 1, p1 = 1, q1 = 0;
  for (int i = 0; i < 30; ++i) {
    const double whole = std::floor(rest);
    const exact::Integer a(static_cast<long>(whole));
    const exact::Integer p = a * p1 + p0, q = a * q1 + q0;
    p0 = p1;
    q0 = q1;
    p1 = p;
    q1 = q;
    if (std::abs(exact::to_double(Rational(p1, q1)) - value) <= tolerance || rest == whole) break;
    rest = 1 / (rest - whole);
  }
  return Rational(p1, q1);
}

class MaximumSearch {
 public:
  MaximumSearch(const exact::RationalMatrix& first, const exact::RationalMatrix& second, int sink,
                const FidelityConvention& convention, const RegionLimits& limits)
      : first_(first),
        second_(second),
        sink_(sink),
        convention_(convention),
        limits_(limits),
        pair_(first, second, sink),
        estimator_(pair_, convention.first_step, limits.steps) {
    for (int j = 0; j < pair_.size; ++j) {
      if (convention.sink_counts || j != sink) nodes_.push_back(j);
    }
  }

  WeightMaximum run() {
    WeightMaximum result;
    const WeightRegion trivial = region(0, false);
    if (!trivial.defined) {
      result.defined = false;
      result.reason = trivial.reason;
      return result;
    }
    const double guess = propose();
    if (rational(simplest_near(guess, 1e-11), result)) return result;
    for (const double margin : {1e-6, 1e-9, 1e-12}) {
      const Rational below = exact::exact_value(guess * (1 - margin)),
                     above = exact::exact_value(guess * (1 + margin));
      const WeightRegion beyond = region(above, true), close = region(below, false);
      if (!beyond.decided() || !beyond.holds.empty() || !close.decided() || close.holds.empty()) break;
      result.enclosed = true;
      result.value = {below, above};
      result.near = {close.holds.front().from.isolating().lower, close.holds.back().to.isolating().upper};
      if (irrational(close.holds, result)) break;
    }
    return result;
  }

 private:
  WeightRegion region(const Rational& bar, bool strict) const {
    RegionClaim claim;
    claim.threshold = bar;
    claim.strict = strict;
    return weight_region(first_, second_, sink_, claim, convention_, limits_);
  }

  double minimax(double b) const {
    const auto estimates = estimator_.at(b, 0);
    double least = 2;
    for (int j : nodes_) least = std::min(least, estimates[static_cast<std::size_t>(j)].value);
    return least;
  }

  /// The largest value on a grid, improved by thirds around every local maximum of it.
  double propose() const {
    std::vector<double> values;
    for (int i = 0; i <= kGrid; ++i) values.push_back(minimax(static_cast<double>(i) / kGrid));
    double best = *std::max_element(values.begin(), values.end());
    for (int i = 0; i <= kGrid; ++i) {
      const double here = values[static_cast<std::size_t>(i)];
      const bool peak = (i == 0 || here >= values[static_cast<std::size_t>(i) - 1]) &&
                        (i == kGrid || here >= values[static_cast<std::size_t>(i) + 1]);
      if (!peak || here < best * 0.98) continue;
      double low = std::max(0.0, (i - 1.0) / kGrid), high = std::min(1.0, (i + 1.0) / kGrid);
      for (int turn = 0; turn < 90; ++turn) {
        const double a = low + (high - low) / 3, b = high - (high - low) / 3;
        (minimax(a) < minimax(b) ? low : high) = minimax(a) < minimax(b) ? a : b;
      }
      best = std::max(best, minimax((low + high) / 2));
    }
    return best;
  }

  /// Whether the supremum is this rational number, attained or approached.
  bool rational(const Rational& value, WeightMaximum& result) const {
    const WeightRegion more = region(value, true);
    if (!more.decided() || !more.holds.empty()) return false;
    const WeightRegion equal = region(value, false);
    if (!equal.decided() || equal.holds.empty()) return false;
    result.enclosed = result.exact = true;
    result.value = {value, value};
    result.algebraic = AlgebraicNumber(value);
    result.where = equal.holds;
    return true;
  }

  /// Exact maximisers inside the sets that come close.
  bool irrational(const std::vector<RegionInterval>& sets, WeightMaximum& result) const {
    struct Value {
      AlgebraicNumber weight, value;
    };
    std::vector<Value> peaks;
    for (const RegionInterval& set : sets) {
      const Rational lower = set.from.refined(Rational(1, 1'000'000'000'000'000)).isolating().lower;
      const Rational upper = set.to.refined(Rational(1, 1'000'000'000'000'000)).isolating().upper;
      if (!(lower < upper) || lower == 0 || upper == 1) return false;
      const auto peak = peak_between(lower, upper);
      if (!peak) return false;
      const auto value = value_at(peak->signal, peak->denominator, peak->weight, kLargestDegree);
      if (!value) return false;
      peaks.push_back({peak->weight, *value});
    }
    const Value* best = &peaks.front();
    for (const Value& peak : peaks) {
      if (peak.value.compare(best->value) > 0) best = &peak;
    }
    for (const Value& peak : peaks) {
      if (peak.value.compare(best->value) == 0)
        result.where.push_back({peak.weight, peak.weight, true, true});
    }
    result.exact = true;
    result.algebraic = best->value;
    return true;
  }

  /// Where a signal has its largest value, and the signal as a polynomial in b over a denominator.
  struct Peak {
    AlgebraicNumber weight;
    Polynomial signal;
    exact::Integer denominator;
  };

  struct Active {
    int node;
    std::int64_t time;
  };

  /// The nodes that are within a hair of the minimum somewhere in the interval, with their times.
  std::vector<Active> active(double lower, double upper) const {
    std::vector<Active> found;
    for (const double b : {lower, (lower + upper) / 2, upper}) {
      const auto estimates = estimator_.at(b, 0);
      const double least = minimax(b);
      for (int j : nodes_) {
        const NodeEstimate& node = estimates[static_cast<std::size_t>(j)];
        const bool known = std::any_of(found.begin(), found.end(),
                                       [&](const Active& a) { return a.node == j && a.time == node.time; });
        if (!node.limit && node.settled && node.value < least * (1 + 1e-4) && !known)
          found.push_back({j, node.time});
      }
    }
    return found;
  }

  std::optional<Peak> peak_between(const Rational& lower, const Rational& upper) const {
    const auto candidates = active(exact::to_double(lower), exact::to_double(upper));
    for (const Active& rising : candidates) {
      for (const Active& falling : candidates) {
        if (auto peak = peak_of(rising, falling, lower, upper)) return peak;
      }
    }
    return std::nullopt;
  }

  /// Whether phi_rising <= s_rising rises up to the root, phi_falling <= s_falling falls after it, and there
  /// all other nodes are at least as high.
  std::optional<Peak> peak_of(const Active& rising, const Active& falling, const Rational& lower,
                              const Rational& upper) const {
    const auto [up, scale_up] = signal_in_weight(first_, second_, sink_, rising.node, rising.time);
    const auto [down, scale_down] = signal_in_weight(first_, second_, sink_, falling.node, falling.time);
    const bool same = rising.node == falling.node && rising.time == falling.time;
    if (!same && rising.node == falling.node) return std::nullopt;
    const Polynomial gap = same ? up.derivative() : up * scale_down - down * scale_up;
    if (gap.is_zero()) return std::nullopt;
    for (const Polynomial& factor : irreducible_factors(gap)) {
      const Polynomial local = on_interval(factor, lower, upper);
      if (sign_changes(local) != 1) continue;
      RegionScene scene(pair_, lower, upper);
      scene.divide_at(local);
      const auto rises = scene.signs(on_interval(up.derivative(), lower, upper));
      const auto falls = scene.signs(on_interval(down.derivative(), lower, upper));
      if (!rises || !falls || rises->at[0] <= 0 || falls->at[2] >= 0) continue;
      if (!is_bound(scene, rising, 0) || !is_bound(scene, rising, 1) || !is_bound(scene, falling, 2) ||
          !others_are_higher(scene, rising, lower, upper)) {
        continue;
      }
      return Peak{AlgebraicNumber(factor, lower, upper), up, scale_up};
    }
    return std::nullopt;
  }

  /// phi_node <= s_node(time) on that side.
  bool is_bound(RegionScene& scene, const Active& item, std::size_t side) const {
    RegionChain& chain = scene.chain();
    const Quotient value{chain.signal(item.node, item.time), chain.unit(item.time)};
    const auto bounded = [&](const Quotient& other) {
      const auto signs = scene.signs(difference(value, other));
      return signs && signs->at[side] >= 0;
    };
    for (std::int64_t t = convention_.first_step; t < limits_.steps; ++t) {
      const auto tail = chain.tail(item.node, t);
      if (!tail) return false;
      if (t > item.time && bounded(*tail)) return true;
      if (!bounded({chain.signal(item.node, t), chain.unit(t)})) return false;
    }
    return false;
  }

  bool others_are_higher(RegionScene& scene, const Active& least, const Rational& lower,
                         const Rational& upper) const {
    RegionChain& chain = scene.chain();
    const auto estimates = estimator_.at(exact::to_double((lower + upper) / 2), 0);
    const Quotient value{chain.signal(least.node, least.time), chain.unit(least.time)};
    return std::all_of(nodes_.begin(), nodes_.end(), [&](int j) {
      if (j == least.node) return true;
      RegionProof::Lower item;
      item.node = j;
      const std::int64_t time = estimates[static_cast<std::size_t>(j)].time;
      for (std::int64_t t = std::max<std::int64_t>(time - 2, convention_.first_step); t <= time + 2; ++t) {
        item.time = chain.absorbing(j) ? RegionProof::kLimit : t;
        const auto other = scene.lower(item);
        if (!other) return false;
        const auto signs = scene.signs(difference(*other, value));
        if (signs && signs->at[1] >= 0) return true;
      }
      return false;
    });
  }

  const exact::RationalMatrix &first_, &second_;
  int sink_;
  FidelityConvention convention_;
  RegionLimits limits_;
  MatrixPair pair_;
  RegionEstimator estimator_;
  std::vector<int> nodes_;
};

}  // namespace

WeightMaximum weight_maximum(const exact::RationalMatrix& first, const exact::RationalMatrix& second,
                             int sink, const FidelityConvention& convention, const RegionLimits& limits) {
  return MaximumSearch(first, second, sink, convention, limits).run();
}

}  // namespace crosshead::diffusion

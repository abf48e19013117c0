// The best weights. Floating point proposes a value; regions of "at least" and "more than" a rational number
// just below and above it prove an enclosure, or the value itself. Otherwise the small region just below
// holds the maximisers: each is a crossing of a rising and a falling signal or a stationary point, which a
// division at the root of the difference or of the derivative proves.
#include "crosshead/diffusion/region_maximum.hpp"

#include <algorithm>
#include <cmath>

#include "region_peak.hpp"
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

/// The limit of a quotient as z tends to 0 (end 0) or grows without bound. Nothing where it is infinite.
std::optional<Rational> value_towards(const Quotient& value, int end) {
  if (value.numerator.is_zero()) return Rational(0);
  const auto order = [end](const Polynomial& p) {
    int power = end == 0 ? 0 : -p.degree();
    while (end == 0 && p.sign(power) == 0) ++power;
    return power;
  };
  const int top = order(value.numerator), bottom = order(value.denominator);
  if (top > bottom) return Rational(0);
  if (top < bottom) return std::nullopt;
  return Rational(value.numerator.coefficient(std::abs(top)),
                  value.denominator.coefficient(std::abs(bottom)));
}

std::vector<int> nodes_that_count(int size, int sink, const FidelityConvention& convention) {
  std::vector<int> nodes;
  for (int j = 0; j < size; ++j) {
    if (convention.sink_counts || j != sink) nodes.push_back(j);
  }
  return nodes;
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
        estimator_(pair_, convention.first_step, limits.steps),
        nodes_(nodes_that_count(first.size(), sink, convention)),
        peaks_(pair_, estimator_, nodes_, convention.first_step, limits.steps) {}

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

  /// The largest value on a grid, improved by thirds around every local maximum of it.
  double propose() const {
    std::vector<double> values;
    for (int i = 0; i <= kGrid; ++i) values.push_back(peaks_.minimax(static_cast<double>(i) / kGrid));
    double best = *std::max_element(values.begin(), values.end());
    for (int i = 0; i <= kGrid; ++i) {
      const double here = values[static_cast<std::size_t>(i)];
      const bool peak = (i == 0 || here >= values[static_cast<std::size_t>(i) - 1]) &&
                        (i == kGrid || here >= values[static_cast<std::size_t>(i) + 1]);
      if (!peak || here < best * 0.98) continue;
      double low = std::max(0.0, (i - 1.0) / kGrid), high = std::min(1.0, (i + 1.0) / kGrid);
      for (int turn = 0; turn < 90; ++turn) {
        const double a = low + (high - low) / 3, b = high - (high - low) / 3;
        (peaks_.minimax(a) < peaks_.minimax(b) ? low : high) = peaks_.minimax(a) < peaks_.minimax(b) ? a : b;
      }
      best = std::max(best, peaks_.minimax((low + high) / 2));
    }
    return best;
  }

  /// Whether the supremum is this rational number, attained or approached.
  bool rational(const Rational& value, WeightMaximum& result) const {
    const WeightRegion more = region(value, true);
    if (!more.decided() || !more.holds.empty()) return false;
    const WeightRegion equal = region(value, false);
    if (!equal.decided()) return false;
    if (equal.holds.empty()) {
      for (const int end : {0, 1}) {
        if (approaches(value, end)) result.approached.emplace_back(end);
      }
      if (result.approached.empty()) return false;
    }
    result.enclosed = result.exact = true;
    result.value = {value, value};
    result.algebraic = AlgebraicNumber(value);
    result.where = equal.holds;
    return true;
  }

  /// Whether towards that end every node has a signal or a limit whose value there is at least this: signals
  /// and limits are continuous, so the smallest fidelity comes as close to the value as one likes.
  bool approaches(const Rational& value, int end) const {
    const Rational near(1, 4096);
    RegionScene scene(pair_, end == 0 ? Rational(0) : 1 - near, end == 0 ? near : Rational(1));
    const auto estimates =
        estimator_.at(exact::to_double((scene.place().lower + scene.place().upper) / 2), 0);
    return std::all_of(nodes_.begin(), nodes_.end(), [&](int j) {
      RegionProof::Lower item;
      item.node = j;
      const auto reaches = [&](std::int64_t t) {
        item.time = t;
        const auto height = scene.lower(item);
        const auto at_end = height ? value_towards(*height, end) : std::nullopt;
        return at_end && *at_end >= value;
      };
      if (scene.chain().has_limit(j) && reaches(RegionProof::kLimit)) return true;
      const std::int64_t last = estimates[static_cast<std::size_t>(j)].time + 2;
      for (std::int64_t t = convention_.first_step; t <= last; ++t) {
        if (reaches(t)) return true;
      }
      return false;
    });
  }

  /// Exact maximisers inside the sets that come close.
  bool irrational(const std::vector<RegionInterval>& sets, WeightMaximum& result) {
    struct Value {
      AlgebraicNumber weight, value;
    };
    std::vector<Value> peaks;
    for (const RegionInterval& set : sets) {
      const Rational lower = set.from.refined(Rational(1, 1'000'000'000'000'000)).isolating().lower;
      const Rational upper = set.to.refined(Rational(1, 1'000'000'000'000'000)).isolating().upper;
      if (!(lower < upper) || lower == 0 || upper == 1) return false;
      const auto peak = peaks_.between(lower, upper);
      if (!peak) return false;
      const auto value = value_at(peak->height, peak->weight, kLargestDegree);
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

  const exact::RationalMatrix &first_, &second_;
  int sink_;
  FidelityConvention convention_;
  RegionLimits limits_;
  MatrixPair pair_;
  RegionEstimator estimator_;
  std::vector<int> nodes_;
  PeakFinder peaks_;
};

}  // namespace

WeightMaximum weight_maximum(const exact::RationalMatrix& first, const exact::RationalMatrix& second,
                             int sink, const FidelityConvention& convention, const RegionLimits& limits) {
  return MaximumSearch(first, second, sink, convention, limits).run();
}

}  // namespace crosshead::diffusion

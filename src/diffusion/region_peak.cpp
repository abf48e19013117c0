// Largest values of the smallest fidelity: up to a point it is at most a signal or a limit that rises, from
// there on at most one that falls, and at the point every other node is at least as high.
#include "region_peak.hpp"

#include <algorithm>

namespace crosshead::diffusion {

using exact::AlgebraicNumber;
using exact::Integer;
using exact::Rational;
using Polynomial = exact::UnivariatePolynomial;
using Quotient = RegionChain::Quotient;

namespace {

/// With b = z / (1 + z): sum c_i b^i (1 - b)^(degree - i).
Polynomial in_weight(const Polynomial& in_z, int degree) {
  const Polynomial b(std::vector<Integer>{0, 1}), rest(std::vector<Integer>{1, -1});
  Polynomial sum, power_of_rest(std::vector<Integer>{1});
  for (int i = degree; i >= 0; --i) {
    sum = sum * b + power_of_rest * in_z.coefficient(i);
    power_of_rest = power_of_rest * rest;
  }
  return sum;
}

/// The numerator of the derivative, over the square of the denominator.
Polynomial slope(const WeightFunction& f) {
  return f.numerator.derivative() * f.denominator - f.numerator * f.denominator.derivative();
}

}  // namespace

// 1 / denominator is a polynomial at the point: t with s minimal + t denominator = their resultant.
std::optional<AlgebraicNumber> value_at(const WeightFunction& function, const AlgebraicNumber& point,
                                        int largest_degree) {
  if (point.is_rational()) {
    const Rational& at = point.isolating().lower;
    return AlgebraicNumber(function.numerator.at(at) / function.denominator.at(at));
  }
  Polynomial s, inverse;
  fmpz_t resultant;
  fmpz_init(resultant);
  fmpz_poly_xgcd(resultant, s.raw(), inverse.raw(), point.minimal_polynomial().raw(),
                 function.denominator.raw());
  Integer scale;
  fmpz_get_mpz(scale.backend().data(), resultant);
  fmpz_clear(resultant);
  if (scale == 0) return std::nullopt;
  Polynomial value = function.numerator * inverse;
  if (scale < 0) {
    value = Polynomial() - value;
    scale = -scale;
  }
  return exact::value_at(value, scale, point, largest_degree);
}

PeakFinder::PeakFinder(const MatrixPair& pair, const RegionEstimator& estimator, std::vector<int> nodes,
                       int first_step, std::int64_t steps)
    : pair_(pair),
      estimator_(estimator),
      nodes_(std::move(nodes)),
      first_step_(first_step),
      steps_(steps),
      whole_(pair, 0, 1) {}

double PeakFinder::minimax(double b) const {
  const auto estimates = estimator_.at(b, 0);
  double least = 2;
  for (int j : nodes_) least = std::min(least, estimates[static_cast<std::size_t>(j)].value);
  return least;
}

/// The nodes that are within a hair of the minimum somewhere in the interval, with their times.
std::vector<PeakFinder::Active> PeakFinder::active(double lower, double upper) const {
  std::vector<Active> found;
  for (const double b : {lower, (lower + upper) / 2, upper}) {
    const auto estimates = estimator_.at(b, 0);
    const double least = minimax(b);
    for (int j : nodes_) {
      const NodeEstimate& node = estimates[static_cast<std::size_t>(j)];
      Active item;
      item.node = j;
      item.time = node.limit ? RegionProof::kLimit : node.time;
      const bool known = std::any_of(found.begin(), found.end(),
                                     [&](const Active& a) { return a.node == j && a.time == item.time; });
      if ((node.limit || node.settled) && node.value < least * (1 + 1e-4) && !known) found.push_back(item);
    }
  }
  return found;
}

std::optional<WeightFunction> PeakFinder::height(const Active& item) {
  const auto value = whole_.lower(item);
  if (!value) return std::nullopt;
  const int degree = std::max(value->numerator.degree(), value->denominator.degree());
  return WeightFunction{in_weight(value->numerator, degree), in_weight(value->denominator, degree)};
}

std::optional<Peak> PeakFinder::between(const Rational& lower, const Rational& upper) {
  const auto candidates = active(exact::to_double(lower), exact::to_double(upper));
  for (const Active& rising : candidates) {
    for (const Active& falling : candidates) {
      if (auto peak = peak_of(rising, falling, lower, upper)) return peak;
    }
  }
  return std::nullopt;
}

std::optional<Peak> PeakFinder::peak_of(const Active& rising, const Active& falling, const Rational& lower,
                                        const Rational& upper) {
  const bool same = rising.node == falling.node && rising.time == falling.time;
  if (!same && rising.node == falling.node) return std::nullopt;
  const auto up = height(rising), down = height(falling);
  if (!up || !down) return std::nullopt;
  const Polynomial gap =
      same ? slope(*up) : up->numerator * down->denominator - down->numerator * up->denominator;
  if (gap.is_zero()) return std::nullopt;
  for (const Polynomial& factor : irreducible_factors(gap)) {
    const Polynomial local = on_interval(factor, lower, upper);
    if (sign_changes(local) != 1) continue;
    RegionScene scene(pair_, lower, upper);
    scene.divide_at(local);
    const auto rises = scene.signs(on_interval(slope(*up), lower, upper));
    const auto falls = scene.signs(on_interval(slope(*down), lower, upper));
    if (!rises || !falls || rises->at[0] <= 0 || falls->at[2] >= 0) continue;
    if (!is_bound(scene, rising, 0) || !is_bound(scene, rising, 1) || !is_bound(scene, falling, 2) ||
        !others_are_higher(scene, rising)) {
      continue;
    }
    return Peak{AlgebraicNumber(factor, lower, upper), *up};
  }
  return std::nullopt;
}

/// Whether no signal of the node exceeds the item on that side.
bool PeakFinder::is_bound(RegionScene& scene, const Active& item, std::size_t side) const {
  RegionChain& chain = scene.chain();
  if (item.time == RegionProof::kLimit && chain.absorbing(item.node)) return true;
  const auto value = scene.lower(item);
  if (!value) return false;
  const auto bounded = [&](const Quotient& other) {
    const auto signs = scene.signs(difference(*value, other));
    return signs && signs->at[side] >= 0;
  };
  for (std::int64_t t = first_step_; t < steps_; ++t) {
    const auto later = chain.later(item.node, t);
    if (later.empty()) return false;
    if (t > item.time && std::any_of(later.begin(), later.end(), [&](const RegionChain::Later& one) {
          return std::all_of(one.bounds.begin(), one.bounds.end(), bounded);
        })) {
      return true;
    }
    if (!bounded({chain.signal(item.node, t), chain.unit(t)})) return false;
  }
  return false;
}

bool PeakFinder::others_are_higher(RegionScene& scene, const Active& least) const {
  const exact::Interval& place = scene.place();
  const auto estimates = estimator_.at(exact::to_double((place.lower + place.upper) / 2), 0);
  const auto value = scene.lower(least);
  if (!value) return false;
  return std::all_of(nodes_.begin(), nodes_.end(), [&](int j) {
    if (j == least.node) return true;
    RegionProof::Lower item;
    item.node = j;
    const auto high_enough = [&](std::int64_t t) {
      item.time = t;
      const auto other = scene.lower(item);
      if (!other) return false;
      const auto signs = scene.signs(difference(*other, *value));
      return signs && signs->at[1] >= 0;
    };
    if (scene.chain().has_limit(j) && high_enough(RegionProof::kLimit)) return true;
    const std::int64_t time = estimates[static_cast<std::size_t>(j)].time;
    for (std::int64_t t = std::max<std::int64_t>(time - 2, first_step_); t <= time + 2; ++t) {
      if (high_enough(t)) return true;
    }
    return false;
  });
}

}  // namespace crosshead::diffusion

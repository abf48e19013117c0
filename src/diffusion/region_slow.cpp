// Bounds on a node that slow nodes feed, exact to first order where node and feeders empty equally slowly.
// With u as in RegionProof::slow, v(t) = x_t . u is s_j(t) and what it will get from nodes that empty fast,
// less what the slow nodes keep on its way there; it follows v' <= (1 - leave_j) v + sum kappa_m (x . w_m).
#include <algorithm>
#include <functional>

#include "region_chain.hpp"

namespace crosshead::diffusion {

using exact::CoefficientSigns;
using exact::Integer;
using Polynomial = exact::UnivariatePolynomial;

std::vector<exact::Rational> RegionChain::fast_rates(const std::vector<int>& slow) const {
  std::vector<exact::Rational> rates{0};
  for (int k = 0; k < size_; ++k) {
    if (std::find(slow.begin(), slow.end(), k) != slow.end()) continue;
    for (int end = 0; end <= std::max(0, one_.degree()); ++end) {
      const exact::Rational kept(entry(k, k).coefficient(end), one_.coefficient(end));
      if (kept < 1) rates.push_back(kept);
    }
  }
  std::sort(rates.begin(), rates.end(), std::greater<>());
  rates.erase(std::unique(rates.begin(), rates.end()), rates.end());
  return rates;
}

std::optional<RegionChain::SlowPotential> RegionChain::slow_potential(int j, const std::vector<int>& slow,
                                                                      const exact::Rational& rate) {
  const Polynomial leave_j = one_ - entry(j, j);
  if (!order_ || recurrent(j) || coefficient_signs(leave_j) != CoefficientSigns::positive)
    return std::nullopt;
  SlowPotential u;
  u.node = j;
  u.numerators.resize(static_cast<std::size_t>(size_));
  u.denominator = Polynomial(std::vector<Integer>{1});
  u.numerators[static_cast<std::size_t>(j)] = u.denominator;
  const auto scale = [&](const Polynomial& factor) {
    for (Polynomial& value : u.numerators) value = value * factor;
    for (SlowPotential::Feeder& feeder : u.feeders) feeder.passed = feeder.passed * factor;
    u.denominator = u.denominator * factor;
  };
  const Polynomial kept = one_ * numerator(rate);
  for (auto k = std::find(order_->begin(), order_->end(), j) + 1; k != order_->end(); ++k) {
    Polynomial others;  // without j
    for (int l = 0; l < size_; ++l) {
      if (l != *k && l != j) others = others + u.numerators[static_cast<std::size_t>(l)] * entry(*k, l);
    }
    const Polynomial lag = entry(j, j) - entry(*k, *k);
    const bool feeds = std::find(slow.begin(), slow.end(), *k) != slow.end();
    Polynomial& mine = u.numerators[static_cast<std::size_t>(*k)];
    if (feeds && !others.is_zero()) {
      const Polynomial spared = entry(*k, *k) * denominator(rate) - kept;
      if (coefficient_signs(spared) != CoefficientSigns::positive) return std::nullopt;
      scale(spared);
      mine = Polynomial() - others * denominator(rate);
      others = others * spared;
    }
    Polynomial sum = others + u.numerators[static_cast<std::size_t>(j)] * entry(*k, j) - mine * lag;
    for (const SlowPotential::Feeder& feeder : u.feeders) {
      sum = sum - feeder.passed * feeder.reach->numerators[static_cast<std::size_t>(*k)];
    }
    const CoefficientSigns sign = coefficient_signs(sum);
    if (sign == CoefficientSigns::mixed) return std::nullopt;
    if (sign != CoefficientSigns::positive) continue;
    if (feeds) {
      const Reach& reach_feeder = reach(*k);
      if (!reach_feeder.exists) return std::nullopt;
      scale(reach_feeder.denominator);
      u.feeders.push_back({std::move(sum), &reach_feeder});
    } else {
      if (coefficient_signs(lag) != CoefficientSigns::positive) return std::nullopt;
      scale(lag);
      mine = std::move(sum);
    }
  }
  if (!stays_nonnegative(u, rate)) return std::nullopt;
  return u;
}

// z = u - e_j has D z >= rate z.
bool RegionChain::stays_nonnegative(const SlowPotential& u, const exact::Rational& rate) const {
  for (int k = 0; k < size_; ++k) {
    Polynomial sum;
    for (int l = 0; l < size_; ++l) {
      if (l != u.node) sum = sum + u.numerators[static_cast<std::size_t>(l)] * entry(k, l);
    }
    if (k != u.node) {
      sum = sum * denominator(rate) - u.numerators[static_cast<std::size_t>(k)] * one_ * numerator(rate);
    }
    const CoefficientSigns sign = coefficient_signs(sum);
    if (sign == CoefficientSigns::negative || sign == CoefficientSigns::mixed) return false;
  }
  return true;
}

RegionChain::SlowBounds RegionChain::slow_bounds(const SlowPotential& u, std::int64_t t) {
  const Polynomial whole = dot(t, u.numerators), scale = u.denominator * unit(t);
  Polynomial fed;
  for (const SlowPotential::Feeder& feeder : u.feeders)
    fed = fed + feeder.passed * dot(t, feeder.reach->numerators);
  return {{Quotient{whole, scale}, Quotient{std::move(fed), scale * (one_ - entry(u.node, u.node))}},
          whole - signal(u.node, t) * u.denominator};
}

}  // namespace crosshead::diffusion

// Bounds on later signals by gates: what passes them is bounded node by node along the order, or, for one
// gate that feeds the node slowly, by levels that its signal stays below.
#include "region_products.hpp"

namespace crosshead::diffusion {

using exact::Integer;
using exact::Rational;
using Polynomial = exact::UnivariatePolynomial;

// Bounds on the later signals of all nodes after j in the order, numerators over one^t.
std::vector<std::optional<RegionChain::Quotient>> RegionChain::bounds(int j, std::int64_t t,
                                                                      const std::vector<bool>& inflow) {
  std::vector<std::optional<Quotient>> result(static_cast<std::size_t>(size_));
  for (std::size_t place = order_->size(); place-- > 0;) {
    const int l = (*order_)[place];
    if (l == j) break;
    std::optional<Quotient>& bound = result[static_cast<std::size_t>(l)];
    if (!inflow[static_cast<std::size_t>(l)]) {
      if (reach(l).exists) bound = Quotient{dot(t, reach(l).numerators), reach(l).denominator};
      continue;
    }
    const Polynomial leave = one_ - entry(l, l);
    if (coefficient_signs(leave) != exact::CoefficientSigns::positive) continue;
    bool known = true;
    Quotient sum{Polynomial(), Polynomial(std::vector<Integer>{1})};
    for (int k = 0; k < size_; ++k) {
      if (k == l || entry(k, l).is_zero()) continue;
      const auto& source = result[static_cast<std::size_t>(k)];
      known = known && source;
      if (source) add_product(sum, *source, entry(k, l));
    }
    if (!known) continue;
    sum.denominator = sum.denominator * leave;
    sum.numerator = sum.numerator + signal(l, t) * sum.denominator;
    bound = std::move(sum);
  }
  return result;
}

std::optional<std::array<RegionChain::Quotient, 2>> RegionChain::gated(int j, std::int64_t t,
                                                                       const std::vector<bool>& gates,
                                                                       const std::vector<bool>& inflow) {
  if (!order_) return std::nullopt;
  const Reach g = reach_before(j, gates);
  const Polynomial leave = one_ - entry(j, j);
  if (!g.exists || coefficient_signs(leave) != exact::CoefficientSigns::positive) return std::nullopt;
  const auto bound = bounds(j, t, inflow);
  Quotient through{Polynomial(), Polynomial(std::vector<Integer>{1})};
  for (int k = 0; k < size_; ++k) {
    if (k == j) continue;
    Polynomial weight;  // over one * g.denominator for gates, over g.denominator otherwise
    if (gates[static_cast<std::size_t>(k)]) {
      for (int l = 0; l < size_; ++l)
        add_product(weight, g.numerators[static_cast<std::size_t>(l)], entry(k, l));
    } else {
      weight = g.numerators[static_cast<std::size_t>(k)] * leave;
    }
    if (weight.is_zero()) continue;
    if (!bound[static_cast<std::size_t>(k)]) return std::nullopt;
    add_product(through, *bound[static_cast<std::size_t>(k)], weight);
  }
  through.denominator = through.denominator * leave * g.denominator * unit(t);
  return std::array<Quotient, 2>{Quotient{dot(t, g.numerators), g.denominator * unit(t)}, std::move(through)};
}

// f_i = v + (i/p) q w: its next value is at most (1 - leave_j - beta_i) f_i + beta_i f_{i+1} + leave_j G with
// beta_i = (p - i) leave_m + i leave_j, and f_p never increases but by leave_j G, which x_j outweighs.
std::vector<Polynomial> RegionChain::level_excesses(const RegionProof& proof) {
  const int j = proof.node, m = proof.feeder;
  const int p = static_cast<int>(proof.levels.size()) - 1;
  if (!order_ || p < 1) return {};
  std::vector<bool> gates(static_cast<std::size_t>(size_));
  const Reach before = reach_before(m, gates);
  gates[static_cast<std::size_t>(m)] = true;
  const Reach g = reach_before(j, gates);
  const Polynomial leave_j = one_ - entry(j, j), leave_m = one_ - entry(m, m);
  if (!g.exists || !before.exists || coefficient_signs(leave_j) != exact::CoefficientSigns::positive ||
      coefficient_signs(leave_m) != exact::CoefficientSigns::positive) {
    return {};
  }
  const auto bound = bounds(j, proof.horizon, proof.inflow);
  Quotient underway{Polynomial(), Polynomial(std::vector<Integer>{1})};  // G, without one^t and g.denominator
  for (int k = 0; k < size_; ++k) {
    const Polynomial& weight = g.numerators[static_cast<std::size_t>(k)];
    if (k == j || weight.is_zero()) continue;
    if (!bound[static_cast<std::size_t>(k)]) return {};
    add_product(underway, *bound[static_cast<std::size_t>(k)], weight);
  }
  underway.denominator = underway.denominator * g.denominator * unit(proof.horizon);
  Polynomial passed;  // (D g)_m over one and g.denominator
  for (int l = 0; l < size_; ++l) add_product(passed, g.numerators[static_cast<std::size_t>(l)], entry(m, l));
  const Quotient v{dot(proof.horizon, g.numerators), g.denominator * unit(proof.horizon)};
  const Quotient w{dot(proof.horizon, before.numerators) * passed,
                   before.denominator * leave_m * g.denominator * unit(proof.horizon)};
  std::vector<Polynomial> excesses;
  for (int i = 0; i <= p; ++i) {
    const Rational& level = proof.levels[static_cast<std::size_t>(i)];
    const Polynomial f =
        (v.numerator * w.denominator * Integer(p) + w.numerator * v.denominator * Integer(i)) *
        denominator(level);
    excesses.push_back(f - v.denominator * w.denominator * (p * numerator(level)));
    if (i == p) break;
    const Rational rise = proof.levels[static_cast<std::size_t>(i) + 1] - level;
    const Integer scale = lcm(denominator(rise), denominator(level));
    const Polynomial beta = leave_m * Integer(p - i) + leave_j * Integer(i);
    const Polynomial drift = beta * Integer(numerator(rise) * (scale / denominator(rise))) -
                             leave_j * Integer(numerator(level) * (scale / denominator(level)));
    excesses.push_back(drift * underway.denominator + leave_j * underway.numerator * scale);
    excesses.push_back(leave_j + beta - one_);
  }
  return excesses;
}

}  // namespace crosshead::diffusion

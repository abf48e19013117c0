// Two nodes with edges both ways that hear no other: p = D_uv, q = D_vu, pi_u = q / (p + q). With m_t the
// mass in the pair, s_u(t) = pi_u m_t + delta_t and delta_{t+1} = (1 - p - q) delta_t + (what arrives at u) -
// pi_u (what arrives), so for p + q <= 1 later signals are at most pi_u m_infinity + max(delta_T, 0) + what
// is still on its way.
#include <utility>

#include "region_chain.hpp"

namespace crosshead::diffusion {

using Polynomial = exact::UnivariatePolynomial;

std::optional<RegionChain::Reach> RegionChain::reach_pair(int j) const {
  const int other = partner(j);
  for (const auto& [from, to] : {std::pair(j, other), std::pair(other, j)}) {
    if (!(entry(from, from) + entry(from, to) == one_)) return std::nullopt;
  }
  Reach h = eliminate({j, other}, std::vector<bool>(static_cast<std::size_t>(size_)));
  if (!h.exists) return std::nullopt;
  return h;
}

std::optional<RegionChain::Quotient> RegionChain::pair_limit(int j) const {
  const int other = partner(j);
  const auto h = reach_pair(j);
  if (!h) return std::nullopt;
  return Quotient{entry(other, j) * h->numerators[static_cast<std::size_t>(sink_)],
                  (entry(other, j) + entry(j, other)) * h->denominator};
}

std::optional<std::array<RegionChain::Quotient, 2>> RegionChain::pair_tail(int j, std::int64_t t) {
  const int other = partner(j);
  const auto h = reach_pair(j);
  const Polynomial& p = entry(j, other);
  const Polynomial& q = entry(other, j);
  const auto kept = coefficient_signs(one_ - p - q);
  if (!h || kept == exact::CoefficientSigns::negative || kept == exact::CoefficientSigns::mixed) {
    return std::nullopt;
  }
  Polynomial arriving;
  for (int k = 0; k < size_; ++k) {
    if (k != j && k != other) arriving = arriving + signal(k, t) * h->numerators[static_cast<std::size_t>(k)];
  }
  const Polynomial denominator = (p + q) * h->denominator * unit(t);
  const Polynomial settled =
      q * h->numerators[static_cast<std::size_t>(sink_)] * unit(t) + (p + q) * arriving;
  const Polynomial excess = h->denominator * (signal(j, t) * p - signal(other, t) * q);
  return std::array<Quotient, 2>{Quotient{settled, denominator}, Quotient{settled + excess, denominator}};
}

}  // namespace crosshead::diffusion

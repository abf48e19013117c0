// Closed classes: nodes that reach each other and hear no other node. Their mass m_t only grows; with P the
// class alone, pi its stationary law and y_t the mass of its nodes, y_{t+1} = y_t P + what arrives.
//
// Two nodes u, v, p = D_uv, q = D_vu, pi_u = q / (p + q): s_u(t) = pi_u m_t + delta_t, and delta_{t+1} = (1 -
// p - q) delta_t + (what arrives at u) - pi_u (what arrives). For p + q <= 1 later signals are at most pi_u
// m_infinity + max(delta_T, 0) + what still arrives, or in place of the last x_T . e, e_k the expected sum
// over later steps from k of the positive parts max(0, D_ku - pi_u (D_ku + D_kv)) where the chain leaves for
// the pair.
//
// Any number: y P^r e_j is at most |y| max_k (P^R e_j)_k for r >= R, since the largest entry of P^r e_j never
// grows. So s_j(t) <= m_T (P^R e_j)_k + (what still arrives after T), for the largest k and all t >= T + R.
#include <utility>

#include "region_chain.hpp"

namespace crosshead::diffusion {
namespace {

using exact::CoefficientSigns;
using exact::Integer;
using Polynomial = exact::UnivariatePolynomial;

/// Bareiss: every division is exact. REQUIRES: no leading principal minor is zero.
Polynomial determinant(std::vector<std::vector<Polynomial>> a) {
  Polynomial last(std::vector<Integer>{1});
  for (std::size_t k = 0; k + 1 < a.size(); ++k) {
    for (std::size_t i = k + 1; i < a.size(); ++i) {
      for (std::size_t j = k + 1; j < a.size(); ++j) {
        const Polynomial value = a[i][j] * a[k][k] - a[i][k] * a[k][j];
        divides_exactly(value, last, a[i][j]);
      }
    }
    last = a[k][k];
  }
  return a.empty() ? last : a.back().back();
}

}  // namespace

std::optional<RegionChain::Reach> RegionChain::reach_class(int j) const {
  const std::vector<int>& members = classes_[static_cast<std::size_t>(class_of(j))];
  for (const int k : members) {
    Polynomial kept;
    for (const int l : members) kept = kept + entry(k, l);
    if (!(kept == one_)) return std::nullopt;
  }
  Reach h = eliminate(members, std::vector<bool>(static_cast<std::size_t>(size_)));
  if (!h.exists) return std::nullopt;
  return h;
}

// The minor of 1 - P without the member's row and column: a sum over spanning trees, so no coefficient is
// negative.
Polynomial RegionChain::stationary_weight(const std::vector<int>& members, int member) const {
  std::vector<std::vector<Polynomial>> minor;
  for (const int k : members) {
    if (k == member) continue;
    auto& row = minor.emplace_back();
    for (const int l : members) {
      if (l != member) row.push_back(k == l ? one_ - entry(k, k) : Polynomial() - entry(k, l));
    }
  }
  return determinant(std::move(minor));
}

std::optional<RegionChain::Quotient> RegionChain::class_limit(int j) const {
  const auto h = reach_class(j);
  if (!h) return std::nullopt;
  const std::vector<int>& members = classes_[static_cast<std::size_t>(class_of(j))];
  Polynomial sum, mine;
  for (const int k : members) {
    Polynomial weight = stationary_weight(members, k);
    sum = sum + weight;
    if (k == j) mine = std::move(weight);
  }
  if (coefficient_signs(sum) != CoefficientSigns::positive) return std::nullopt;
  return Quotient{mine * h->numerators[static_cast<std::size_t>(sink_)], sum * h->denominator};
}

RegionChain::Later RegionChain::class_later(int j, std::int64_t t) {
  const std::vector<int>& members = classes_[static_cast<std::size_t>(class_of(j))];
  const auto h = reach_class(j);
  if (!h) return {};
  const std::int64_t rounds = t / 2, from = t - rounds;
  std::vector<Polynomial> column(static_cast<std::size_t>(size_));  // P^r e_j
  column[static_cast<std::size_t>(j)] = unit(0);
  for (std::int64_t r = 0; r < rounds; ++r) {
    std::vector<Polynomial> next(column.size());
    for (const int k : members) {
      for (const int l : members) {
        next[static_cast<std::size_t>(k)] =
            next[static_cast<std::size_t>(k)] + entry(k, l) * column[static_cast<std::size_t>(l)];
      }
    }
    column = std::move(next);
  }
  Polynomial held, reaching = dot(from, h->numerators);
  for (const int k : members) held = held + signal(k, from);
  const Polynomial arriving = (reaching - held * h->denominator) * unit(rounds);
  Later result{{}, false};
  for (const int k : members) {
    result.bounds.push_back(
        {held * h->denominator * column[static_cast<std::size_t>(k)] + arriving, h->denominator * unit(t)});
  }
  return result;
}

std::vector<RegionChain::Later> RegionChain::pair_later(int j, int other, std::int64_t t) {
  const auto h = reach_class(j);
  const Polynomial& p = entry(j, other);
  const Polynomial& q = entry(other, j);
  const auto kept = coefficient_signs(one_ - p - q);
  if (!h || kept == CoefficientSigns::negative || kept == CoefficientSigns::mixed) return {};
  const Polynomial limit = q * h->numerators[static_cast<std::size_t>(sink_)];  // over (p + q) h->denominator
  Polynomial arriving = dot(t, h->numerators);
  for (const int k : {j, other}) arriving = arriving - signal(k, t) * h->denominator;
  const Polynomial delta = (signal(j, t) * p - signal(other, t) * q) * h->denominator;
  const Polynomial scale = (p + q) * h->denominator * unit(t);
  const Polynomial plain = limit * unit(t) + (p + q) * arriving;
  std::vector<Later> found{{{{plain, scale}, {plain + delta, scale}}, true}};
  // e_k along the order, over one denominator and p + q.
  std::vector<Polynomial> excess(static_cast<std::size_t>(size_));
  Polynomial denominator(std::vector<Integer>{1});
  for (const int k : *order_) {
    if (k == j || k == other) continue;
    const Polynomial difference = p * entry(k, j) - q * entry(k, other);
    Polynomial sum;
    switch (coefficient_signs(difference)) {
      case CoefficientSigns::positive:
        sum = difference * denominator;
        break;
      case CoefficientSigns::mixed:
        sum = p * entry(k, j) * denominator;
        break;
      default:
        break;
    }
    for (int l = 0; l < size_; ++l) sum = sum + entry(k, l) * excess[static_cast<std::size_t>(l)];
    if (sum.is_zero()) continue;
    const Polynomial leave = one_ - entry(k, k);
    if (coefficient_signs(leave) != CoefficientSigns::positive) return found;
    for (Polynomial& value : excess) value = value * leave;
    denominator = denominator * leave;
    excess[static_cast<std::size_t>(k)] = std::move(sum);
  }
  const Polynomial settled = limit * denominator * unit(t) + dot(t, excess) * h->denominator;
  const Polynomial wider = scale * denominator;
  found.push_back({{{settled, wider}, {settled + delta * denominator, wider}}, false});
  return found;
}

}  // namespace crosshead::diffusion

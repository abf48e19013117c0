// Signs on a piece of [0, 1] by coefficients alone, with at most one root allowed inside.
#include "region_scene.hpp"

#include "crosshead/diffusion/region.hpp"

namespace crosshead::diffusion {

using exact::CoefficientSigns;
using exact::Rational;
using Polynomial = exact::UnivariatePolynomial;

Polynomial minus_bar(const RegionChain::Quotient& value, const Rational& bar) {
  return value.numerator * denominator(bar) - value.denominator * numerator(bar);
}

Polynomial difference(const RegionChain::Quotient& a, const RegionChain::Quotient& b) {
  return a.numerator * b.denominator - b.numerator * a.denominator;
}

void RegionScene::divide_at(Polynomial root) {
  for (int i = 0; i <= root.degree(); ++i) {
    if (root.sign(i) == 0) continue;
    left_ = root.sign(i);
    break;
  }
  root_ = std::move(root);
}

std::optional<SideSigns> RegionScene::signs(const Polynomial& polynomial) const {
  SideSigns result;
  const auto fill = [&](int sign) {
    result.at = {sign, sign, sign};
    return result;
  };
  const auto one_sign = [](CoefficientSigns signs) { return signs == CoefficientSigns::positive ? 1 : -1; };
  const CoefficientSigns direct = coefficient_signs(polynomial);
  if (direct == CoefficientSigns::zero) return fill(0);
  if (direct != CoefficientSigns::mixed) return fill(one_sign(direct));
  if (!root_) return std::nullopt;
  Polynomial quotient = polynomial;
  int times = 0;
  while (divides_exactly(quotient, *root_, quotient)) ++times;
  const CoefficientSigns rest = coefficient_signs(quotient);
  if (times == 0 || rest == CoefficientSigns::mixed) return std::nullopt;
  const int sign = one_sign(rest);
  result.at = {times % 2 == 0 ? sign : sign * left_, 0, times % 2 == 0 ? sign : -sign * left_};
  return result;
}

std::optional<RegionChain::Quotient> RegionScene::lower(const RegionProof::Lower& item) {
  if (item.time == RegionProof::kLimit) return chain_.limit(item.node);
  if (item.stages > 0) return chain_.averaged(item);
  return RegionChain::Quotient{chain_.signal(item.node, item.time), chain_.unit(item.time)};
}

std::optional<Polynomial> RegionScene::lower_above(const RegionProof::Lower& item, const Rational& bar) {
  const auto value = lower(item);
  if (!value) return std::nullopt;
  return minus_bar(*value, bar);
}

std::optional<Polynomial> RegionScene::signal_above(int node, std::int64_t t, const Rational& bar) {
  return minus_bar({chain_.signal(node, t), chain_.unit(t)}, bar);
}

std::optional<std::array<Polynomial, 2>> RegionScene::gated_above(int node, std::int64_t t,
                                                                  const std::vector<bool>& gates,
                                                                  const std::vector<bool>& inflow,
                                                                  const Rational& bar) {
  const auto values = chain_.gated(node, t, gates, inflow);
  if (!values) return std::nullopt;
  return std::array<Polynomial, 2>{minus_bar((*values)[0], bar), minus_bar((*values)[1], bar)};
}

}  // namespace crosshead::diffusion

// Averages of a node's signals over random times: bounds from below that follow the supremum where its time
// grows without bound towards an end.
#include "region_chain.hpp"

namespace crosshead::diffusion {

using exact::Integer;
using Polynomial = exact::UnivariatePolynomial;

// With b = r w^2 / (1 + w)^2 the matrix is (D(0) (1 + 2 w) + D(r) w^2) / (1 + w)^2 and the square root of b
// is sqrt(r) w / (1 + w); the same from the other end.
std::optional<RegionChain::Averaging> RegionChain::averaging(const RegionProof::Lower& item) const {
  Averaging result{entries_, one_, item.end == 0 ? first_weight_ : one_ - first_weight_};
  if (!item.square_root) return result;
  const Integer top = sqrt(numerator(width_)), bottom = sqrt(denominator(width_));
  if (top * top != numerator(width_) || bottom * bottom != denominator(width_)) return std::nullopt;
  const int near = item.end == 0 ? 0 : 1;
  const auto substituted = [&](const Polynomial& value) {
    const Integer at_end = value.coefficient(near), away = value.coefficient(1 - near);
    return Polynomial(std::vector<Integer>{at_end, 2 * at_end, away});
  };
  for (Polynomial& entry : result.entries) entry = substituted(entry) * bottom;
  const Integer unit = one_.coefficient(0);
  result.one = Polynomial(std::vector<Integer>{unit, 2 * unit, unit}) * bottom;
  result.weight = Polynomial(std::vector<Integer>{0, unit * top, unit * top});
  return result;
}

// With rho = rate times the weight, y' (1 + rho - D) = rho y turns a row into its mean over a geometric time.
std::optional<RegionChain::Quotient> RegionChain::averaged(const RegionProof::Lower& item) const {
  if (!order_) return std::nullopt;
  const auto chain = averaging(item);
  if (!chain) return std::nullopt;
  const auto matrix = [&](int k, int l) -> const Polynomial& {
    return chain->entries[static_cast<std::size_t>(k * size_ + l)];
  };
  const auto n = static_cast<std::size_t>(size_);
  std::vector<Polynomial> row(n);
  Polynomial common(std::vector<Integer>{1});
  row[static_cast<std::size_t>(sink_)] = common;
  for (std::int64_t t = 0; t < item.time; ++t) {
    std::vector<Polynomial> next(n);
    for (int l = 0; l < size_; ++l) {
      auto& sum = next[static_cast<std::size_t>(l)];
      for (int k = 0; k < size_; ++k) sum = sum + row[static_cast<std::size_t>(k)] * matrix(k, l);
    }
    row = std::move(next);
    common = common * chain->one;
  }
  const Polynomial rho = chain->weight * numerator(item.rate);
  const Integer& clear = denominator(item.rate);
  for (int stage = 0; stage < item.stages; ++stage) {
    std::vector<Polynomial> mean(n);
    Polynomial product(std::vector<Integer>{1});
    for (std::size_t place = order_->size(); place-- > 0;) {
      const int l = (*order_)[place];
      Polynomial sum;
      for (int k = 0; k < size_; ++k) {
        if (k != l) sum = sum + mean[static_cast<std::size_t>(k)] * matrix(k, l);
      }
      sum = sum * clear + row[static_cast<std::size_t>(l)] * rho * product;
      const Polynomial leave = (chain->one - matrix(l, l)) * clear + rho;
      if (coefficient_signs(leave) != exact::CoefficientSigns::positive) return std::nullopt;
      for (Polynomial& value : mean) value = value * leave;
      mean[static_cast<std::size_t>(l)] = std::move(sum);
      product = product * leave;
    }
    row = std::move(mean);
    common = common * product;
  }
  return Quotient{row[static_cast<std::size_t>(item.node)], std::move(common)};
}

}  // namespace crosshead::diffusion

#include <algorithm>
#include <cmath>
#include <numeric>

#include "crosshead/crosscheck/layer_check.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::crosscheck {

std::vector<exact::Rational> dyadic_weights(const std::vector<double>& shares) {
  constexpr long kUnits = 1L << 20;
  exact::Rational sum = 0;
  for (std::size_t h = 0; h < shares.size(); ++h) {
    if (!std::isfinite(shares[h]) || shares[h] < 0) {
      throw exact::UsageError("head weights are finite and not negative; number " + std::to_string(h + 1) +
                              " is " + std::to_string(shares[h]));
    }
    sum += exact::exact_value(shares[h]);
  }
  if (sum == 0) throw exact::UsageError("head weights: not all of them may be zero");

  std::vector<exact::Integer> units;
  std::vector<exact::Rational> remainders;
  exact::Integer left = kUnits;
  for (const double share : shares) {
    const exact::Rational scaled = exact::exact_value(share) * kUnits / sum;
    units.push_back(exact::Integer(numerator(scaled) / denominator(scaled)));
    remainders.push_back(scaled - exact::Rational(units.back()));
    left -= units.back();
  }
  std::vector<std::size_t> order(shares.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  // Fewer units are left than there are shares, since each remainder is below 1.
  for (std::size_t k = 0; left > 0; ++k, --left) ++units[order[k]];

  std::vector<exact::Rational> weights;
  weights.reserve(units.size());
  for (const exact::Integer& count : units) weights.emplace_back(count, exact::Integer(kUnits));
  return weights;
}

}  // namespace crosshead::crosscheck

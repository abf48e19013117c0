// The weight vectors of a space: uniform, all assignments of given weights, all points of a grid.
#include <algorithm>
#include <numeric>

#include "crosshead/exact/error.hpp"
#include "crosshead/search/space.hpp"

namespace crosshead::search {

using exact::Rational;

std::vector<WeightVector> uniform_weights(int heads) {
  return {WeightVector(static_cast<std::size_t>(heads), Rational(1, heads))};
}

std::vector<WeightVector> permutations_of(WeightVector weights) {
  std::sort(weights.begin(), weights.end());
  std::vector<WeightVector> result;
  do {
    result.push_back(weights);
  } while (std::next_permutation(weights.begin(), weights.end()));
  return result;
}

std::vector<WeightVector> inner_grid(int heads, int denominator) {
  exact::Integer count;
  mpz_bin_uiui(count.backend().data(), static_cast<unsigned long>(std::max(denominator - 1, 0)),
               static_cast<unsigned long>(std::max(heads - 1, 0)));
  if (heads < 1 || denominator < heads || count > 1'000'000) {
    throw exact::UsageError("the grid of " + std::to_string(heads) + " positive multiples of 1/" +
                            std::to_string(denominator) + " with sum 1 has " +
                            (denominator < heads ? "no" : count.str()) +
                            " points; expected 1 to 1000000 of them");
  }
  // Cuts 0 < c_1 < ... < c_{H-1} < d in lexicographic order give the parts in lexicographic order.
  std::vector<int> cuts(static_cast<std::size_t>(heads) + 1);
  std::iota(cuts.begin(), cuts.end(), 0);
  cuts.back() = denominator;
  std::vector<WeightVector> result;
  for (;;) {
    WeightVector weights;
    for (std::size_t h = 0; h + 1 < cuts.size(); ++h)
      weights.emplace_back(cuts[h + 1] - cuts[h], denominator);
    result.push_back(std::move(weights));
    std::size_t place = cuts.size() - 1;
    while (--place > 0 && cuts[place] + 1 == cuts[place + 1]) {
    }
    if (place == 0) return result;
    for (int next = cuts[place] + 1; place + 1 < cuts.size(); ++place) cuts[place] = next++;
  }
}

}  // namespace crosshead::search

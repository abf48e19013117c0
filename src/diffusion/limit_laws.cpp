#include "limit_laws.hpp"

#include <numeric>

#include "closed_class.hpp"

#include "crosshead/exact/linear_solve.hpp"
#include "crosshead/walk/hitting.hpp"

namespace crosshead::diffusion {
namespace {

using exact::DenseMatrix;
using exact::Rational;
using exact::RationalMatrix;

RationalMatrix power(const RationalMatrix& matrix, int exponent) {
  const DenseMatrix base = exact::to_dense(matrix);
  DenseMatrix result = base;
  for (int k = 1; k < exponent; ++k) result = (result * base).eval();
  return exact::from_dense(result);
}

/// The law after one more step: x D.
std::vector<Rational> stepped(const std::vector<Rational>& law, const RationalMatrix& matrix) {
  std::vector<Rational> next(law.size());
  for (int i = 0; i < matrix.size(); ++i) {
    for (const auto& entry : matrix.row(i)) {
      next[static_cast<std::size_t>(entry.column)] += law[static_cast<std::size_t>(i)] * entry.value;
    }
  }
  return next;
}

}  // namespace

LimitLaws limit_laws(const RationalMatrix& matrix, const Structure& structure) {
  int common = 1;
  for (const auto& members : walk::stationary_laws(exact::transpose(matrix)).classes) {
    if (!structure.heard[static_cast<std::size_t>(members.front())]) continue;
    common = std::lcm(common, graph::period(structure.graph, members));
    if (common > kLargestPeriod) return {};
  }
  // Every closed class of D^p is aperiodic, so its chain converges.
  const RationalMatrix skipping = common == 1 ? matrix : power(matrix, common);
  const Structure skipped(skipping, structure.sink);
  std::vector<Rational> law(static_cast<std::size_t>(matrix.size()));
  const walk::StationaryLaws stationary = walk::stationary_laws(exact::transpose(skipping));
  for (std::size_t c = 0; c < stationary.classes.size(); ++c) {
    const auto& members = stationary.classes[c];
    if (!skipped.heard[static_cast<std::size_t>(members.front())]) continue;
    const Rational weight =
        absorption_probability(skipping, skipped.feeders(members.front()), members, structure.sink);
    for (int k : members) {
      law[static_cast<std::size_t>(k)] = weight * stationary.densities[c][static_cast<std::size_t>(k)];
    }
  }
  LimitLaws laws{std::move(law)};
  for (int r = 1; r < common; ++r) laws.push_back(stepped(laws.back(), matrix));
  return laws;
}

}  // namespace crosshead::diffusion

// Closed classes in floating point: limits, and bounds on later signals as in region_class.cpp.
#include <algorithm>

#include "region_estimate_run.hpp"

namespace crosshead::diffusion {
namespace {

/// By eliminating one state after the other: nothing is subtracted.
std::vector<double> stationary_law(std::vector<std::vector<double>> p) {
  const std::size_t c = p.size();
  for (std::size_t k = c; k-- > 1;) {
    double leave = 0;
    for (std::size_t l = 0; l < k; ++l) leave += p[k][l];
    for (std::size_t i = 0; i < k; ++i) {
      p[i][k] /= leave;
      for (std::size_t l = 0; l < k; ++l) p[i][l] += p[i][k] * p[k][l];
    }
  }
  std::vector<double> law(c, 1.0);
  double total = 1;
  for (std::size_t k = 1; k < c; ++k) {
    law[k] = 0;
    for (std::size_t i = 0; i < k; ++i) law[k] += law[i] * p[i][k];
    total += law[k];
  }
  for (double& value : law) value /= total;
  return law;
}

}  // namespace

RegionEstimator::ClosedClass::ClosedClass(const Run& run, std::vector<std::size_t> nodes)
    : members(std::move(nodes)), reach(run.n_) {
  const std::size_t c = members.size();
  std::vector<std::vector<double>> inside(c, std::vector<double>(c));
  powers.assign(c, std::vector<double>(c));
  for (std::size_t a = 0; a < c; ++a) {
    powers[a][a] = 1;
    for (std::size_t b = 0; b < c; ++b) inside[a][b] = run.entry(members[a], members[b]);
  }
  stationary = stationary_law(inside);
  for (const std::size_t k : members) reach[k] = 1;
  // sum of D_kl values_l + given, over 1 - D_kk, along the order.
  const auto solve = [&](std::vector<double>& values, const auto& given) {
    for (const int row : run.order_) {
      const auto k = static_cast<std::size_t>(row);
      if (place(k) < c) continue;
      double sum = given(k);
      for (std::size_t l = 0; l < run.n_; ++l) sum += l == k ? 0 : run.entry(k, l) * values[l];
      values[k] = sum > 0 ? sum / run.leave_[k] : 0;
    }
  };
  solve(reach, [](std::size_t) { return 0.0; });
  if (c != 2) return;
  for (std::size_t a = 0; a < 2; ++a) {
    excess[a].assign(run.n_, 0.0);
    solve(excess[a], [&](std::size_t k) {
      const double mine = run.entry(k, members[a]), all = mine + run.entry(k, members[1 - a]);
      return std::max(0.0, mine - stationary[a] * all);
    });
  }
}

void RegionEstimator::ClosedClass::step(const Run& run) {
  const std::size_t c = members.size();
  if (c == 2) return;
  std::vector<std::vector<double>> next(c, std::vector<double>(c));
  for (std::size_t a = 0; a < c; ++a) {
    for (std::size_t b = 0; b < c; ++b) {
      for (std::size_t l = 0; l < c; ++l) next[a][b] += powers[a][l] * run.entry(members[l], members[b]);
    }
  }
  powers = std::move(next);
}

double RegionEstimator::ClosedClass::later(const Run& run, std::size_t j) const {
  const std::size_t at = place(j);
  double held = 0, reaching = 0;
  for (const std::size_t k : members) held += run.x_[k];
  for (std::size_t k = 0; k < run.n_; ++k) reaching += run.x_[k] * reach[k];
  if (members.size() > 2) {
    double largest = 0;
    for (const auto& row : powers) largest = std::max(largest, row[at]);
    return held * largest + reaching - held;
  }
  double coming = 0;
  for (std::size_t k = 0; k < run.n_; ++k) coming += run.x_[k] * excess[at][k];
  return run.limit_[j] + coming + std::max(0.0, run.x_[j] - stationary[at] * held);
}

}  // namespace crosshead::diffusion

// Plain doubles: one row vector and, for each node, the probabilities of reaching it. Good enough to say
// which times and horizons are worth an exact proof.
#include "region_estimate.hpp"

#include <algorithm>

#include "crosshead/graph/digraph.hpp"

namespace crosshead::diffusion {
namespace {

/// How many steps beyond its first clear success a node is followed for a larger signal.
constexpr std::int64_t kPatience = 48;

}  // namespace

RegionEstimator::RegionEstimator(const MatrixPair& pair, int first_step, std::int64_t steps)
    : size_(pair.size), sink_(pair.sink), first_step_(first_step), steps_(steps) {
  const auto rounded = [&](const exact::Integer& value) {
    return exact::to_double(exact::Rational(value, pair.denominator));
  };
  for (const auto& value : pair.first) first_.push_back(rounded(value));
  for (const auto& value : pair.second) second_.push_back(rounded(value));
  for (int k = 0; k < size_; ++k) {
    const auto diagonal = static_cast<std::size_t>(k * size_ + k);
    leave_first_.push_back(rounded(pair.denominator - pair.first[diagonal]));
    leave_second_.push_back(rounded(pair.denominator - pair.second[diagonal]));
  }
}

std::vector<NodeEstimate> RegionEstimator::at(double b, double bar) const {
  const auto n = static_cast<std::size_t>(size_);
  std::vector<double> matrix(n * n);
  graph::Digraph support(size_);
  for (std::size_t k = 0; k < n * n; ++k) {
    matrix[k] = b * first_[k] + (1 - b) * second_[k];
    if (matrix[k] > 0) support.add_edge(static_cast<int>(k % n), static_cast<int>(k / n));
  }
  std::vector<NodeEstimate> nodes(n);
  const auto order = graph::topological_order(support);
  if (!order) return nodes;
  std::vector<std::vector<double>> reach(n, std::vector<double>(n));
  std::vector<double> x(n), next(n);
  x[static_cast<std::size_t>(sink_)] = 1;
  std::size_t open = n;
  for (std::size_t j = 0; j < n; ++j) {
    reach[j][j] = 1;
    for (const int row : *order) {
      const auto k = static_cast<std::size_t>(row);
      if (k == j) continue;
      double sum = 0;
      for (std::size_t l = 0; l < n; ++l) sum += l == k ? 0 : matrix[k * n + l] * reach[j][l];
      const double leave = b * leave_first_[k] + (1 - b) * leave_second_[k];
      reach[j][k] = sum > 0 ? sum / leave : 0;
    }
    NodeEstimate& node = nodes[j];
    node.horizon = node.time = first_step_;
    if (b * leave_first_[j] + (1 - b) * leave_second_[j] == 0) {
      node.limit = node.settled = true;
      node.value = reach[j][static_cast<std::size_t>(sink_)];
      --open;
    }
  }
  std::vector<std::int64_t> above(n, -1);
  for (std::int64_t t = 0; t <= steps_ && open > 0; ++t) {
    if (t > 0) {
      std::fill(next.begin(), next.end(), 0.0);
      for (std::size_t k = 0; k < n; ++k) {
        if (x[k] == 0) continue;
        for (std::size_t l = 0; l < n; ++l) next[l] += x[k] * matrix[k * n + l];
      }
      std::swap(x, next);
    }
    if (t < first_step_) continue;
    for (std::size_t j = 0; j < n; ++j) {
      NodeEstimate& node = nodes[j];
      if (node.settled) continue;
      double tail = 0;
      for (std::size_t k = 0; k < n; ++k) tail += x[k] * reach[j][k];
      node.horizon = t;
      if (tail < std::max(node.value, bar * (1 - 1e-9)) || tail == 0) {
        node.settled = true;
        --open;
        continue;
      }
      if (x[j] > node.value) {
        node.value = x[j];
        node.time = t;
      }
      if (bar > 0 && node.value > bar * (1 + 1e-9)) {
        if (above[j] < 0) above[j] = t;
        if (t - above[j] > kPatience) {
          node.settled = true;
          --open;
        }
      }
    }
  }
  return nodes;
}

}  // namespace crosshead::diffusion

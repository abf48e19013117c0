#include "crosshead/crosscheck/definition_metrics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "definition_parts.hpp"
#include "node_suprema.hpp"
#include "power_ladder.hpp"

namespace crosshead::crosscheck {
namespace {

constexpr std::size_t kTopLevel = 60;

/// The walk among the nodes before the sink: columns of `mean` divided by their sums, without the sink's row.
struct Walk {
  TriangularMatrix matrix;
  std::vector<Enclosure> leaks;  ///< 1 minus the diagonal
};

/// REQUIRES: no obstacle(mean), several nodes.
Walk walk_of(const TriangularMatrix& mean) {
  const std::size_t n = mean.n;
  Walk walk;
  walk.matrix = TriangularMatrix(n - 1);
  walk.matrix.roundings = 2 * mean.roundings + static_cast<std::int64_t>(n) + 1;
  std::vector<double> leaving(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < i; ++j) leaving[j] += mean.at(i, j);
  }
  for (std::size_t j = 0; j + 1 < n; ++j) {
    const double sum = leaving[j] + mean.at(j, j);
    for (std::size_t i = j; i + 1 < n; ++i) walk.matrix.at(i, j) = mean.at(i, j) / sum;
    Enclosure leak = around(leaving[j] / sum, walk.matrix.roundings + static_cast<std::int64_t>(n));
    if (mean.at(j, j) == 0) leak = {1, 1};
    walk.leaks.push_back({std::min(leak.lower, 1.0), std::min(leak.upper, 1.0)});
  }
  return walk;
}

double largest(const std::vector<double>& row) {
  return *std::max_element(row.begin(), row.end());
}

std::vector<double> ones(const TriangularMatrix& matrix) {
  std::vector<double> row(matrix.stride, 0.0);
  std::fill(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(matrix.n), 1.0);
  return row;
}

/// The distance max_j h_j(t), where h(0) = 1 and h(t + 1) = h(t) W, never increases. `least` follows from
/// lower bounds of h that are certainly above eps, `most` from an upper bound that is certainly at most eps.
TimeBounds mixing_time(PowerLadder& ladder, const Enclosure& epsilon) {
  if (epsilon.lower >= 1) return {0, 0};
  const std::vector<double> start = ones(ladder.level(0).lower);

  std::size_t top = 0;
  while (top <= kTopLevel && largest(ladder.step_upper(start, top)) > epsilon.lower) ++top;
  TimeBounds bounds;
  if (top <= kTopLevel) {
    std::int64_t time = 0;
    std::vector<double> row = start;
    for (std::size_t k = top; k-- > 0;) {
      std::vector<double> next = ladder.step_upper(row, k);
      if (largest(next) <= epsilon.lower) continue;
      row = std::move(next);
      time += std::int64_t{1} << k;
    }
    // Powers by different routes round differently, and a step may shrink the row by less than rounding
    // widens it: the first skip that is certainly enough.
    for (std::size_t k = 0; k <= top && !bounds.most; ++k) {
      if (k == top) {
        bounds.most = std::int64_t{1} << top;  // by the loop that found `top`
      } else if (largest(ladder.step_upper(row, k)) <= epsilon.lower) {
        bounds.most = std::min(time + (std::int64_t{1} << k), std::int64_t{1} << top);
      }
    }
  }
  std::int64_t time = 0;
  std::vector<double> row = start;
  for (std::size_t k = std::min(top, kTopLevel) + 1; k-- > 0;) {
    std::vector<double> next = ladder.step_lower(row, k);
    if (largest(next) <= epsilon.upper) continue;
    row = std::move(next);
    time += std::int64_t{1} << k;
  }
  bounds.least = time + 1;
  return bounds;
}

}  // namespace

DefinitionMetrics definition_metrics(const LayerAttention& layer, const EnclosedWeights& weights,
                                     const DefinitionOptions& options) {
  const TriangularMatrix mean = mean_matrix(layer, weights);
  const auto times = [&] {
    Walk walk = walk_of(mean);
    PowerLadder ladder(walk.matrix, std::move(walk.leaks));
    std::vector<TimeBounds> found;
    for (const exact::Rational& epsilon : options.epsilons)
      found.push_back(mixing_time(ladder, enclosing(epsilon)));
    return found;
  };
  return metrics_by(
      layer, mean, options, times, [&] { return node_suprema(mean); },
      [&](int head) { return node_suprema(head_matrix(layer, head)); });
}

}  // namespace crosshead::crosscheck

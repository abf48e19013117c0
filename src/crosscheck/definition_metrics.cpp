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
  std::string reason;  ///< why there is none that is absorbed at the sink; empty if there is
  TriangularMatrix matrix;
  std::vector<Enclosure> leaks;  ///< 1 minus the diagonal
};

Walk walk_of(const TriangularMatrix& mean) {
  const std::size_t n = mean.n;
  Walk walk;
  walk.reason = obstacle(mean);
  if (!walk.reason.empty() || n == 1) return walk;
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
  const int sink = layer.nodes - 1;
  const TriangularMatrix mean = mean_matrix(layer, weights);
  DefinitionMetrics metrics;
  Walk walk;
  if (options.parts.mixing) {
    walk = walk_of(mean);
    metrics.mixing_defined = walk.reason.empty();
    metrics.reason = walk.reason;
  }
  if (metrics.mixing_defined && layer.nodes == 1) {
    metrics.mixing.assign(options.epsilons.size(), TimeBounds{0, 0});
  } else if (metrics.mixing_defined) {
    PowerLadder ladder(walk.matrix, std::move(walk.leaks));
    for (const exact::Rational& epsilon : options.epsilons) {
      metrics.mixing.push_back(mixing_time(ladder, enclosing(epsilon)));
    }
  }
  if (options.parts.fidelity || options.parts.heads) {
    const std::vector<Enclosure> suprema = node_suprema(mean);
    metrics.fidelity = minimum_over(suprema, sink);
    metrics.fidelity_without_sink = without_last(suprema);
  }
  for (int h = 0; options.parts.heads && h < layer.heads; ++h) {
    metrics.heads.push_back(layer.heads == 1 ? metrics.fidelity
                                             : minimum_over(node_suprema(head_matrix(layer, h)), sink));
  }
  return metrics;
}

}  // namespace crosshead::crosscheck

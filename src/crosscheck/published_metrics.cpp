// The published walk. With c_ij = A_1j + ... + A_ij, a step from j leads to i < n with probability
//   P_ij = max(0, min(A_ij, 1 - c_(i-1)j)),
// and to the sink with what is left. Not yet absorbed after t steps, from j: y_t(j), where y_0 = 1 but at the
// sink and y_{t+1} = y_t P; E min(T, M) = y_0 + ... + y_{M-1}. All of it grows with P, so a matrix below P
// and one above give bounds; they differ where the cumulative sum passes 1, and there only by absolute
// rounding.
#include <algorithm>
#include <cmath>

#include "head_minima.hpp"
#include "triangular_matrix.hpp"

#include "crosshead/attention/sequences.hpp"

namespace crosshead::crosscheck {
namespace {

struct WalkBounds {
  TriangularMatrix lower, upper;
  Enclosure least_column, largest_column;  ///< sums of the mean's columns
};

WalkBounds walk_bounds(const TriangularMatrix& mean) {
  const std::size_t n = mean.n;
  WalkBounds bounds{TriangularMatrix(n), TriangularMatrix(n), {}, {}};
  // Rows of the mean, one after another, so that memory is read in order.
  std::vector<double> sums(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      const double entry = mean.at(i, j);
      if (entry == 0) continue;
      if (i + 1 < n) {
        const std::int64_t sum_roundings = mean.roundings + static_cast<std::int64_t>(i - j) + 1;
        Enclosure move = around(entry, mean.roundings);
        const Enclosure before = around(sums[j], sum_roundings, sums[j] == 0);
        const Enclosure room = kOne - before;
        move = {std::max(0.0, std::min(move.lower, room.lower)),
                std::max(0.0, std::min(move.upper, room.upper))};
        bounds.lower.at(i, j) = move.lower;
        bounds.upper.at(i, j) = move.upper;
      }
      sums[j] += entry;
    }
  }
  for (std::size_t j = 0; j < n; ++j) {
    const Enclosure column = around(sums[j], mean.roundings + static_cast<std::int64_t>(n), sums[j] == 0);
    if (j == 0) bounds.least_column = bounds.largest_column = column;
    bounds.least_column = {std::min(bounds.least_column.lower, column.lower),
                           std::min(bounds.least_column.upper, column.upper)};
    bounds.largest_column = {std::max(bounds.largest_column.lower, column.lower),
                             std::max(bounds.largest_column.upper, column.upper)};
  }
  return bounds;
}

/// Sum over j of y_0(j) + ... + y_{steps-1}(j) for a matrix of exact entries, and the roundings in it.
std::pair<double, std::int64_t> summed_survival(const TriangularMatrix& walk, int steps) {
  const std::size_t n = walk.n;
  std::vector<double> y(walk.stride, 0.0), next(walk.stride, 0.0), sums(walk.stride, 0.0);
  std::fill(y.begin(), y.begin() + static_cast<std::ptrdiff_t>(n) - 1, 1.0);
  for (int t = 0; t < steps; ++t) {
    if (t > 0) {
      multiply_row(y.data(), walk.entries.data(), n, walk.stride, next.data());
      y.swap(next);
    }
    for (std::size_t j = 0; j < walk.stride; ++j) sums[j] += y[j];
  }
  double total = 0;
  for (const double sum : sums) total += sum;
  return {total, steps * walk.step_roundings() + steps + static_cast<std::int64_t>(n)};
}

Enclosure expected_steps(const WalkBounds& bounds, int cutoff) {
  const auto n = static_cast<double>(bounds.lower.n);
  const auto [low, low_roundings] = summed_survival(bounds.lower, cutoff);
  const auto [high, high_roundings] = summed_survival(bounds.upper, cutoff);
  const Enclosure sum{around(low, low_roundings).lower, around(high, high_roundings).upper};
  return sum / Enclosure{n, n};
}

}  // namespace

PublishedMetrics published_metrics(const LayerAttention& layer, const EnclosedWeights& weights,
                                   const PublishedOptions& options) {
  const int sink = layer.nodes - 1;
  const TriangularMatrix mean = mean_matrix(layer, weights);
  PublishedMetrics metrics;
  if (options.parts.mixing) {
    const WalkBounds bounds = walk_bounds(mean);
    metrics.mixing = expected_steps(bounds, options.cutoff);
    metrics.least_column = bounds.least_column;
    metrics.largest_column = bounds.largest_column;
  }
  if (options.parts.fidelity || options.parts.heads) {
    metrics.fidelity = minimum_over(largest_signals(mean, options.cutoff), sink);
  }
  if (options.parts.heads) {
    metrics.heads = minima_of_heads(layer, metrics.fidelity, [&](int head) {
      return largest_signals(head_matrix(layer, head), options.cutoff);
    });
  }
  return metrics;
}

SimulatedWalk simulate_published_walk(const LayerAttention& layer, const std::vector<double>& weights,
                                      int walks, int cutoff, std::uint64_t seed) {
  constexpr std::uint64_t kPurpose = 0x77616c6b;  // a stream of its own
  const auto n = static_cast<std::size_t>(layer.nodes);
  std::vector<std::vector<double>> cumulative(n);
  for (std::size_t j = 0; j < n; ++j) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
      for (int h = 0; h < layer.heads; ++h) {
        sum += weights[static_cast<std::size_t>(h)] *
               static_cast<double>(layer.at(h, static_cast<int>(i), static_cast<int>(j)));
      }
      cumulative[j].push_back(sum);
    }
  }
  SimulatedWalk result;
  double sum = 0, squares = 0;
  for (std::size_t start = 0; start < n; ++start) {
    attention::RandomStream random(seed, kPurpose, start);
    for (int k = 0; k < walks; ++k) {
      std::size_t j = start;
      int t = 0;
      for (; j + 1 != n && t < cutoff; ++t) {
        const double r = random.unit();
        const auto& row = cumulative[j];
        const auto found = std::lower_bound(row.begin(), row.end(), r);
        j = found == row.end() ? n - 1 : static_cast<std::size_t>(found - row.begin());
      }
      sum += t;
      squares += static_cast<double>(t) * t;
    }
  }
  result.samples = static_cast<std::int64_t>(n) * walks;
  const auto count = static_cast<double>(result.samples);
  result.mean = sum / count;
  result.variance = squares / count - result.mean * result.mean;
  return result;
}

}  // namespace crosshead::crosscheck

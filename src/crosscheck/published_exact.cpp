// The oracle of published_metrics.cpp: integers over one common denominator, a power of two. Where weights
// are known by bounds, both metrics are computed for the lower and for the upper ends: they grow with every
// weight (the walk's, with every entry of its matrix).
#include <algorithm>
#include <cmath>
#include <limits>

#include "float32_integer.hpp"
#include "head_minima.hpp"

#include "crosshead/crosscheck/float_format.hpp"
#include "crosshead/crosscheck/layer_metrics.hpp"
#include "crosshead/exact/integer_row.hpp"

namespace crosshead::crosscheck {
namespace {

using exact::Integer;
using exact::Rational;

constexpr int kWeightBits = 48;  ///< weights are rounded outwards to multiples of 2^-48

/// weight * 2^48, rounded down or up.
Integer scaled_weight(const Rational& weight, bool up) {
  Integer scaled = numerator(weight), result;
  scaled <<= kWeightBits;
  if (up) {
    mpz_cdiv_q(result.backend().data(), scaled.backend().data(), mpq_denref(weight.backend().data()));
  } else {
    mpz_fdiv_q(result.backend().data(), scaled.backend().data(), mpq_denref(weight.backend().data()));
  }
  return result;
}

std::size_t place(int i, int j, int n) {
  return static_cast<std::size_t>(i) * static_cast<std::size_t>(n) + static_cast<std::size_t>(j);
}

/// [n, n] row-major: sum_h w_h A_h times 2^(48 + 149).
using Scaled = std::vector<Integer>;
constexpr int kScale = kWeightBits + kFloat32Places;

Scaled scaled_mean(const LayerAttention& layer, const std::vector<Integer>& weights) {
  const int n = layer.nodes;
  Scaled mean(static_cast<std::size_t>(n) * static_cast<std::size_t>(n), Integer(0));
  Integer entry;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j <= i; ++j) {
      Integer& sum = mean[place(i, j, n)];
      for (int h = 0; h < layer.heads; ++h) {
        const double value = static_cast<double>(layer.at(h, i, j));
        set_float32_integer(entry, value);
        mpz_addmul(sum.backend().data(), entry.backend().data(),
                   weights[static_cast<std::size_t>(h)].backend().data());
      }
    }
  }
  return mean;
}

Rational unscaled(const Integer& value) {
  Rational result(value);
  mpq_div_2exp(result.backend().data(), result.backend().data(), kScale);
  return result;
}

exact::RationalMatrix matrix_of(const Scaled& scaled, int n) {
  exact::RationalMatrix matrix(n);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j <= i; ++j) matrix.append(i, j, unscaled(scaled[place(i, j, n)]));
  }
  return matrix;
}

Enclosure enclosing_fraction(const Integer& numerator, const Integer& denominator) {
  if (numerator == 0) return {0, 0};
  const double value = nearest(format_of(attention::FloatType::float64), numerator, denominator);
  const double infinity = std::numeric_limits<double>::infinity();
  return {std::nextafter(value, 0.0), std::nextafter(value, infinity)};
}

/// max over t = 1..steps of (A^t)_{n j} for each j.
std::vector<Enclosure> exact_signals(const Scaled& scaled, int n, int steps) {
  const exact::IntegerMatrix matrix(matrix_of(scaled, n));
  exact::RowIteration row(matrix, n - 1);
  std::vector<Integer> best(static_cast<std::size_t>(n), Integer(0));
  for (int t = 0; t < steps; ++t) {
    row.step();
    for (int j = 0; j < n; ++j) {
      Integer& largest = best[static_cast<std::size_t>(j)];
      largest *= matrix.denominator();
      if (row.numerator(j) > largest) largest = row.numerator(j);
    }
  }
  std::vector<Enclosure> result;
  result.reserve(best.size());
  for (const Integer& largest : best) result.push_back(enclosing_fraction(largest, row.denominator()));
  return result;
}

/// P between the sources 1..n-1, from a lower (or upper) mean and the other end of what lies before each
/// entry. Row n holds ones: the row iteration starts there and has y_0 after one step.
exact::RationalMatrix walk_matrix(const Scaled& mean, const Scaled& other_end, int n) {
  Integer one = 1;
  one <<= kScale;
  std::vector<Integer> room(static_cast<std::size_t>(n), one);
  exact::RationalMatrix walk(n);
  for (int i = 0; i + 1 < n; ++i) {
    for (int j = 0; j <= i; ++j) {
      const auto at = place(i, j, n);
      Integer& left = room[static_cast<std::size_t>(j)];
      const Integer move = left < mean[at] ? left : mean[at];
      if (move > 0) walk.append(i, j, unscaled(move));
      left -= other_end[at];
    }
  }
  for (int j = 0; j + 1 < n; ++j) walk.append(n - 1, j, 1);
  return walk;
}

/// (y_0 + ... + y_{steps-1}) summed over all starts, divided by n.
Enclosure exact_steps(const exact::RationalMatrix& walk, int steps) {
  const int n = walk.size();
  const exact::IntegerMatrix matrix(walk);
  exact::RowIteration row(matrix, n - 1);
  Integer sum = 0;
  for (int t = 0; t < steps; ++t) {
    row.step();
    sum *= matrix.denominator();
    for (int j = 0; j + 1 < n; ++j) sum += row.numerator(j);
  }
  return enclosing_fraction(sum, row.denominator() * n);
}

Enclosure hull(const Enclosure& lower, const Enclosure& upper) {
  return {lower.lower, upper.upper};
}

std::vector<Enclosure> hull(std::vector<Enclosure> lower, const std::vector<Enclosure>& upper) {
  for (std::size_t k = 0; k < lower.size(); ++k) lower[k] = hull(lower[k], upper[k]);
  return lower;
}

Enclosure column_sum(const Scaled& lower, const Scaled& upper, int n, int column) {
  Integer low = 0, high = 0;
  for (int i = column; i < n; ++i) {
    low += lower[place(i, column, n)];
    high += upper[place(i, column, n)];
  }
  return hull(enclosing(unscaled(low)), enclosing(unscaled(high)));
}

std::vector<Integer> single_head(int heads, int head) {
  std::vector<Integer> weights(static_cast<std::size_t>(heads), Integer(0));
  weights[static_cast<std::size_t>(head)] = Integer(1) << kWeightBits;
  return weights;
}

}  // namespace

PublishedMetrics published_metrics_exact(const LayerAttention& layer, const EnclosedWeights& weights,
                                         const PublishedOptions& options) {
  const int n = layer.nodes, sink = n - 1;
  std::vector<Integer> low_weights, high_weights;
  for (const exact::Interval& weight : weights.intervals) {
    low_weights.push_back(scaled_weight(weight.lower, false));
    high_weights.push_back(scaled_weight(weight.upper, true));
  }
  const bool one_point = low_weights == high_weights;
  const Scaled low = scaled_mean(layer, low_weights);
  const Scaled high = one_point ? low : scaled_mean(layer, high_weights);

  PublishedMetrics metrics;
  if (options.parts.mixing) {
    const Enclosure steps = exact_steps(walk_matrix(low, high, n), options.cutoff);
    metrics.mixing = one_point ? steps : hull(steps, exact_steps(walk_matrix(high, low, n), options.cutoff));
    for (int j = 0; j < n; ++j) {
      const Enclosure sum = column_sum(low, high, n, j);
      if (j == 0) metrics.least_column = metrics.largest_column = sum;
      metrics.least_column = {std::min(metrics.least_column.lower, sum.lower),
                              std::min(metrics.least_column.upper, sum.upper)};
      metrics.largest_column = {std::max(metrics.largest_column.lower, sum.lower),
                                std::max(metrics.largest_column.upper, sum.upper)};
    }
  }
  if (options.parts.fidelity || options.parts.heads) {
    const std::vector<Enclosure> signals = exact_signals(low, n, options.cutoff);
    metrics.fidelity =
        minimum_over(one_point ? signals : hull(signals, exact_signals(high, n, options.cutoff)), sink);
  }
  if (options.parts.heads) {
    metrics.heads = minima_of_heads(layer, metrics.fidelity, [&](int head) {
      return exact_signals(scaled_mean(layer, single_head(layer.heads, head)), n, options.cutoff);
    });
  }
  return metrics;
}

}  // namespace crosshead::crosscheck

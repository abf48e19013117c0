#include "triangular_matrix.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace crosshead::crosscheck {
namespace {

/// Under flush-to-zero a subnormal float would be read as 0, which the bounds above do not cover.
void require_gradual_underflow() {
  const volatile float smallest = std::numeric_limits<float>::denorm_min();
  const volatile double half = std::numeric_limits<double>::min() / 2;
  if (static_cast<double>(smallest) > 0 && half > 0) return;
  throw std::runtime_error("the processor flushes subnormal numbers to zero: the bounds do not hold");
}

}  // namespace

Enclosure around(double computed, std::int64_t roundings, bool zero) {
  if (zero) return {0, 0};
  if (roundings == 0) return {computed, computed};
  const double error = relative_error(roundings);
  const double low = computed * (1 - error) - kUnderflow, high = computed * (1 + error) + kUnderflow;
  return {std::max(0.0, std::nextafter(low * (1 - 0x1p-51), -1.0)),
          std::nextafter(high * (1 + 0x1p-51), std::numeric_limits<double>::infinity())};
}

TriangularMatrix head_matrix(const LayerAttention& layer, int head) {
  require_gradual_underflow();
  const auto n = static_cast<std::size_t>(layer.nodes);
  TriangularMatrix matrix(n);
  const float* source = layer.entries + static_cast<std::size_t>(head) * n * n;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) matrix.at(i, j) = static_cast<double>(source[i * n + j]);
  }
  return matrix;
}

TriangularMatrix mean_matrix(const LayerAttention& layer, const EnclosedWeights& weights) {
  require_gradual_underflow();
  const auto n = static_cast<std::size_t>(layer.nodes);
  if (layer.heads == 1) return head_matrix(layer, 0);
  TriangularMatrix matrix(n);
  for (int h = 0; h < layer.heads; ++h) {
    const double weight = weights.nearest[static_cast<std::size_t>(h)];
    const float* source = layer.entries + static_cast<std::size_t>(h) * n * n;
    for (std::size_t i = 0; i < n; ++i) {
      double* row = matrix.entries.data() + i * matrix.stride;
      for (std::size_t j = 0; j <= i; ++j) row[j] += weight * static_cast<double>(source[i * n + j]);
    }
  }
  matrix.roundings = layer.heads + 2;  // two in the weight, one product, H - 1 sums
  return matrix;
}

std::vector<bool> heard_by_sink(const TriangularMatrix& matrix) {
  std::vector<bool> heard(matrix.n, false);
  const auto spread = [&](std::size_t i) {
    for (std::size_t j = 0; j <= i; ++j) {
      if (matrix.at(i, j) > 0) heard[j] = true;
    }
  };
  spread(matrix.n - 1);
  for (std::size_t i = matrix.n - 1; i-- > 0;) {
    if (heard[i]) spread(i);
  }
  return heard;
}

std::vector<Enclosure> largest_signals(const TriangularMatrix& matrix, int steps) {
  const std::size_t n = matrix.n, stride = matrix.stride;
  std::vector<double> x(stride, 0.0), y(stride, 0.0), best(stride, 0.0);
  x[n - 1] = 1;
  for (int t = 0; t < steps; ++t) {
    multiply_row(x.data(), matrix.entries.data(), n, stride, y.data());
    for (std::size_t j = 0; j < stride; ++j) best[j] = std::max(best[j], y[j]);
    x.swap(y);
  }
  const std::vector<bool> heard = heard_by_sink(matrix);
  std::vector<Enclosure> result;
  for (std::size_t j = 0; j < n; ++j) {
    result.push_back(around(best[j], steps * matrix.step_roundings(), !heard[j]));
  }
  return result;
}

}  // namespace crosshead::crosscheck

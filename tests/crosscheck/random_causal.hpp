#pragma once

#include <cmath>
#include <random>
#include <vector>

#include "crosshead/crosscheck/layer_metrics.hpp"
#include "crosshead/exact/matrix.hpp"

namespace crosshead::testing {

/// Random causal attention of a layer in float32: rows that sum to about 1, entries from wide laws, zeros,
/// heads that hardly move, and weights k / 2^20.
struct RandomCausal {
  int nodes = 1, heads = 1;
  std::vector<float> entries;            ///< [H, n, n]
  std::vector<exact::Rational> weights;  ///< [H]

  explicit RandomCausal(std::mt19937_64& random, int most_nodes = 7) {
    const auto below = [&](std::uint64_t bound) { return random() % bound; };
    std::uniform_real_distribution<double> uniform(0.0, 1.0);
    nodes = 1 + static_cast<int>(below(static_cast<std::uint64_t>(most_nodes)));
    heads = 1 + static_cast<int>(below(4));
    const bool zeros = below(2) == 0, wide = below(2) == 0, still = below(3) == 0;
    for (int row = 0; row < heads * nodes; ++row) {
      const int i = row % nodes;
      std::vector<double> values(static_cast<std::size_t>(nodes), 0.0);
      double sum = 0;
      for (int j = 0; j <= i; ++j) {
        if (zeros && j < i && below(3) == 0) continue;
        const int exponent = wide ? -static_cast<int>(below(40)) : -static_cast<int>(below(3));
        const double scale = still && j < i ? 0x1p-12 : 1;
        sum += values[static_cast<std::size_t>(j)] = scale * std::ldexp(0.5 + uniform(random) / 2, exponent);
      }
      for (const double value : values) entries.push_back(static_cast<float>(value / sum));
    }
    std::uint64_t left = 1U << 20;
    for (int h = 0; h < heads; ++h) {
      const std::uint64_t units = h + 1 == heads ? left : below(left + 1);
      weights.emplace_back(exact::Integer(units), exact::Integer(1U << 20));
      left -= units;
    }
  }

  crosscheck::LayerAttention layer() const { return {heads, nodes, entries.data()}; }

  exact::Rational entry(int head, int i, int j) const {
    return exact::exact_value(static_cast<double>(layer().at(head, i, j)));
  }

  /// sum_h w_h A_h.
  exact::DenseMatrix mean() const {
    exact::DenseMatrix matrix = exact::DenseMatrix::Zero(nodes, nodes);
    for (int h = 0; h < heads; ++h) {
      for (int i = 0; i < nodes; ++i) {
        for (int j = 0; j < nodes; ++j) matrix(i, j) += weights[static_cast<std::size_t>(h)] * entry(h, i, j);
      }
    }
    return matrix;
  }

  exact::DenseMatrix head(int h) const {
    exact::DenseMatrix matrix(nodes, nodes);
    for (int i = 0; i < nodes; ++i) {
      for (int j = 0; j < nodes; ++j) matrix(i, j) = entry(h, i, j);
    }
    return matrix;
  }
};

inline bool contains(const crosscheck::Enclosure& enclosure, const exact::Rational& value) {
  return exact::exact_value(enclosure.lower) <= value && value <= exact::exact_value(enclosure.upper);
}

}  // namespace crosshead::testing

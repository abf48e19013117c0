// The oracle of definition_metrics.cpp: balls of many bits (Arb) around the exact dyadic entries, other
// arguments for suprema (ball_suprema.hpp), and powers without the care that doubles need.
#include <algorithm>

#include "ball_suprema.hpp"
#include "definition_parts.hpp"
#include "node_suprema.hpp"

#include "crosshead/crosscheck/definition_metrics.hpp"

namespace crosshead::crosscheck {
namespace {

using exact::Ball;
using exact::BallMatrix;

constexpr int kMostSteps = 2048;
constexpr std::size_t kMostPowers = 60;  ///< 2^60 is kLongestTime

/// sum_h w_h A_h. Weights that are not exactly 0 are positive.
BallMatrix mean_of(const LayerAttention& layer, const EnclosedWeights& weights) {
  BallMatrix mean(layer.nodes, layer.nodes);
  Ball entry, weight, upper;
  for (int h = 0; h < layer.heads; ++h) {
    const exact::Interval& bounds = weights.intervals[static_cast<std::size_t>(h)];
    exact::set_rational(weight.get(), bounds.lower, kBallBits);
    exact::set_rational(upper.get(), bounds.upper, kBallBits);
    arb_union(weight.get(), weight.get(), upper.get(), kBallBits);
    for (int i = 0; i < layer.nodes; ++i) {
      for (int j = 0; j <= i; ++j) {
        arb_set_d(entry.get(), static_cast<double>(layer.at(h, i, j)));
        arb_addmul(mean.at(i, j), entry.get(), weight.get(), kBallBits);
      }
    }
  }
  return mean;
}

BallMatrix head_of(const LayerAttention& layer, int head) {
  BallMatrix matrix(layer.nodes, layer.nodes);
  for (int i = 0; i < layer.nodes; ++i) {
    for (int j = 0; j <= i; ++j) arb_set_d(matrix.at(i, j), static_cast<double>(layer.at(head, i, j)));
  }
  return matrix;
}

/// The walk among the nodes before the sink, reversed in order and transposed: row k is where node n - 1 - k
/// moves to, so that rows are divided by their sums and the matrix is lower triangular. The sink comes first.
BallMatrix moves_of(const BallMatrix& mean) {
  const slong n = arb_mat_nrows(mean.get());
  BallMatrix moves(n, n);
  for (slong i = 0; i < n; ++i) {
    for (slong j = 0; j <= i; ++j) arb_set(moves.at(n - 1 - j, n - 1 - i), mean.at(i, j));
  }
  return moves;
}

enum class Met { no, yes, unclear };

/// Times of the chain `moves` until every node has been absorbed at node 0 but for eps. Column t of the
/// distances is h(t) = M^t 1, M without the sink's row and column; its largest entry never increases.
class MixingTimes {
 public:
  explicit MixingTimes(BallMatrix moves) : n_(arb_mat_nrows(moves.get()) - 1) {
    divide_rows(moves);
    powers_.emplace_back(n_, n_);
    for (slong i = 0; i < n_; ++i) {
      for (slong j = 0; j <= i; ++j) arb_set(powers_[0].at(i, j), moves.at(i + 1, j + 1));
    }
  }

  TimeBounds time(const exact::Rational& epsilon) {
    if (epsilon >= 1) return {0, 0};
    exact::set_rational(epsilon_.get(), epsilon, kBallBits);
    std::size_t top = 0;
    while (top <= kMostPowers && judge(from(ones(), top)) != Met::yes) ++top;
    TimeBounds bounds;
    bounds.least = last_time(std::min(top, kMostPowers + 1), Met::no) + 1;
    if (top <= kMostPowers) bounds.most = last_time(top, Met::unclear) + 1;
    return bounds;
  }

 private:
  BallMatrix ones() const {
    BallMatrix column(n_, 1);
    for (slong i = 0; i < n_; ++i) arb_one(column.at(i, 0));
    return column;
  }
  BallMatrix from(const BallMatrix& column, std::size_t level) {
    while (powers_.size() <= level) {
      BallMatrix square(n_, n_);
      arb_mat_sqr(square.get(), powers_.back().get(), kBallBits);
      powers_.push_back(std::move(square));
    }
    BallMatrix next(n_, 1);
    arb_mat_mul(next.get(), powers_[level].get(), column.get(), kBallBits);
    return next;
  }
  /// Bit by bit the time before which, below 2^top, each time that was tried is certainly not mixed (`no`),
  /// or after which the next one certainly is, given that 2^top is (`unclear`: whatever is not certainly
  /// mixed is passed).
  std::int64_t last_time(std::size_t top, Met passed) {
    BallMatrix column = ones();
    std::int64_t time = 0;
    for (std::size_t k = top; k-- > 0;) {
      BallMatrix next = from(column, k);
      const Met met = judge(next);
      if (met == Met::yes || (met == Met::unclear && passed == Met::no)) continue;
      arb_mat_swap(column.get(), next.get());
      time += std::int64_t{1} << k;
    }
    return time;
  }
  Met judge(const BallMatrix& column) const {
    Met worst = Met::yes;
    for (slong i = 0; i < n_; ++i) {
      if (arb_gt(column.at(i, 0), epsilon_.get())) return Met::no;
      if (!arb_le(column.at(i, 0), epsilon_.get())) worst = Met::unclear;
    }
    return worst;
  }

  slong n_;
  Ball epsilon_;
  std::vector<BallMatrix> powers_;
};

/// By balls, and where single steps do not settle the minimum, not worse than by doubles.
std::vector<Enclosure> suprema_of(BallMatrix matrix, const TriangularMatrix& doubles) {
  BallSuprema found = ball_suprema(std::move(matrix), kMostSteps);
  if (found.settled) return found.values;
  const std::vector<Enclosure> others = node_suprema(doubles);
  for (std::size_t j = 0; j < others.size(); ++j) {
    Enclosure& value = found.values[j];
    value = {std::max(value.lower, others[j].lower), std::min(value.upper, others[j].upper)};
  }
  return found.values;
}

}  // namespace

DefinitionMetrics definition_metrics_exact(const LayerAttention& layer, const EnclosedWeights& weights,
                                           const DefinitionOptions& options) {
  const TriangularMatrix doubles = mean_matrix(layer, weights);
  const auto times = [&] {
    MixingTimes mixing(moves_of(mean_of(layer, weights)));
    std::vector<TimeBounds> found;
    for (const exact::Rational& epsilon : options.epsilons) found.push_back(mixing.time(epsilon));
    return found;
  };
  return metrics_by(
      layer, doubles, options, times, [&] { return suprema_of(mean_of(layer, weights), doubles); },
      [&](int head) { return suprema_of(head_of(layer, head), head_matrix(layer, head)); });
}

}  // namespace crosshead::crosscheck

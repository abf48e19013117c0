// Branch and bound over the simplex of weight vectors: the part with the largest upper bound is bisected
// along its longest edge until the exact value at some vertex or centre comes within the tolerance.
#include "crosshead/diffusion/region_simplex.hpp"

#include <algorithm>
#include <cmath>
#include <queue>

#include "crosshead/graph/digraph.hpp"
#include "crosshead/heads/head_system.hpp"

namespace crosshead::diffusion {
namespace {

using exact::Rational;
using exact::RationalMatrix;

constexpr int kSteps = 200;
/// Sums of at most 64 products over at most 200 steps, and one elimination: below (64 + 2) (200 + 64) 2^-53.
constexpr double kInflation = 1 + 1e-11;

using Weights = std::vector<Rational>;

struct Part {
  std::vector<Weights> vertices;
  double upper = 0;
  std::size_t record = 0;  // in SimplexMaximum::parts
  bool operator<(const Part& other) const { return upper < other.upper; }
};

/// `value` rounded up to a multiple of 2^-40. REQUIRES: 0 <= value <= 1.
double rounded_up(const Rational& value) {
  exact::Integer scaled = numerator(value) << 40;
  const exact::Integer& by = denominator(value);
  scaled = (scaled + by - 1) / by;
  return std::ldexp(scaled.convert_to<double>(), -40);
}

class SimplexSearch {
 public:
  SimplexSearch(const std::vector<RationalMatrix>& heads, int sink, const FidelityConvention& convention,
                std::vector<int> order)
      : heads_(heads),
        sink_(static_cast<std::size_t>(sink)),
        convention_(convention),
        order_(std::move(order)),
        n_(static_cast<std::size_t>(heads.front().size())) {}

  SimplexMaximum run(const Rational& tolerance, std::int64_t budget) {
    Part whole;
    for (std::size_t h = 0; h < heads_.size(); ++h) {
      Weights vertex(heads_.size());
      vertex[h] = 1;
      whole.vertices.push_back(vertex);
      meet(vertex);
    }
    std::priority_queue<Part> open;
    result_.parts.emplace_back();
    push(open, std::move(whole));
    while (!open.empty()) {
      result_.upper = std::max(result_.lower, exact::exact_value(open.top().upper));
      result_.reached = result_.upper - result_.lower <= tolerance;
      if (result_.reached || result_.simplices >= budget) return result_;
      const Part part = open.top();
      open.pop();
      split(open, part);
    }
    result_.upper = result_.lower;  // no part can exceed it
    result_.reached = true;
    return result_;
  }

 private:
  RationalMatrix mean(const Weights& weights) const { return exact::weighted_sum(heads_, weights); }

  /// The exact value at one vector, perhaps the best so far.
  void meet(const Weights& weights) {
    const Minimax value = minimax_fidelity(mean(weights), static_cast<int>(sink_), convention_);
    if (!value.decided || (!result_.weights.empty() && value.value <= result_.lower)) return;
    result_.lower = value.value;
    result_.weights = weights;
  }

  void push(std::priority_queue<Part>& open, Part part) {
    ++result_.simplices;
    part.upper = upper_bound(part, result_.parts[part.record]);
    Weights centre(heads_.size());
    for (const Weights& vertex : part.vertices) {
      for (std::size_t h = 0; h < centre.size(); ++h)
        centre[h] += vertex[h] / static_cast<long>(part.vertices.size());
    }
    if (exact::exact_value(part.upper) <= result_.lower) return;
    meet(centre);
    open.push(std::move(part));
  }

  void split(std::priority_queue<Part>& open, const Part& part) {
    std::size_t a = 0, b = 1;
    Rational longest = -1;
    for (std::size_t i = 0; i < part.vertices.size(); ++i) {
      for (std::size_t k = i + 1; k < part.vertices.size(); ++k) {
        Rational length = 0;
        for (std::size_t h = 0; h < heads_.size(); ++h) {
          const Rational step = part.vertices[i][h] - part.vertices[k][h];
          length += step * step;
        }
        if (length > longest) {
          longest = length;
          a = i;
          b = k;
        }
      }
    }
    Weights middle(heads_.size());
    for (std::size_t h = 0; h < middle.size(); ++h)
      middle[h] = (part.vertices[a][h] + part.vertices[b][h]) / 2;
    SimplexPart& record = result_.parts[part.record];
    const auto halves = static_cast<int>(result_.parts.size());
    record.split = {static_cast<int>(a), static_cast<int>(b)};
    record.halves = {halves, halves + 1};
    result_.parts.resize(result_.parts.size() + 2);
    for (const std::size_t replaced : {a, b}) {
      Part half;
      half.record = static_cast<std::size_t>(halves) + (replaced == a ? 0 : 1);
      half.vertices = part.vertices;
      half.vertices[replaced] = middle;
      push(open, std::move(half));
    }
  }

  /// The record becomes the node whose bound is the least, and its horizon.
  double upper_bound(const Part& part, SimplexPart& record) const {
    std::vector<double> matrix(n_ * n_);
    for (const Weights& vertex : part.vertices) {
      const RationalMatrix at = mean(vertex);
      for (std::size_t i = 0; i < n_; ++i) {
        for (const auto& entry : at.row(static_cast<int>(i))) {
          double& largest = matrix[i * n_ + static_cast<std::size_t>(entry.column)];
          largest = std::max(largest, rounded_up(entry.value));
        }
      }
    }
    std::vector<std::vector<double>> reach;
    for (std::size_t j = 0; j < n_; ++j) reach.push_back(reaching(matrix, j));
    std::vector<double> x(n_), next(n_), largest(n_), bound(n_, 2);
    std::vector<int> horizon(n_);
    x[sink_] = 1;
    for (int t = 0; t <= kSteps; ++t) {
      if (t > 0) {
        std::fill(next.begin(), next.end(), 0.0);
        for (std::size_t k = 0; k < n_; ++k) {
          for (std::size_t l = 0; l < n_; ++l) next[l] += x[k] * matrix[k * n_ + l];
        }
        for (double& value : next) value = std::min(value, 1.0);
        std::swap(x, next);
      }
      if (t < convention_.first_step) continue;
      for (std::size_t j = 0; j < n_; ++j) {
        double tail = 0;
        for (std::size_t k = 0; k < n_; ++k) tail += x[k] * reach[j][k];
        if (std::max(largest[j], tail) < bound[j]) {
          bound[j] = std::max(largest[j], tail);
          horizon[j] = t;
        }
        largest[j] = std::max(largest[j], x[j]);
      }
    }
    double least = 2;
    for (std::size_t j = 0; j < n_; ++j) {
      if ((j == sink_ && !convention_.sink_counts) || bound[j] >= least) continue;
      least = bound[j];
      record.node = static_cast<int>(j);
      record.horizon = horizon[j];
    }
    least = std::min(least, 1.0);
    return least * kInflation;
  }

  /// h with D h <= h for every row-stochastic D below the matrix: first-step sums, or 1 where they exceed it.
  std::vector<double> reaching(const std::vector<double>& matrix, std::size_t j) const {
    std::vector<double> h(n_);
    h[j] = 1;
    bool met = false;
    for (const int node : order_) {
      const auto k = static_cast<std::size_t>(node);
      met = met || k == j;
      if (!met || k == j) continue;
      double sum = 0;
      for (std::size_t l = 0; l < n_; ++l) sum += l == k ? 0 : matrix[k * n_ + l] * h[l];
      const double leave = 1 - matrix[k * n_ + k];
      h[k] = sum == 0 ? 0 : leave <= 0 ? 1 : std::min(1.0, sum / leave * kInflation);
    }
    return h;
  }

  const std::vector<RationalMatrix>& heads_;
  std::size_t sink_;
  FidelityConvention convention_;
  std::vector<int> order_;
  std::size_t n_;
  SimplexMaximum result_;
};

}  // namespace

SimplexMaximum simplex_maximum(const std::vector<RationalMatrix>& heads, int sink,
                               const FidelityConvention& convention, const Rational& tolerance,
                               std::int64_t budget) {
  SimplexMaximum refused;
  refused.defined = false;
  std::vector<graph::Digraph> graphs;
  for (const RationalMatrix& head : heads) {
    graphs.push_back(heads::support(head));
    for (int i = 0; i < head.size(); ++i) {
      if (head.row_sum(i) != 1) refused.reason = "a row that does not sum to 1";
    }
  }
  auto order = graph::topological_order(graph::union_of(graphs));
  if (!order) refused.reason = "the union of the heads has a cycle through several nodes";
  if (heads.front().size() > 64) refused.reason = "more than 64 nodes";
  if (heads.front().size() == 1 && !convention.sink_counts)
    refused.reason = "no node besides the sink counts";
  if (!refused.reason.empty()) return refused;
  return SimplexSearch(heads, sink, convention, std::move(*order)).run(tolerance, budget);
}

}  // namespace crosshead::diffusion

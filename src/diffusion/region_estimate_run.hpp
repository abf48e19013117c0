#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "region_estimate.hpp"
#include "region_order.hpp"

namespace crosshead::diffusion {

/// How many steps beyond its first clear success a node is followed for a larger signal.
inline constexpr std::int64_t kFollowedSteps = 48;
/// Nodes that pass on less than this share at a step are tried as gates.
inline constexpr double kSlow = 1.0 / 32;

/// A closed class at one weight (region_class.cpp).
struct RegionEstimator::ClosedClass {
  ClosedClass(const Run& run, std::vector<std::size_t> nodes);

  double share(std::size_t j) const { return stationary[place(j)]; }
  /// No later signal of member j exceeds this.
  double later(const Run& run, std::size_t j) const;
  void step(const Run& run);
  std::size_t place(std::size_t j) const {
    return static_cast<std::size_t>(std::find(members.begin(), members.end(), j) - members.begin());
  }

  std::vector<std::size_t> members;
  std::vector<double> stationary, reach;
  std::vector<std::vector<double>> powers;    ///< P^t of the members
  std::array<std::vector<double>, 2> excess;  ///< of two members
};

/// One weight: the chain, the probabilities of reaching each node, and the bounds on what is still to come.
class RegionEstimator::Run {
 public:
  Run(const RegionEstimator& pair, double b)
      : n_(static_cast<std::size_t>(pair.size_)),
        matrix_(n_ * n_),
        leave_(n_),
        x_(n_),
        next_(n_),
        tail_(n_),
        bound_(n_),
        inflow_(n_),
        limit_(n_),
        nodes_(n_) {
    graph::Digraph support(pair.size_);
    for (std::size_t k = 0; k < n_ * n_; ++k) {
      matrix_[k] = b * pair.first_[k] + (1 - b) * pair.second_[k];
      if (matrix_[k] > 0) support.add_edge(static_cast<int>(k % n_), static_cast<int>(k / n_));
    }
    for (std::size_t k = 0; k < n_; ++k)
      leave_[k] = b * pair.leave_first_[k] + (1 - b) * pair.leave_second_[k];
    class_of_.assign(n_, -1);
    if (auto order = region_order(support)) {
      order_ = std::move(order->nodes);
      class_of_ = std::move(order->closed_class);
      for (const auto& members : order->closed)
        classes_.emplace_back(*this, std::vector<std::size_t>(members.begin(), members.end()));
    }
    x_[static_cast<std::size_t>(pair.sink_)] = 1;
    reach_.assign(n_, std::vector<double>(n_));
    for (std::size_t j = 0; j < n_; ++j)
      look_ahead(j, pair.first_step_, static_cast<std::size_t>(pair.sink_));
  }

  std::vector<NodeEstimate> nodes(std::int64_t first_step, std::int64_t steps, double bar) {
    std::vector<std::int64_t> above(n_, -1);
    steps_ = steps;
    for (std::int64_t t = 0; t <= steps && open_ > 0; ++t) {
      if (t > 0) step();
      if (t < first_step) continue;
      bound_what_comes();
      for (std::size_t j = 0; j < n_; ++j) {
        if (!nodes_[j].settled) look(j, t, bar, above[j]);
      }
    }
    return std::move(nodes_);
  }

  void advance(std::int64_t steps) {
    for (std::int64_t t = 0; t < steps; ++t) step();
    bound_what_comes();
  }
  const std::vector<double>& row() const { return x_; }
  const std::vector<bool>& inflow_flags() const { return inflow_; }
  bool slow(std::size_t k) const { return leave_[k] > 0 && leave_[k] < kSlow; }

  /// The least levels that RegionProof::feeder allows here, raised to those given.
  void raise_levels(std::size_t j, std::size_t m, std::vector<double>& levels) const {
    const auto p = levels.size() - 1;
    std::vector<bool> gates(n_);
    const std::vector<double> before = reach_before(m, gates);
    gates[m] = true;
    const std::vector<double> g = reach_before(j, gates);
    double v = 0, w = 0, underway = 0, passed = 0;
    for (std::size_t k = 0; k < n_; ++k) {
      v += x_[k] * g[k];
      w += x_[k] * before[k];
      underway += k == j ? 0 : g[k] * bound_[k];
      passed += entry(m, k) * g[k];
    }
    const double ratio = passed / leave_[m];
    for (std::size_t i = p + 1; i-- > 0;) {
      const double share = static_cast<double>(i) / static_cast<double>(p);
      levels[i] = std::max(levels[i], v + share * ratio * w);
      if (i == p) continue;
      const double beta = static_cast<double>(p - i) * leave_[m] + static_cast<double>(i) * leave_[j];
      levels[i] = std::max(levels[i], (beta * levels[i + 1] + leave_[j] * underway) / (beta + leave_[j]));
    }
  }

  /// The row after `first_step` steps, averaged.
  double averaged(std::size_t j, std::int64_t first_step, int stages, double rate) {
    const std::vector<double> start = x_;
    for (std::int64_t t = 0; t < first_step; ++t) step();
    for (int stage = 0; stage < stages; ++stage) {
      std::fill(next_.begin(), next_.end(), 0.0);
      for (std::size_t place = n_; place-- > 0;) {
        const auto l = static_cast<std::size_t>(order_[place]);
        double sum = rate * x_[l];
        for (std::size_t k = 0; k < n_; ++k) sum += k == l ? 0 : next_[k] * entry(k, l);
        next_[l] = sum / (leave_[l] + rate);
      }
      std::swap(x_, next_);
    }
    const double value = x_[j];
    x_ = start;
    return value;
  }

 private:
  friend struct ClosedClass;
  double entry(std::size_t k, std::size_t l) const { return matrix_[k * n_ + l]; }
  bool recurrent(std::size_t j) const { return class_of_[j] >= 0; }
  const ClosedClass& class_at(std::size_t j) const {
    return classes_[static_cast<std::size_t>(class_of_[j])];
  }

  void look_ahead(std::size_t j, std::int64_t first_step, std::size_t sink) {
    reach_[j][j] = 1;
    for (const int row : order_) {
      const auto k = static_cast<std::size_t>(row);
      if (k == j) continue;
      double sum = 0;
      for (std::size_t l = 0; l < n_; ++l) sum += l == k ? 0 : entry(k, l) * reach_[j][l];
      reach_[j][k] = sum > 0 ? sum / leave_[k] : 0;
    }
    nodes_[j].horizon = nodes_[j].time = first_step;
    if (order_.empty()) return;
    if (recurrent(j)) {
      limit_[j] = class_at(j).share(j) * class_at(j).reach[sink];
      nodes_[j].value = limit_[j];
      nodes_[j].limit = true;
    }
    if (leave_[j] > 0 || recurrent(j)) {
      ++open_;
      return;
    }
    nodes_[j].limit = nodes_[j].settled = true;
    nodes_[j].value = reach_[j][sink];
  }

  void step() {
    std::fill(next_.begin(), next_.end(), 0.0);
    for (std::size_t k = 0; k < n_; ++k) {
      if (x_[k] == 0) continue;
      for (std::size_t l = 0; l < n_; ++l) next_[l] += x_[k] * entry(k, l);
    }
    std::swap(x_, next_);
    for (ClosedClass& closed : classes_) closed.step(*this);
  }

  /// What still flows into l from nodes bounded by `bound_`, over 1 - D_ll.
  double inflow(std::size_t l) const {
    double sum = 0;
    for (std::size_t k = 0; k < n_; ++k) sum += k == l ? 0 : bound_[k] * entry(k, l);
    return sum > 0 ? sum / leave_[l] : 0;
  }

  void bound_what_comes() {
    for (std::size_t j = 0; j < n_; ++j) {
      tail_[j] = 0;
      for (std::size_t k = 0; k < n_; ++k) tail_[j] += x_[k] * reach_[j][k];
      if (recurrent(j)) tail_[j] = class_at(j).later(*this, j);
    }
    for (std::size_t place = n_; place-- > 0;) {
      const auto l = static_cast<std::size_t>(order_[place]);
      const double flow = leave_[l] > 0 ? x_[l] + inflow(l) : tail_[l];
      inflow_[l] = !recurrent(l) && flow < tail_[l] * (1 - 1e-9);
      bound_[l] = inflow_[l] ? flow : tail_[l];
    }
  }

  void settle(NodeEstimate& node) {
    node.settled = true;
    --open_;
  }

  std::vector<double> reach_before(std::size_t j, const std::vector<bool>& gates) const {
    std::vector<double> g(n_);
    g[j] = 1;
    for (const int row : order_) {
      const auto k = static_cast<std::size_t>(row);
      if (k == j || gates[k]) continue;
      double sum = 0;
      for (std::size_t l = 0; l < n_; ++l) sum += l == k ? 0 : entry(k, l) * g[l];
      g[k] = sum > 0 ? sum / leave_[k] : 0;
    }
    return g;
  }

  /// The larger of the two bounds of RegionProof::gates.
  double gated(std::size_t j, const std::vector<bool>& gates) const {
    std::vector<double> g(n_);
    g[j] = 1;
    double now = x_[j], through = 0;
    for (const int row : order_) {
      const auto k = static_cast<std::size_t>(row);
      if (k == j) continue;
      double sum = 0;
      for (std::size_t l = 0; l < n_; ++l) sum += l == k ? 0 : entry(k, l) * g[l];
      if (sum == 0) continue;
      if (gates[k]) {
        through += bound_[k] * sum / leave_[j];
      } else {
        g[k] = sum / leave_[k];
        now += x_[k] * g[k];
        through += bound_[k] * g[k];
      }
    }
    return std::max(now, through);
  }

  /// Gates to try for j: all other nodes, or those that are nearly absorbing here.
  std::array<std::vector<bool>, 2> gates(std::size_t j) const {
    std::array<std::vector<bool>, 2> result{std::vector<bool>(n_, true), std::vector<bool>(n_)};
    for (std::size_t k = 0; k < n_; ++k) result[1][k] = leave_[k] < kSlow && leave_[k] > 0;
    result[0][j] = result[1][j] = false;
    return result;
  }

  void look(std::size_t j, std::int64_t t, double bar, std::int64_t& above) {
    NodeEstimate& node = nodes_[j];
    node.horizon = t;
    const double enough = std::max(node.value, bar * (1 - 1e-9));
    // Larger classes: what this many steps of the class bound, after as many.
    const bool twice = recurrent(j) && class_at(j).members.size() > 2;
    if ((tail_[j] < enough || tail_[j] == 0) && (!twice || 2 * t <= steps_)) {
      if (twice) node.horizon = 2 * t;
      return settle(node);
    }
    if (!recurrent(j) && (tail_[j] < 2 * enough || t % 4 == 0)) {
      for (auto& candidate : gates(j)) {
        if (x_[j] > enough || gated(j, candidate) >= enough) continue;
        node.gates = std::move(candidate);
        node.inflow = inflow_;
        return settle(node);
      }
    }
    if (x_[j] > node.value) {
      node.value = x_[j];
      node.time = t;
      node.limit = false;
    }
    if (bar <= 0 || node.value <= bar * (1 + 1e-9)) return;
    if (above < 0) above = t;
    if (t - above > kFollowedSteps) settle(node);
  }

  std::size_t n_;
  std::vector<double> matrix_, leave_, x_, next_, tail_, bound_;
  std::vector<bool> inflow_;
  std::vector<double> limit_;
  std::vector<NodeEstimate> nodes_;
  std::vector<int> order_, class_of_;
  std::vector<ClosedClass> classes_;
  std::vector<std::vector<double>> reach_;
  std::size_t open_ = 0;
  std::int64_t steps_ = 0;
};

}  // namespace crosshead::diffusion

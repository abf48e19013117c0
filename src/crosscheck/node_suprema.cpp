#include "node_suprema.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

#include "power_ladder.hpp"

namespace crosshead::crosscheck {
namespace {

constexpr int kSingleSteps = 128;       ///< taken one by one; 2^7
constexpr std::size_t kFirstLevel = 3;  ///< the first skips are 2^3 steps: 16 in each doubling of t
constexpr std::size_t kLastLevel = 56;  ///< skips beyond 2^56 steps are not taken
constexpr int kSpansPerDoubling = 16;
constexpr int kCheckEvery = 16;
constexpr int kMostHalvings = 1500;
constexpr double kNarrow = 1e-9, kNarrowEnough = 1e-7;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

double above(double value) {
  return std::nextafter(value, kInfinity);
}

/// Rows divided by their sums, and what leaves each node, relative to its row.
struct Normalised {
  TriangularMatrix matrix;
  std::vector<Enclosure> leaks;
};

Normalised normalised(const TriangularMatrix& attention) {
  const std::size_t n = attention.n;
  Normalised result{TriangularMatrix(n), {}};
  // One quotient of an entry and a sum of up to n.
  result.matrix.roundings = 2 * attention.roundings + static_cast<std::int64_t>(n) + 1;
  for (std::size_t i = 0; i < n; ++i) {
    double before = 0;
    for (std::size_t j = 0; j < i; ++j) before += attention.at(i, j);
    const double sum = before + attention.at(i, i);
    for (std::size_t j = 0; j <= i; ++j) result.matrix.at(i, j) = attention.at(i, j) / sum;
    Enclosure leak =
        around(before / sum, result.matrix.roundings + static_cast<std::int64_t>(n), before == 0);
    if (attention.at(i, i) == 0) leak = {1, 1};
    result.leaks.push_back({std::min(leak.lower, 1.0), std::min(leak.upper, 1.0)});
  }
  return result;
}

/// The search for the suprema of one matrix.
class SupremumSearch {
 public:
  explicit SupremumSearch(Normalised normalised)
      : n_(normalised.matrix.n),
        matrix_(std::move(normalised.matrix)),
        leaks_(std::move(normalised.leaks)),
        heard_(heard_by_sink(matrix_)),
        lower_(n_, 0.0),
        upper_(n_, 0.0),
        tail_(n_, 1.0) {}

  std::vector<Enclosure> run() {
    single_steps();
    if (!settled(kNarrow)) {
      ladder_.emplace(matrix_, leaks_);
      doublings();
      halvings();
    }
    std::vector<Enclosure> result;
    for (std::size_t j = 0; j < n_; ++j) {
      result.push_back(heard_[j] ? Enclosure{lower_[j], std::min(greatest(j), 1.0)} : Enclosure{0, 0});
    }
    return result;
  }

 private:
  struct Point {
    PowerLadder::Row row;
    std::vector<double> mass;  ///< of row.upper: what can still come to each node
  };
  /// Times from.time to to.time = from.time + 2^level.
  struct Span {
    std::size_t from = 0, to = 0, level = 0;
    std::vector<double> most;  ///< bound of s_j on the span
  };

  double greatest(std::size_t j) const { return std::max(upper_[j], tail_[j]); }

  /// Whether the least supremum before the sink is enclosed within this relative width.
  bool settled(double width) const {
    double low = kInfinity, high = kInfinity;
    for (std::size_t j = 0; j + 1 < n_; ++j) {
      low = std::min(low, heard_[j] ? lower_[j] : 0);
      high = std::min(high, heard_[j] ? greatest(j) : 0);
    }
    return n_ == 1 || high <= low * (1 + width) || high <= 4 * kUnderflow;
  }

  /// Absorbing nodes keep what they have: it comes to no other node.
  std::vector<double> mass_of(const std::vector<double>& row) const {
    std::vector<double> mass(n_);
    double moving = 0;
    for (std::size_t j = n_; j-- > 0;) {
      const bool absorbing = leaks_[j].upper == 0;
      if (!absorbing) moving += row[j];
      mass[j] =
          (absorbing ? moving + row[j] : moving) * (1 + relative_error(static_cast<std::int64_t>(n_) + 4));
    }
    return mass;
  }

  void single_steps() {
    std::vector<double> x(matrix_.stride, 0.0), y(matrix_.stride, 0.0), best(matrix_.stride, 0.0);
    x[n_ - 1] = 1;
    for (int t = 1; t <= kSingleSteps; ++t) {
      multiply_row(x.data(), matrix_.entries.data(), n_, matrix_.stride, y.data());
      x.swap(y);
      for (std::size_t j = 0; j < n_; ++j) best[j] = std::max(best[j], x[j]);
      if (t % kCheckEvery != 0) continue;
      const std::int64_t roundings = t * matrix_.step_roundings();
      point_.row.lower.assign(matrix_.stride, 0.0);
      point_.row.upper.assign(matrix_.stride, 0.0);
      for (std::size_t j = 0; j < n_; ++j) {
        const Enclosure now = around(x[j], roundings), most = around(best[j], roundings);
        point_.row.lower[j] = now.lower;
        point_.row.upper[j] = now.upper;
        lower_[j] = most.lower;
        upper_[j] = most.upper;
      }
      tail_ = point_.mass = mass_of(point_.row.upper);
      if (settled(kNarrow)) return;
    }
  }

  std::size_t add_point(PowerLadder::Row row) {
    for (std::size_t j = 0; j < n_; ++j) lower_[j] = std::max(lower_[j], row.lower[j]);
    std::vector<double> mass = mass_of(row.upper);
    points_.push_back({std::move(row), std::move(mass)});
    return points_.size() - 1;
  }

  void add_span(std::size_t from, std::size_t to, std::size_t level) {
    Span span{from, to, level, std::vector<double>(n_)};
    const Point &a = points_[from], &b = points_[to];
    const TriangularMatrix& entries = ladder_->level(0).upper;
    const PowerLadder::Level& power = ladder_->level(level);
    const double inflow_error = 1 + relative_error(static_cast<std::int64_t>(n_) + 6);
    std::vector<double> inflow(n_, 0.0);
    for (std::size_t j = n_; j-- > 0;) {
      double most = a.mass[j];
      if (level == 0) {
        most = std::min(most, std::max(a.row.upper[j], b.row.upper[j]));
      } else {
        const double stays = power.lower.at(j, j), leak = leaks_[j].lower;
        if (stays > 0) most = std::min(most, above(b.row.upper[j] / stays));
        if (leak > 0)
          most =
              std::min(most, std::max(a.row.upper[j], above(inflow[j] / leak * inflow_error) + kUnderflow));
      }
      span.most[j] = most;
      const double* row = entries.entries.data() + j * entries.stride;
      for (std::size_t k = 0; k < j; ++k) inflow[k] += most * row[k];
    }
    for (std::size_t j = 0; j < n_; ++j) upper_[j] = std::max(upper_[j], span.most[j]);
    spans_.push_back(std::move(span));
  }

  void doublings() {
    single_upper_ = upper_;
    std::size_t last = add_point(point_.row);
    for (std::size_t level = kFirstLevel; level <= kLastLevel && !tail_settled(); ++level) {
      for (int k = 0; k < kSpansPerDoubling; ++k) {
        const std::size_t next = add_point(ladder_->step(points_[last].row, level));
        add_span(last, next, level);
        last = next;
      }
      tail_ = points_[last].mass;
    }
  }

  /// Whether later steps no longer matter to the nodes that may decide the minimum.
  bool tail_settled() const {
    double high = kInfinity;
    for (std::size_t j = 0; j + 1 < n_; ++j) high = std::min(high, heard_[j] ? greatest(j) : 0);
    for (std::size_t j = 0; j + 1 < n_; ++j) {
      if (heard_[j] && lower_[j] <= high && tail_[j] > lower_[j] * (1 + kNarrow)) return false;
    }
    return true;
  }

  /// Halves the spans that keep the minimum open, always the one with the largest bound of the node with the
  /// least supremum so far.
  void halvings() {
    for (int k = 0; k < kMostHalvings && !settled(kNarrowEnough); ++k) {
      std::size_t node = 0;
      for (std::size_t j = 0; j + 1 < n_; ++j) {
        if (heard_[j] && greatest(j) > lower_[j] * (1 + kNarrowEnough) &&
            (!heard_[node] || greatest(node) <= lower_[node] * (1 + kNarrowEnough) ||
             lower_[j] < lower_[node])) {
          node = j;
        }
      }
      const auto widest = std::max_element(spans_.begin(), spans_.end(), [&](const Span& a, const Span& b) {
        return (a.level == 0 ? 0 : a.most[node]) < (b.level == 0 ? 0 : b.most[node]);
      });
      if (widest == spans_.end() || widest->level == 0 ||
          widest->most[node] <= lower_[node] * (1 + kNarrowEnough)) {
        return;  // single steps or the tail keep it open
      }
      const Span span = std::move(*widest);
      *widest = std::move(spans_.back());
      spans_.pop_back();
      const std::size_t middle = add_point(ladder_->step(points_[span.from].row, span.level - 1));
      add_span(span.from, middle, span.level - 1);
      add_span(middle, span.to, span.level - 1);
      renew_upper();
    }
  }

  void renew_upper() {
    for (std::size_t j = 0; j < n_; ++j) {
      upper_[j] = single_upper_[j];
    }
    for (const Span& span : spans_) {
      for (std::size_t j = 0; j < n_; ++j) upper_[j] = std::max(upper_[j], span.most[j]);
    }
  }

  std::size_t n_;
  TriangularMatrix matrix_;
  std::vector<Enclosure> leaks_;
  std::vector<bool> heard_;
  std::vector<double> lower_, upper_, tail_;
  std::vector<double> single_upper_;  ///< upper_ after the single steps
  Point point_;
  std::optional<PowerLadder> ladder_;
  std::vector<Point> points_;
  std::vector<Span> spans_;
};

}  // namespace

std::vector<Enclosure> node_suprema(const TriangularMatrix& attention) {
  return SupremumSearch(normalised(attention)).run();
}

}  // namespace crosshead::crosscheck

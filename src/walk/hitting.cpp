#include "crosshead/walk/hitting.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "crosshead/exact/integer_row.hpp"
#include "crosshead/exact/linear_solve.hpp"
#include "crosshead/heads/head_system.hpp"

namespace crosshead::walk {
namespace {

using exact::DenseMatrix;
using exact::DenseVector;
using exact::Integer;
using exact::Rational;
using exact::RationalMatrix;

/// Column `sink` replaced by the point mass: a walk that stops at its first visit.
RationalMatrix stopped_at(const RationalMatrix& walk, int sink) {
  RationalMatrix stopped(walk.size());
  for (int i = 0; i < walk.size(); ++i) {
    bool placed = i != sink;
    for (const auto& entry : walk.row(i)) {
      if (!placed && entry.column >= sink) {
        stopped.append(i, sink, 1);
        placed = true;
      }
      if (entry.column != sink) stopped.append(i, entry.column, entry.value);
    }
    if (!placed) stopped.append(i, sink, 1);
  }
  return stopped;
}

// E min(T, M) = sum over t < M of P(T > t), and P(T > t) = 1 - (W^t)_{tau j} once the walk stops at the sink.
std::optional<std::vector<Rational>> exact_truncated(const RationalMatrix& stopped, int sink, int cutoff,
                                                     std::int64_t limb_operations) {
  const exact::IntegerMatrix matrix(stopped);
  exact::RowIteration row(matrix, sink);
  std::vector<Integer> sums(static_cast<std::size_t>(stopped.size()));
  for (int t = 0; t < cutoff; ++t) {
    if (t > 0) row.step();
    if (row.limb_operations() > limb_operations) return std::nullopt;
    for (int j = 0; j < stopped.size(); ++j) {
      Integer& sum = sums[static_cast<std::size_t>(j)];
      if (t > 0) sum *= matrix.denominator();
      sum += row.denominator() - row.numerator(j);
    }
  }
  std::vector<Rational> result;
  result.reserve(sums.size());
  for (const Integer& sum : sums) result.emplace_back(sum, row.denominator());
  return result;
}

/// The absorbed mass in units of 2^-kUnits, always rounded one way, so that the sums are bounds.
class DirectedRow {
 public:
  static constexpr unsigned kUnits = 256;

  DirectedRow(const RationalMatrix& matrix, int start, bool up)
      : up_(up), mass_(static_cast<std::size_t>(matrix.size())), columns_(mass_.size()) {
    for (int i = 0; i < matrix.size(); ++i) {
      for (const auto& entry : matrix.row(i)) {
        Integer scaled;
        mpz_mul_2exp(raw(scaled), mpq_numref(entry.value.backend().data()), kUnits);
        divide(raw(scaled), mpq_denref(entry.value.backend().data()));
        columns_[static_cast<std::size_t>(entry.column)].emplace_back(i, std::move(scaled));
      }
    }
    mass_[static_cast<std::size_t>(start)] = Integer(1) << kUnits;
  }

  void step() {
    std::vector<Integer> next(mass_.size());
    for (std::size_t j = 0; j < next.size(); ++j) {
      for (const auto& [i, weight] : columns_[j]) next[j] += weight * mass_[static_cast<std::size_t>(i)];
      if (up_) {
        mpz_cdiv_q_2exp(raw(next[j]), raw(next[j]), kUnits);
      } else {
        mpz_fdiv_q_2exp(raw(next[j]), raw(next[j]), kUnits);
      }
    }
    mass_ = std::move(next);
  }

  const Integer& mass(std::size_t j) const { return mass_[j]; }

 private:
  static mpz_ptr raw(Integer& value) { return value.backend().data(); }
  void divide(mpz_ptr value, mpz_srcptr by) const {
    if (up_) {
      mpz_cdiv_q(value, value, by);
    } else {
      mpz_fdiv_q(value, value, by);
    }
  }

  bool up_;
  std::vector<Integer> mass_;
  std::vector<std::vector<std::pair<int, Integer>>> columns_;
};

}  // namespace

std::vector<Rational> truncated_hitting_times(const RationalMatrix& walk, int sink, int cutoff) {
  return exact_truncated(stopped_at(walk, sink), sink, cutoff, std::numeric_limits<std::int64_t>::max())
      .value();
}

std::vector<exact::Interval> enclosed_truncated_hitting_times(const RationalMatrix& walk, int sink,
                                                              int cutoff, std::int64_t limb_operations) {
  const RationalMatrix stopped = stopped_at(walk, sink);
  std::vector<exact::Interval> result;
  if (const auto values = exact_truncated(stopped, sink, cutoff, limb_operations)) {
    for (const Rational& value : *values) result.push_back({value, value});
    return result;
  }
  const std::size_t n = static_cast<std::size_t>(walk.size());
  const Integer one = Integer(1) << DirectedRow::kUnits;
  DirectedRow low(stopped, sink, false), high(stopped, sink, true);
  std::vector<Integer> least(n), most(n);
  for (int t = 0; t < cutoff; ++t) {
    if (t > 0) {
      low.step();
      high.step();
    }
    for (std::size_t j = 0; j < n; ++j) {
      least[j] += std::max(Integer(one - high.mass(j)), Integer(0));
      most[j] += one - low.mass(j);
    }
  }
  for (std::size_t j = 0; j < n; ++j) result.push_back({Rational(least[j], one), Rational(most[j], one)});
  return result;
}

std::vector<std::optional<Rational>> expected_hitting_times(const RationalMatrix& walk, int sink) {
  const int n = walk.size();
  const RationalMatrix stopped = stopped_at(walk, sink);
  const graph::Digraph graph = heads::support(stopped);
  const std::vector<bool> reaches = graph::reaching(graph, sink);
  std::vector<bool> certain(static_cast<std::size_t>(n), true);
  for (int lost = 0; lost < n; ++lost) {
    if (reaches[static_cast<std::size_t>(lost)]) continue;
    const std::vector<bool> exposed = graph::reaching(graph, lost);
    for (std::size_t j = 0; j < exposed.size(); ++j) certain[j] = certain[j] && !exposed[j];
  }
  std::vector<std::optional<Rational>> result(static_cast<std::size_t>(n));
  // Row j of the transpose lists where the walk goes from j.
  const RationalMatrix moves = exact::transpose(stopped);
  if (auto order = graph::topological_order(graph)) {
    std::reverse(order->begin(), order->end());
    std::vector<std::optional<int>> pinned(static_cast<std::size_t>(n));
    for (std::size_t j = 0; j < pinned.size(); ++j) {
      if (!certain[j] || static_cast<int>(j) == sink) pinned[j] = 0;
    }
    const auto times = exact::first_step_solve(moves, *order, pinned, 1);
    if (!times) throw std::logic_error("expected_hitting_times: a certain start cannot diverge");
    for (std::size_t j = 0; j < result.size(); ++j) {
      if (certain[j]) result[j] = (*times)[j];
    }
    return result;
  }
  std::vector<int> unknown;
  std::vector<int> place(static_cast<std::size_t>(n), -1);
  for (int j = 0; j < n; ++j) {
    if (!certain[static_cast<std::size_t>(j)] || j == sink) continue;
    place[static_cast<std::size_t>(j)] = static_cast<int>(unknown.size());
    unknown.push_back(j);
  }
  const auto m = static_cast<Eigen::Index>(unknown.size());
  DenseMatrix system = DenseMatrix::Constant(m, m, Rational(0));
  for (Eigen::Index k = 0; k < m; ++k) {
    system(k, k) += 1;
    for (const auto& entry : moves.row(unknown[static_cast<std::size_t>(k)])) {
      const int l = place[static_cast<std::size_t>(entry.column)];
      if (l >= 0) system(k, l) -= entry.value;
    }
  }
  const auto times = exact::solve(system, DenseVector::Constant(m, Rational(1)));
  if (!times) throw std::logic_error("expected_hitting_times: the system of certain starts is regular");
  for (Eigen::Index k = 0; k < m; ++k)
    result[static_cast<std::size_t>(unknown[static_cast<std::size_t>(k)])] = (*times)(k);
  if (certain[static_cast<std::size_t>(sink)]) result[static_cast<std::size_t>(sink)] = Rational(0);
  return result;
}

StationaryLaws stationary_laws(const RationalMatrix& walk) {
  StationaryLaws laws;
  const graph::Digraph graph = heads::support(walk);
  for (const auto& members : graph::strongly_connected_components(graph).members) {
    std::vector<int> place(static_cast<std::size_t>(walk.size()), -1);
    for (std::size_t k = 0; k < members.size(); ++k)
      place[static_cast<std::size_t>(members[k])] = static_cast<int>(k);
    const bool closed = std::all_of(members.begin(), members.end(), [&](int node) {
      const auto& targets = graph.successors(node);
      return !targets.empty() && std::all_of(targets.begin(), targets.end(), [&](int target) {
        return place[static_cast<std::size_t>(target)] >= 0;
      });
    });
    if (!closed) continue;
    // (W_CC - 1) pi = 0 with the last equation replaced by sum pi = 1.
    const auto m = static_cast<Eigen::Index>(members.size());
    DenseMatrix system = DenseMatrix::Constant(m, m, Rational(0));
    DenseVector right = DenseVector::Constant(m, Rational(0));
    for (Eigen::Index k = 0; k + 1 < m; ++k) {
      for (const auto& entry : walk.row(members[static_cast<std::size_t>(k)])) {
        const int l = place[static_cast<std::size_t>(entry.column)];
        if (l >= 0) system(k, l) += entry.value;
      }
      system(k, k) -= 1;
    }
    for (Eigen::Index l = 0; l < m; ++l) system(m - 1, l) = 1;
    right(m - 1) = 1;
    const auto density = exact::solve(system, right);
    if (!density) throw std::logic_error("stationary_laws: an irreducible class has one stationary law");
    std::vector<Rational> full(static_cast<std::size_t>(walk.size()));
    for (Eigen::Index k = 0; k < m; ++k)
      full[static_cast<std::size_t>(members[static_cast<std::size_t>(k)])] = (*density)(k);
    laws.classes.push_back(members);
    laws.densities.push_back(std::move(full));
  }
  return laws;
}

}  // namespace crosshead::walk

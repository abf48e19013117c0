#include "closed_class.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "limit_laws.hpp"
#include "transient_search.hpp"

#include "crosshead/exact/integer_row.hpp"
#include "crosshead/exact/linear_solve.hpp"
#include "crosshead/exact/recurrence.hpp"

namespace crosshead::diffusion {
namespace {

using exact::DenseMatrix;
using exact::DenseVector;
using exact::Integer;
using exact::Rational;
using exact::RationalMatrix;

/// Steps after which the search for a decision in rational arithmetic ends.
constexpr std::int64_t kMostSteps = 1'000;
/// A distance to the limit law below which more steps are not tried: what is open then is a tie, or nearly
/// one.
constexpr unsigned kClosestBits = 160;
/// The recurrence argument works on sequences of 2n terms per residue.
constexpr std::size_t kMostRecurrenceNodes = 64;

/// A sequence stays nonnegative from its start on, by its own recurrence, whose order is at most `order`.
bool stays_nonnegative(const std::vector<Rational>& sequence, std::size_t order) {
  if (sequence.size() < 2 * order) return false;
  const auto roots = exact::rational_roots(exact::shortest_recurrence(sequence));
  if (!roots) return false;
  if (roots->empty()) return true;  // the zero sequence
  if (roots->front() > 0) return exact::stays_nonnegative(sequence, 0, *roots);
  // Negative roots: the even and the odd terms have the squares as roots.
  std::vector<Rational> squares;
  for (const Rational& root : *roots) squares.push_back(root * root);
  std::sort(squares.begin(), squares.end());
  for (std::size_t parity = 0; parity < 2; ++parity) {
    std::vector<Rational> half;
    for (std::size_t t = parity; t < sequence.size(); t += 2) half.push_back(sequence[t]);
    if (half.size() < squares.size() || !exact::stays_nonnegative(half, 0, squares)) return false;
  }
  return true;
}

/// REQUIRES: `matrix` restricted to feeders, so that each of its closed classes keeps its mass.
class ClosedClassSearch {
 public:
  ClosedClassSearch(const RationalMatrix& matrix, const Structure& structure,
                    const FidelityConvention& convention, std::vector<NodeFidelity>& nodes)
      : structure_(structure),
        convention_(convention),
        nodes_(nodes),
        laws_(limit_laws(matrix, structure)),
        integers_(matrix),
        row_(integers_, structure.sink) {}

  std::int64_t run(std::set<int> open, std::int64_t steps, std::int64_t limb_operations) {
    while (true) {
      observe(open);
      std::erase_if(open, [&](int j) { return row_.time() >= convention_.first_step && decide(j); });
      if (open.empty() || row_.time() >= steps || row_.limb_operations() >= limb_operations || exhausted())
        break;
      row_.step();
    }
    for (int j : open) leave_open(j);
    return row_.time();
  }

 private:
  struct Record {
    std::vector<int> feeders;
    std::vector<Rational> signal;
    Rational best = -1;
    std::int64_t time = 0;
  };

  /// The largest of the limits that s_j has along the residues of t.
  Rational limit_of(int j) const {
    Rational largest = 0;
    for (const auto& law : laws_) largest = std::max(largest, law[static_cast<std::size_t>(j)]);
    return largest;
  }

  std::size_t enough_terms() const {
    return (2 * laws_.size() + 2) * static_cast<std::size_t>(integers_.size());
  }

  /// So close to the limit that only ties are open, and the recurrence argument has been tried.
  bool exhausted() const {
    return !laws_.empty() && static_cast<std::size_t>(row_.time()) > enough_terms() &&
           (distance_ * Rational(Integer(1) << kClosestBits)) < 1;
  }

  void observe(const std::set<int>& open) {
    x_.clear();
    for (int k = 0; k < integers_.size(); ++k) x_.push_back(row_.value(k));
    if (!laws_.empty()) {
      const auto& law = laws_[static_cast<std::size_t>(row_.time()) % laws_.size()];
      distance_ = 0;
      for (std::size_t k = 0; k < x_.size(); ++k) {
        if (x_[k] > law[k]) distance_ += x_[k] - law[k];
      }
    }
    for (int j : open) {
      Record& record = records_[j];
      if (record.signal.empty()) record.feeders = structure_.feeders(j);
      record.signal.push_back(x_[static_cast<std::size_t>(j)]);
      if (row_.time() >= convention_.first_step && record.signal.back() > record.best) {
        record.best = record.signal.back();
        record.time = row_.time();
      }
    }
  }

  /// All mass that is at the record's node or can still reach it.
  Rational mass_towards(const Record& record) const {
    Rational mass = 0;
    for (int k : record.feeders) mass += x_[static_cast<std::size_t>(k)];
    return mass;
  }

  void settle(int j, const Rational& value, std::optional<std::int64_t> time, TailArgument why,
              Rational tail) {
    NodeFidelity& node = nodes_[static_cast<std::size_t>(j)];
    diffusion::settle(node, value, time, why);
    node.horizon = row_.time();
    node.tail = std::move(tail);
  }

  bool decide(int j) {
    const Record& record = records_[j];
    const Rational mass = mass_towards(record);
    if (mass <= record.best) {
      settle(j, record.best, record.time, TailArgument::superharmonic, mass);
      return true;
    }
    if (laws_.empty()) return false;
    const Rational limit = limit_of(j);
    if (limit + distance_ <= record.best) {
      settle(j, record.best, record.time, TailArgument::contraction, limit + distance_);
      return true;
    }
    return record.best <= limit && decide_limit(j, record, limit);
  }

  /// The limit is an upper bound: tried whenever the terms of another n steps are there, from step n on,
  /// where zero roots have died out, and along each residue of t on its own.
  bool decide_limit(int j, const Record& record, const Rational& limit) {
    const auto n = static_cast<std::size_t>(integers_.size());
    const std::size_t terms = record.signal.size(), period = laws_.size();
    if (n > kMostRecurrenceNodes || terms < enough_terms() || terms % n != 0) return false;
    const std::size_t from = terms - 2 * n * period;
    for (std::size_t residue = 0; residue < period; ++residue) {
      std::vector<Rational> gaps;
      for (std::size_t t = from + residue; t < terms; t += period) gaps.push_back(limit - record.signal[t]);
      if (!stays_nonnegative(gaps, n)) return false;
    }
    const bool attained = record.best == limit;
    settle(j, limit, attained ? std::optional(record.time) : std::nullopt, TailArgument::recurrence, limit);
    nodes_[static_cast<std::size_t>(j)].horizon = static_cast<std::int64_t>(from);
    return true;
  }

  void leave_open(int j) {
    NodeFidelity& node = nodes_[static_cast<std::size_t>(j)];
    const Record& record = records_[j];
    Rational low = std::max(record.best, Rational(0)), high = std::max(mass_towards(record), low);
    if (laws_.empty()) {
      node.note = "the closed classes have a common period above " + std::to_string(kLargestPeriod);
    } else {
      const Rational limit = limit_of(j);
      high = std::min(high, std::max(low, Rational(limit + distance_)));
      low = std::max(low, limit);
      node.note = "the signal comes as near as " + exact::to_string(exact::rounded_down(limit, 64)) +
                  " in the limit; neither a larger value nor a proof that none comes was found";
    }
    node.lower = exact::rounded_down(low, kReportBits);
    node.upper = exact::rounded_up(high, kReportBits);
    node.horizon = row_.time();
  }

  const Structure& structure_;
  const FidelityConvention& convention_;
  std::vector<NodeFidelity>& nodes_;
  LimitLaws laws_;
  exact::IntegerMatrix integers_;
  exact::RowIteration row_;
  std::vector<Rational> x_;
  Rational distance_;  ///< TV(x_t, its limit law): the sum of positive differences, never increasing in t
  std::map<int, Record> records_;
};

}  // namespace

Rational absorption_probability(const RationalMatrix& matrix, const std::vector<int>& feeders,
                                const std::vector<int>& target, int start) {
  if (std::binary_search(target.begin(), target.end(), start)) return 1;
  std::vector<int> place(static_cast<std::size_t>(matrix.size()), -1);
  std::vector<int> unknown;
  for (int k : feeders) {
    if (std::binary_search(target.begin(), target.end(), k)) continue;
    place[static_cast<std::size_t>(k)] = static_cast<int>(unknown.size());
    unknown.push_back(k);
  }
  const auto m = static_cast<Eigen::Index>(unknown.size());
  DenseMatrix system = DenseMatrix::Constant(m, m, Rational(0));
  DenseVector right = DenseVector::Constant(m, Rational(0));
  for (Eigen::Index k = 0; k < m; ++k) {
    system(k, k) = 1;
    for (const auto& entry : matrix.row(unknown[static_cast<std::size_t>(k)])) {
      const int l = place[static_cast<std::size_t>(entry.column)];
      if (l >= 0) system(k, l) -= entry.value;
      if (std::binary_search(target.begin(), target.end(), entry.column)) right(k) += entry.value;
    }
  }
  const auto solution = exact::solve(system, right);
  if (!solution) throw std::logic_error("absorption_probability: the transient part is regular");
  return (*solution)(place[static_cast<std::size_t>(start)]);
}

std::int64_t decide_closed_classes(const RationalMatrix& matrix, const Structure& structure,
                                   const std::vector<int>& recurrent, const FidelityConvention& convention,
                                   const Limits& limits, std::vector<NodeFidelity>& nodes) {
  const RationalMatrix heard = restricted_to_feeders(matrix, structure, recurrent);
  const Structure within(heard, structure.sink);
  ClosedClassSearch search(heard, within, convention, nodes);
  return search.run(std::set<int>(recurrent.begin(), recurrent.end()), std::min(limits.steps, kMostSteps),
                    limits.limb_operations);
}

}  // namespace crosshead::diffusion

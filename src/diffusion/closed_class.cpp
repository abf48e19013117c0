#include "closed_class.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "crosshead/exact/integer_row.hpp"
#include "crosshead/exact/linear_solve.hpp"
#include "crosshead/exact/recurrence.hpp"
#include "crosshead/walk/hitting.hpp"

namespace crosshead::diffusion {
namespace {

using exact::DenseMatrix;
using exact::DenseVector;
using exact::Rational;
using exact::RationalMatrix;

/// Steps after which the search for a decision in rational arithmetic ends, and bits of reported bounds.
constexpr std::int64_t kMostSteps = 2'000;
constexpr unsigned kReportBits = 256;

/// The law that x_t tends to, on the nodes of closed classes, and whether every class that matters has one.
struct LimitLaw {
  bool exists = true;
  std::vector<Rational> mass;
  std::vector<int> periodic_class;  ///< the first one met
};

LimitLaw limit_law(const RationalMatrix& matrix, const Structure& structure) {
  LimitLaw law;
  law.mass.resize(static_cast<std::size_t>(matrix.size()));
  const walk::StationaryLaws laws = walk::stationary_laws(exact::transpose(matrix));
  for (std::size_t c = 0; c < laws.classes.size(); ++c) {
    const auto& members = laws.classes[c];
    if (!structure.heard[static_cast<std::size_t>(members.front())]) continue;
    const Rational weight =
        absorption_probability(matrix, structure.feeders(members.front()), members, structure.sink);
    if (graph::period(structure.graph, members) != 1) {
      law.exists = false;
      law.periodic_class = members;
    }
    for (int k : members) {
      law.mass[static_cast<std::size_t>(k)] = weight * laws.densities[c][static_cast<std::size_t>(k)];
    }
  }
  return law;
}

/// y_j - s_j(t) >= 0 for all t from `from` on, by the sequence's own recurrence; strict if positive at
/// `from`.
bool stays_below(const std::vector<Rational>& gaps, std::size_t from, int nodes) {
  const std::vector<Rational> tail(gaps.begin() + static_cast<std::ptrdiff_t>(from), gaps.end());
  if (tail.size() < 2 * static_cast<std::size_t>(nodes)) return false;
  const auto roots = exact::rational_roots(exact::shortest_recurrence(tail));
  if (!roots) return false;
  if (roots->empty()) return true;  // the zero sequence
  if (roots->front() > 0) return exact::stays_nonnegative(tail, 0, *roots);
  // Negative roots: the even and the odd terms have the squares as roots.
  std::vector<Rational> squares;
  for (const Rational& root : *roots) squares.push_back(root * root);
  std::sort(squares.begin(), squares.end());
  for (std::size_t parity = 0; parity < 2; ++parity) {
    std::vector<Rational> half;
    for (std::size_t t = parity; t < tail.size(); t += 2) half.push_back(tail[t]);
    if (half.size() < squares.size() || !exact::stays_nonnegative(half, 0, squares)) return false;
  }
  return true;
}

class ClosedClassSearch {
 public:
  ClosedClassSearch(const RationalMatrix& matrix, const Structure& structure,
                    const FidelityConvention& convention, std::vector<NodeFidelity>& nodes)
      : structure_(structure),
        convention_(convention),
        nodes_(nodes),
        law_(limit_law(matrix, structure)),
        integers_(matrix),
        row_(integers_, structure.sink) {}

  std::int64_t run(std::set<int> open, std::int64_t steps, std::int64_t limb_operations) {
    while (true) {
      observe(open);
      std::erase_if(open, [&](int j) { return row_.time() >= convention_.first_step && decide(j); });
      if (open.empty() || row_.time() >= steps || row_.limb_operations() >= limb_operations) break;
      row_.step();
    }
    for (int j : open) leave_open(j);
    return row_.time();
  }

 private:
  struct Record {
    std::vector<Rational> signal;
    Rational best = -1;
    std::int64_t time = 0;
  };

  void observe(const std::set<int>& open) {
    x_.clear();
    for (int k = 0; k < integers_.size(); ++k) x_.push_back(row_.value(k));
    distance_ = 0;
    for (std::size_t k = 0; k < x_.size(); ++k) {
      if (x_[k] > law_.mass[k]) distance_ += x_[k] - law_.mass[k];
    }
    for (int j : open) {
      Record& record = records_[j];
      record.signal.push_back(x_[static_cast<std::size_t>(j)]);
      if (row_.time() >= convention_.first_step && record.signal.back() > record.best) {
        record.best = record.signal.back();
        record.time = row_.time();
      }
    }
  }

  void settle(int j, const Rational& value, std::optional<std::int64_t> time, TailArgument why,
              Rational tail) {
    NodeFidelity& node = nodes_[static_cast<std::size_t>(j)];
    node.decided = true;
    node.supremum = value;
    node.lower = value;
    node.upper = value;
    node.attained = time.has_value();
    node.time = time;
    node.argument = why;
    node.horizon = row_.time();
    node.tail = std::move(tail);
  }

  bool decide(int j) {
    const Record& record = records_[j];
    Rational mass = 0;
    for (int k : structure_.feeders(j)) mass += x_[static_cast<std::size_t>(k)];
    if (mass <= record.best) {
      settle(j, record.best, record.time, TailArgument::superharmonic, mass);
      return true;
    }
    if (!law_.exists) return false;
    const Rational& limit = law_.mass[static_cast<std::size_t>(j)];
    if (limit + distance_ <= record.best) {
      settle(j, record.best, record.time, TailArgument::contraction, limit + distance_);
      return true;
    }
    return record.best <= limit && decide_limit(j, record, limit);
  }

  /// The limit is an upper bound: tried when enough terms are there, from n on, where zero roots have died
  /// out.
  bool decide_limit(int j, const Record& record, const Rational& limit) {
    const auto n = static_cast<std::size_t>(integers_.size());
    const std::size_t terms = record.signal.size();
    if (terms < 4 * n || terms % (2 * n) != 0 || n > 64) return false;
    std::vector<Rational> gaps;
    for (const Rational& value : record.signal) gaps.push_back(limit - value);
    const std::size_t from = terms - 2 * n - 1;
    if (from < n || !stays_below(gaps, from, integers_.size())) return false;
    const bool attained = record.best == limit;
    settle(j, limit, attained ? std::optional(record.time) : std::nullopt, TailArgument::recurrence, limit);
    nodes_[static_cast<std::size_t>(j)].horizon = static_cast<std::int64_t>(from);
    return true;
  }

  void leave_open(int j) {
    NodeFidelity& node = nodes_[static_cast<std::size_t>(j)];
    const Record& record = records_[j];
    Rational mass = 0;
    for (int k : structure_.feeders(j)) mass += x_[static_cast<std::size_t>(k)];
    Rational low = std::max(record.best, Rational(0)), high = std::max(mass, low);
    if (law_.exists) {
      const Rational& limit = law_.mass[static_cast<std::size_t>(j)];
      high = std::min(high, std::max(low, Rational(limit + distance_)));
      low = std::max(low, limit);
      node.note = "s_j tends to " + exact::to_string(exact::rounded_down(limit, kReportBits)) +
                  "; neither a larger signal nor a proof that none comes was found";
    } else {
      node.note = "a closed class of period above 1 keeps the signal from converging";
    }
    node.lower = exact::rounded_down(low, kReportBits);
    node.upper = exact::rounded_up(high, kReportBits);
    node.horizon = row_.time();
  }

  const Structure& structure_;
  const FidelityConvention& convention_;
  std::vector<NodeFidelity>& nodes_;
  LimitLaw law_;
  exact::IntegerMatrix integers_;
  exact::RowIteration row_;
  std::vector<Rational> x_;
  Rational distance_;  ///< TV(x_t, limit law): the sum of positive differences, never increasing in t
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
  ClosedClassSearch search(matrix, structure, convention, nodes);
  return search.run(std::set<int>(recurrent.begin(), recurrent.end()), std::min(limits.steps, kMostSteps),
                    limits.limb_operations);
}

}  // namespace crosshead::diffusion

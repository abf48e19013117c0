// One row vector x_t = e_sink D^t in integers over a common denominator serves every node; each keeps its
// largest signal and the superharmonic vector that bounds what can still come.
#include "transient_search.hpp"

#include <algorithm>
#include <cmath>

#include "superharmonic.hpp"

#include "crosshead/exact/integer_row.hpp"

namespace crosshead::diffusion {
namespace {

using exact::Integer;
using exact::Rational;
using exact::RationalMatrix;
using exact::RowIteration;

/// Up to this many nodes every step is tested, so that the horizon reported is the first that suffices.
constexpr std::size_t kSmall = 64;

double approximate(const Integer& numerator, const Integer& denominator) {
  long top = 0, bottom = 0;
  const double a = mpz_get_d_2exp(&top, numerator.backend().data());
  const double b = mpz_get_d_2exp(&bottom, denominator.backend().data());
  return std::ldexp(a / b, static_cast<int>(std::max(-2000L, std::min(2000L, top - bottom))));
}

/// Largest signal so far of one node, as a numerator over the row's current denominator.
struct Best {
  int node = 0;
  Integer numerator = -1;
  std::int64_t time = 0;
  double approximation = -1;
  bool bounded = true;             ///< a bound on later signals may exist
  std::optional<Superharmonic> h;  ///< built when first needed: n of them at once would take n^2 memory
  std::int64_t next_test = 0;
};

class TransientSearch {
 public:
  TransientSearch(const RationalMatrix& matrix, const Structure& structure,
                  const FidelityConvention& convention, const Limits& limits,
                  std::vector<NodeFidelity>& nodes)
      : structure_(structure),
        convention_(convention),
        limits_(limits),
        nodes_(nodes),
        rounded_(matrix, structure),
        integers_(matrix),
        row_(integers_, structure.sink),
        x_(static_cast<std::size_t>(matrix.size())) {}

  /// A node without any bound on its later signals is followed for a while, for its lower bound alone.
  void add(int j, bool bounded) {
    Best best;
    best.node = j;
    best.bounded = bounded;
    bounded_open_ += bounded ? 1 : 0;
    open_.push_back(std::move(best));
  }

  /// Steps until every node is decided or the limits are reached; returns the steps taken.
  std::int64_t run() {
    while (!open_.empty()) {
      if (row_.time() >= convention_.first_step) {
        look();
        std::erase_if(open_, [&](Best& best) { return decide(best); });
      }
      const std::int64_t steps =
          bounded_open_ > 0 ? limits_.steps : std::min(limits_.steps, boundless_steps());
      if (open_.empty() || row_.time() >= steps) break;
      if (row_.limb_operations() + test_operations_ >= limits_.limb_operations) break;
      row_.step();
      for (Best& best : open_) {
        if (best.numerator > 0) best.numerator *= integers_.denominator();
      }
    }
    for (Best& best : open_) leave_open(best);
    return row_.time();
  }

 private:
  std::int64_t boundless_steps() const { return 4 * static_cast<std::int64_t>(x_.size()) + 16; }

  void look() {
    for (std::size_t k = 0; k < x_.size(); ++k) {
      x_[k] = approximate(row_.numerator(static_cast<int>(k)), row_.denominator());
    }
    for (Best& best : open_) {
      if (row_.numerator(best.node) > best.numerator) {
        best.numerator = row_.numerator(best.node);
        best.time = row_.time();
        best.approximation = x_[static_cast<std::size_t>(best.node)];
      }
    }
  }

  /// Builds the bound of a node; drops it to the nodes without one if there is none.
  bool build_bound(Best& best) {
    if (best.bounded && !best.h) {
      best.h = superharmonic(rounded_, structure_, best.node);
      if (!best.h) {
        best.bounded = false;
        --bounded_open_;
      }
    }
    return best.bounded;
  }

  /// The tail test. While the first signal is still on its way, or a test has just failed on many nodes, it
  /// waits: a later test is as good, since the tail never increases.
  bool decide(Best& best) {
    const bool silent = best.numerator == 0 && best.node != structure_.sink;
    if (!best.bounded || silent || row_.time() < best.next_test || !build_bound(best)) return false;
    test_operations_ += static_cast<std::int64_t>(best.h->nodes.size());
    // The floating estimate only postpones the exact test; it never decides.
    double estimate = 0;
    for (std::size_t k = 0; k < best.h->nodes.size(); ++k) {
      estimate += x_[static_cast<std::size_t>(best.h->nodes[k])] * static_cast<double>(best.h->weights[k]);
    }
    if (estimate > std::ldexp(best.approximation * (1 + 1e-9), static_cast<int>(Superharmonic::kBits))) {
      if (x_.size() > kSmall) best.next_test = row_.time() + 1 + row_.time() / 16;
      return false;
    }
    const Integer tail = scaled_tail(row_, *best.h);
    if (tail > (best.numerator << Superharmonic::kBits)) return false;
    NodeFidelity& node = nodes_[static_cast<std::size_t>(best.node)];
    settle(node, Rational(best.numerator, row_.denominator()), best.time, TailArgument::superharmonic);
    --bounded_open_;
    node.horizon = row_.time();
    node.tail = Rational(tail, row_.denominator() << Superharmonic::kBits);
    return true;
  }

  void leave_open(Best& best) {
    NodeFidelity& node = nodes_[static_cast<std::size_t>(best.node)];
    node.horizon = row_.time();
    if (best.numerator > 0) {
      node.lower = exact::rounded_down(Rational(best.numerator, row_.denominator()), kReportBits);
      node.time = best.time;
    }
    if (build_bound(best)) {
      const Rational tail(scaled_tail(row_, *best.h), row_.denominator() << Superharmonic::kBits);
      node.upper = exact::rounded_up(
          std::max(tail, Rational(std::max(best.numerator, Integer(0)), row_.denominator())), kReportBits);
      node.note = "the mass that can still arrive exceeds the largest signal after " +
                  std::to_string(row_.time()) + " steps";
    } else {
      node.note = "no bound on later signals is known: rows that sum to more than 1 feed this node";
    }
  }

  const Structure& structure_;
  const FidelityConvention& convention_;
  const Limits& limits_;
  std::vector<NodeFidelity>& nodes_;
  RoundedMatrix rounded_;
  exact::IntegerMatrix integers_;
  RowIteration row_;
  std::vector<double> x_;
  std::vector<Best> open_;
  int bounded_open_ = 0;
  std::int64_t test_operations_ = 0;
};

}  // namespace

std::int64_t decide_transient_nodes(const RationalMatrix& matrix, const Structure& structure,
                                    const std::vector<int>& bounded, const std::vector<int>& boundless,
                                    const FidelityConvention& convention, const Limits& limits,
                                    std::vector<NodeFidelity>& nodes) {
  TransientSearch search(matrix, structure, convention, limits, nodes);
  for (int j : bounded) search.add(j, true);
  for (int j : boundless) search.add(j, false);
  return search.run();
}

}  // namespace crosshead::diffusion

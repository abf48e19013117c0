// Node fidelity as a decided supremum. One row vector x_t = e_sink D^t in integers over a common denominator
// serves every node. A transient node is decided at the first T where x_T . h <= best so far for a
// superharmonic h (superharmonic.hpp); an absorbing node by an exact solve; closed classes of cyclic matrices
// in closed_class.cpp.
#include "crosshead/diffusion/fidelity.hpp"

#include <algorithm>
#include <cmath>

#include "absorbing_node.hpp"
#include "closed_class.hpp"
#include "structure.hpp"
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
/// Bounds longer than this many bits are rounded outwards before they are reported.
constexpr unsigned kReportBits = 256;

double approximate(const Integer& numerator, const Integer& denominator) {
  long top = 0, bottom = 0;
  const double a = mpz_get_d_2exp(&top, numerator.backend().data());
  const double b = mpz_get_d_2exp(&bottom, denominator.backend().data());
  return std::ldexp(a / b, static_cast<int>(std::max(-2000L, std::min(2000L, top - bottom))));
}

void settle(NodeFidelity& node, Rational value, bool attained, std::optional<std::int64_t> time,
            TailArgument why) {
  node.decided = true;
  node.supremum = value;
  node.lower = value;
  node.upper = std::move(value);
  node.attained = attained;
  node.time = time;
  node.argument = why;
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
  void add(int j, bool bounded = true) {
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
    settle(node, Rational(best.numerator, row_.denominator()), true, best.time, TailArgument::superharmonic);
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

void minimise(Fidelity& result, int sink, const FidelityConvention& convention) {
  bool first = true, upper_first = true;
  std::optional<Rational> least_decided;
  for (int j = 0; j < static_cast<int>(result.nodes.size()); ++j) {
    const NodeFidelity& node = result.nodes[static_cast<std::size_t>(j)];
    if (j == sink && !convention.sink_counts) continue;
    if (node.unbounded) continue;
    if (first || node.lower < result.lower) result.lower = node.lower;
    first = false;
    if (node.upper && (upper_first || *node.upper < *result.upper)) {
      result.upper = node.upper;
      upper_first = false;
    }
    if (node.decided && (!least_decided || node.supremum < *least_decided)) least_decided = node.supremum;
  }
  if (first) {
    result.defined = false;
    result.reason =
        convention.sink_counts ? "every node's signal is unbounded" : "no node besides the sink counts";
    return;
  }
  if (!least_decided || *least_decided != result.lower) return;
  result.decided = true;
  result.minimax = *least_decided;
  result.upper = result.minimax;
  for (int j = 0; j < static_cast<int>(result.nodes.size()); ++j) {
    const NodeFidelity& node = result.nodes[static_cast<std::size_t>(j)];
    if ((j != sink || convention.sink_counts) && node.decided && !node.unbounded &&
        node.supremum == result.minimax) {
      result.minimax_nodes.push_back(j);
    }
  }
  result.attained = result.nodes[static_cast<std::size_t>(result.minimax_nodes.front())].attained;
}

}  // namespace

Fidelity fidelity(const RationalMatrix& diffusion, int sink, const FidelityConvention& convention,
                  const Limits& limits) {
  const Structure structure(diffusion, sink);
  Fidelity result;
  result.nodes.resize(static_cast<std::size_t>(diffusion.size()));
  TransientSearch search(diffusion, structure, convention, limits, result.nodes);
  std::vector<int> recurrent;
  for (int j = 0; j < diffusion.size(); ++j) {
    NodeFidelity& node = result.nodes[static_cast<std::size_t>(j)];
    switch (structure.fates[static_cast<std::size_t>(j)]) {
      case Fate::unheard:
        settle(node, 0, true, convention.first_step, TailArgument::unreachable);
        break;
      case Fate::transient:
        search.add(j);
        break;
      case Fate::absorbing:
        if (keeps_coming(structure, j)) {
          settle(node, absorbed_weight(diffusion, structure, j), false, std::nullopt,
                 TailArgument::absorbing_limit);
        } else {
          search.add(j);  // all mass arrives within n steps: decided there, with its time
        }
        break;
      case Fate::recurrent:
        recurrent.push_back(j);
        break;
      case Fate::unbounded:
        node.decided = true;
        node.unbounded = true;
        node.note = "row sums above 1 let the signal grow without bound";
        break;
      case Fate::unknown:
        search.add(j, false);
        break;
    }
  }
  result.steps = search.run();
  if (!recurrent.empty()) {
    result.steps = std::max(result.steps, decide_closed_classes(diffusion, structure, recurrent, convention,
                                                                limits, result.nodes));
  }
  minimise(result, sink, convention);
  return result;
}

std::vector<std::vector<Rational>> signal(const RationalMatrix& diffusion, int sink, std::int64_t steps) {
  const exact::IntegerMatrix integers(diffusion);
  RowIteration row(integers, sink);
  std::vector<std::vector<Rational>> result;
  result.reserve(static_cast<std::size_t>(steps) + 1);
  for (std::int64_t t = 0; t <= steps; ++t) {
    if (t > 0) row.step();
    std::vector<Rational> values;
    values.reserve(static_cast<std::size_t>(diffusion.size()));
    for (int j = 0; j < diffusion.size(); ++j) values.push_back(row.value(j));
    result.push_back(std::move(values));
  }
  return result;
}

std::string name_of(TailArgument argument) {
  switch (argument) {
    case TailArgument::unreachable:
      return "unreachable";
    case TailArgument::superharmonic:
      return "superharmonic";
    case TailArgument::absorbing_limit:
      return "absorbing limit";
    case TailArgument::contraction:
      return "contraction";
    case TailArgument::recurrence:
      return "recurrence";
    case TailArgument::undecided:
      return "undecided";
  }
  return "undecided";
}

}  // namespace crosshead::diffusion

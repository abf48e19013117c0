// The least node fidelity alone, for small systems, in integers of fixed width. As in fidelity.cpp one row
// x_t = y_t / d^t serves every node, and node j is decided once the mass that can still reach it is no larger
// than its best signal. Departures, all because only the minimum is wanted:
// - best and mass bound a node's supremum, so the least max(best, mass) bounds the minimum, and a node whose
//   best exceeds that is dropped, decided or not;
// - limits of absorbing nodes are computed only if they may still be the minimum, all at once by eliminating
//   the transient nodes from the sink backwards;
// - the width doubles whenever d^t might not fit.
#include "small_minimax.hpp"

#include <algorithm>
#include <numeric>

#include "fixed_width.hpp"
#include "small_matrix.hpp"

namespace crosshead::diffusion {
namespace {

using exact::Integer;
using exact::Rational;
using exact::RationalMatrix;

constexpr int kMaxLimbs = 16;

/// The minimum over some nodes of their suprema.
struct Least {
  std::optional<Rational> value;
  int node = 0;
  bool attained = false;

  void include(Rational other, int other_node, bool other_attained) {
    if (value && (*value < other || (*value == other && node < other_node))) return;
    value = std::move(other);
    node = other_node;
    attained = other_attained;
  }

  /// REQUIRES: something was included.
  Minimax minimax() { return {true, true, *std::move(value), node, attained}; }
};

/// numerator / denominator without the general reduction. REQUIRES: denominator > 0.
Rational ratio(std::uint64_t numerator, std::uint64_t denominator) {
  const std::uint64_t common = std::gcd(numerator, denominator);
  Rational result;
  mpz_set_ui(mpq_numref(result.backend().data()), numerator / common);
  mpz_set_ui(mpq_denref(result.backend().data()), denominator / common);
  return result;
}

template <int Limbs>
FixedWidth<Limbs> power(std::uint64_t base, std::int64_t exponent) {
  FixedWidth<Limbs> result(1);
  for (std::int64_t k = 0; k < exponent; ++k) result.multiply(base);
  return result;
}

/// Includes lim s_j(t) for absorbing nodes j: the probability that the walk backwards from the sink ends
/// there. Transient nodes are eliminated from the sink down; `weight` over `product` is the probability of
/// ever visiting a node. False if that may not fit.
template <int Limbs>
bool include_limits(const SmallMatrix& problem, Nodes nodes, Least& least) {
  if (problem.bits * (problem.size - std::popcount(problem.absorbing)) > FixedWidth<Limbs>::kBits) {
    if constexpr (2 * Limbs <= kMaxLimbs) return include_limits<2 * Limbs>(problem, nodes, least);
    return false;
  }
  FixedWidth<Limbs> weight[kMaxNodes], product(1);
  weight[problem.size - 1] = product;
  for (int k = problem.size - 1; k >= 0; --k) {
    if ((problem.absorbing & only(k)) != 0) continue;
    const std::uint64_t loop = (problem.loops & only(k)) != 0 ? problem.entry[k][k] : 0;
    const std::uint64_t leave = problem.denominator - loop;
    for_each(problem.absorbing | (only(k) - 1), [&](int l) { weight[l].multiply(leave); });
    product.multiply(leave);
    for_each(problem.sources[k] & ~only(k),
             [&](int l) { weight[l].add_product(weight[k], problem.entry[l][k]); });
  }
  const Integer whole = product.to_integer();
  for_each(nodes, [&](int j) { least.include(Rational(weight[j].to_integer(), whole), j, false); });
  return true;
}

/// Loops run over all nodes, decided or not: on few nodes a mispredicted branch costs more than a product.
template <int Limbs>
struct Search {
  using Number = FixedWidth<Limbs>;

  Number signal[kMaxNodes];  ///< times denominator^time, as `best` and `bound`
  Number best[kMaxNodes];
  Number bound;      ///< the minimum is no larger
  Nodes candidates;  ///< nodes that may be the first minimising one
  Nodes open;        ///< candidates whose best may still grow
  std::int64_t time = 0;

  explicit Search(const SmallMatrix& problem) : bound(1), candidates(problem.counted), open(problem.counted) {
    signal[problem.size - 1] = bound;
  }

  template <int Fewer>
  Search(const Search<Fewer>& other, int size)
      : bound(other.bound), candidates(other.candidates), open(other.open), time(other.time) {
    for (int j = 0; j < size; ++j) {
      signal[j] = Number(other.signal[j]);
      best[j] = Number(other.best[j]);
    }
  }

  void look(const SmallMatrix& problem) {
    for (int j = 0; j < problem.size; ++j) best[j] = std::max(best[j], signal[j]);
  }

  /// Compares every best with the mass that can still arrive.
  void judge(const SmallMatrix& problem) {
    Nodes undecided = 0, small = 0;
    for (int j = 0; j < problem.size; ++j) {
      Number mass = signal[j];
      for (int k = j + 1; k < problem.size; ++k) {
        mass.add_masked(signal[k], -std::uint64_t{problem.feeders[j] >> k & 1});
      }
      undecided |= Nodes{mass > best[j]} << j;
      // A dropped node bounds the minimum as well, but the sink may never have counted.
      if ((problem.counted & only(j)) != 0) bound = std::min(bound, std::max(mass, best[j]));
    }
    for (int j = 0; j < problem.size; ++j) small |= Nodes{best[j] <= bound} << j;
    candidates &= small;
    open = undecided & candidates;
  }

  void step(const SmallMatrix& problem) {
    // Row k feeds columns up to k only: the signals can be updated in place.
    for (int j = 0; j < problem.size; ++j) {
      Number sum;
      for (int k = j; k < problem.size; ++k) sum.add_product(signal[k], problem.entry[j][k]);
      signal[j] = sum;
      best[j].multiply(problem.denominator);
    }
    bound.multiply(problem.denominator);
    ++time;
  }

  bool done(const SmallMatrix& problem) const { return (open & ~problem.limits) == 0; }

  /// The best of a node as a rational.
  Rational value_of(int node, const SmallMatrix& problem) const {
    const Number whole = power<Limbs>(problem.denominator, time);
    if constexpr (Limbs == 1) return ratio(best[node].limb[0], whole.limb[0]);
    return Rational(best[node].to_integer(), whole.to_integer());
  }

  std::optional<Minimax> finish(const SmallMatrix& problem) const {
    Least least;
    const Nodes attained = candidates & ~problem.limits, unattained = candidates & problem.limits;
    if (attained != 0) {
      int node = std::countr_zero(attained);
      for_each(attained, [&](int j) {
        if (best[j] < best[node]) node = j;
      });
      least.include(value_of(node, problem), node, true);
    }
    if (unattained == 0) return least.minimax();
    if (std::has_single_bit(problem.absorbing)) {
      if (!least.value || *least.value == 1) least.include(1, std::countr_zero(unattained), false);
      return least.minimax();
    }
    if (!include_limits<2>(problem, unattained, least)) return std::nullopt;
    return least.minimax();
  }
};

template <int Limbs>
std::optional<Minimax> run(const SmallMatrix& problem, Search<Limbs> search, int first_step,
                           const Limits& limits) {
  for (;;) {
    if (search.time >= first_step) {
      search.look(problem);
      // Before mass has had the time to pass most nodes nothing is decided.
      if (2 * search.time + 2 >= problem.size || search.time >= limits.steps) search.judge(problem);
      if (search.done(problem)) return search.finish(problem);
    }
    if (search.time >= limits.steps) return std::nullopt;
    if ((search.time + 1) * problem.bits > Search<Limbs>::Number::kBits) {
      if constexpr (2 * Limbs <= kMaxLimbs) {
        return run(problem, Search<2 * Limbs>(search, problem.size), first_step, limits);
      }
      return std::nullopt;
    }
    search.step(problem);
  }
}

}  // namespace

std::optional<Minimax> small_minimax(const RationalMatrix& diffusion, int sink,
                                     const FidelityConvention& convention, const Limits& limits) {
  const int size = diffusion.size();
  if (size > kMaxNodes || sink < 0 || sink >= size) return std::nullopt;
  SmallMatrix problem;
  problem.size = size;
  Nodes heard = 0;
  if (!read_support(diffusion, sink, problem, heard)) return std::nullopt;
  const Nodes counted = (only(size) - 1) & ~(convention.sink_counts ? 0 : only(sink));
  if (counted == 0) return Minimax{false, false, 0, 0, false};
  Nodes silent = counted & ~heard;
  if (convention.first_step > 0 && (problem.sources[sink] & only(sink)) == 0) silent |= counted & only(sink);
  if (silent != 0) return Minimax{true, true, 0, std::countr_zero(silent), true};
  // Every node counts or is the sink, so all are heard, and those after the sink never are.
  if (!read_entries(diffusion, problem)) return std::nullopt;
  read_structure(problem);
  problem.counted = counted;
  return run(problem, Search<1>(problem), convention.first_step, limits);
}

Minimax minimax_fidelity(const RationalMatrix& diffusion, int sink, const FidelityConvention& convention,
                         const Limits& limits) {
  if (auto small = small_minimax(diffusion, sink, convention, limits)) return *std::move(small);
  Fidelity full = fidelity(diffusion, sink, convention, limits);
  Minimax result;
  result.defined = full.defined;
  result.decided = full.decided;
  if (full.decided) {
    result.value = std::move(full.minimax);
    result.node = full.minimax_nodes.front();
    result.attained = full.attained;
  }
  return result;
}

}  // namespace crosshead::diffusion

// The least node fidelity alone, for small systems, in integers of fixed width. As in fidelity.cpp one row
// x_t = y_t / d^t serves every node, and node j is decided once the mass that can still reach it is no larger
// than its best signal. Departures, all because only the minimum is wanted:
//   - every node's best and mass bound its supremum, so the least max(best, mass) bounds the minimum, and a
//   node
//     whose best exceeds that is dropped, decided or not;
//   - limits of absorbing nodes are computed only if they may still be the minimum, all at once by
//   eliminating the
//     transient nodes from the sink backwards;
//   - the width doubles whenever d^t might not fit.
#include "small_minimax.hpp"

#include <bit>
#include <numeric>

#include "fixed_width.hpp"

namespace crosshead::diffusion {
namespace {

using exact::Integer;
using exact::Rational;
using exact::RationalMatrix;

constexpr int kMaxNodes = 16;
constexpr int kMaxLimbs = 16;
using Nodes = std::uint32_t;  ///< a set of nodes, one bit each

Nodes only(int node) {
  return Nodes{1} << node;
}

/// Calls `visit` for every node of a set, ascending.
template <typename Visit>
void for_each(Nodes nodes, const Visit& visit) {
  for (; nodes != 0; nodes &= nodes - 1) visit(std::countr_zero(nodes));
}

/// A row-stochastic lower triangular matrix whose last node is the sink and hears every node.
struct Problem {
  int size = 0;
  std::uint64_t denominator = 1;
  int bits = 1;                               ///< denominator < 2^bits
  std::uint64_t entry[kMaxNodes][kMaxNodes];  ///< numerators; set where `sources` says so
  Nodes sources[kMaxNodes] = {};              ///< of each row: columns with an entry
  Nodes listeners[kMaxNodes] = {};            ///< of each column: rows with an entry
  Nodes feeders[kMaxNodes] = {};              ///< nodes whose mass can still reach j, j included
  Nodes loops = 0;                            ///< nodes with a diagonal entry
  Nodes absorbing = 0;                        ///< nodes whose only entry is the diagonal
  Nodes limits = 0;                           ///< absorbing nodes whose supremum is never attained
};

/// Columns of every row that the sink hears; false if one of them lies beyond the diagonal.
bool read_support(const RationalMatrix& matrix, int sink, Problem& problem, Nodes& heard) {
  heard = only(sink);
  for (int k = sink; k >= 0; --k) {
    if ((heard & only(k)) == 0) continue;
    const auto& row = matrix.row(k);
    if (!row.empty() && row.back().column > k) return false;
    Nodes& sources = problem.sources[k];
    for (const auto& entry : row) sources |= only(entry.column);
    heard |= sources;
  }
  return true;
}

bool fits(mpz_srcptr value) {
  return value->_mp_size == 0 || value->_mp_size == 1;
}

/// Entries over their least common denominator; false unless all of it fits and every row sums to 1.
bool read_entries(const RationalMatrix& matrix, Problem& problem) {
  std::uint64_t& common = problem.denominator;
  for (int k = 0; k < problem.size; ++k) {
    for (const auto& entry : matrix.row(k)) {
      const mpz_srcptr bottom = mpq_denref(entry.value.backend().data());
      if (!fits(mpq_numref(entry.value.backend().data())) || !fits(bottom)) return false;
      const std::uint64_t denominator = mpz_get_ui(bottom);
      if (common % denominator == 0) continue;
      const std::uint64_t missing = denominator / std::gcd(common, denominator);
      if (__builtin_mul_overflow(common, missing, &common)) return false;
    }
  }
  problem.bits = std::bit_width(common);
  std::uint64_t last = 1, multiple = common;  // neighbouring entries mostly share their denominator
  for (int k = 0; k < problem.size; ++k) {
    unsigned __int128 sum = 0;
    for (const auto& entry : matrix.row(k)) {
      const std::uint64_t numerator = mpz_get_ui(mpq_numref(entry.value.backend().data()));
      const std::uint64_t denominator = mpz_get_ui(mpq_denref(entry.value.backend().data()));
      if (numerator > denominator) return false;
      if (denominator != last) {
        last = denominator;
        multiple = common / denominator;
      }
      problem.entry[k][entry.column] = numerator * multiple;
      sum += numerator * multiple;
    }
    if (sum != common) return false;
  }
  return true;
}

/// The sets of nodes that follow from the support.
void read_structure(Problem& problem) {
  for (int k = problem.size - 1; k >= 0; --k) {
    problem.feeders[k] |= only(k);
    problem.loops |= problem.sources[k] & only(k);
    if (problem.sources[k] == only(k)) problem.absorbing |= only(k);
    for_each(problem.sources[k], [&](int source) {
      problem.listeners[source] |= only(k);
      problem.feeders[source] |= problem.feeders[k];
    });
  }
  for_each(problem.absorbing, [&](int j) {
    if ((problem.feeders[j] & ~only(j) & problem.loops) != 0) problem.limits |= only(j);
  });
}

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
};

template <int Limbs>
Integer power(std::uint64_t base, std::int64_t exponent) {
  FixedWidth<Limbs> result(1);
  for (std::int64_t k = 0; k < exponent; ++k) result.multiply(base);
  return result.to_integer();
}

/// Includes lim s_j(t) for absorbing nodes j: the probability that the walk backwards from the sink ends
/// there. Transient nodes are eliminated from the sink down; `weight` over `product` is the probability of
/// ever visiting a node. False if that may not fit.
template <int Limbs>
bool include_limits(const Problem& problem, Nodes nodes, Least& least) {
  if (std::has_single_bit(problem.absorbing)) {
    least.include(1, std::countr_zero(nodes), false);
    return true;
  }
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
             [&](int l) { weight[l].add_product(weight[k], problem.entry[k][l]); });
  }
  const Integer whole = product.to_integer();
  for_each(nodes, [&](int j) { least.include(Rational(weight[j].to_integer(), whole), j, false); });
  return true;
}

template <int Limbs>
struct Search {
  using Number = FixedWidth<Limbs>;

  Number signal[kMaxNodes];  ///< times denominator^time, as all of these
  Number best[kMaxNodes];
  Number bound;      ///< the minimum is no larger
  Nodes candidates;  ///< nodes that may be the first minimising one
  Nodes open;        ///< candidates not decided, besides limits
  std::int64_t time;

  Search(const Problem& problem, Nodes counted)
      : bound(1), candidates(counted), open(counted & ~problem.limits), time(0) {
    signal[problem.size - 1] = bound;
  }

  template <int Fewer>
  explicit Search(const Search<Fewer>& other, int size)
      : bound(other.bound), candidates(other.candidates), open(other.open), time(other.time) {
    for (int j = 0; j < size; ++j) {
      signal[j] = Number(other.signal[j]);
      best[j] = Number(other.best[j]);
    }
  }

  void look(const Problem& problem) {
    for_each(candidates & (open | problem.limits), [&](int j) {
      Number mass;
      for_each(problem.feeders[j], [&](int k) { mass.add(signal[k]); });
      if (best[j] < signal[j]) best[j] = signal[j];
      if (mass <= best[j]) open &= ~only(j);
      bound = std::min(bound, std::max(mass, best[j]));
    });
    for_each(candidates, [&](int j) {
      if (best[j] > bound) candidates &= ~only(j);
    });
    open &= candidates;
  }

  void step(const Problem& problem) {
    // Every listener of j is j or comes after it: ascending, the row can be updated in place.
    for (int j = 0; j < problem.size; ++j) {
      Number sum;
      for_each(problem.listeners[j], [&](int k) { sum.add_product(signal[k], problem.entry[k][j]); });
      signal[j] = sum;
    }
    for_each(candidates, [&](int j) { best[j].multiply(problem.denominator); });
    bound.multiply(problem.denominator);
    ++time;
  }

  std::optional<Minimax> finish(const Problem& problem) const {
    Least least;
    const Nodes attained = candidates & ~problem.limits, unattained = candidates & problem.limits;
    if (attained != 0) {
      // What is left apart from limits has its supremum in `best`; the bound is the least of all suprema met.
      int node = std::countr_zero(attained);
      for_each(attained, [&](int j) {
        if (best[j] < best[node]) node = j;
      });
      least.include(Rational(best[node].to_integer(), power<Limbs>(problem.denominator, time)), node, true);
    }
    if (unattained != 0 && !include_limits<2>(problem, unattained, least)) return std::nullopt;
    return Minimax{true, true, std::move(*least.value), least.node, least.attained};
  }
};

template <int Limbs>
std::optional<Minimax> run(const Problem& problem, Search<Limbs> search, int first_step,
                           const Limits& limits) {
  for (;;) {
    if (search.time >= first_step) {
      search.look(problem);
      if (search.open == 0) return search.finish(problem);
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
  if (diffusion.size() > kMaxNodes) return std::nullopt;
  Problem problem;
  problem.size = diffusion.size();
  Nodes heard = 0;
  if (!read_support(diffusion, sink, problem, heard)) return std::nullopt;
  const Nodes counted = (only(problem.size) - 1) & ~(convention.sink_counts ? 0 : only(sink));
  if (counted == 0) return Minimax{false, false, 0, 0, false};
  Nodes silent = counted & ~heard;
  if (convention.first_step > 0 && (problem.sources[sink] & only(sink)) == 0) silent |= counted & only(sink);
  if (silent != 0) return Minimax{true, true, 0, std::countr_zero(silent), true};
  // Every node counts or is the sink, so all are heard, and those after the sink never are.
  if (!read_entries(diffusion, problem)) return std::nullopt;
  read_structure(problem);
  return run(problem, Search<1>(problem, counted), convention.first_step, limits);
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

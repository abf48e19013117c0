#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "crosshead/crosscheck/enclosure.hpp"
#include "crosshead/crosscheck/norm_weights.hpp"

namespace crosshead::crosscheck {

// Letters in shapes: H heads, n positions (the sink is position n, index n - 1).

/// Causal attention of one layer for one sequence, [H, n, n], row = query (receiving), column = key
/// (sending). Every float is taken as the dyadic rational that it is. A view: the entries outlive it.
struct LayerAttention {
  int heads = 0, nodes = 0;
  const float* entries = nullptr;

  float at(int head, int row, int column) const {
    const auto n = static_cast<std::size_t>(nodes);
    return entries[(static_cast<std::size_t>(head) * n + static_cast<std::size_t>(row)) * n +
                   static_cast<std::size_t>(column)];
  }
};

/// Rows may differ from 1 by this much in the sum; what differs more is no rounded softmax.
inline constexpr double kLargestDefect = 1e-3;

/// Throws exact::InputError (with `file` and `place`, and head, row and column counted from 1) for an entry
/// that is negative or not finite, one above the diagonal that is not 0, and a row sum further than
/// kLargestDefect from 1.
void require_causal_rows(const LayerAttention& layer, const std::string& file, const std::string& place);

/// Where a minimum over nodes is attained.
enum class MinimumPlace {
  sink,       ///< certainly at the sink and nowhere else
  elsewhere,  ///< certainly not at the sink
  both,       ///< certainly at the sink and at another node: both are exactly 0
  open        ///< the enclosures do not tell
};
std::string name_of(MinimumPlace place);

/// The least of enclosed values, one per node.
struct Minimax {
  Enclosure value;
  int node = 0;  ///< the node with the smallest enclosure: the minimiser if place is not open and no other
                 ///< node comes as low
  MinimumPlace place = MinimumPlace::open;
};
/// REQUIRES: not empty; 0 <= sink < size.
Minimax minimum_over(const std::vector<Enclosure>& values, int sink);

/// Algorithms 1 and 2 as they were programmed, on one layer for one sequence (ledger claims A1-published,
/// A2-published). The mean attention is A = sum_h w_h A_h.
///
/// Mixing: at node j the walk draws r uniformly from [0, 1) and moves to the first i whose cumulative sum
/// A_1j + ... + A_ij is at least r, or to the sink when there is none; a walk has at most `cutoff` steps. The
/// value is the exact expectation E min(T, cutoff), averaged over all starts (the sink's own is 0).
///
/// Fidelity: min over j, the sink included, of max over t = 1..cutoff of (A^t)_{tau j}; of each head alone
/// likewise. Values are shares, not percent.
struct PublishedMetrics {
  Enclosure mixing;
  Minimax fidelity;
  std::vector<Minimax> heads;  ///< [H]
  /// The least and the largest sum of a column of A, which Algorithm 1 as printed takes for a distribution.
  /// Computed with the mixing time.
  Enclosure least_column, largest_column;
};

inline constexpr int kPublishedCutoff = 100;

/// Which columns of the tables are computed; what is left out keeps its default value.
struct TableParts {
  bool mixing = true;    ///< Tables 1 and 2
  bool fidelity = true;  ///< Tables 3 and 4
  bool heads = true;     ///< Tables 5 and 6: each head alone
};

struct PublishedOptions {
  int cutoff = kPublishedCutoff;
  TableParts parts;
};

/// By double arithmetic with proven bounds. REQUIRES: what require_causal_rows asks; cutoff >= 1.
PublishedMetrics published_metrics(const LayerAttention& layer, const EnclosedWeights& weights,
                                   const PublishedOptions& options = {});

/// By exact rational arithmetic, the oracle of the above. Everything but `nearest` is exact; what is left of
/// the enclosures is the width of the weights (rounded outwards to 48 bits) and the conversion of the ends to
/// doubles. With weights of one point and few bits, every value is exact up to that conversion.
PublishedMetrics published_metrics_exact(const LayerAttention& layer, const EnclosedWeights& weights,
                                         const PublishedOptions& options = {});

/// Algorithm 1 as it was programmed, by simulation in doubles: mean and variance of the steps of
/// `walks` walks from each of the n starts. Deterministic for a seed.
struct SimulatedWalk {
  double mean = 0, variance = 0;
  std::int64_t samples = 0;  ///< walks * n
};
SimulatedWalk simulate_published_walk(const LayerAttention& layer, const std::vector<double>& weights,
                                      int walks, int cutoff, std::uint64_t seed);

}  // namespace crosshead::crosscheck

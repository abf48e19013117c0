#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crosshead/diffusion/fidelity.hpp"
#include "crosshead/exact/algebraic_number.hpp"
#include "crosshead/exact/matrix.hpp"

namespace crosshead::diffusion {

/// What is asked of each weight b in [0, 1] of the mean b D_1 + (1 - b) D_2.
struct RegionClaim {
  enum class Subject {
    minimax,  ///< phi_min(mean) against the threshold
    node,     ///< phi(mean, node) against the threshold
    nodes,    ///< phi(mean, node) against phi(mean, other)
    absorbed  ///< (M^steps)_{sink j} for all nodes j against the threshold; the matrices are walk matrices,
              ///< so that the threshold 1 - eps asks for T_mix(mean, eps) <= steps
  };
  Subject subject = Subject::minimax;
  int node = 0, other = 0;
  std::int64_t steps = 0;     ///< for `absorbed`
  bool strict = true;         ///< left side > right side, or >=
  bool complement = false;    ///< the weights where that fails instead
  exact::Rational threshold;  ///< not for `nodes`
};

/// Why a comparison holds or fails on a set of weights; `lower` items bound fidelities from below, one
/// (node, horizon) bounds a fidelity from above.
struct RegionProof {
  struct Lower {
    int node = 0;
    std::int64_t time = 0;  ///< s_node(time); kLimit: the limit of an absorbing node
    /// Above 0: instead, the mean of s_node(r) over a random time r >= `time`, the sum of `stages` geometric
    /// ones of success rate / (1 + rate) each; their rate is `rate` times the weight that vanishes at `end`.
    /// A mean is no larger than the supremum, and follows it where the best time grows without bound towards
    /// the end.
    int stages = 0;
    exact::Rational rate;
    int end = 0;               ///< 0: the weight is b; 1: it is 1 - b
    bool square_root = false;  ///< the square root of that weight instead
  };
  static constexpr std::int64_t kLimit = -1;
  bool holds = false;        ///< the comparison itself, before any complement
  std::vector<Lower> lower;  ///< minimax, node: where it holds, one for each node that counts
  int node = -1;             ///< whose fidelity is bounded above; -1: none needed
  std::int64_t horizon = 0;  ///< by s_node(t), first step <= t < horizon, and the tail at the horizon
  /// Empty: the tail is x_T . h, h_k the probability of ever reaching `node` from k. Otherwise one flag per
  /// node: the node's later signals are at most the larger of x_T . g and
  ///   sum_{m gate} U_m (D g)_m / (1 - D_node,node) + sum_{k no gate, k != node} U_k g_k,
  /// g_k the probability of reaching `node` from k before any gate, U_k a bound on all s_k(t), t >= T.
  std::vector<bool> gates;
  /// With gates: U_l is the tail x_T . h of l where the flag is false, and
  /// s_l(T) + sum_{k != l} U_k D_kl / (1 - D_ll) where it is true.
  std::vector<bool> inflow;
  /// A node m that feeds `node` slowly, as its only gate, with levels e_0 > ... > e_p or the like: with
  /// v = x . g, w = x . g' (g' for m, without gates) and q = (D g)_m / (1 - D_mm), v + (i/p) q w stays at
  /// most e_i from the horizon on, and so do the node's signals stay below e_0. -1: not used.
  int feeder = -1;
  std::vector<exact::Rational> levels;
  /// Slow nodes m that feed `node` = j, w_m(k) the probability of ever reaching m from k. With u_j = 1,
  /// u = 0 before j in feedforward order, and after it
  ///   (D_jj - D_kk) u_k = max(0, sum_{l != k} D_kl u_l - sum_m kappa_m w_m(k))  where k is not slow,
  ///   (D_mm - rate) u_m = -sum_{l != m, j} D_ml u_l                             where m is slow, with
  ///   kappa_m = max(0, sum_{l != m} D_ml u_l - (D_jj - D_mm) u_m - sum_m' kappa_m' w_m'(m)),
  /// and D z >= rate z for z = u - e_j, x_T . z >= 0: later signals are at most the larger of x_T . u and
  /// sum_m kappa_m (x_T . w_m) / (1 - D_jj). Empty: not used.
  std::vector<int> slow;
  exact::Rational rate;
  /// A bound on a node of a closed class that certificates have no words for.
  bool uncertified = false;
};

/// One piece of [0, 1]: a point, an open interval with one answer, or an open interval in which the root of a
/// polynomial separates the answers left of it, at it and right of it.
struct RegionPiece {
  exact::Interval place;                            ///< equal ends: a point
  std::optional<exact::UnivariatePolynomial> root;  ///< irreducible, with one root in the place
  std::vector<RegionProof> proofs;                  ///< one, or left, at and right; empty: undecided
};

/// Points or intervals, with algebraic ends.
struct RegionInterval {
  exact::AlgebraicNumber from, to;
  bool from_closed = false, to_closed = false;
};

/// An exact set of weights.
struct WeightRegion {
  bool defined = true;
  std::string reason;                      ///< when not defined
  std::vector<RegionPiece> pieces;         ///< cover [0, 1] from left to right
  std::vector<RegionInterval> holds;       ///< the answer: disjoint, ascending, maximal
  std::vector<exact::Interval> undecided;  ///< closed hulls of what is left open
  bool decided() const { return defined && undecided.empty(); }
};

/// s_node(t) of the mean as a polynomial in b over a denominator.
struct SignalPolynomial {
  exact::UnivariatePolynomial numerator;
  exact::Integer denominator;
};
SignalPolynomial signal_in_weight(const exact::RationalMatrix& first, const exact::RationalMatrix& second,
                                  int sink, int node, std::int64_t t);

/// Limits on the work before a piece is left undecided. Counted, not timed.
struct RegionLimits {
  int depth = 40;                     ///< halvings of [0, 1]
  std::int64_t steps = 96;            ///< steps t looked at
  std::vector<exact::Rational> ends;  ///< weights inside (0, 1), ascending, where pieces have to end
};

/// The weights b in [0, 1] where the claim holds for b `first` + (1 - b) `second`, exactly. Suprema over t
/// are bounded uniformly over each piece by the probability of reaching the node (a rational function of b).
/// Covered: nonnegative matrices of at most 48 nodes and diagonal at most 1 whose union has no cycle but
/// self-loops and those in closed classes, at most 12 nodes that hear no other node. With classes of three or
/// more nodes [0, 1] is halved at most 20 times. REQUIRES: equal sizes.
WeightRegion weight_region(const exact::RationalMatrix& first, const exact::RationalMatrix& second, int sink,
                           const RegionClaim& claim, const FidelityConvention& convention,
                           const RegionLimits& limits = {});

/// The same at one weight; its one piece is that point. At 0 and 1 this is about one head alone.
WeightRegion weight_region_at(const exact::Rational& weight, const exact::RationalMatrix& first,
                              const exact::RationalMatrix& second, int sink, const RegionClaim& claim,
                              const FidelityConvention& convention, const RegionLimits& limits = {});

}  // namespace crosshead::diffusion

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crosshead/exact/matrix.hpp"

namespace crosshead::walk {

/// How far a law is from the stationary one (Def. 2.7): total variation with threshold `<= eps`, or L1 (twice
/// as large) with `< eps` as in arXiv 2502.06751.
enum class Distance { total_variation, l1 };
/// The start in the definition: the worst one (Def. 2.7), or the average over all n starts (Algorithm 1).
enum class Start { worst, average };

struct MixingConvention {
  Distance distance = Distance::total_variation;
  Start start = Start::worst;
};

/// How much work an exact iteration may take before it gives up. Counted, not timed: results are
/// reproducible.
struct Limits {
  std::int64_t steps = 1'000'000;
  std::int64_t limb_operations = 4'000'000'000;  ///< 64-bit multiply-adds, about one second per 10^9
};

/// Whether every start is absorbed at the sink in the end, so that the point mass at the sink is the only
/// stationary distribution (Lemma 2.5, 2.6) and Def. 2.7 measures the distance to it.
struct Absorption {
  bool certain = false;
  std::string reason;  ///< why not: the sink is left, or a node that never reaches it
};
/// REQUIRES: `walk` column-stochastic.
Absorption absorption_at(const exact::RationalMatrix& walk, int sink, const std::vector<std::string>& nodes);

/// T_mix(eps). `defined` is false without certain absorption (with the reason), never a number.
/// `decided` is false when the limits were reached first; the time is then known to exceed `beyond`.
struct MixingTime {
  exact::Rational epsilon;
  bool defined = false;
  bool decided = false;
  std::string reason;
  std::int64_t time = 0;
  std::int64_t beyond = -1;
  int worst_start = 0;  ///< a start with the largest distance at `time - 1` (at 0 if time is 0), lowest
                        ///< index; -1 if enclosures cannot tell two starts apart
  std::string
      method;  ///< "exact" or "enclosed" (certified balls by squaring; the comparison is still certain)
};

/// T_mix for each eps > 0 of `epsilons`, under the convention.
/// REQUIRES: `walk` column-stochastic. The distance of start j after t steps is 1 - (W^t)_{tau j} in total
/// variation: one row vector, iterated, gives every start; the distance never increases in t. Past the limits
/// the first time is located by repeated squaring in ball arithmetic and is decided unless a distance equals
/// eps exactly.
std::vector<MixingTime> mixing_times(const exact::RationalMatrix& walk, int sink,
                                     const std::vector<std::string>& nodes,
                                     const std::vector<exact::Rational>& epsilons,
                                     const MixingConvention& convention, const Limits& limits = {});

/// Naive oracle: dense rational matrix powers, every column compared. Gives up (undecided) after
/// limits.steps.
std::vector<MixingTime> mixing_times_naive(const exact::RationalMatrix& walk, int sink,
                                           const std::vector<std::string>& nodes,
                                           const std::vector<exact::Rational>& epsilons,
                                           const MixingConvention& convention, const Limits& limits = {});

/// The exact distance profile d(0), ..., d(steps): worst or average distance under the convention, and the
/// worst start.
struct ProfilePoint {
  exact::Rational distance;
  int worst_start = 0;
};
std::vector<ProfilePoint> distance_profile(const exact::RationalMatrix& walk, int sink, std::int64_t steps,
                                           const MixingConvention& convention);

/// min over nodes j != sink of sum_{i > j} W_ij, the least probability of a forward move; nothing for one
/// node.
std::optional<exact::Rational> forward_probability(const exact::RationalMatrix& walk, int sink);

}  // namespace crosshead::walk

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crosshead/crosscheck/layer_metrics.hpp"

namespace crosshead::crosscheck {

/// Bounds of a mixing time in steps; `most` is absent when it exceeds kLongestTime.
struct TimeBounds {
  std::int64_t least = 0;
  std::optional<std::int64_t> most;
};
inline constexpr std::int64_t kLongestTime = std::int64_t{1} << 60;

/// The definitions of Sections 2 and 3 on one layer for one sequence, for the mean A = sum_h w_h A_h.
///
/// Mixing (Def. 2.7): T_mix(eps) from the worst start, in total variation, of the walk that A gives when each
/// column is divided by its sum. Fidelity (Def. 3.3, 3.5): min over j of the supremum over all t >= 1 of
/// (D^t)_{tau j}, where D is A with each row divided by its sum.
struct DefinitionMetrics {
  bool mixing_defined = false;
  std::string reason;              ///< why not
  std::vector<TimeBounds> mixing;  ///< one per eps, when defined
  Minimax fidelity;                ///< the sink counts
  Minimax fidelity_without_sink;   ///< it does not; place is `elsewhere`. Same as `fidelity` for one node.
  std::vector<Minimax> heads;      ///< [H], each head alone, the sink counts
};

struct DefinitionOptions {
  std::vector<exact::Rational> epsilons;
  TableParts parts;
};

/// By double arithmetic with proven bounds. Times are found by squaring: the chance to stay is kept beside
/// each power as one minus a small number, so that times of 10^12 steps keep their precision. Suprema come
/// with a bound on all later and all skipped steps (see node_suprema.hpp). REQUIRES: what require_causal_rows
/// asks; 0 < eps.
DefinitionMetrics definition_metrics(const LayerAttention& layer, const EnclosedWeights& weights,
                                     const DefinitionOptions& options);

/// By balls of 192 bits around the exact entries, the oracle of the above: other bounds for suprema, nothing
/// rounded to doubles but the ends of what is found. What is left of an enclosure is the width of the weights
/// (a relative 2^-63); a minimum that 2,048 single steps do not settle keeps the bounds of the above where they
/// are narrower.
DefinitionMetrics definition_metrics_exact(const LayerAttention& layer, const EnclosedWeights& weights,
                                           const DefinitionOptions& options);

}  // namespace crosshead::crosscheck

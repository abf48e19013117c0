#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "crosshead/attention/float_backend.hpp"
#include "crosshead/attention/tensor_file.hpp"
#include "crosshead/claim/analysis.hpp"

namespace crosshead::crosscheck {

// Letters in shapes: L layers, H heads, n nodes, T steps, E thresholds.

struct GoldenOptions {
  std::int64_t steps = 100;  ///< T >= 1
  /// float16, bfloat16, float32 or float64, at least one.
  std::vector<attention::FloatType> types{attention::FloatType::float16, attention::FloatType::bfloat16,
                                          attention::FloatType::float32, attention::FloatType::float64};
  diffusion::FidelityConvention fidelity;
  heads::Reading reading = heads::Reading::as_stored;
  heads::AttentionWalk attention_walk = heads::AttentionWalk::successor_normalised;
  std::vector<exact::Rational> epsilons{exact::Rational(1, 4)};  ///< each > 0
  bool mixing = true;  ///< distances and mixing times: costly for attention
  diffusion::Limits limits;
};

/// What stands in for a time that there is not.
inline constexpr std::int64_t kApproached = -1;  ///< the supremum is a limit, or infinite: no t attains it
inline constexpr std::int64_t kUndecided = -2;   ///< not decided, or not within T steps
inline constexpr std::int64_t kUndefined = -3;

/// The mean or one head. Values are exact images of correctly rounded numbers, one vector for each type; NaN
/// where there is no value, with the reason in a string.
struct GoldenPath {
  std::string no_diffusion;  ///< why there is no signal; empty where there is
  std::string no_mixing;     ///< why there are no distances; empty where there are or none were asked for
  std::vector<std::vector<double>> signal;          ///< [types][(T+1) n]: s_j(t) (22)
  std::vector<std::vector<double>> fidelity;        ///< [types][n]: (23), a supremum over all t
  std::vector<std::vector<double>> minimax;         ///< [types][1]: (25)
  std::vector<std::vector<double>> distance;        ///< [types][(T+1) n]: total variation (W^t e_j, e_sink)
  std::vector<std::vector<double>> worst_distance;  ///< [types][T+1]
  std::vector<std::int64_t> fidelity_time;          ///< [n]: first t attaining it, or one of the above
  std::vector<std::int64_t> mixing_time;  ///< [E]: first t <= T with worst distance <= epsilon, or the above
  diffusion::Fidelity exact;              ///< the decided suprema
};

struct GoldenSystem {
  GoldenPath mean;
  std::vector<GoldenPath> heads;  ///< [H]
};

/// Correctly rounded references of a system: every number is computed as a rational and rounded once, to
/// nearest, ties to even. `progress` is called before each path. Throws exact::UsageError for no step, no
/// type or tf32.
GoldenSystem golden_values(const heads::HeadSystem& system, const GoldenOptions& options,
                           const std::function<void()>& progress = {});

/// One array of the file and what its axes are ("layer", "head", "step", "node", "epsilon").
struct GoldenArray {
  std::string name;
  std::vector<std::string> axes;
  attention::Tensor tensor;
};

/// "mean_signal_float32" [L, T+1, n], "heads_signal_float32" [L, H, T+1, n] and so on for fidelity [n],
/// minimax [], distance [T+1, n] and worst_distance [T+1]; fidelity_time [n] and mixing_time [E] in int64.
/// Without `layers` there is one system and no axis L. bfloat16 is stored as uint16: the upper half of the
/// float32 with the same value. REQUIRES: systems with equally many heads and nodes, under the same options.
std::vector<GoldenArray> golden_arrays(const std::vector<GoldenSystem>& systems, std::size_t nodes,
                                       const GoldenOptions& options, bool layers);

}  // namespace crosshead::crosscheck

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "crosshead/attention/tensor_file.hpp"
#include "crosshead/exact/interval.hpp"

namespace crosshead::crosscheck {

/// Convex head weights of one layer, [H], known by bounds: weights that follow from norms are irrational.
/// The true weights sum to 1; each lies in its interval, and `nearest` is a double within a relative 2^-52 of
/// it (exactly 0 or 1 where the weight is).
struct EnclosedWeights {
  std::vector<exact::Interval> intervals;
  std::vector<double> nearest;
};

/// The weights of the published program: Frobenius norm of each head's block of columns of `out_proj` ([E, E]
/// viewed as [E, H, d]), divided by their sum. The sums of squares are exact, the roots enclosed within a
/// relative 2^-63. Throws exact::InputError (with `file` and `name`) when every block is zero or an entry is
/// not finite. REQUIRES: a float type that embeds in float32; `heads` divides E.
EnclosedWeights norm_weights(const attention::Tensor& out_proj, std::int64_t heads,
                             const std::filesystem::path& file, const std::string& name);

/// Weights that are known exactly. REQUIRES: not negative, sum 1.
EnclosedWeights exact_weights(const std::vector<exact::Rational>& weights);

}  // namespace crosshead::crosscheck

#pragma once

#include <vector>

#include "structure.hpp"

#include "crosshead/exact/matrix.hpp"

namespace crosshead::diffusion {

inline constexpr int kLargestPeriod = 60;

/// What x_t = e_sink D^t tends to: for a common period p of the closed classes that matter, x_{tp+r} tends to
/// laws[r]. Empty if p exceeds kLargestPeriod. TV(x_t, laws[t mod p]) never increases, since laws[r] D =
/// laws[r + 1 mod p].
using LimitLaws = std::vector<std::vector<exact::Rational>>;
LimitLaws limit_laws(const exact::RationalMatrix& matrix, const Structure& structure);

}  // namespace crosshead::diffusion

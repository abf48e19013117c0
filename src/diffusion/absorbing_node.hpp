#pragma once

#include "structure.hpp"

namespace crosshead::diffusion {

/// lim s_j(t) for an absorbing node j: the weight with which mass from the sink ends in j.
exact::Rational absorbed_weight(const exact::RationalMatrix& matrix, const Structure& structure, int j);

/// Whether some mass that can still reach j stays on its way for ever, so that the limit is never attained.
bool keeps_coming(const Structure& structure, int j);

}  // namespace crosshead::diffusion

#pragma once

#include <optional>

#include "crosshead/diffusion/fidelity.hpp"

namespace crosshead::diffusion {

/// Minimax fidelity of a small matrix in fixed-width integers, or nothing where that does not suffice:
/// more than 16 nodes, a row that the sink hears and that reaches beyond the diagonal or does not sum to 1,
/// a common denominator beyond 64 bits, signals beyond 1024 bits, or the limit of steps.
/// Whatever it returns is defined and decided, or undefined for want of a node that counts.
std::optional<Minimax> small_minimax(const exact::RationalMatrix& diffusion, int sink,
                                     const FidelityConvention& convention, const Limits& limits);

}  // namespace crosshead::diffusion

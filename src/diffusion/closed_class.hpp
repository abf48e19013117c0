#pragma once

#include <cstdint>
#include <vector>

#include "structure.hpp"

#include "crosshead/diffusion/fidelity.hpp"

namespace crosshead::diffusion {

/// Probability that the backward chain from `start` ends in `target` (a closed class, or one absorbing node),
/// by an exact solve over the other nodes of `feeders` (all nodes that can reach the target). REQUIRES: row
/// sums at most 1 on the feeders and no other closed class among them.
exact::Rational absorption_probability(const exact::RationalMatrix& matrix, const std::vector<int>& feeders,
                                       const std::vector<int>& target, int start);

/// Decides the suprema of the given recurrent nodes (closed classes of two or more nodes), where it can.
/// With p the common period of the closed classes, s_j has a limit along each residue of t modulo p; y_j is
/// the largest (for p = 1, P(absorbed in the class) * pi_j). The supremum is a signal value no smaller than
/// y_j plus the total variation distance to the limit law, which never increases; or y_j itself, when
/// y_j - s_j(t) stays nonnegative by its recurrence; or all mass that can reach j, seen at once. Otherwise it
/// stays undecided. Returns the steps taken.
std::int64_t decide_closed_classes(const exact::RationalMatrix& matrix, const Structure& structure,
                                   const std::vector<int>& recurrent, const FidelityConvention& convention,
                                   const Limits& limits, std::vector<NodeFidelity>& nodes);

}  // namespace crosshead::diffusion

#pragma once

#include <cstdint>
#include <vector>

#include "structure.hpp"

#include "crosshead/diffusion/fidelity.hpp"

namespace crosshead::diffusion {

/// Bounds longer than this many bits are rounded outwards before they are reported.
inline constexpr unsigned kReportBits = 256;

/// Decides the suprema of the nodes in `bounded`, whose fate is transient or absorbing: node j at the first T
/// tested where x_T . h <= best so far for a superharmonic h (superharmonic.hpp). Nodes in `boundless` have
/// no bound on their later signals; they are followed for a while, for their lower bound alone, and stay
/// undecided, as do those that the limits cut short. Returns the steps taken.
std::int64_t decide_transient_nodes(const exact::RationalMatrix& matrix, const Structure& structure,
                                    const std::vector<int>& bounded, const std::vector<int>& boundless,
                                    const FidelityConvention& convention, const Limits& limits,
                                    std::vector<NodeFidelity>& nodes);

/// Records a decided supremum; `time` is the first that attains it, nothing where it is only approached.
inline void settle(NodeFidelity& node, exact::Rational value, std::optional<std::int64_t> time,
                   TailArgument why) {
  node.decided = true;
  node.supremum = value;
  node.lower = value;
  node.upper = std::move(value);
  node.attained = time.has_value();
  node.time = time;
  node.argument = why;
}

}  // namespace crosshead::diffusion

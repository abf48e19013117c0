// The table of kernels of one instruction set.
#pragma once

#include "fidelity_lanes.hpp"
#include "mixing_lanes.hpp"

namespace crosshead::search::CROSSHEAD_LANES {

template <int n>
constexpr void fill(LaneKernels& kernels) {
  kernels.fidelity[n] = fidelity_blocks<n, false>;
  kernels.fidelity_long[n] = fidelity_blocks<n, true>;
  kernels.mixing[n] = mixing_blocks<n>;
  if constexpr (n < kFilterNodes) fill<n + 1>(kernels);
}

constexpr LaneKernels kernels_named(const char* instructions) {
  LaneKernels kernels;
  kernels.instructions = instructions;
  fill<2>(kernels);
  return kernels;
}

}  // namespace crosshead::search::CROSSHEAD_LANES

// The kernels for baseline; compiled with its flags.
#define CROSSHEAD_LANES baseline
#include "lane_kernels.hpp"

namespace crosshead::search::baseline {

const LaneKernels& lane_kernels() {
  static constexpr LaneKernels kKernels = kernels_named("baseline");
  return kKernels;
}

}  // namespace crosshead::search::baseline

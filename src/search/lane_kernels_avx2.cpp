// The kernels for AVX2; compiled with its flags.
#define CROSSHEAD_LANES avx2
#include "lane_kernels.hpp"

namespace crosshead::search::avx2 {

const LaneKernels& lane_kernels() {
  static constexpr LaneKernels kKernels = kernels_named("AVX2");
  return kKernels;
}

}  // namespace crosshead::search::avx2

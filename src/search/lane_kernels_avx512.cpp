// The kernels for AVX-512; compiled with its flags.
#define CROSSHEAD_LANES avx512
#include "lane_kernels.hpp"

namespace crosshead::search::avx512 {

const LaneKernels& lane_kernels() {
  static constexpr LaneKernels kKernels = kernels_named("AVX-512");
  return kKernels;
}

}  // namespace crosshead::search::avx512

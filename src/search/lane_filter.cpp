// Which instruction sets this machine has.
#include "lane_filter.hpp"

#ifdef CROSSHEAD_X86_LANES
namespace crosshead::search {

bool avx2::supported() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

bool avx512::supported() {
  return avx2::supported() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq");
}

}  // namespace crosshead::search
#endif

#pragma once

namespace crosshead::exact {

/// Of versions of the same code, compiled for any machine, for AVX2 with fused multiply-adds and for AVX-512F
/// besides: the one for the widest instruction set that this machine has.
template <typename Version>
Version widest(const Version& any, const Version& avx2, const Version& avx512) {
#if defined(__x86_64__) || defined(__i386__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    return __builtin_cpu_supports("avx512f") ? avx512 : avx2;
#endif
  return any;
}

}  // namespace crosshead::exact

// A pack of doubles as wide as the instruction set that this is compiled for, with the few operations of the
// kernels. Included once by each of the files that name the set; CROSSHEAD_LANES is the namespace.
#pragma once

#include <cstdint>

#ifdef __AVX2__
#include <immintrin.h>
#endif

#ifndef CROSSHEAD_LANES
#error "name the instruction set's namespace"
#endif

#define CROSSHEAD_INLINE inline __attribute__((always_inline))

namespace crosshead::search::CROSSHEAD_LANES {

#ifdef __AVX512F__

inline constexpr int kWidth = 8;
using Pack = __m512d;
using Mask = std::uint8_t;  ///< a bit for each lane

CROSSHEAD_INLINE Pack load(const double* from) {
  return _mm512_loadu_pd(from);
}
CROSSHEAD_INLINE Pack broadcast(double value) {
  return _mm512_set1_pd(value);
}
CROSSHEAD_INLINE Pack add(Pack a, Pack b) {
  return _mm512_add_pd(a, b);
}
CROSSHEAD_INLINE Pack multiply(Pack a, Pack b) {
  return _mm512_mul_pd(a, b);
}
CROSSHEAD_INLINE Pack fused(Pack a, Pack b, Pack c) {
  return _mm512_fmadd_pd(a, b, c);
}
// Masked by all lanes: GCC 12 warns of the unmasked forms (GCC bug 105593).
CROSSHEAD_INLINE Pack larger(Pack a, Pack b) {
  return _mm512_maskz_max_pd(0xff, a, b);
}
CROSSHEAD_INLINE Pack smaller(Pack a, Pack b) {
  return _mm512_maskz_min_pd(0xff, a, b);
}
CROSSHEAD_INLINE Mask less(Pack a, Pack b) {
  return _mm512_cmp_pd_mask(a, b, _CMP_LT_OQ);
}
CROSSHEAD_INLINE Mask at_most(Pack a, Pack b) {
  return _mm512_cmp_pd_mask(a, b, _CMP_LE_OQ);
}
CROSSHEAD_INLINE Pack select(Mask mask, Pack yes, Pack no) {
  return _mm512_mask_blend_pd(mask, no, yes);
}
/// a + b where the mask says so, else a.
CROSSHEAD_INLINE Pack add_where(Mask mask, Pack a, Pack b) {
  return _mm512_mask_add_pd(a, mask, a, b);
}
CROSSHEAD_INLINE Mask all_lanes() {
  return 0xff;
}
CROSSHEAD_INLINE Mask no_lanes() {
  return 0;
}
CROSSHEAD_INLINE unsigned bits(Mask mask) {
  return mask;
}

#else

#ifdef __AVX2__
inline constexpr int kWidth = 4;
#else
inline constexpr int kWidth = 2;
#endif
typedef double Pack __attribute__((vector_size(8 * kWidth)));
typedef long long Mask __attribute__((vector_size(8 * kWidth)));  ///< all ones or zero in each lane

CROSSHEAD_INLINE Pack load(const double* from) {
  Pack result;
  __builtin_memcpy(&result, from, sizeof(result));
  return result;
}
CROSSHEAD_INLINE Pack broadcast(double value) {
  return value - Pack{};
}
CROSSHEAD_INLINE Pack add(Pack a, Pack b) {
  return a + b;
}
CROSSHEAD_INLINE Pack multiply(Pack a, Pack b) {
  return a * b;
}
#ifdef __FMA__
CROSSHEAD_INLINE Pack fused(Pack a, Pack b, Pack c) {
  return _mm256_fmadd_pd(a, b, c);
}
#else
CROSSHEAD_INLINE Pack fused(Pack a, Pack b, Pack c) {
  return a * b + c;
}
#endif
CROSSHEAD_INLINE Pack larger(Pack a, Pack b) {
  return a > b ? a : b;
}
CROSSHEAD_INLINE Pack smaller(Pack a, Pack b) {
  return a < b ? a : b;
}
CROSSHEAD_INLINE Mask less(Pack a, Pack b) {
  return a < b;
}
CROSSHEAD_INLINE Mask at_most(Pack a, Pack b) {
  return a <= b;
}
CROSSHEAD_INLINE Pack select(Mask mask, Pack yes, Pack no) {
  return mask ? yes : no;
}
CROSSHEAD_INLINE Pack add_where(Mask mask, Pack a, Pack b) {
  return mask ? a + b : a;
}
CROSSHEAD_INLINE Mask all_lanes() {
  return ~Mask{};
}
CROSSHEAD_INLINE Mask no_lanes() {
  return Mask{};
}
CROSSHEAD_INLINE unsigned bits(Mask mask) {
#ifdef __AVX2__
  return static_cast<unsigned>(_mm256_movemask_pd(reinterpret_cast<__m256d>(mask)));
#else
  return static_cast<unsigned>((mask[0] & 1) | (mask[1] & 2));
#endif
}

#endif

CROSSHEAD_INLINE Mask both(Mask a, Mask b) {
  return static_cast<Mask>(a & b);
}
CROSSHEAD_INLINE Mask either(Mask a, Mask b) {
  return static_cast<Mask>(a | b);
}
CROSSHEAD_INLINE Mask without(Mask a, Mask b) {
  return static_cast<Mask>(a & ~b);
}

}  // namespace crosshead::search::CROSSHEAD_LANES

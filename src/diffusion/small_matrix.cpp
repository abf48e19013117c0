#include "small_matrix.hpp"

#include <algorithm>
#include <numeric>

namespace crosshead::diffusion {

using exact::RationalMatrix;

namespace {

/// Positive and below 2^64; a matrix stores no zeros.
bool fits(mpz_srcptr value) {
  return value->_mp_size == 1;
}

/// REQUIRES: fits. Read in place: the call that GMP offers would take a third of the whole time.
std::uint64_t limb_of(mpz_srcptr value) {
  return value->_mp_d[0];
}

}  // namespace

bool read_support(const RationalMatrix& matrix, int sink, SmallMatrix& small, Nodes& heard) {
  heard = only(sink);
  for (int k = sink; k >= 0; --k) {
    if ((heard & only(k)) == 0) continue;
    const auto& row = matrix.row(k);
    if (!row.empty() && row.back().column > k) return false;
    Nodes& sources = small.sources[k];
    for (const auto& entry : row) sources |= only(entry.column);
    heard |= sources;
  }
  return true;
}

bool read_entries(const RationalMatrix& matrix, SmallMatrix& small) {
  std::uint64_t& common = small.denominator;
  std::uint64_t last = 1;  // neighbouring entries mostly share their denominator
  for (int k = 0; k < small.size; ++k) {
    for (const auto& entry : matrix.row(k)) {
      const mpz_srcptr bottom = mpq_denref(entry.value.backend().data());
      if (!fits(mpq_numref(entry.value.backend().data())) || !fits(bottom)) return false;
      const std::uint64_t denominator = limb_of(bottom);
      if (denominator == last || common % denominator == 0) continue;
      last = denominator;
      const std::uint64_t missing = denominator / std::gcd(common, denominator);
      if (__builtin_mul_overflow(common, missing, &common)) return false;
    }
  }
  small.bits = static_cast<int>(std::bit_width(common));
  for (int j = 0; j < small.size; ++j) std::fill_n(small.entry[j], small.size, 0);
  std::uint64_t multiple = common / last;
  for (int k = 0; k < small.size; ++k) {
    unsigned __int128 sum = 0;
    for (const auto& entry : matrix.row(k)) {
      const std::uint64_t numerator = limb_of(mpq_numref(entry.value.backend().data()));
      const std::uint64_t denominator = limb_of(mpq_denref(entry.value.backend().data()));
      if (numerator > denominator) return false;
      if (denominator != last) {
        last = denominator;
        multiple = common / denominator;
      }
      const std::uint64_t scaled = numerator * multiple;
      small.entry[entry.column][k] = scaled;
      sum += scaled;
    }
    if (sum != common) return false;
  }
  return true;
}

void read_structure(SmallMatrix& small) {
  for (int k = small.size - 1; k >= 0; --k) {
    small.feeders[k] |= only(k);
    small.loops |= small.sources[k] & only(k);
    if (small.sources[k] == only(k)) small.absorbing |= only(k);
    for_each(small.sources[k], [&](int source) { small.feeders[source] |= small.feeders[k]; });
  }
  for_each(small.absorbing, [&](int j) {
    if ((small.feeders[j] & ~only(j) & small.loops) != 0) small.limits |= only(j);
  });
}

}  // namespace crosshead::diffusion

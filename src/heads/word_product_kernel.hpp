// The products of one instruction set: CROSSHEAD_PRODUCTS names its namespace, CROSSHEAD_VECTOR the doubles
// of one register. Four rows of the left factor against two registers of columns of the right one, which are
// packed first so that they stay in the nearest cache. Only builtins are used: nothing compiled here can be
// taken for another instruction set.
#include <cstddef>

#include "word_product.hpp"

namespace crosshead::heads::CROSSHEAD_PRODUCTS {

using Vector = double __attribute__((vector_size(CROSSHEAD_VECTOR * sizeof(double))));
constexpr std::size_t kVector = CROSSHEAD_VECTOR, kBlock = 2 * kVector, kRows = 4;
static_assert(kLanes % kVector == 0);

static inline Vector load(const double* from) {
  Vector result;
  __builtin_memcpy(&result, from, sizeof result);
  return result;
}
static inline void store(double* to, const Vector& value) {
  __builtin_memcpy(to, &value, sizeof value);
}

void multiply(const double* a, std::size_t rows, std::size_t stride, std::size_t depth, const double* b,
              std::size_t columns, double* c, double* packed) {
  for (std::size_t column = 0; column < columns; column += kBlock) {
    const std::size_t wide = columns - column >= kBlock ? kBlock : columns - column;
    for (std::size_t k = 0; k < depth; ++k) {
      for (std::size_t q = 0; q < kBlock; ++q) {
        packed[k * kBlock + q] = q < wide ? b[k * columns + column + q] : 0.0;
      }
    }
    for (std::size_t i = 0; i < rows; i += kRows) {
      // Rows beyond the last repeat it and are not stored.
      const double* left[kRows];
      for (std::size_t r = 0; r < kRows; ++r) left[r] = a + (i + r < rows ? i + r : rows - 1) * stride;
      Vector sum[kRows][2] = {};
      const double* right = packed;
      for (std::size_t k = 0; k < depth; ++k, right += kBlock) {
        const Vector low = load(right), high = load(right + kVector);
        for (std::size_t r = 0; r < kRows; ++r) {
          sum[r][0] += left[r][k] * low;
          sum[r][1] += left[r][k] * high;
        }
      }
      for (std::size_t r = 0; r < kRows && i + r < rows; ++r) {
        double* place = c + (i + r) * columns + column;
        store(place, sum[r][0]);
        if (wide > kVector) store(place + kVector, sum[r][1]);
      }
    }
  }
}

GainAndLoss compare(const double* y, const double* x, double up, const double* least, const double* most,
                    std::size_t length) {
  Vector gain{}, loss{};
  const Vector zero{};
  for (std::size_t k = 0; k < length; k += kVector) {
    const Vector difference = load(y + k) - up * load(x + k);
    gain += (difference > zero ? difference : zero) * load(least + k);
    loss += (difference > zero ? zero : -difference) * load(most + k);
  }
  GainAndLoss result;
  for (std::size_t lane = 0; lane < kVector; ++lane) {
    result.gain += gain[lane];
    result.loss += loss[lane];
  }
  return result;
}

}  // namespace crosshead::heads::CROSSHEAD_PRODUCTS

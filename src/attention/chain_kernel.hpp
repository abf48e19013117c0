// The steps of one chain for one instruction set: CROSSHEAD_CHAIN_SET names its namespace, CROSSHEAD_VECTOR
// the floats of one register. Columns go in blocks of registers, rows ascend, every entry is one fused
// multiply-add: the order of cuda/chain_step.hpp, to the bit. That is why the products of doubles in
// heads/word_product_kernel.hpp, which may add in any order and multiply whole matrices, are no use here.
// Only builtins are used: nothing compiled here can be taken for another instruction set.
#include <cstddef>
#include <cstdint>

#include "chain_rows.hpp"

namespace crosshead::attention::CROSSHEAD_CHAIN_SET {

constexpr std::size_t kVector = CROSSHEAD_VECTOR, kBlock = kChainPadding;
static_assert(kBlock % kVector == 0);
using Vector = float __attribute__((vector_size(CROSSHEAD_VECTOR * sizeof(float))));
constexpr std::size_t kRegisters = kBlock / kVector;

static inline Vector load(const float* from) {
  Vector result;
  __builtin_memcpy(&result, from, sizeof result);
  return result;
}
static inline void store(float* to, const Vector& value) {
  __builtin_memcpy(to, &value, sizeof value);
}
static inline Vector fused(float factor, const Vector& entry, const Vector& sum) {
  Vector result;
  for (std::size_t k = 0; k < kVector; ++k) result[k] = __builtin_fmaf(factor, entry[k], sum[k]);
  return result;
}

void chain_step(const ChainRows& rows, const float* x, float* next) {
  for (std::size_t column = 0; column < rows.padded; column += kBlock) {
    Vector sums[kRegisters] = {};
    for (std::size_t i = rows.triangle ? column : 0; i < rows.nodes; ++i) {
      const float* entries = rows.row(i) + column;
      for (std::size_t k = 0; k < kRegisters; ++k)
        sums[k] = fused(x[i], load(entries + k * kVector), sums[k]);
    }
    for (std::size_t k = 0; k < kRegisters; ++k) store(next + column + k * kVector, sums[k]);
  }
}

}  // namespace crosshead::attention::CROSSHEAD_CHAIN_SET

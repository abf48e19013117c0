#pragma once

#include <cstddef>

namespace crosshead::attention {

/// Rows are padded with zeros to whole blocks of columns.
inline constexpr std::size_t kChainPadding = 64;

/// One matrix, packed: row i of a triangle holds the blocks up to its diagonal, every row otherwise all of
/// them.
struct ChainRows {
  const float* entries = nullptr;
  std::size_t nodes = 0, padded = 0;  ///< padded: the nodes, rounded up to whole blocks
  bool triangle = false;

  const float* row(std::size_t i) const { return entries + offset(i); }
  /// Rows of a triangle grow by a block every kChainPadding rows.
  std::size_t offset(std::size_t i) const {
    if (!triangle) return i * padded;
    const std::size_t full = i / kChainPadding, rest = i % kChainPadding;
    return kChainPadding * kChainPadding * (full * (full + 1) / 2) + rest * (full + 1) * kChainPadding;
  }
};

/// next = x D; both have `padded` entries.
using ChainStep = void (*)(const ChainRows& rows, const float* x, float* next);
namespace baseline {
void chain_step(const ChainRows& rows, const float* x, float* next);
}
namespace avx2 {
void chain_step(const ChainRows& rows, const float* x, float* next);
}
namespace avx512 {
void chain_step(const ChainRows& rows, const float* x, float* next);
}

}  // namespace crosshead::attention

#pragma once

#include <array>
#include <compare>
#include <cstdint>

#include "crosshead/exact/rational.hpp"

namespace crosshead::diffusion {

/// A natural number below 2^(64 Limbs), least significant limb first, without heap.
/// REQUIRES of every operation: the result fits; nothing is checked.
template <int Limbs>
struct FixedWidth {
  static constexpr int kBits = 64 * Limbs;
  using Wide = unsigned __int128;

  std::array<std::uint64_t, Limbs> limb{};

  FixedWidth() = default;
  explicit FixedWidth(std::uint64_t value) { limb[0] = value; }
  template <int Fewer>
  explicit FixedWidth(const FixedWidth<Fewer>& value) {
    static_assert(Fewer <= Limbs);
    for (int k = 0; k < Fewer; ++k)
      limb[static_cast<std::size_t>(k)] = value.limb[static_cast<std::size_t>(k)];
  }

  /// Adds `summand` if `mask` is all ones, nothing if it is 0: sums over sets without branches.
  void add_masked(const FixedWidth& summand, std::uint64_t mask) {
    Wide carry = 0;
    for (std::size_t k = 0; k < Limbs; ++k) {
      carry += static_cast<Wide>(limb[k]) + (summand.limb[k] & mask);
      limb[k] = static_cast<std::uint64_t>(carry);
      carry >>= 64;
    }
  }

  void multiply(std::uint64_t factor) {
    Wide carry = 0;
    for (std::size_t k = 0; k < Limbs; ++k) {
      carry += static_cast<Wide>(limb[k]) * factor;
      limb[k] = static_cast<std::uint64_t>(carry);
      carry >>= 64;
    }
  }

  void add_product(const FixedWidth& value, std::uint64_t factor) {
    Wide carry = 0;
    for (std::size_t k = 0; k < Limbs; ++k) {
      carry += static_cast<Wide>(value.limb[k]) * factor + limb[k];
      limb[k] = static_cast<std::uint64_t>(carry);
      carry >>= 64;
    }
  }

  bool operator==(const FixedWidth& other) const = default;
  std::strong_ordering operator<=>(const FixedWidth& other) const {
    for (std::size_t k = Limbs; k-- > 0;) {
      if (limb[k] != other.limb[k]) return limb[k] <=> other.limb[k];
    }
    return std::strong_ordering::equal;
  }

  exact::Integer to_integer() const {
    exact::Integer result;
    mpz_import(result.backend().data(), Limbs, -1, sizeof(std::uint64_t), 0, 0, limb.data());
    return result;
  }
};

}  // namespace crosshead::diffusion

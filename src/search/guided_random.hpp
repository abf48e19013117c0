#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace crosshead::search {

/// Random numbers of a guided search: xoshiro256** (Blackman and Vigna, ACM TOMS 47, 2021), its state filled
/// by SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) from the seed and the number of the restart. The same
/// numbers on every machine and with every compiler, unlike the distributions of <random>.
class GuidedRandom {
 public:
  GuidedRandom(std::uint64_t seed, std::uint64_t restart) {
    // The seed is mixed before the restart is added, so that neighbouring pairs share no states.
    std::uint64_t counter = mixed(seed + kGolden) + restart;
    for (std::uint64_t& word : state_) word = mixed(counter += kGolden);
  }

  std::uint64_t next() {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }

  /// Uniform on 0..bound-1, without bias. REQUIRES: bound > 0.
  int below(int bound) {
    const auto wide = static_cast<std::uint64_t>(bound);
    // 2^64 mod bound numbers at the bottom are refused; what is left is a whole number of runs.
    const std::uint64_t refused = (0 - wide) % wide;
    std::uint64_t value = next();
    while (value < refused) value = next();
    return static_cast<int>(value % wide);
  }
  /// Uniform on the bits that are set. REQUIRES: there is one.
  int bit_of(std::uint64_t mask) {
    for (int skip = below(std::popcount(mask)); skip > 0; --skip) mask &= mask - 1;
    return std::countr_zero(mask);
  }

 private:
  static constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15U;
  static std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31U);
  }
  std::array<std::uint64_t, 4> state_{};
};

}  // namespace crosshead::search

#pragma once

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>

#include "crosshead/attention/tensor_file.hpp"

namespace crosshead::attention {

inline constexpr DType kAll[] = {DType::f16, DType::bf16, DType::f32, DType::f64, DType::i8,     DType::i16,
                                 DType::i32, DType::i64,  DType::u8,  DType::u16, DType::boolean};

/// How often to repeat a random test: `base` times CROSSHEAD_TEST_MULTIPLIER (1 unless set).
inline int rounds(int base) {
  const char* multiplier = std::getenv("CROSSHEAD_TEST_MULTIPLIER");
  return multiplier ? base * std::max(1, std::atoi(multiplier)) : base;
}

/// Seeded random numbers, and tensors biased to the corners of their types.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::uint64_t below(std::uint64_t limit) { return engine_() % limit; }
  std::uint64_t bits() { return engine_(); }

  /// A value that `dtype` holds, often at the end of its range.
  double value(DType dtype) {
    switch (dtype) {
      case DType::f16:
        return floating(10, -24, 15);
      case DType::bf16:
        return floating(7, -133, 127);
      case DType::f32:
        return floating(23, -149, 127);
      case DType::f64:
        return floating(52, -1074, 1023);
      case DType::i8:
        return whole(-128, 127);
      case DType::i16:
        return whole(-32768, 32767);
      case DType::i32:
        return whole(INT32_MIN, INT32_MAX);
      case DType::i64:
        return whole(-(std::int64_t{1} << 53), std::int64_t{1} << 53);
      case DType::u8:
        return whole(0, 255);
      case DType::u16:
        return whole(0, 65535);
      case DType::boolean:
        return whole(0, 1);
    }
    return 0;
  }

  Tensor tensor(DType dtype) {
    Tensor tensor{dtype, {}, {}};
    std::size_t count = 1;
    for (std::uint64_t d = below(4); d > 0; --d) {
      tensor.shape.push_back(static_cast<std::int64_t>(below(5)));
      count *= static_cast<std::size_t>(tensor.shape.back());
    }
    for (std::size_t i = 0; i < count; ++i) tensor.values.push_back(value(dtype));
    return tensor;
  }

 private:
  /// Random significand of fraction + 1 bits at most, cut to what the exponent leaves above the smallest
  /// subnormal.
  double floating(int fraction, int smallest, int largest) {
    const double sign = below(2) ? -1 : 1;
    switch (below(8)) {
      case 0:
        return sign * 0.0;
      case 1:
        return sign * HUGE_VAL;
      case 2:
        return std::copysign(std::nan(""), sign);
      case 3:
        return sign * std::ldexp(1, smallest);
      case 4:
        return sign * (2 - std::ldexp(1, -fraction)) * std::ldexp(1, largest);
      default:
        break;
    }
    const int exponent =
        smallest + static_cast<int>(below(static_cast<std::uint64_t>(largest - smallest + 1)));
    const int kept = std::min(fraction, exponent - smallest);
    const std::uint64_t significand = (std::uint64_t{1} << kept) + below(std::uint64_t{1} << kept);
    return sign * std::ldexp(static_cast<double>(significand), exponent - kept);
  }

  double whole(std::int64_t low, std::int64_t high) {
    switch (below(4)) {
      case 0:
        return static_cast<double>(low);
      case 1:
        return static_cast<double>(high);
      default:
        return static_cast<double>(
            low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low) + 1)));
    }
  }

  std::mt19937_64 engine_;
};

}  // namespace crosshead::attention

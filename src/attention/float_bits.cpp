#include "float_bits.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>

namespace crosshead::attention {
namespace {

static_assert(std::endian::native == std::endian::little, "tensor files hold little-endian elements");
static_assert(std::numeric_limits<double>::is_iec559 && sizeof(double) == 8);

constexpr int kDoubleFraction = 52;
constexpr int kDoubleBias = 1023;
constexpr std::uint64_t kDoubleExponent = 0x7ff;
constexpr std::uint64_t kFractionMask = (std::uint64_t{1} << kDoubleFraction) - 1;

template <class Bits>
Bits load(const char* bytes) {
  Bits bits;
  std::memcpy(&bits, bytes, sizeof bits);
  return bits;
}

template <class Bits>
void store(Bits bits, char* bytes) {
  std::memcpy(bytes, &bits, sizeof bits);
}

/// An IEEE 754 binary type narrower than double: sign, exponent and fraction fields from the top bit down.
/// Conversions work on the fields, never through the host's float type, so that NaN payloads survive too.
template <class Bits, int exponent_bits, int fraction_bits>
struct Narrow {
  using Storage = Bits;
  static_assert(1 + exponent_bits + fraction_bits == 8 * sizeof(Bits));
  static constexpr int bias = (1 << (exponent_bits - 1)) - 1;
  static constexpr std::uint64_t exponent_top = (std::uint64_t{1} << exponent_bits) - 1;
  static constexpr int shift = kDoubleFraction - fraction_bits;

  static std::optional<double> decode(Bits bits) {
    const std::uint64_t wide = bits;
    const std::uint64_t sign = wide >> (exponent_bits + fraction_bits) << 63;
    const std::uint64_t exponent = wide >> fraction_bits & exponent_top;
    const std::uint64_t fraction = wide & ((std::uint64_t{1} << fraction_bits) - 1);
    if (exponent == 0) {  // zero and subnormals
      const double magnitude = std::ldexp(static_cast<double>(fraction), 1 - bias - fraction_bits);
      return std::bit_cast<double>(sign | std::bit_cast<std::uint64_t>(magnitude));
    }
    const std::uint64_t moved = exponent == exponent_top ? kDoubleExponent : exponent + (kDoubleBias - bias);
    return std::bit_cast<double>(sign | moved << kDoubleFraction | fraction << shift);
  }

  static std::optional<Bits> encode(double value) {
    const auto wide = std::bit_cast<std::uint64_t>(value);
    const std::uint64_t sign = wide >> 63 << (exponent_bits + fraction_bits);
    const int exponent = static_cast<int>(wide >> kDoubleFraction & kDoubleExponent);
    const std::uint64_t fraction = wide & kFractionMask;
    if (exponent == static_cast<int>(kDoubleExponent)) {
      std::uint64_t payload = fraction >> shift;
      if (fraction != payload << shift) payload = std::uint64_t{1} << (fraction_bits - 1);
      return static_cast<Bits>(sign | exponent_top << fraction_bits | payload);
    }
    if (value == 0) return static_cast<Bits>(sign);
    if (exponent == 0) return std::nullopt;  // double subnormals lie below every narrower type
    const int moved = exponent - kDoubleBias + bias;
    if (moved >= static_cast<int>(exponent_top)) return std::nullopt;
    // A subnormal target drops 1 - moved more bits of the significand, whose leading bit becomes explicit.
    const int dropped = moved >= 1 ? shift : shift + 1 - moved;
    if (dropped > kDoubleFraction) return std::nullopt;
    const std::uint64_t significand = fraction | std::uint64_t{1} << kDoubleFraction;
    const std::uint64_t kept = significand >> dropped;
    if (kept << dropped != significand) return std::nullopt;
    const std::uint64_t leading = std::uint64_t{1} << fraction_bits;
    if (moved >= 1)
      return static_cast<Bits>(sign | static_cast<std::uint64_t>(moved) << fraction_bits | (kept - leading));
    return static_cast<Bits>(sign | kept);
  }
};

struct Wide {
  using Storage = std::uint64_t;
  static std::optional<double> decode(Storage bits) { return std::bit_cast<double>(bits); }
  static std::optional<Storage> encode(double value) { return std::bit_cast<Storage>(value); }
};

template <class Integer>
struct Whole {
  using Storage = Integer;
  static constexpr double limit = 9007199254740992.0;  // 2^53: up to here every integer is a double

  static std::optional<double> decode(Integer value) {
    if constexpr (sizeof(Integer) == 8) {
      if (value > std::int64_t{1} << 53 || value < -(std::int64_t{1} << 53)) return std::nullopt;
    }
    return static_cast<double>(value);
  }

  static std::optional<Integer> encode(double value) {
    double low = -limit, high = limit;
    if constexpr (sizeof(Integer) < 8) {
      low = static_cast<double>(std::numeric_limits<Integer>::min());
      high = static_cast<double>(std::numeric_limits<Integer>::max());
    }
    if (!(value >= low && value <= high) || value != std::trunc(value)) return std::nullopt;
    return static_cast<Integer>(value);
  }
};

struct Boolean {
  using Storage = std::uint8_t;
  static std::optional<double> decode(Storage byte) {
    if (byte > 1) return std::nullopt;
    return byte;
  }
  static std::optional<Storage> encode(double value) {
    if (value != 0 && value != 1) return std::nullopt;
    return static_cast<Storage>(value);
  }
};

/// Calls `action` with the element type of `dtype`.
template <class Action>
std::size_t with_element(DType dtype, Action action) {
  switch (dtype) {
    case DType::f16:
      return action(Narrow<std::uint16_t, 5, 10>{});
    case DType::bf16:
      return action(Narrow<std::uint16_t, 8, 7>{});
    case DType::f32:
      return action(Narrow<std::uint32_t, 8, 23>{});
    case DType::f64:
      return action(Wide{});
    case DType::i8:
      return action(Whole<std::int8_t>{});
    case DType::i16:
      return action(Whole<std::int16_t>{});
    case DType::i32:
      return action(Whole<std::int32_t>{});
    case DType::i64:
      return action(Whole<std::int64_t>{});
    case DType::u8:
      return action(Whole<std::uint8_t>{});
    case DType::u16:
      return action(Whole<std::uint16_t>{});
    case DType::boolean:
      return action(Boolean{});
  }
  return 0;
}

}  // namespace

std::size_t decode_elements(DType dtype, const char* bytes, std::size_t count, double* values) {
  return with_element(dtype, [&](auto element) {
    using Storage = typename decltype(element)::Storage;
    for (std::size_t i = 0; i < count; ++i) {
      const auto value = element.decode(load<Storage>(bytes + i * sizeof(Storage)));
      if (!value) return i;
      values[i] = *value;
    }
    return count;
  });
}

std::size_t encode_elements(DType dtype, const double* values, std::size_t count, char* bytes) {
  return with_element(dtype, [&](auto element) {
    using Storage = typename decltype(element)::Storage;
    for (std::size_t i = 0; i < count; ++i) {
      const auto bits = element.encode(values[i]);
      if (!bits) return i;
      store<Storage>(*bits, bytes + i * sizeof(Storage));
    }
    return count;
  });
}

}  // namespace crosshead::attention

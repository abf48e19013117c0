#include "crosshead/crosscheck/float_format.hpp"

#include <bit>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "crosshead/exact/error.hpp"

namespace crosshead::crosscheck {
namespace {

using attention::FloatType;
using exact::Integer;
using exact::Rational;

Rational power_of_two(int exponent) {
  const Integer power = Integer(1) << static_cast<unsigned>(std::abs(exponent));
  return exponent >= 0 ? Rational(power) : Rational(Integer(1), power);
}

/// floor(log2(numerator / denominator)). REQUIRES: both positive.
int floor_log2(const Integer& numerator, const Integer& denominator) {
  const int estimate =
      static_cast<int>(msb(numerator)) - static_cast<int>(msb(denominator));  // off by at most one
  const Integer top = estimate < 0 ? Integer(numerator << static_cast<unsigned>(-estimate)) : numerator;
  const Integer bottom = estimate > 0 ? Integer(denominator << static_cast<unsigned>(estimate)) : denominator;
  return top >= bottom ? estimate : estimate - 1;
}

/// Numbers the format's values in order: neighbours differ by one, both zeros are 0.
template <typename Float, typename Signed>
std::int64_t rank_of(double value) {
  const auto bits = std::bit_cast<Signed>(static_cast<Float>(value));
  return bits >= 0 ? std::int64_t{bits}
                   : -(std::int64_t{bits} - std::int64_t{std::numeric_limits<Signed>::min()});
}

}  // namespace

Rational FloatFormat::unit_roundoff() const {
  return power_of_two(-precision);
}
Rational FloatFormat::smallest() const {
  return power_of_two(smallest_exponent);
}
Rational FloatFormat::smallest_normal() const {
  return power_of_two(smallest_exponent + precision - 1);
}
Rational FloatFormat::largest() const {
  return power_of_two(largest_exponent + 1) - power_of_two(largest_exponent + 1 - precision);
}

FloatFormat format_of(FloatType type) {
  if (type == FloatType::float32) return {type, 24, -149, 127};
  return {type, 53, -1074, 1023};
}

std::string name_of(FloatType type) {
  return type == FloatType::float32 ? "float32" : "float64";
}

FloatType float_type_named(const std::string& name) {
  for (const FloatType type : {FloatType::float32, FloatType::float64}) {
    if (name == name_of(type)) return type;
  }
  throw exact::UsageError("there is no float type \"" + name + "\"; there are float32 and float64");
}

bool holds(const FloatFormat& format, double value) {
  if (!std::isfinite(value)) return false;
  if (format.type == FloatType::float64) return true;
  // The conversion of a larger double is undefined only beyond the range of float.
  return std::fabs(value) <= static_cast<double>(std::numeric_limits<float>::max()) &&
         static_cast<double>(static_cast<float>(value)) == value;
}

bool holds(const FloatFormat& format, const Rational& value) {
  const Rational size = value < 0 ? Rational(-value) : value;
  const double rounded = nearest(format, size);
  return std::isfinite(rounded) && exact::exact_value(rounded) == size;
}

double nearest(const FloatFormat& format, const Integer& numerator, const Integer& denominator) {
  if (numerator < 0 || denominator <= 0) throw std::logic_error("nearest: a negative number");
  if (numerator == 0) return 0.0;
  const int unit =
      std::max(floor_log2(numerator, denominator) - (format.precision - 1), format.smallest_exponent);
  const Integer top = unit < 0 ? Integer(numerator << static_cast<unsigned>(-unit)) : numerator;
  const Integer bottom = unit > 0 ? Integer(denominator << static_cast<unsigned>(unit)) : denominator;
  Integer quotient, remainder;
  divide_qr(top, bottom, quotient, remainder);
  const int side = Integer(remainder * 2).compare(bottom);
  if (side > 0 || (side == 0 && bit_test(quotient, 0))) ++quotient;
  // At most 2^precision, so both conversions are exact unless the result overflows.
  const double result = std::ldexp(static_cast<double>(quotient.convert_to<std::uint64_t>()), unit);
  const double beyond = std::ldexp(1.0, format.largest_exponent);
  return result / 2 >= beyond ? std::numeric_limits<double>::infinity() : result;
}

double nearest(const FloatFormat& format, const Rational& value) {
  return nearest(format, numerator(value), denominator(value));
}

std::uint64_t ulp_distance(const FloatFormat& format, double a, double b) {
  if (!holds(format, a) || !holds(format, b))
    throw std::logic_error("ulp_distance: not a number of the format");
  const bool narrow = format.type == FloatType::float32;
  const std::int64_t x = narrow ? rank_of<float, std::int32_t>(a) : rank_of<double, std::int64_t>(a);
  const std::int64_t y = narrow ? rank_of<float, std::int32_t>(b) : rank_of<double, std::int64_t>(b);
  return x > y ? static_cast<std::uint64_t>(x) - static_cast<std::uint64_t>(y)
               : static_cast<std::uint64_t>(y) - static_cast<std::uint64_t>(x);
}

}  // namespace crosshead::crosscheck

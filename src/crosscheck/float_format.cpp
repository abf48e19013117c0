#include "crosshead/crosscheck/float_format.hpp"

#include <algorithm>
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

constexpr FloatType kTypes[] = {FloatType::float32, FloatType::float64, FloatType::float16,
                                FloatType::bfloat16, FloatType::tf32};

/// Numbers the format's values in order: neighbours differ by one, both zeros are 0.
/// REQUIRES: a finite number of the format.
std::int64_t rank_of(const FloatFormat& format, double value) {
  if (value == 0) return 0;
  int exponent = 0;
  const double fraction = std::frexp(std::fabs(value), &exponent);  // in [1/2, 1)
  const int unit = std::max(exponent - format.precision, format.smallest_exponent);
  // The numbers below 2^precision units of the smallest binade, then 2^(precision - 1) in each binade above.
  const auto units = static_cast<std::int64_t>(std::ldexp(fraction, exponent - unit));
  const std::int64_t binade = std::int64_t{1} << (format.precision - 1);
  const std::int64_t rank = (std::int64_t{unit} - format.smallest_exponent) * binade + units;
  return value < 0 ? -rank : rank;
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
  switch (type) {
    case FloatType::float16:
      return {11, -24, 15};
    case FloatType::bfloat16:
      return {8, -133, 127};
    case FloatType::float64:
      return {53, -1074, 1023};
    case FloatType::float32:
    case FloatType::tf32:
      break;
  }
  return {24, -149, 127};
}

FloatFormat operand_format_of(FloatType type) {
  if (type == FloatType::tf32) return {11, -136, 127};
  return format_of(type);
}

std::string name_of(FloatType type) {
  switch (type) {
    case FloatType::float16:
      return "float16";
    case FloatType::bfloat16:
      return "bfloat16";
    case FloatType::tf32:
      return "tf32";
    case FloatType::float64:
      return "float64";
    case FloatType::float32:
      break;
  }
  return "float32";
}

FloatType float_type_named(const std::string& name) {
  std::string known;
  for (const FloatType type : kTypes) {
    if (name == name_of(type)) return type;
    known += (known.empty() ? "" : ", ") + name_of(type);
  }
  throw exact::UsageError("there is no float type \"" + name + "\"; there are " + known);
}

bool holds(const FloatFormat& format, double value) {
  if (!std::isfinite(value)) return false;
  if (value == 0) return true;
  int exponent = 0;
  const double fraction = std::frexp(std::fabs(value), &exponent);
  if (exponent > format.largest_exponent + 1) return false;
  const double units =
      std::ldexp(fraction, exponent - std::max(exponent - format.precision, format.smallest_exponent));
  return units == std::floor(units);
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

double nearest(const FloatFormat& format, long double value) {
  if (value == 0) return 0.0;
  int exponent = 0;
  std::frexp(value, &exponent);
  const int unit = std::max(exponent - format.precision, format.smallest_exponent);
  // Scaling is exact, and rint rounds to nearest, ties to even.
  const double result = std::ldexp(static_cast<double>(std::rint(std::ldexp(value, -unit))), unit);
  return result / 2 >= std::ldexp(1.0, format.largest_exponent) ? std::numeric_limits<double>::infinity()
                                                                : result;
}

std::uint64_t ulp_distance(const FloatFormat& format, double a, double b) {
  if (!holds(format, a) || !holds(format, b))
    throw std::logic_error("ulp_distance: not a number of the format");
  const std::int64_t x = rank_of(format, a), y = rank_of(format, b);
  return x > y ? static_cast<std::uint64_t>(x) - static_cast<std::uint64_t>(y)
               : static_cast<std::uint64_t>(y) - static_cast<std::uint64_t>(x);
}

}  // namespace crosshead::crosscheck

// Outward rounding without touching the rounding mode: an operation that is correctly rounded to nearest lies
// within one neighbour of the exact result, so the neighbours enclose it.
#include "crosshead/crosscheck/enclosure.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace crosshead::crosscheck {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double below(double value) {
  return std::nextafter(value, -kInfinity);
}

double above(double value) {
  return std::nextafter(value, kInfinity);
}

/// Of results that are 0 only if exact, such as sums: x + y = 0 in floating point exactly if x = -y.
Enclosure widened(double lower, double upper) {
  return {lower == 0 ? 0 : below(lower), upper == 0 ? 0 : above(upper)};
}

/// A product or quotient, where a zero may be an underflow.
Enclosure widened_unless_zero(double lower, double upper, bool exactly_zero) {
  if (exactly_zero) return {0, 0};
  return {lower == 0 ? 0 : below(lower), above(upper)};
}

std::string decimal(double value, int digits, bool up) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*e", digits - 1, value);
  const exact::Rational printed = exact::parse_rational(text), true_value = exact::exact_value(value);
  std::string result = text;
  if (up ? printed < true_value : printed > true_value) {
    // One unit of the last digit further; towards zero from a power of ten, digits are worth a tenth.
    int exponent = std::atoi(result.c_str() + result.find('e') + 1) - digits + 1;
    const bool power_of_ten = result.find_first_of("123456789") == result.find('1') &&
                              result.find_first_of("123456789", result.find('1') + 1) > result.find('e');
    if (power_of_ten && (value < 0) == up) --exponent;
    const exact::Rational unit = exact::parse_rational("1e" + std::to_string(exponent));
    const exact::Rational moved = up ? exact::Rational(printed + unit) : exact::Rational(printed - unit);
    std::snprintf(text, sizeof text, "%.*e", digits - 1, exact::to_double(moved));
    result = text;
  }
  // The shorter spelling of the same digits: 3.71550e+00 becomes 3.7155.
  const std::size_t e = result.find('e');
  const int exponent = std::atoi(result.c_str() + e + 1);
  std::string mantissa = result.substr(0, e);
  if (exponent >= -4 && exponent < digits) {
    char fixed[64];
    std::snprintf(fixed, sizeof fixed, "%.*f", std::max(digits - 1 - exponent, 0),
                  exact::to_double(exact::parse_rational(result)));
    mantissa = fixed;
  }
  if (mantissa.find('.') != std::string::npos) {
    mantissa.erase(mantissa.find_last_not_of('0') + 1);
    if (mantissa.back() == '.') mantissa.pop_back();
  }
  if (exponent >= -4 && exponent < digits) return mantissa;
  return mantissa + "e" + std::to_string(exponent);
}

}  // namespace

Enclosure operator+(const Enclosure& a, const Enclosure& b) {
  return widened(a.lower + b.lower, a.upper + b.upper);
}

Enclosure operator-(const Enclosure& a, const Enclosure& b) {
  return widened(a.lower - b.upper, a.upper - b.lower);
}

Enclosure operator*(const Enclosure& a, const Enclosure& b) {
  const auto is_zero = [](const Enclosure& x) { return x.lower == 0 && x.upper == 0; };
  if (is_zero(a) || is_zero(b)) return {0, 0};
  const auto [low, high] =
      std::minmax({a.lower * b.lower, a.lower * b.upper, a.upper * b.lower, a.upper * b.upper});
  if (a.lower >= 0 && b.lower >= 0) return widened_unless_zero(low, high, false);
  return {below(low), above(high)};
}

Enclosure operator/(const Enclosure& a, const Enclosure& b) {
  if (a.lower == 0 && a.upper == 0) return {0, 0};
  const double low = a.lower / (a.lower >= 0 ? b.upper : b.lower);
  const double high = a.upper / (a.upper >= 0 ? b.lower : b.upper);
  if (a.lower >= 0) return widened_unless_zero(low, high, false);
  return {below(low), above(high)};
}

Enclosure square_root(const Enclosure& a) {
  const double low = std::sqrt(std::max(a.lower, 0.0)), high = std::sqrt(std::max(a.upper, 0.0));
  return widened(low, high);
}

Enclosure squared(const Enclosure& a) {
  return absolute(a) * absolute(a);
}

Enclosure absolute(const Enclosure& a) {
  if (a.lower >= 0) return a;
  if (a.upper <= 0) return {-a.upper, -a.lower};
  return {0, std::max(-a.lower, a.upper)};
}

Enclosure enclosing(const exact::Rational& value) {
  const double nearest = exact::to_double(value);
  const exact::Rational rounded = exact::exact_value(nearest);
  return {rounded <= value ? nearest : below(nearest), rounded >= value ? nearest : above(nearest)};
}

Enclosure enclosing(const exact::Interval& interval) {
  return {enclosing(interval.lower).lower, enclosing(interval.upper).upper};
}

exact::Interval exact_interval(const Enclosure& enclosure) {
  return {exact::exact_value(enclosure.lower), exact::exact_value(enclosure.upper)};
}

bool intersect(const Enclosure& a, const Enclosure& b) {
  return a.lower <= b.upper && b.lower <= a.upper;
}

std::string decimal_below(double value, int digits) {
  return decimal(value, digits, false);
}

std::string decimal_above(double value, int digits) {
  return decimal(value, digits, true);
}

Spread spread_of(const std::vector<Enclosure>& values) {
  const auto count = static_cast<double>(values.size());
  Enclosure sum;
  for (const Enclosure& value : values) sum = sum + value;
  Spread spread;
  spread.mean = sum / Enclosure{count, count};
  if (values.size() == 1) return spread;
  Enclosure squares;
  for (const Enclosure& value : values) squares = squares + squared(value - spread.mean);
  spread.deviation = square_root(squares / Enclosure{count - 1, count - 1});
  return spread;
}

}  // namespace crosshead::crosscheck

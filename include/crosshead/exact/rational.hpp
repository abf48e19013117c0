#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include <boost/multiprecision/gmp.hpp>

namespace crosshead::exact {

/// Arbitrary-precision integer and rational over GMP, expression templates off.
/// A `Rational` is always canonical: lowest terms, positive denominator.
using Integer = boost::multiprecision::number<boost::multiprecision::gmp_int, boost::multiprecision::et_off>;
using Rational =
    boost::multiprecision::number<boost::multiprecision::gmp_rational, boost::multiprecision::et_off>;

/// A number that cannot be read: what() says what is wrong and what was expected, without file or place.
class NumberError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Reads an exact number: integer "3", fraction "3/8", decimal "0.25" or "1.5e-3", hexadecimal float
/// "0x1.8p-3"; an optional leading minus sign. The value is exactly what the digits say, never a rounding.
/// Exponents are limited to +-5000 so that a short text cannot ask for a huge number.
/// Throws NumberError (empty text, stray characters, zero denominator, exponent out of range).
Rational parse_rational(std::string_view text);

/// "p/q" in lowest terms, or "p" when the denominator is 1.
std::string to_string(const Rational& value);

/// The one place where a float becomes exact: every finite binary float is a dyadic rational.
/// float32, bfloat16 and float16 values pass through double without change.
/// Throws NumberError for NaN and infinities.
Rational exact_value(double value);

/// Nearest double to `value`, ties to even, in the normal range (for display, never for a verdict).
double to_double(const Rational& value);

}  // namespace crosshead::exact

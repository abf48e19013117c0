#pragma once

#include <cstdint>
#include <string>

#include "crosshead/attention/float_backend.hpp"
#include "crosshead/exact/rational.hpp"

namespace crosshead::crosscheck {

/// A binary format of IEEE 754 as a set of numbers: 0 and the integers below 2^precision times powers of two
/// from 2^smallest_exponent on, up to the largest. Every one of them is exact in a double.
struct FloatFormat {
  int precision = 24;            ///< p: significant bits; the unit roundoff is 2^-p
  int smallest_exponent = -149;  ///< the smallest positive number is 2^smallest_exponent
  int largest_exponent = 127;    ///< the largest number is 2^(largest_exponent + 1) - one unit

  exact::Rational unit_roundoff() const;
  exact::Rational smallest() const;         ///< smallest positive (subnormal) number
  exact::Rational smallest_normal() const;  ///< 2^(smallest_exponent + precision - 1)
  exact::Rational largest() const;
};

/// The format of a type's results: float32 for tf32.
FloatFormat format_of(attention::FloatType type);
/// The format of what a type multiplies: 11 significant bits and float32's exponents for tf32, otherwise the
/// same.
FloatFormat operand_format_of(attention::FloatType type);
/// "float32", "float64", "float16", "bfloat16" or "tf32".
std::string name_of(attention::FloatType type);
/// Throws exact::UsageError for any other name.
attention::FloatType float_type_named(const std::string& name);

/// Whether `value` is one of the format's finite numbers, exactly.
bool holds(const FloatFormat& format, const exact::Rational& value);
bool holds(const FloatFormat& format, double value);

/// numerator / denominator rounded once, to nearest, ties to even, subnormal numbers included; infinity from
/// half a unit above the largest number on; floor(log2) and the remainder decide, nothing is rounded twice.
/// This is the correctly rounded reference of an exact result.
/// REQUIRES: numerator >= 0, denominator > 0; they need not be in lowest terms.
double nearest(const FloatFormat& format, const exact::Integer& numerator, const exact::Integer& denominator);
double nearest(const FloatFormat& format, const exact::Rational& value);
/// The same of an extended float. REQUIRES: finite, >= 0.
double nearest(const FloatFormat& format, long double value);

/// How many steps from one representable number to the next lead from a to b (0 when a == b, and between the
/// two zeros). REQUIRES: both are finite numbers of the format.
std::uint64_t ulp_distance(const FloatFormat& format, double a, double b);

}  // namespace crosshead::crosscheck

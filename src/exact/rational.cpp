#include "crosshead/exact/rational.hpp"

#include <charconv>
#include <cmath>

#include <mpfr.h>

namespace crosshead::exact {
namespace {

constexpr int kMaxExponent = 5000;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

[[noreturn]] void fail(std::string_view text, const std::string& why) {
  std::string shown(text.substr(0, 40));
  if (text.size() > 40) shown += "...";
  throw NumberError("'" + shown + "' is not a number: " + why +
                    " (expected an integer, \"3/8\", \"0.25\" or \"0x1.8p-3\")");
}

/// Digits only, nonempty.
Integer parse_digits(std::string_view whole, std::string_view digits) {
  if (digits.empty()) fail(whole, "a digit is missing");
  for (char c : digits) {
    if (!is_digit(c)) fail(whole, std::string("stray character '") + c + "'");
  }
  Integer value;
  mpz_set_str(value.backend().data(), std::string(digits).c_str(), 10);
  return value;
}

int parse_exponent(std::string_view whole, std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range || (error == std::errc() && std::abs(value) > kMaxExponent)) {
    fail(whole, "the exponent is beyond " + std::to_string(kMaxExponent));
  }
  if (error != std::errc() || end != text.data() + text.size()) fail(whole, "the exponent is not an integer");
  return value;
}

/// mantissa * base^exponent, base 2 or 10.
Rational scaled(const Integer& mantissa, unsigned base, int exponent) {
  Integer power;
  mpz_ui_pow_ui(power.backend().data(), base, static_cast<unsigned long>(std::abs(exponent)));
  return exponent >= 0 ? Rational(mantissa * power) : Rational(mantissa, power);
}

Rational parse_decimal(std::string_view whole, std::string_view text) {
  const std::size_t e = text.find_first_of("eE");
  int exponent = e == std::string_view::npos ? 0 : parse_exponent(whole, text.substr(e + 1));
  std::string_view mantissa = text.substr(0, e);
  const std::size_t point = mantissa.find('.');
  if (point == std::string_view::npos) return scaled(parse_digits(whole, mantissa), 10, exponent);
  const std::string_view fraction = mantissa.substr(point + 1);
  exponent -= static_cast<int>(fraction.size());
  return scaled(parse_digits(whole, std::string(mantissa.substr(0, point)) + std::string(fraction)), 10,
                exponent);
}

Rational parse_hex_float(std::string_view whole, std::string_view text) {
  const std::size_t p = text.find_first_of("pP");
  int exponent = p == std::string_view::npos ? 0 : parse_exponent(whole, text.substr(p + 1));
  std::string digits;
  bool point = false;
  for (char c : text.substr(0, p)) {
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (hex_digit(c) < 0) fail(whole, std::string("stray character '") + c + "'");
    digits += c;
    if (point) exponent -= 4;
  }
  if (digits.empty()) fail(whole, "a digit is missing");
  Integer mantissa;
  mpz_set_str(mantissa.backend().data(), digits.c_str(), 16);
  return scaled(mantissa, 2, exponent);
}

}  // namespace

Rational parse_rational(std::string_view text) {
  std::string_view rest = text;
  if (rest.empty()) fail(text, "it is empty");
  const bool negative = rest.front() == '-';
  if (negative) rest.remove_prefix(1);
  Rational value;
  if (const std::size_t slash = rest.find('/'); slash != std::string_view::npos) {
    const Integer denominator = parse_digits(text, rest.substr(slash + 1));
    if (denominator == 0) fail(text, "the denominator is zero");
    value = Rational(parse_digits(text, rest.substr(0, slash)), denominator);
  } else if (rest.size() > 2 && rest[0] == '0' && (rest[1] == 'x' || rest[1] == 'X')) {
    value = parse_hex_float(text, rest.substr(2));
  } else {
    value = parse_decimal(text, rest);
  }
  return negative ? Rational(-value) : value;
}

std::string to_string(const Rational& value) {
  return value.str();
}

Rational exact_value(double value) {
  if (!std::isfinite(value)) throw NumberError("a NaN or an infinity has no exact value");
  Rational result;
  mpq_set_d(result.backend().data(), value);
  return result;
}

double to_double(const Rational& value) {
  mpfr_t rounded;
  mpfr_init2(rounded, 53);
  const int inexact = mpfr_set_q(rounded, value.backend().data(), MPFR_RNDN);
  (void)inexact;
  const double result = mpfr_get_d(rounded, MPFR_RNDN);
  mpfr_clear(rounded);
  return result;
}

}  // namespace crosshead::exact

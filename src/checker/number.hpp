// Numbers as a formula sees them: undefined, exact, or known by rational bounds; and truth with a third
// value.
#pragma once

#include <gmpxx.h>

namespace crosshead::checker {

// Kleene's three values, ordered so that `and` is the minimum and `or` the maximum.
enum class Truth { no, unknown, yes };
inline Truth truth_of(bool value) {
  return value ? Truth::yes : Truth::no;
}
inline Truth operator!(Truth value) {
  return static_cast<Truth>(2 - static_cast<int>(value));
}

// Every operation on an undefined number is undefined, a comparison with one is unknown.
struct Number {
  Number() = default;
  Number(const mpq_class& value) : Number(value, value) {}
  Number(const mpq_class& least, const mpq_class& most) : defined(true), lower(least), upper(most) {}
  bool exact() const { return defined && lower == upper; }

  bool defined = false;
  mpq_class lower, upper;
};

Number operator+(const Number& a, const Number& b);
Number operator-(const Number& a);
Number operator*(const Number& a, const Number& b);
// Undefined where the divisor may be zero.
Number operator/(const Number& a, const Number& b);
// Undefined unless the exponent is an integer, and for a negative power of zero.
Number power(const Number& base, const Number& exponent);
// Bounds of relative width below 2^-80; exact at 0.
Number exponential(const Number& x);
Number floor_of(const Number& x);
Number absolute(const Number& x);
Number smaller(const Number& a, const Number& b);
Truth less(const Number& a, const Number& b);
Truth equal(const Number& a, const Number& b);
// Undefined unless both are integers; 0 unless 0 <= b <= a.
Number binomial(const Number& a, const Number& b);

// Whether the number is one integer, and that integer; refuses integers beyond 62 bits.
bool is_integer(const Number& x);
long to_long(const Number& x);

inline std::size_t limbs(const mpz_class& x) {
  return mpz_size(x.get_mpz_t());
}
inline std::size_t bits(const mpz_class& x) {
  return mpz_sizeinbase(x.get_mpz_t(), 2);
}
inline std::size_t limbs(const mpq_class& x) {
  return limbs(x.get_num()) + limbs(x.get_den());
}

}  // namespace crosshead::checker

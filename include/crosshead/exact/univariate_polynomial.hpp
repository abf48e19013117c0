#pragma once

#include <string>
#include <utility>
#include <vector>

#include <flint/fmpz.h>
#include <flint/fmpz_poly.h>

#include "crosshead/exact/rational.hpp"

namespace crosshead::exact {

/// A polynomial in one variable with integer coefficients, lowest degree first. A value type over FLINT's
/// fmpz_poly: it owns its coefficients and is always normalised (no leading zeros; zero has degree -1).
class UnivariatePolynomial {
 public:
  UnivariatePolynomial() { fmpz_poly_init(value_); }
  /// Coefficients from degree 0 upwards.
  explicit UnivariatePolynomial(const std::vector<Integer>& coefficients);
  ~UnivariatePolynomial() { fmpz_poly_clear(value_); }
  UnivariatePolynomial(const UnivariatePolynomial& other) {
    fmpz_poly_init(value_);
    fmpz_poly_set(value_, other.value_);
  }
  UnivariatePolynomial(UnivariatePolynomial&& other) noexcept {
    fmpz_poly_init(value_);
    fmpz_poly_swap(value_, other.value_);
  }
  UnivariatePolynomial& operator=(UnivariatePolynomial other) noexcept {
    fmpz_poly_swap(value_, other.value_);
    return *this;
  }

  int degree() const { return static_cast<int>(fmpz_poly_degree(value_)); }
  bool is_zero() const { return degree() < 0; }
  Integer coefficient(int power) const;
  /// Sign of a coefficient: -1, 0 or 1; 0 beyond the degree.
  int sign(int power) const {
    return power < fmpz_poly_length(value_) ? fmpz_sgn(fmpz_poly_get_coeff_ptr(value_, power)) : 0;
  }
  Rational at(const Rational& point) const;

  UnivariatePolynomial derivative() const;
  /// Coefficients without a common factor, the leading one positive; zero stays zero.
  UnivariatePolynomial primitive() const;

  fmpz_poly_struct* raw() { return value_; }
  const fmpz_poly_struct* raw() const { return value_; }

  friend bool operator==(const UnivariatePolynomial& a, const UnivariatePolynomial& b) {
    return fmpz_poly_equal(a.value_, b.value_) != 0;
  }

 private:
  fmpz_poly_t value_;
};

UnivariatePolynomial operator+(const UnivariatePolynomial& a, const UnivariatePolynomial& b);
UnivariatePolynomial operator-(const UnivariatePolynomial& a, const UnivariatePolynomial& b);
UnivariatePolynomial operator*(const UnivariatePolynomial& a, const UnivariatePolynomial& b);
UnivariatePolynomial operator*(const UnivariatePolynomial& a, const Integer& factor);
UnivariatePolynomial power(const UnivariatePolynomial& base, unsigned exponent);

/// a / b where b divides a over the integers; returns whether it does and leaves `quotient` alone otherwise.
/// REQUIRES: b not zero.
bool divides_exactly(const UnivariatePolynomial& a, const UnivariatePolynomial& b,
                     UnivariatePolynomial& quotient);

/// The distinct irreducible factors over the rationals, primitive, with a positive leading coefficient.
std::vector<UnivariatePolynomial> irreducible_factors(const UnivariatePolynomial& polynomial);

/// "4 b^2 - 3 b + 1"; "0" for zero.
std::string to_string(const UnivariatePolynomial& polynomial, const std::string& variable);

/// The polynomial (1 + z)^m p((lower + upper z) / (1 + z)) times a positive integer, m the degree of p: as z
/// runs through (0, infinity), the argument runs through (lower, upper). Its coefficients are, up to positive
/// factors, the Bernstein coefficients of p on the interval. REQUIRES: lower < upper.
UnivariatePolynomial on_interval(const UnivariatePolynomial& polynomial, const Rational& lower,
                                 const Rational& upper);
/// The way back: p up to a positive factor, for a polynomial in z = (b - lower) / (upper - b), as a primitive
/// polynomial in b whose sign on (lower, upper) is unchanged.
UnivariatePolynomial from_interval(const UnivariatePolynomial& polynomial, const Rational& lower,
                                   const Rational& upper);

/// What the signs of the coefficients say of a polynomial on z > 0.
enum class CoefficientSigns {
  zero,      ///< the zero polynomial
  positive,  ///< none negative, some positive: positive for all z > 0
  negative,  ///< none positive, some negative: negative for all z > 0
  mixed      ///< says nothing by itself
};
CoefficientSigns coefficient_signs(const UnivariatePolynomial& polynomial);
/// Changes of sign along the nonzero coefficients. By Descartes' rule a single change means exactly one root
/// in z > 0, a simple one.
int sign_changes(const UnivariatePolynomial& polynomial);

}  // namespace crosshead::exact

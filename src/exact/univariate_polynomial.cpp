// Integer polynomials in one variable: a thin owner of FLINT's, with the change of variable that turns an
// interval into the positive half-line, where signs of coefficients become signs of values.
#include "crosshead/exact/univariate_polynomial.hpp"

#include <flint/fmpz.h>
#include <flint/fmpz_poly.h>
#include <flint/fmpz_poly_factor.h>

namespace crosshead::exact {
namespace {

/// Owns one FLINT integer.
class FlintInteger {
 public:
  explicit FlintInteger(const Integer& value) {
    fmpz_init(value_);
    fmpz_set_mpz(value_, value.backend().data());
  }
  ~FlintInteger() { fmpz_clear(value_); }
  FlintInteger(const FlintInteger&) = delete;
  FlintInteger& operator=(const FlintInteger&) = delete;
  const fmpz* get() const { return value_; }

 private:
  fmpz_t value_;
};

UnivariatePolynomial linear(const Integer& constant, const Integer& slope) {
  return UnivariatePolynomial(std::vector<Integer>{constant, slope});
}

/// sum of c_i first^i second^(m-i), m the degree.
UnivariatePolynomial homogenised(const UnivariatePolynomial& p, const UnivariatePolynomial& first,
                                 const UnivariatePolynomial& second) {
  UnivariatePolynomial sum, second_power(std::vector<Integer>{1});
  for (int i = p.degree(); i >= 0; --i) {
    sum = sum * first + second_power * p.coefficient(i);
    second_power = second_power * second;
  }
  return sum;
}

}  // namespace

UnivariatePolynomial::UnivariatePolynomial(const std::vector<Integer>& coefficients)
    : UnivariatePolynomial() {
  const auto length = static_cast<slong>(coefficients.size());
  fmpz_poly_fit_length(value_, length);
  for (std::size_t i = 0; i < coefficients.size(); ++i)
    fmpz_set_mpz(value_->coeffs + i, coefficients[i].backend().data());
  _fmpz_poly_set_length(value_, length);
  _fmpz_poly_normalise(value_);
}

Integer UnivariatePolynomial::coefficient(int power) const {
  Integer result = 0;
  if (power <= degree()) fmpz_get_mpz(result.backend().data(), fmpz_poly_get_coeff_ptr(value_, power));
  return result;
}

Rational UnivariatePolynomial::at(const Rational& point) const {
  const Integer& p = numerator(point);
  const Integer& q = denominator(point);
  Integer sum = 0, power = 1;
  for (int i = degree(); i >= 0; --i) {
    sum = sum * p + coefficient(i) * power;
    power *= q;
  }
  return is_zero() ? Rational(0) : Rational(sum, power / q);
}

UnivariatePolynomial UnivariatePolynomial::derivative() const {
  UnivariatePolynomial result;
  fmpz_poly_derivative(result.value_, value_);
  return result;
}

UnivariatePolynomial UnivariatePolynomial::primitive() const {
  UnivariatePolynomial result;
  fmpz_poly_primitive_part(result.value_, value_);
  return result;
}

UnivariatePolynomial operator+(const UnivariatePolynomial& a, const UnivariatePolynomial& b) {
  UnivariatePolynomial result;
  fmpz_poly_add(result.raw(), a.raw(), b.raw());
  return result;
}

UnivariatePolynomial operator-(const UnivariatePolynomial& a, const UnivariatePolynomial& b) {
  UnivariatePolynomial result;
  fmpz_poly_sub(result.raw(), a.raw(), b.raw());
  return result;
}

UnivariatePolynomial operator*(const UnivariatePolynomial& a, const UnivariatePolynomial& b) {
  UnivariatePolynomial result;
  fmpz_poly_mul(result.raw(), a.raw(), b.raw());
  return result;
}

UnivariatePolynomial operator*(const UnivariatePolynomial& a, const Integer& factor) {
  UnivariatePolynomial result;
  fmpz_poly_scalar_mul_fmpz(result.raw(), a.raw(), FlintInteger(factor).get());
  return result;
}

UnivariatePolynomial power(const UnivariatePolynomial& base, unsigned exponent) {
  UnivariatePolynomial result;
  fmpz_poly_pow(result.raw(), base.raw(), exponent);
  return result;
}

bool divides_exactly(const UnivariatePolynomial& a, const UnivariatePolynomial& b,
                     UnivariatePolynomial& quotient) {
  UnivariatePolynomial result;
  if (fmpz_poly_divides(result.raw(), a.raw(), b.raw()) == 0) return false;
  quotient = std::move(result);
  return true;
}

std::vector<UnivariatePolynomial> irreducible_factors(const UnivariatePolynomial& polynomial) {
  std::vector<UnivariatePolynomial> result;
  if (polynomial.degree() < 1) return result;
  fmpz_poly_factor_t factors;
  fmpz_poly_factor_init(factors);
  fmpz_poly_factor(factors, polynomial.raw());
  for (slong i = 0; i < factors->num; ++i) {
    UnivariatePolynomial factor;
    fmpz_poly_set(factor.raw(), factors->p + i);
    result.push_back(factor.primitive());
  }
  fmpz_poly_factor_clear(factors);
  return result;
}

std::string to_string(const UnivariatePolynomial& polynomial, const std::string& variable) {
  std::string text;
  for (int i = polynomial.degree(); i >= 0; --i) {
    Integer value = polynomial.coefficient(i);
    if (value == 0) continue;
    const bool negative = value < 0;
    if (negative) value = -value;
    text += text.empty() ? (negative ? "-" : "") : (negative ? " - " : " + ");
    if (value != 1 || i == 0) text += value.str() + (i > 0 ? " " : "");
    if (i > 0) text += variable;
    if (i > 1) text += "^" + std::to_string(i);
  }
  return text.empty() ? "0" : text;
}

UnivariatePolynomial on_interval(const UnivariatePolynomial& polynomial, const Rational& lower,
                                 const Rational& upper) {
  const Integer scale = lcm(denominator(lower), denominator(upper));
  const Integer low = numerator(lower) * (scale / denominator(lower));
  const Integer high = numerator(upper) * (scale / denominator(upper));
  return homogenised(polynomial, linear(low, high), linear(scale, scale));
}

UnivariatePolynomial from_interval(const UnivariatePolynomial& polynomial, const Rational& lower,
                                   const Rational& upper) {
  const Integer scale = lcm(denominator(lower), denominator(upper));
  const Integer low = numerator(lower) * (scale / denominator(lower));
  const Integer high = numerator(upper) * (scale / denominator(upper));
  UnivariatePolynomial result = homogenised(polynomial, linear(-low, scale), linear(high, -scale));
  fmpz_t content;
  fmpz_init(content);
  fmpz_poly_content(content, result.raw());
  if (fmpz_is_zero(content) == 0) fmpz_poly_scalar_divexact_fmpz(result.raw(), result.raw(), content);
  fmpz_clear(content);
  return result;
}

CoefficientSigns coefficient_signs(const UnivariatePolynomial& polynomial) {
  bool positive = false, negative = false;
  for (int i = 0; i <= polynomial.degree(); ++i) {
    const int sign = polynomial.sign(i);
    positive = positive || sign > 0;
    negative = negative || sign < 0;
  }
  if (positive) return negative ? CoefficientSigns::mixed : CoefficientSigns::positive;
  return negative ? CoefficientSigns::negative : CoefficientSigns::zero;
}

int sign_changes(const UnivariatePolynomial& polynomial) {
  int changes = 0, last = 0;
  for (int i = 0; i <= polynomial.degree(); ++i) {
    const int sign = polynomial.sign(i);
    if (sign == 0) continue;
    if (last != 0 && sign != last) ++changes;
    last = sign;
  }
  return changes;
}

}  // namespace crosshead::exact

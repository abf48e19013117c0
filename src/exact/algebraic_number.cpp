// Real algebraic numbers between 0 and 1 and elsewhere: isolating intervals by bisection. A sign change at
// the ends locates the root, Descartes' rule on the half-line counts roots, irreducibility makes equality of
// minimal polynomials the test for equality of roots.
#include "crosshead/exact/algebraic_number.hpp"

#include <algorithm>

#include <flint/fmpz_poly.h>

namespace crosshead::exact {
namespace {

int sign_of(const Rational& value) {
  return value < 0 ? -1 : value > 0 ? 1 : 0;
}

/// Roots of one irreducible polynomial of degree at least 2 (so none is rational), ascending.
void isolate(const UnivariatePolynomial& p, const Rational& lower, const Rational& upper,
             std::vector<AlgebraicNumber>& roots) {
  const int changes = sign_changes(on_interval(p, lower, upper));
  if (changes == 0) return;
  if (changes == 1) {
    roots.emplace_back(p, lower, upper);
    return;
  }
  const Rational middle = (lower + upper) / 2;
  isolate(p, lower, middle, roots);
  isolate(p, middle, upper, roots);
}

/// p over an interval of nonnegative or mixed ends, by Horner's rule.
Interval range(const UnivariatePolynomial& p, const Interval& x) {
  Interval sum{0, 0};
  for (int i = p.degree(); i >= 0; --i) {
    const Rational a = sum.lower * x.lower, b = sum.lower * x.upper, c = sum.upper * x.lower,
                   d = sum.upper * x.upper;
    const Rational shift(p.coefficient(i));
    sum = {std::min(std::min(a, b), std::min(c, d)) + shift,
           std::max(std::max(a, b), std::max(c, d)) + shift};
  }
  return sum;
}

/// Floor of value * 10^digits.
Integer scaled_floor(const Rational& value, int digits) {
  const Rational scaled =
      value * Rational(boost::multiprecision::pow(Integer(10), static_cast<unsigned>(digits)));
  Integer quotient;
  mpz_fdiv_q(quotient.backend().data(), mpq_numref(scaled.backend().data()),
             mpq_denref(scaled.backend().data()));
  return quotient;
}

std::string decimal(Integer scaled, int digits) {
  const bool negative = scaled < 0;
  if (negative) scaled = -scaled;
  std::string text = scaled.str();
  const auto places = static_cast<std::size_t>(digits);
  if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
  if (places > 0) text.insert(text.size() - places, ".");
  return (negative ? "-" : "") + text;
}

}  // namespace

AlgebraicNumber::AlgebraicNumber(const Rational& value)
    : minimal_(std::vector<Integer>{-numerator(value), denominator(value)}), interval_{value, value} {}

AlgebraicNumber::AlgebraicNumber(UnivariatePolynomial minimal, const Rational& lower, const Rational& upper)
    : minimal_(std::move(minimal)), interval_{lower, upper} {
  if (minimal_.degree() == 1) {
    const Rational value(-minimal_.coefficient(0), minimal_.coefficient(1));
    interval_ = {value, value};
  }
}

AlgebraicNumber AlgebraicNumber::halved() const {
  if (is_rational()) return *this;
  const Rational middle = (interval_.lower + interval_.upper) / 2;
  AlgebraicNumber half = *this;
  const bool right = sign_of(minimal_.at(interval_.lower)) == sign_of(minimal_.at(middle));
  (right ? half.interval_.lower : half.interval_.upper) = middle;
  return half;
}

AlgebraicNumber AlgebraicNumber::refined(const Rational& width) const {
  AlgebraicNumber result = *this;
  while (result.interval_.upper - result.interval_.lower > width) result = result.halved();
  return result;
}

AlgebraicNumber AlgebraicNumber::simplified() const {
  if (is_rational()) return *this;
  for (Integer scale = 1;; scale *= 2) {
    AlgebraicNumber result = *this;
    const Rational low = interval_.lower * Rational(scale), high = interval_.upper * Rational(scale);
    Integer floor, ceiling;
    mpz_fdiv_q(floor.backend().data(), mpq_numref(low.backend().data()), mpq_denref(low.backend().data()));
    mpz_cdiv_q(ceiling.backend().data(), mpq_numref(high.backend().data()),
               mpq_denref(high.backend().data()));
    result.interval_ = {Rational(floor, scale), Rational(ceiling, scale)};
    if (sign_changes(on_interval(minimal_, result.interval_.lower, result.interval_.upper)) == 1)
      return result;
  }
}

int AlgebraicNumber::compare(const Rational& other) const {
  AlgebraicNumber number = *this;
  if (is_rational()) return sign_of(interval_.lower - other);
  while (number.interval_.lower < other && other < number.interval_.upper) number = number.halved();
  return number.interval_.upper <= other ? -1 : 1;
}

int AlgebraicNumber::compare(const AlgebraicNumber& other) const {
  if (other.is_rational()) return compare(other.interval_.lower);
  if (is_rational()) return -other.compare(interval_.lower);
  AlgebraicNumber a = *this, b = other;
  while (true) {
    if (a.interval_.upper <= b.interval_.lower) return -1;
    if (b.interval_.upper <= a.interval_.lower) return 1;
    // One root in the union of overlapping intervals, and both numbers are roots: they are the same.
    if (a.minimal_ == b.minimal_ &&
        sign_changes(on_interval(a.minimal_, std::min(a.interval_.lower, b.interval_.lower),
                                 std::max(a.interval_.upper, b.interval_.upper))) == 1) {
      return 0;
    }
    a = a.halved();
    b = b.halved();
  }
}

std::vector<AlgebraicNumber> roots_between(const UnivariatePolynomial& polynomial, const Rational& lower,
                                           const Rational& upper) {
  std::vector<AlgebraicNumber> roots;
  for (const UnivariatePolynomial& factor : irreducible_factors(polynomial)) {
    if (factor.degree() == 1) {
      const Rational value(-factor.coefficient(0), factor.coefficient(1));
      if (lower < value && value < upper) roots.emplace_back(value);
    } else {
      isolate(factor, lower, upper, roots);
    }
  }
  std::sort(roots.begin(), roots.end(),
            [](const AlgebraicNumber& a, const AlgebraicNumber& b) { return a.compare(b) < 0; });
  return roots;
}

Interval enclosure(const UnivariatePolynomial& numerator, const Integer& denominator,
                   const AlgebraicNumber& point, const Rational& width) {
  AlgebraicNumber x = point;
  while (true) {
    Interval value = range(numerator, x.isolating());
    value.lower /= Rational(denominator);
    value.upper /= Rational(denominator);
    if (value.upper - value.lower <= width) return value;
    x = x.refined((x.isolating().upper - x.isolating().lower) / 1024);
  }
}

std::optional<AlgebraicNumber> value_at(const UnivariatePolynomial& numerator, const Integer& denominator,
                                        const AlgebraicNumber& point, int largest_degree) {
  if (point.is_rational()) {
    return AlgebraicNumber(numerator.at(point.isolating().lower) / Rational(denominator));
  }
  const UnivariatePolynomial& minimal = point.minimal_polynomial();
  const int m = minimal.degree();
  if (m > largest_degree) return std::nullopt;
  // Res_x(minimal(x), denominator * y - numerator(x)) has degree m in y: interpolate it at y = 0, ..., m.
  std::vector<Integer> places, values;
  for (int y = 0; y <= m; ++y) {
    const UnivariatePolynomial line = UnivariatePolynomial(std::vector<Integer>{denominator * y}) - numerator;
    fmpz_t resultant;
    fmpz_init(resultant);
    fmpz_poly_resultant(resultant, minimal.raw(), line.raw());
    Integer value;
    fmpz_get_mpz(value.backend().data(), resultant);
    fmpz_clear(resultant);
    // Where the line loses degree nothing changes: the leading coefficient in x does not depend on y.
    places.emplace_back(y);
    values.push_back(value);
  }
  // Newton's divided differences on 0..m, cleared of denominators by m!.
  std::vector<Rational> differences(values.begin(), values.end());
  for (int k = 1; k <= m; ++k) {
    for (int i = m; i >= k; --i) {
      differences[static_cast<std::size_t>(i)] =
          (differences[static_cast<std::size_t>(i)] - differences[static_cast<std::size_t>(i - 1)]) / k;
    }
  }
  Integer factorial = 1;
  for (int k = 2; k <= m; ++k) factorial *= k;
  UnivariatePolynomial result;
  for (int k = m; k >= 0; --k) {
    result = result * UnivariatePolynomial(std::vector<Integer>{-k, 1}) +
             UnivariatePolynomial(std::vector<Integer>{boost::multiprecision::numerator(
                 differences[static_cast<std::size_t>(k)] * Rational(factorial))});
  }
  for (Rational width = Rational(1, 1024);; width /= 1024) {
    const Interval near = enclosure(numerator, denominator, point, width);
    std::optional<AlgebraicNumber> found;
    int count = 0;
    for (const UnivariatePolynomial& factor : irreducible_factors(result)) {
      for (const AlgebraicNumber& root : roots_between(factor, near.lower - width, near.upper + width)) {
        found = root;
        ++count;
      }
    }
    if (count == 1) return found;
  }
}

std::string decimal_down(const Rational& value, int digits) {
  return decimal(scaled_floor(value, digits), digits);
}

std::string decimal_up(const Rational& value, int digits) {
  return decimal(-scaled_floor(-value, digits), digits);
}

}  // namespace crosshead::exact

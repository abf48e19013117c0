#pragma once

#include <optional>
#include <string>

#include "crosshead/exact/interval.hpp"
#include "crosshead/exact/univariate_polynomial.hpp"

namespace crosshead::exact {

/// A real algebraic number: an irreducible primitive polynomial with positive leading coefficient, and an
/// interval that isolates one of its roots. Rational numbers have degree 1 and an interval of one point; all
/// others lie strictly between the ends. Immutable; refinement makes a new value.
class AlgebraicNumber {
 public:
  explicit AlgebraicNumber(const Rational& value);
  /// The root of `minimal` in the open interval. REQUIRES: `minimal` irreducible with exactly one root there.
  AlgebraicNumber(UnivariatePolynomial minimal, const Rational& lower, const Rational& upper);

  const UnivariatePolynomial& minimal_polynomial() const { return minimal_; }
  const Interval& isolating() const { return interval_; }
  bool is_rational() const { return interval_.is_exact(); }

  /// An isolating interval of at most this width, by bisection. REQUIRES: width > 0.
  AlgebraicNumber refined(const Rational& width) const;

  /// An isolating interval with ends of the smallest power of two as denominator: for people to read.
  AlgebraicNumber simplified() const;

  /// Three-way order with another number: -1, 0 or 1. Exact.
  int compare(const AlgebraicNumber& other) const;
  int compare(const Rational& other) const;

 private:
  AlgebraicNumber halved() const;

  UnivariatePolynomial minimal_;
  Interval interval_;
};

/// The roots of a nonzero polynomial in the open interval, ascending. Bisection with Descartes' rule counts
/// them.
std::vector<AlgebraicNumber> roots_between(const UnivariatePolynomial& polynomial, const Rational& lower,
                                           const Rational& upper);

/// An enclosure of numerator(x) / denominator for an algebraic x, at most `width` wide, by evaluating the
/// polynomial with interval arithmetic on shrinking isolating intervals. REQUIRES: denominator > 0.
Interval enclosure(const UnivariatePolynomial& numerator, const Integer& denominator,
                   const AlgebraicNumber& point, const Rational& width);

/// The value numerator(x) / denominator itself: its minimal polynomial from a resultant, its root isolated by
/// an enclosure. Nothing when the resultant would have a degree above `largest_degree`.
std::optional<AlgebraicNumber> value_at(const UnivariatePolynomial& numerator, const Integer& denominator,
                                        const AlgebraicNumber& point, int largest_degree);

/// "0.12345": the value rounded down or up to `digits` decimal places.
std::string decimal_down(const Rational& value, int digits);
std::string decimal_up(const Rational& value, int digits);

}  // namespace crosshead::exact

#pragma once

#include <span>
#include <string>
#include <vector>

#include "crosshead/exact/rational.hpp"

namespace crosshead::exact {

/// A polynomial in the head weights b_1, ..., b_H with rational coefficients, kept as integer numerators over
/// one common denominator, so that a polynomial with thousands of terms costs no gcd. Terms are nonzero and
/// their exponent vectors strictly descend lexicographically (b_1 first); the common denominator need not be
/// the least one, and equality compares values. Numerators lie side by side, each in as many limbs as the
/// longest needs: no allocation for each of them.
class WeightPolynomial {
 public:
  /// Zero. REQUIRES: weights >= 0, denominator > 0.
  explicit WeightPolynomial(int weights, Integer denominator = 1);

  int weights() const { return weights_; }
  std::size_t terms() const { return negative_.size(); }
  bool is_zero() const { return negative_.empty(); }
  /// Exponents of term k, length weights().
  std::span<const int> exponents(std::size_t k) const {
    return {exponents_.data() + k * static_cast<std::size_t>(weights_), static_cast<std::size_t>(weights_)};
  }
  Integer numerator(std::size_t k) const;
  const Integer& denominator() const { return denominator_; }
  /// numerator(k) / denominator() in lowest terms.
  Rational coefficient(std::size_t k) const { return Rational(numerator(k), denominator_); }
  /// Largest sum of exponents; -1 for zero.
  int degree() const;

  /// Appends a term; zero numerators are dropped. REQUIRES: nonnegative exponents of length weights(), below
  /// those of the last term.
  void append(std::span<const int> exponents, const Integer& numerator);
  /// The same for a positive numerator of these limbs, least significant first.
  void append(std::span<const int> exponents, std::span<const mp_limb_t> numerator);
  void reserve(std::size_t terms);

  /// The value at b = `point`, length weights(). One gcd, at the end.
  Rational at(const std::vector<Rational>& point) const;

  /// The same function on the simplex of convex weights, where b_H = 1 - b_1 - ... - b_{H-1}: a polynomial in
  /// H - 1 weights, by FLINT's fmpq_mpoly. Zero exactly when the polynomial vanishes on the whole simplex.
  /// REQUIRES: weights() >= 1.
  WeightPolynomial on_simplex() const;

  /// "1/4 b1 b2 + b3^2"; "0" for zero.
  std::string text() const;

 private:
  void append(std::span<const int> exponents, std::span<const mp_limb_t> numerator, bool negative);

  int weights_;
  Integer denominator_;
  std::vector<int> exponents_;    ///< terms() x weights()
  std::size_t width_ = 1;         ///< limbs of a numerator
  std::vector<mp_limb_t> limbs_;  ///< terms() x width_, absolute values
  std::vector<char> negative_;    ///< length terms()
};

bool operator==(const WeightPolynomial& a, const WeightPolynomial& b);

}  // namespace crosshead::exact

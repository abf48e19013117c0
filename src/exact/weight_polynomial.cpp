#include "crosshead/exact/weight_polynomial.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace crosshead::exact {
namespace {

Integer numerator_of(const Rational& value) {
  return boost::multiprecision::numerator(value);
}
Integer denominator_of(const Rational& value) {
  return boost::multiprecision::denominator(value);
}

}  // namespace

WeightPolynomial::WeightPolynomial(int weights, Integer denominator)
    : weights_(weights), denominator_(std::move(denominator)) {
  if (weights_ < 0 || denominator_ <= 0) throw std::logic_error("WeightPolynomial: bad shape");
}

int WeightPolynomial::degree() const {
  int largest = -1;
  for (std::size_t k = 0; k < terms(); ++k) {
    const auto powers = exponents(k);
    largest = std::max(largest, std::accumulate(powers.begin(), powers.end(), 0));
  }
  return largest;
}

Integer WeightPolynomial::numerator(std::size_t k) const {
  Integer result;
  mpz_t view;
  const auto length = static_cast<mp_size_t>(width_);
  mpz_set(result.backend().data(),
          mpz_roinit_n(view, limbs_.data() + k * width_, negative_[k] != 0 ? -length : length));
  return result;
}

void WeightPolynomial::append(std::span<const int> powers, const Integer& numerator) {
  const mpz_srcptr value = numerator.backend().data();
  append(powers, {mpz_limbs_read(value), mpz_size(value)}, mpz_sgn(value) < 0);
}

void WeightPolynomial::append(std::span<const int> powers, std::span<const mp_limb_t> numerator) {
  append(powers, numerator, false);
}

void WeightPolynomial::append(std::span<const int> powers, std::span<const mp_limb_t> numerator,
                              bool negative) {
  if (powers.size() != static_cast<std::size_t>(weights_)) {
    throw std::logic_error("WeightPolynomial: exponents of another length");
  }
  while (!numerator.empty() && numerator.back() == 0) numerator = numerator.first(numerator.size() - 1);
  if (numerator.empty()) return;
  if (!is_zero()) {
    const auto last = exponents(terms() - 1);
    if (!std::lexicographical_compare(powers.begin(), powers.end(), last.begin(), last.end())) {
      throw std::logic_error("WeightPolynomial: terms out of order");
    }
  }
  if (numerator.size() > width_) {
    std::vector<mp_limb_t> wider(terms() * numerator.size(), 0);
    for (std::size_t k = 0; k < terms(); ++k) {
      std::copy_n(limbs_.data() + k * width_, width_, wider.data() + k * numerator.size());
    }
    limbs_ = std::move(wider);
    width_ = numerator.size();
  }
  exponents_.insert(exponents_.end(), powers.begin(), powers.end());
  limbs_.insert(limbs_.end(), numerator.begin(), numerator.end());
  limbs_.resize((terms() + 1) * width_, 0);
  negative_.push_back(negative ? 1 : 0);
}

void WeightPolynomial::reserve(std::size_t terms) {
  exponents_.reserve(terms * static_cast<std::size_t>(weights_));
  limbs_.reserve(terms * width_);
  negative_.reserve(terms);
}

Rational WeightPolynomial::at(const std::vector<Rational>& point) const {
  if (point.size() != static_cast<std::size_t>(weights_)) {
    throw std::logic_error("WeightPolynomial: a point of another length");
  }
  if (is_zero()) return 0;
  // b_h = p_h / q: each term becomes an integer over q^degree.
  Integer q = 1;
  for (const Rational& value : point) q = boost::multiprecision::lcm(q, denominator_of(value));
  const auto top = static_cast<std::size_t>(degree());
  const auto powers_of = [&](const Integer& base) {
    std::vector<Integer> list{1};
    while (list.size() <= top) list.push_back(list.back() * base);
    return list;
  };
  std::vector<std::vector<Integer>> powers;
  for (const Rational& value : point) {
    powers.push_back(powers_of(numerator_of(value) * (q / denominator_of(value))));
  }
  const std::vector<Integer> fill = powers_of(q);
  Integer sum = 0, product;
  for (std::size_t k = 0; k < terms(); ++k) {
    product = numerator(k);
    std::size_t used = 0;
    const auto exponent = exponents(k);
    for (std::size_t h = 0; h < powers.size(); ++h) {
      if (exponent[h] == 0) continue;
      product *= powers[h][static_cast<std::size_t>(exponent[h])];
      used += static_cast<std::size_t>(exponent[h]);
    }
    sum += product * fill[top - used];
  }
  return Rational(sum, denominator_ * fill[top]);
}

std::string WeightPolynomial::text() const {
  std::string result;
  for (std::size_t k = 0; k < terms(); ++k) {
    const Rational value = coefficient(k);
    std::string monomial;
    const auto exponent = exponents(k);
    for (std::size_t h = 0; h < exponent.size(); ++h) {
      if (exponent[h] == 0) continue;
      if (!monomial.empty()) monomial += " ";
      monomial += "b" + std::to_string(h + 1);
      if (exponent[h] > 1) monomial += "^" + std::to_string(exponent[h]);
    }
    const Rational size = abs(value);
    const std::string sign = value < 0 ? "-" : "+";
    result += result.empty() ? (value < 0 ? "-" : "") : " " + sign + " ";
    if (monomial.empty()) {
      result += to_string(size);
    } else {
      result += size == 1 ? monomial : to_string(size) + " " + monomial;
    }
  }
  return result.empty() ? "0" : result;
}

bool operator==(const WeightPolynomial& a, const WeightPolynomial& b) {
  if (a.weights() != b.weights() || a.terms() != b.terms()) return false;
  for (std::size_t k = 0; k < a.terms(); ++k) {
    const auto left = a.exponents(k), right = b.exponents(k);
    if (!std::equal(left.begin(), left.end(), right.begin())) return false;
    if (a.numerator(k) * b.denominator() != b.numerator(k) * a.denominator()) return false;
  }
  return true;
}

}  // namespace crosshead::exact

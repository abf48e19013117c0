#include "src/checker/number.hpp"

#include <algorithm>

#include "src/checker/limits.hpp"

namespace crosshead::checker {
namespace {

// Counts one operation on two numbers; true if both are defined.
bool both(const Number& a, const Number& b) {
  spend(40 + limbs(a.lower) * limbs(b.lower) + limbs(a.upper) * limbs(b.upper));
  return a.defined && b.defined;
}

// x^k for k >= 0.
mpq_class raise(const mpq_class& x, unsigned long k) {
  mpq_class result;
  mpz_pow_ui(result.get_num_mpz_t(), x.get_num_mpz_t(), k);
  mpz_pow_ui(result.get_den_mpz_t(), x.get_den_mpz_t(), k);
  return result;
}

mpq_class floor_of(const mpq_class& x) {
  mpz_class result;
  mpz_fdiv_q(result.get_mpz_t(), x.get_num_mpz_t(), x.get_den_mpz_t());
  return result;
}

// A bound of exp(x) from the side asked for, x >= 0: x / 2^k < 1 goes into the Taylor series in fixed point,
// every step rounded to that side; what is left out after a term below 2^-256 is at most that term; then k
// squarings.
mpq_class exponential_bound(const mpq_class& x, bool above) {
  constexpr unsigned precision = 256, squarings = 10;  // x <= 1000 < 2^10
  auto divide = [above](const mpz_class& a, const mpz_class& b) {
    mpz_class quotient;
    (above ? mpz_cdiv_q : mpz_fdiv_q)(quotient.get_mpz_t(), a.get_mpz_t(), b.get_mpz_t());
    return quotient;
  };
  mpz_class one = mpz_class(1) << precision,
            small = divide(mpz_class(x.get_num() << (precision - squarings)), x.get_den());
  mpz_class term = one, sum = one;
  for (unsigned k = 1; term > 1; ++k) sum += term = divide(term * small, one * k);
  if (above) sum += 1;
  for (unsigned k = 0; k < squarings; ++k) sum = divide(sum * sum, one);
  mpq_class bound(sum, one);
  bound.canonicalize();
  return bound;
}

mpq_class exponential_bound_signed(const mpq_class& x, bool above) {
  if (sgn(x) == 0) return 1;
  if (abs(x) > 1000) refuse("exp beyond 1000");
  spend(100000 + 20 * limbs(x));
  return sgn(x) > 0 ? exponential_bound(x, above) : mpq_class(1 / exponential_bound(-x, !above));
}

}  // namespace

Number operator+(const Number& a, const Number& b) {
  return both(a, b) ? Number(a.lower + b.lower, a.upper + b.upper) : Number();
}

Number operator-(const Number& a) {
  return a.defined ? Number(-a.upper, -a.lower) : a;
}

Number operator*(const Number& a, const Number& b) {
  if (!both(a, b)) return {};
  if (a.exact() && b.exact()) return mpq_class(a.lower * b.lower);
  std::initializer_list<mpq_class> corners = {a.lower * b.lower, a.lower * b.upper, a.upper * b.lower,
                                              a.upper * b.upper};
  return {std::min(corners), std::max(corners)};
}

Number operator/(const Number& a, const Number& b) {
  if (!both(a, b) || (b.lower <= 0 && b.upper >= 0)) return {};
  return a * Number(1 / b.upper, 1 / b.lower);
}

Number power(const Number& base, const Number& exponent) {
  if (!base.defined || !is_integer(exponent)) return {};
  if (exponent.lower < 0) return Number(1) / power(base, -exponent);
  mpz_class size =
      exponent.lower.get_num() * std::max({bits(base.lower.get_num()), bits(base.lower.get_den()),
                                           bits(base.upper.get_num()), bits(base.upper.get_den())});
  if (size > max_bits) refuse("a power of more than " + std::to_string(max_bits) + " bits");
  spend(40 + 2 * size.get_ui());
  unsigned long k = exponent.lower.get_num().get_ui();
  mpq_class low = raise(base.lower, k), high = raise(base.upper, k);
  bool straddles = k % 2 == 0 && base.lower < 0 && base.upper > 0;
  return {straddles ? mpq_class(k == 0) : std::min(low, high), std::max(low, high)};
}

Number exponential(const Number& x) {
  return x.defined ? Number(exponential_bound_signed(x.lower, false), exponential_bound_signed(x.upper, true))
                   : x;
}

Number floor_of(const Number& x) {
  return x.defined ? Number(floor_of(x.lower), floor_of(x.upper)) : x;
}

Number absolute(const Number& x) {
  if (!x.defined || x.lower >= 0) return x;
  return x.upper <= 0 ? -x : Number(0, std::max(mpq_class(-x.lower), x.upper));
}

Number smaller(const Number& a, const Number& b) {
  return both(a, b) ? Number(std::min(a.lower, b.lower), std::min(a.upper, b.upper)) : Number();
}

Truth less(const Number& a, const Number& b) {
  if (!both(a, b)) return Truth::unknown;
  return a.upper < b.lower ? Truth::yes : a.lower >= b.upper ? Truth::no : Truth::unknown;
}

Truth equal(const Number& a, const Number& b) {
  if (!both(a, b)) return Truth::unknown;
  if (a.upper < b.lower || b.upper < a.lower) return Truth::no;
  return a.exact() && b.exact() ? Truth::yes : Truth::unknown;
}

Number binomial(const Number& a, const Number& b) {
  if (!is_integer(a) || !is_integer(b)) return {};
  if (b.lower < 0 || b.lower > a.lower) return Number(0);
  mpz_class n = a.lower.get_num(), k = std::min(b.lower, mpq_class(a.lower - b.lower)).get_num();
  mpz_class size = k * bits(n), result;
  if (size > max_bits) refuse("a binomial coefficient of more than " + std::to_string(max_bits) + " bits");
  spend(40 + 2 * size.get_ui());
  mpz_bin_ui(result.get_mpz_t(), n.get_mpz_t(), k.get_ui());
  return mpq_class(result);
}

bool is_integer(const Number& x) {
  return x.exact() && x.lower.get_den() == 1;
}

long to_long(const Number& x) {
  if (bits(x.lower.get_num()) > 62) refuse("an integer of more than 62 bits");
  return x.lower.get_num().get_si();
}

}  // namespace crosshead::checker

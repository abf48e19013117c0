// Arithmetic of the claim language. Bounds are combined exactly, so an enclosure is as narrow as its parts
// allow.
#include "evaluation_number.hpp"

#include <algorithm>

#include "crosshead/exact/balls.hpp"

namespace crosshead::claim {
namespace {

using diffusion::Truth;
using exact::Integer;
using exact::Rational;

/// Bits that a power may have; exponents of exp; upper arguments of binomials: what is larger is left
/// undecided.
constexpr std::int64_t kMostBits = 100'000'000;
constexpr int kLargestExponent = 100'000;
constexpr std::int64_t kLargestBinomial = 1'000'000;
constexpr slong kPrecision = 256;

/// The operand that leaves an operation without a value, or null.
const Number* lacking(const Number& a, const Number& b) {
  if (a.state == Number::State::undecided) return &a;
  if (b.state == Number::State::undecided) return &b;
  if (!a.known()) return &a;
  return b.known() ? nullptr : &b;
}

bool separated_from_zero(const Number& a) {
  return a.lower > 0 || a.greatest() < 0;
}

Rational power_of(const Rational& base, std::int64_t exponent) {
  Rational result;
  const auto k = static_cast<unsigned long>(exponent);
  mpz_pow_ui(mpq_numref(result.backend().data()), mpq_numref(base.backend().data()), k);
  mpz_pow_ui(mpq_denref(result.backend().data()), mpq_denref(base.backend().data()), k);
  return result;
}

std::int64_t bits_of(const Rational& value) {
  return static_cast<std::int64_t>(mpz_sizeinbase(mpq_numref(value.backend().data()), 2) +
                                   mpz_sizeinbase(mpq_denref(value.backend().data()), 2));
}

/// base^exponent for exponent >= 0.
Number natural_power(const Number& base, std::int64_t exponent) {
  Rational low = power_of(base.lower, exponent);
  if (!base.upper) return low;
  Rational high = power_of(*base.upper, exponent);
  if (exponent % 2 == 1 || base.lower >= 0) return Number::enclosed(std::move(low), std::move(high));
  if (exponent == 0) return Rational(1);
  const bool around_zero = *base.upper > 0;
  return Number::enclosed(around_zero ? Rational(0) : std::min(low, high), std::max(low, high));
}

Integer rounded_down(const Rational& value) {
  Integer result;
  mpz_fdiv_q(result.backend().data(), mpq_numref(value.backend().data()), mpq_denref(value.backend().data()));
  return result;
}

/// Bounds of exp(value) as rationals.
std::pair<Rational, Rational> exponential_bounds(const Rational& value) {
  exact::Ball ball;
  arf_t end;
  fmpq_t fraction;
  arf_init(end);
  fmpq_init(fraction);
  exact::set_rational(ball.get(), value, kPrecision);
  arb_exp(ball.get(), ball.get(), kPrecision);
  std::pair<Rational, Rational> bounds;
  arb_get_lbound_arf(end, ball.get(), kPrecision);
  arf_get_fmpq(fraction, end);
  fmpq_get_mpq(bounds.first.backend().data(), fraction);
  arb_get_ubound_arf(end, ball.get(), kPrecision);
  arf_get_fmpq(fraction, end);
  fmpq_get_mpq(bounds.second.backend().data(), fraction);
  fmpq_clear(fraction);
  arf_clear(end);
  return bounds;
}

}  // namespace

Number Number::undefined(std::string reason) {
  Number number;
  number.state = State::undefined;
  number.reason = std::move(reason);
  return number;
}

Number Number::undecided(std::string reason) {
  Number number;
  number.state = State::undecided;
  number.reason = std::move(reason);
  return number;
}

Number Number::enclosed(Rational lower, Rational upper) {
  Number number(std::move(lower));
  if (upper != number.lower) number.upper = std::move(upper);
  return number;
}

Answer Answer::lacking(const Number& number) {
  Answer answer;
  answer.truth = number.state == Number::State::undecided ? Truth::undecided : Truth::undefined;
  answer.reason = number.reason;
  return answer;
}

Answer negation(Answer a) {
  if (a.yes()) return false;
  if (a.no()) return true;
  return a;
}

Answer conjunction(Answer a, Answer b) {
  if (a.no() || b.no()) return false;
  if (a.yes()) return b;
  if (b.yes() || a.truth == Truth::undecided) return a;
  return b.truth == Truth::undecided ? b : a;
}

Answer disjunction(Answer a, Answer b) {
  return negation(conjunction(negation(std::move(a)), negation(std::move(b))));
}

Answer equivalence(const Answer& a, const Answer& b) {
  const bool known = (a.yes() || a.no()) && (b.yes() || b.no());
  if (known) return a.truth == b.truth;
  if (a.truth == Truth::undecided) return a;
  if (b.truth == Truth::undecided || a.yes() || a.no()) return b;
  return a;
}

Number sum(const Number& a, const Number& b) {
  if (const Number* missing = lacking(a, b)) return *missing;
  if (!a.upper && !b.upper) return Rational(a.lower + b.lower);
  return Number::enclosed(a.lower + b.lower, a.greatest() + b.greatest());
}

Number negative(const Number& a) {
  if (!a.known()) return a;
  if (!a.upper) return Rational(-a.lower);
  return Number::enclosed(-*a.upper, -a.lower);
}

Number difference(const Number& a, const Number& b) {
  if (a.is_exact() && b.is_exact()) return Rational(a.lower - b.lower);
  return sum(a, negative(b));
}

Number product(const Number& a, const Number& b) {
  if (const Number* missing = lacking(a, b)) return *missing;
  if (!a.upper && !b.upper) return Rational(a.lower * b.lower);
  const auto [low, high] =
      std::minmax({Rational(a.lower * b.lower), Rational(a.lower * b.greatest()),
                   Rational(a.greatest() * b.lower), Rational(a.greatest() * b.greatest())});
  return Number::enclosed(low, high);
}

Number quotient(const Number& a, const Number& b) {
  if (const Number* missing = lacking(a, b)) return *missing;
  if (b.is_exact() && b.lower == 0) return Number::undefined("division by zero");
  if (!separated_from_zero(b)) return Number::undecided("a divisor that cannot be told from zero");
  if (!a.upper && !b.upper) return Rational(a.lower / b.lower);
  return product(a, Number::enclosed(1 / b.greatest(), 1 / b.lower));
}

Number power(const Number& base, const Number& exponent) {
  if (const Number* missing = lacking(base, exponent)) return *missing;
  if (exponent.upper) return Number::undecided("an exponent that is known by bounds only");
  if (!is_integer(exponent.lower)) return Number::undefined("an exponent that is not an integer");
  const auto k = integer_between(exponent.lower, -kMostBits, kMostBits);
  if (!base.upper && (base.lower == 1 || base.lower == 0)) {
    if (base.lower == 0 && exponent.lower < 0) return Number::undefined("division by zero");
    return base.lower == 1 || exponent.lower == 0 ? Rational(1) : Rational(0);
  }
  const std::int64_t bits = std::max(bits_of(base.lower), bits_of(base.greatest()));
  if (!k || std::max(*k, -*k) > kMostBits / bits) return Number::undecided("a power of too many digits");
  return *k >= 0 ? natural_power(base, *k) : quotient(Rational(1), natural_power(base, -*k));
}

Number least(const Number& a, const Number& b) {
  if (const Number* missing = lacking(a, b)) return *missing;
  return Number::enclosed(std::min(a.lower, b.lower), std::min(a.greatest(), b.greatest()));
}

Number greatest(const Number& a, const Number& b) {
  if (const Number* missing = lacking(a, b)) return *missing;
  return Number::enclosed(std::max(a.lower, b.lower), std::max(a.greatest(), b.greatest()));
}

Number absolute(const Number& a) {
  if (!a.known() || a.lower >= 0) return a;
  if (a.greatest() <= 0) return negative(a);
  return Number::enclosed(0, std::max(Rational(-a.lower), a.greatest()));
}

Number floor(const Number& a) {
  if (!a.known()) return a;
  const Integer low = rounded_down(a.lower);
  if (a.upper && rounded_down(*a.upper) != low) {
    return Number::undecided("the integer part of a number known by bounds only");
  }
  return Rational(low);
}

Number ceiling(const Number& a) {
  return negative(floor(negative(a)));
}

Number exponential(const Number& a) {
  if (!a.known()) return a;
  if (a.lower < -kLargestExponent || a.greatest() > kLargestExponent) {
    return Number::undecided("exp of a number beyond " + std::to_string(kLargestExponent));
  }
  auto [low, high] = exponential_bounds(a.lower);
  if (a.upper) high = exponential_bounds(*a.upper).second;
  return Number::enclosed(std::move(low), std::move(high));
}

Number binomial(const Number& a, const Number& b) {
  if (const Number* missing = lacking(a, b)) return *missing;
  if (a.upper || b.upper) return Number::undecided("a binomial coefficient of numbers known by bounds only");
  if (!is_integer(a.lower) || !is_integer(b.lower)) {
    return Number::undefined("a binomial coefficient of numbers that are not integers");
  }
  if (b.lower < 0 || b.lower > a.lower) return Rational(0);
  const auto upper = integer_between(a.lower, 0, kLargestBinomial);
  if (!upper) return Number::undecided("a binomial coefficient of too large numbers");
  Integer result;
  mpz_bin_uiui(result.backend().data(), static_cast<unsigned long>(*upper),
               integer_between(b.lower, 0, *upper).value());
  return Rational(result);
}

Answer compare(const Number& a, Comparison comparison, const Number& b) {
  if (const Number* missing = lacking(a, b)) return Answer::lacking(*missing);
  switch (comparison) {
    case Comparison::greater:
      return compare(b, Comparison::less, a);
    case Comparison::greater_equal:
      return compare(b, Comparison::less_equal, a);
    case Comparison::not_equal:
      return negation(compare(a, Comparison::equal, b));
    case Comparison::less:
      if (a.greatest() < b.lower) return true;
      if (a.lower >= b.greatest()) return false;
      break;
    case Comparison::less_equal:
      if (a.greatest() <= b.lower) return true;
      if (a.lower > b.greatest()) return false;
      break;
    case Comparison::equal:
      if (!a.upper && !b.upper) return a.lower == b.lower;
      if (a.greatest() < b.lower || b.greatest() < a.lower) return false;
      break;
  }
  return Answer::lacking(Number::undecided("bounds of real numbers that do not separate"));
}

bool is_integer(const Rational& value) {
  return mpz_cmp_ui(mpq_denref(value.backend().data()), 1) == 0;
}

std::optional<std::int64_t> integer_between(const Rational& value, std::int64_t lowest,
                                            std::int64_t highest) {
  if (value < lowest || value > highest) return std::nullopt;
  return static_cast<std::int64_t>(mpz_get_si(mpq_numref(value.backend().data())));
}

}  // namespace crosshead::claim

#pragma once

#include <optional>
#include <string>

#include "crosshead/diffusion/fidelity.hpp"
#include "crosshead/exact/rational.hpp"

namespace crosshead::claim {

/// A number of the claim language: exact, enclosed between two rationals (values of `exp` and `measured`, and
/// what is computed from them), without a value (`undefined`), or with one that was not found within the
/// limits (`undecided`).
struct Number {
  enum class State { known, undefined, undecided };

  State state = State::known;
  exact::Rational lower;                 ///< the value where `upper` is absent
  std::optional<exact::Rational> upper;  ///< of an enclosure: lower < upper
  std::string reason;                    ///< why it is not known

  Number() = default;
  Number(exact::Rational value) : lower(std::move(value)) {}  // NOLINT: rationals are numbers
  static Number undefined(std::string reason);
  static Number undecided(std::string reason);
  /// An exact number where both ends agree.
  static Number enclosed(exact::Rational lower, exact::Rational upper);

  bool known() const { return state == State::known; }
  bool is_exact() const { return known() && !upper; }
  const exact::Rational& greatest() const { return upper ? *upper : lower; }
};

/// A truth value with the reason why it is neither yes nor no.
struct Answer {
  diffusion::Truth truth = diffusion::Truth::undefined;
  std::string reason;

  Answer() = default;
  Answer(bool value) : truth(value ? diffusion::Truth::yes : diffusion::Truth::no) {}  // NOLINT: likewise
  /// Of a number without a value. REQUIRES: !number.known().
  static Answer lacking(const Number& number);

  bool yes() const { return truth == diffusion::Truth::yes; }
  bool no() const { return truth == diffusion::Truth::no; }
};

/// Kleene's logic. Of operands that are neither yes nor no an undecided one decides the result's kind, since
/// it may still turn out to be anything.
Answer negation(Answer a);
Answer conjunction(Answer a, Answer b);
Answer disjunction(Answer a, Answer b);
Answer equivalence(const Answer& a, const Answer& b);

/// What lacks a value makes the result lack one: undecided if either is.
Number sum(const Number& a, const Number& b);
Number difference(const Number& a, const Number& b);
Number product(const Number& a, const Number& b);
Number quotient(const Number& a, const Number& b);
Number power(const Number& base, const Number& exponent);
Number negative(const Number& a);
Number least(const Number& a, const Number& b);
Number greatest(const Number& a, const Number& b);
Number absolute(const Number& a);
Number floor(const Number& a);
Number ceiling(const Number& a);
/// Enclosed by Arb at 256 bits; exactly 1 at 0.
Number exponential(const Number& a);
Number binomial(const Number& a, const Number& b);

enum class Comparison { less_equal, less, equal, not_equal, greater_equal, greater };
/// Undecided where enclosures do not separate.
Answer compare(const Number& a, Comparison comparison, const Number& b);

bool is_integer(const exact::Rational& value);
/// The value as a machine integer between the bounds. REQUIRES: an integer.
std::optional<std::int64_t> integer_between(const exact::Rational& value, std::int64_t lowest,
                                            std::int64_t highest);

}  // namespace crosshead::claim

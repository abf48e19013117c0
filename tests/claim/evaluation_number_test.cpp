// Arithmetic and Kleene's logic of the claim language, value by value.
#include "evaluation_number.hpp"

#include <gtest/gtest.h>

namespace crosshead::claim {
namespace {

using diffusion::Truth;
using exact::Rational;

Number interval(Rational low, Rational high) {
  return Number::enclosed(std::move(low), std::move(high));
}
Number none() {
  return Number::undefined("none");
}
Number open() {
  return Number::undecided("open");
}
void expect_exact(const Number& number, const Rational& value) {
  ASSERT_TRUE(number.is_exact()) << number.reason;
  EXPECT_EQ(number.lower, value);
}
void expect_between(const Number& number, const Rational& low, const Rational& high) {
  ASSERT_TRUE(number.known()) << number.reason;
  EXPECT_EQ(number.lower, low);
  EXPECT_EQ(number.greatest(), high);
}
Answer answer(Truth truth) {
  Answer result;
  result.truth = truth;
  return result;
}

constexpr Truth kNo = Truth::no, kYes = Truth::yes, kOpen = Truth::undecided, kNone = Truth::undefined;

TEST(Kleene, TablesOfTheConnectives) {
  // Rows and columns: no, yes, undecided, undefined.
  const Truth kinds[] = {kNo, kYes, kOpen, kNone};
  const Truth both[4][4] = {{kNo, kNo, kNo, kNo},
                            {kNo, kYes, kOpen, kNone},
                            {kNo, kOpen, kOpen, kOpen},
                            {kNo, kNone, kOpen, kNone}};
  const Truth either[4][4] = {{kNo, kYes, kOpen, kNone},
                              {kYes, kYes, kYes, kYes},
                              {kOpen, kYes, kOpen, kOpen},
                              {kNone, kYes, kOpen, kNone}};
  const Truth same[4][4] = {{kYes, kNo, kOpen, kNone},
                            {kNo, kYes, kOpen, kNone},
                            {kOpen, kOpen, kOpen, kOpen},
                            {kNone, kNone, kOpen, kNone}};
  for (int a = 0; a < 4; ++a) {
    for (int b = 0; b < 4; ++b) {
      EXPECT_EQ(conjunction(answer(kinds[a]), answer(kinds[b])).truth, both[a][b]) << a << b;
      EXPECT_EQ(disjunction(answer(kinds[a]), answer(kinds[b])).truth, either[a][b]) << a << b;
      EXPECT_EQ(equivalence(answer(kinds[a]), answer(kinds[b])).truth, same[a][b]) << a << b;
    }
  }
}

TEST(Numbers, ExactArithmetic) {
  expect_exact(sum(Rational(1, 2), Rational(1, 3)), Rational(5, 6));
  expect_exact(difference(Rational(1, 2), Rational(1, 3)), Rational(1, 6));
  expect_exact(product(Rational(1, 2), Rational(-1, 3)), Rational(-1, 6));
  expect_exact(quotient(Rational(1, 2), Rational(1, 3)), Rational(3, 2));
  expect_exact(absolute(Rational(-2, 3)), Rational(2, 3));
  expect_exact(floor(Rational(-3, 2)), -2);
  expect_exact(ceiling(Rational(-3, 2)), -1);
  expect_exact(floor(Rational(4)), 4);
  expect_exact(ceiling(Rational(7, 2)), 4);
  expect_exact(least(Rational(2), Rational(1)), 1);
  expect_exact(greatest(Rational(2), Rational(1)), 2);
}

TEST(Numbers, Powers) {
  expect_exact(power(Rational(2, 3), Rational(3)), Rational(8, 27));
  expect_exact(power(Rational(2, 3), Rational(-2)), Rational(9, 4));
  expect_exact(power(Rational(-2), Rational(3)), -8);
  expect_exact(power(Rational(0), Rational(0)), 1);
  expect_exact(power(Rational(1), Rational(1'000'000'000)), 1);
  EXPECT_EQ(power(Rational(0), Rational(-1)).state, Number::State::undefined);
  EXPECT_EQ(power(Rational(2), Rational(1, 2)).state, Number::State::undefined);
  EXPECT_EQ(power(Rational(2), Rational(1'000'000'000)).state, Number::State::undecided);
}

TEST(Numbers, Binomials) {
  expect_exact(binomial(Rational(5), Rational(2)), 10);
  expect_exact(binomial(Rational(5), Rational(0)), 1);
  expect_exact(binomial(Rational(5), Rational(6)), 0);
  expect_exact(binomial(Rational(-5), Rational(2)), 0);
  expect_exact(binomial(Rational(5), Rational(-1)), 0);
  EXPECT_EQ(binomial(Rational(5, 2), Rational(1)).state, Number::State::undefined);
}

TEST(Numbers, WhatIsMissingStaysMissing) {
  EXPECT_EQ(quotient(Rational(1), Rational(0)).state, Number::State::undefined);
  EXPECT_EQ(quotient(Rational(0), Rational(0)).state, Number::State::undefined);
  for (const auto operation : {sum, difference, product, quotient, power, least, greatest, binomial}) {
    EXPECT_EQ(operation(none(), Rational(1)).state, Number::State::undefined);
    EXPECT_EQ(operation(Rational(1), none()).state, Number::State::undefined);
    EXPECT_EQ(operation(none(), open()).state, Number::State::undecided);
    EXPECT_EQ(operation(open(), Rational(0)).state, Number::State::undecided);
  }
  for (const auto operation : {negative, absolute, floor, ceiling, exponential}) {
    EXPECT_EQ(operation(none()).state, Number::State::undefined);
  }
  EXPECT_EQ(compare(none(), Comparison::equal, none()).truth, Truth::undefined);
  EXPECT_EQ(compare(none(), Comparison::less, open()).truth, Truth::undecided);
}

TEST(Numbers, Enclosures) {
  expect_between(sum(interval(1, 2), Rational(1)), 2, 3);
  expect_between(difference(interval(1, 2), interval(0, 1)), 0, 2);
  expect_between(product(interval(-1, 2), interval(-3, 1)), -6, 3);
  expect_between(quotient(interval(1, 2), interval(2, 4)), Rational(1, 4), 1);
  expect_between(quotient(Rational(1), interval(-4, -2)), Rational(-1, 2), Rational(-1, 4));
  expect_between(power(interval(-2, 1), Rational(2)), 0, 4);
  expect_between(power(interval(-3, -2), Rational(2)), 4, 9);
  expect_between(power(interval(-2, 1), Rational(3)), -8, 1);
  expect_between(power(interval(2, 4), Rational(-1)), Rational(1, 4), Rational(1, 2));
  expect_between(absolute(interval(-2, 1)), 0, 2);
  expect_between(absolute(interval(-2, -1)), 1, 2);
  expect_between(least(interval(0, 3), interval(1, 2)), 0, 2);
  expect_between(greatest(interval(0, 3), interval(1, 2)), 1, 3);
  expect_exact(power(interval(-2, 1), Rational(0)), 1);
  expect_exact(floor(interval(Rational(5, 4), Rational(7, 4))), 1);
  expect_exact(ceiling(interval(Rational(5, 4), Rational(7, 4))), 2);
  EXPECT_EQ(floor(interval(Rational(1, 2), 1)).state, Number::State::undecided);
  EXPECT_EQ(quotient(Rational(1), interval(-1, 1)).state, Number::State::undecided);
  expect_exact(interval(2, 2), 2);
}

TEST(Numbers, ComparisonsOfEnclosures) {
  const Number low = interval(0, 1), high = interval(2, 3), middle = interval(1, 2);
  EXPECT_TRUE(compare(low, Comparison::less, high).yes());
  EXPECT_TRUE(compare(high, Comparison::less, low).no());
  EXPECT_TRUE(compare(low, Comparison::less_equal, middle).yes());
  EXPECT_EQ(compare(low, Comparison::less, middle).truth, Truth::undecided);
  EXPECT_TRUE(compare(middle, Comparison::less, low).no());
  EXPECT_TRUE(compare(middle, Comparison::greater_equal, low).yes());
  EXPECT_TRUE(compare(low, Comparison::equal, high).no());
  EXPECT_TRUE(compare(low, Comparison::not_equal, high).yes());
  EXPECT_EQ(compare(low, Comparison::equal, low).truth, Truth::undecided);
}

TEST(Numbers, ExponentialBetweenItsSeries) {
  // sum_{k <= 60} 1/k! < e < the same + 1/60!.
  Rational series = 0, term = 1;
  for (int k = 1; k <= 61; ++k) {
    series += term;
    term /= k;
  }
  const Number e = exponential(Rational(1));
  ASSERT_TRUE(e.known() && e.upper);
  EXPECT_LT(e.lower, series + 61 * term);
  EXPECT_GT(*e.upper, series);
  EXPECT_LT(*e.upper - e.lower, Rational(1, exact::Integer(1) << 240));
  expect_exact(exponential(Rational(0)), 1);
  EXPECT_TRUE(compare(product(e, exponential(Rational(-1))), Comparison::greater, Rational(999, 1000)).yes());
  EXPECT_EQ(exponential(Rational(1'000'000'000)).state, Number::State::undecided);
}

}  // namespace
}  // namespace crosshead::claim

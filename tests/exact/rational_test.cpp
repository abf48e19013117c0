#include "crosshead/exact/rational.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace crosshead::exact {
namespace {

TEST(ParseRational, ReadsEveryNotationExactly) {
  EXPECT_EQ(parse_rational("3/8"), Rational(3, 8));
  EXPECT_EQ(parse_rational("6/16"), Rational(3, 8));
  EXPECT_EQ(parse_rational("0.25"), Rational(1, 4));
  EXPECT_EQ(parse_rational("0x1.8p-3"), Rational(3, 16));
  EXPECT_EQ(parse_rational("-7"), Rational(-7));
  EXPECT_EQ(parse_rational("1.5e-3"), Rational(3, 2000));
  EXPECT_EQ(parse_rational("0.1"), Rational(1, 10));
  EXPECT_EQ(parse_rational("010"), Rational(10));
}

TEST(ParseRational, RefusesWhatIsNotANumber) {
  for (const char* text : {"", "-", "1/0", "1//2", "abc", "1.2.3", "0x", "0x1.8q3", "1e", "1e99999999999",
                           "1e6000", "nan", "inf", " 1", "1 ", "1/-2", "--1", "1/2/3", "0x1p9999"}) {
    EXPECT_THROW(parse_rational(text), NumberError) << text;
  }
}

TEST(ExactValue, IsTheDyadicRationalOfTheFloat) {
  EXPECT_EQ(exact_value(0.1), Rational(Integer("3602879701896397"), Integer("36028797018963968")));
  EXPECT_EQ(exact_value(0.1f), Rational(13421773, 134217728));
  EXPECT_EQ(exact_value(5e-324), Rational(1) / Rational(Integer(1) << 1074));
  EXPECT_THROW(exact_value(std::numeric_limits<double>::infinity()), NumberError);
  EXPECT_THROW(exact_value(std::numeric_limits<double>::quiet_NaN()), NumberError);
}

TEST(ToDouble, RoundsToNearestEven) {
  EXPECT_EQ(to_double(Rational(1, 3)), 1.0 / 3.0);
  EXPECT_EQ(to_double(exact_value(0.7)), 0.7);
  EXPECT_EQ(to_double(Rational((Integer(1) << 53) + 1)), 9007199254740992.0);
  EXPECT_EQ(to_double(Rational((Integer(1) << 53) + 3)), 9007199254740996.0);
}

TEST(ToString, IsInLowestTerms) {
  EXPECT_EQ(to_string(Rational(6, 16)), "3/8");
  EXPECT_EQ(to_string(Rational(4, 2)), "2");
}

}  // namespace
}  // namespace crosshead::exact

// Correct rounding against MPFR, which rounds a rational once with its own exponent range and subnormals.
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "power_of_two.hpp"
#include <gtest/gtest.h>
#include <mpfr.h>

#include "crosshead/crosscheck/float_format.hpp"

namespace crosshead::crosscheck {
namespace {

using attention::FloatType;
using exact::Integer;
using exact::Rational;
using testing::power;

constexpr FloatType kTypes[] = {FloatType::float16, FloatType::bfloat16, FloatType::float32,
                                FloatType::float64};

/// MPFR's significands lie in [1/2, 1), so its exponents are one larger than the format's.
double rounded_by_mpfr(const FloatFormat& format, const Rational& value) {
  const mpfr_exp_t smallest = mpfr_get_emin(), largest = mpfr_get_emax();
  mpfr_t number;
  mpfr_init2(number, format.precision);
  mpfr_set_emin(format.smallest_exponent + 1);
  mpfr_set_emax(format.largest_exponent + 1);
  int rounding = mpfr_set_q(number, value.backend().data(), MPFR_RNDN);
  rounding = mpfr_check_range(number, rounding, MPFR_RNDN);
  mpfr_subnormalize(number, rounding, MPFR_RNDN);
  const double result = mpfr_get_d(number, MPFR_RNDN);
  mpfr_clear(number);
  mpfr_set_emin(smallest);
  mpfr_set_emax(largest);
  return result;
}

void expect_agreement(const FloatFormat& format, const Rational& value, const std::string& what) {
  EXPECT_EQ(nearest(format, value), rounded_by_mpfr(format, value))
      << what << ", precision " << format.precision << ": " << exact::to_string(value).substr(0, 80);
}

/// Random significands of up to 120 bits around every exponent of the format, both ends included.
TEST(RoundingAgainstMpfr, RandomRationals) {
  std::mt19937_64 random(20261128);
  for (const FloatType type : kTypes) {
    const FloatFormat format = format_of(type);
    const int lowest = format.smallest_exponent - 4, highest = format.largest_exponent + 3;
    for (int trial = 0; trial < 20000; ++trial) {
      const int exponent = lowest + static_cast<int>(random() % static_cast<unsigned>(highest - lowest + 1));
      const Integer p = (Integer(random()) << 56) + random(),
                    q = (Integer(random() >> (random() % 64)) << 8) + 1;
      const Rational fraction(p, q);
      const auto shift = static_cast<int>(msb(p)) - static_cast<int>(msb(q));
      expect_agreement(format, fraction * power(exponent - shift), "random");
    }
  }
}

/// Every kind of number and the halfway points beside it, and what lies an atom to either side of those.
TEST(RoundingAgainstMpfr, TiesAndTheirNeighbours) {
  std::mt19937_64 random(20261129);
  const Rational atom = power(-3000);
  for (const FloatType type : kTypes) {
    const FloatFormat format = format_of(type);
    std::vector<int> exponents{format.smallest_exponent,
                               format.smallest_exponent + 1,
                               format.smallest_exponent + format.precision - 2,
                               format.smallest_exponent + format.precision - 1,
                               0,
                               format.largest_exponent + 1 - format.precision};
    for (int k = 0; k < 40; ++k) {
      const int span = format.largest_exponent - format.precision - format.smallest_exponent;
      exponents.push_back(format.smallest_exponent +
                          static_cast<int>(random() % static_cast<unsigned>(span)));
    }
    for (const int unit : exponents) {
      const Integer top = Integer(1) << static_cast<unsigned>(format.precision);
      std::vector<Integer> significands{0, 1, 2, 3, top / 2 - 1, top / 2, top / 2 + 1, top - 2, top - 1};
      for (int k = 0; k < 20; ++k) significands.emplace_back(Integer(random()) % top);
      for (const Integer& significand : significands) {
        const Rational number = significand * power(unit), tie = number + power(unit - 1);
        for (const Rational& value : {number, tie, Rational(tie + atom), Rational(tie - atom)})
          expect_agreement(format, value, "unit 2^" + std::to_string(unit));
      }
    }
  }
}

TEST(RoundingAgainstMpfr, Overflow) {
  for (const FloatType type : kTypes) {
    const FloatFormat format = format_of(type);
    const Rational half_unit = power(format.largest_exponent - format.precision);
    for (const Rational& value :
         {format.largest(), Rational(format.largest() + half_unit - power(-50)),
          Rational(format.largest() + half_unit), Rational(format.largest() + half_unit + power(-50)),
          power(format.largest_exponent + 1), power(3 * format.largest_exponent)})
      expect_agreement(format, value, "overflow");
    EXPECT_EQ(nearest(format, format.largest() + half_unit), std::numeric_limits<double>::infinity());
    EXPECT_TRUE(std::isfinite(nearest(format, format.largest() + half_unit - power(-50))));
  }
}

/// What is rounded is held, and rounding changes no number that is held.
TEST(RoundingAgainstMpfr, NumbersOfTheFormatStay) {
  std::mt19937_64 random(20261130);
  for (const FloatType type : kTypes) {
    const FloatFormat format = format_of(type);
    for (int trial = 0; trial < 5000; ++trial) {
      const int exponent = static_cast<int>(random() % 2400) - 1200;
      const double value = std::ldexp(static_cast<double>(random() >> 11), exponent - 26);
      if (value == 0 || !std::isfinite(value)) continue;
      const double rounded = rounded_by_mpfr(format, exact::exact_value(value));
      EXPECT_EQ(holds(format, value), rounded == value) << value;
      if (std::isfinite(rounded)) {
        EXPECT_TRUE(holds(format, rounded));
      }
    }
  }
}

/// float16 has 31744 finite numbers from 0 on: each is one unit from the next, so its rank counts them all.
TEST(UlpDistance, CountsEveryFloat16AndBfloat16) {
  for (const FloatType type : {FloatType::float16, FloatType::bfloat16}) {
    const FloatFormat format = format_of(type);
    double value = 0;
    std::uint64_t count = 0;
    while (true) {
      EXPECT_EQ(ulp_distance(format, 0, value), count);
      const Rational above = exact::exact_value(value) + format.smallest() / 4;
      // A quarter of the smallest number more rounds back; the next number is one unit away.
      int exponent = 0;
      std::frexp(value, &exponent);
      const int least = format.smallest_exponent;
      const double unit = std::ldexp(1.0, value == 0 ? least : std::max(exponent - format.precision, least));
      const double next = value + unit;
      if (!holds(format, next)) break;
      EXPECT_EQ(nearest(format, above), value);
      value = next;
      ++count;
    }
    EXPECT_EQ(exact::exact_value(value), format.largest());
    EXPECT_EQ(count, type == FloatType::float16 ? 31743U : 32639U);
  }
}

}  // namespace
}  // namespace crosshead::crosscheck

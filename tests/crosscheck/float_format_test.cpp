#include "crosshead/crosscheck/float_format.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>

#include "power_of_two.hpp"
#include <gtest/gtest.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::crosscheck {
namespace {

using attention::FloatType;
using exact::Integer;
using exact::Rational;
using testing::power;

const FloatFormat kFloat32 = format_of(FloatType::float32), kFloat64 = format_of(FloatType::float64);

TEST(FloatFormat, KnowsItsNumbers) {
  EXPECT_EQ(kFloat32.unit_roundoff(), power(-24));
  EXPECT_EQ(kFloat64.unit_roundoff(), power(-53));
  EXPECT_EQ(kFloat32.smallest(), exact::exact_value(std::numeric_limits<float>::denorm_min()));
  EXPECT_EQ(kFloat64.smallest(), exact::exact_value(std::numeric_limits<double>::denorm_min()));
  EXPECT_EQ(kFloat32.smallest_normal(), exact::exact_value(std::numeric_limits<float>::min()));
  EXPECT_EQ(kFloat64.smallest_normal(), exact::exact_value(std::numeric_limits<double>::min()));
  EXPECT_EQ(kFloat32.largest(), exact::exact_value(std::numeric_limits<float>::max()));
  EXPECT_EQ(kFloat64.largest(), exact::exact_value(std::numeric_limits<double>::max()));
  EXPECT_EQ(float_type_named("float64"), FloatType::float64);
  EXPECT_EQ(float_type_named("tf32"), FloatType::tf32);
  EXPECT_THROW(float_type_named("float8"), exact::UsageError);
}

TEST(FloatFormat, HoldsExactlyItsNumbers) {
  EXPECT_TRUE(holds(kFloat32, Rational(1, 4)));
  EXPECT_TRUE(holds(kFloat32, -power(-149)));
  EXPECT_FALSE(holds(kFloat32, power(-150)));
  EXPECT_TRUE(holds(kFloat64, power(-150)));
  EXPECT_FALSE(holds(kFloat64, Rational(1, 3)));
  EXPECT_TRUE(holds(kFloat32, 1 + power(-23)));
  EXPECT_FALSE(holds(kFloat32, 1 + power(-24)));
  EXPECT_FALSE(holds(kFloat32, power(128)));
  EXPECT_TRUE(holds(kFloat32, 0.5));
  EXPECT_FALSE(holds(kFloat32, 0.1));
  EXPECT_FALSE(holds(kFloat32, 1e300));
  EXPECT_FALSE(holds(kFloat64, std::numeric_limits<double>::infinity()));
  EXPECT_FALSE(holds(kFloat64, std::numeric_limits<double>::quiet_NaN()));
}

TEST(Nearest, DividesAsTheProcessorDoes) {
  std::mt19937_64 random(20250704);
  for (int trial = 0; trial < 20000; ++trial) {
    const auto p = random() >> (11 + random() % 40), q = 1 + (random() >> (11 + random() % 40));
    EXPECT_EQ(nearest(kFloat64, Integer(p), Integer(q)), static_cast<double>(p) / static_cast<double>(q));
    const auto r = random() >> (40 + random() % 20), s = 1 + (random() >> (41 + random() % 20));
    EXPECT_EQ(nearest(kFloat32, Integer(r), Integer(s)), static_cast<float>(r) / static_cast<float>(s));
  }
}

TEST(Nearest, RoundsSubnormalsAsTheProcessorDoes) {
  std::mt19937_64 random(20250705);
  for (int trial = 0; trial < 20000; ++trial) {
    const double value =
        std::ldexp(static_cast<double>(random() >> 11), -static_cast<int>(170 + random() % 40));
    EXPECT_EQ(nearest(kFloat32, exact::exact_value(value)), static_cast<float>(value));
  }
}

TEST(Nearest, RoundsLongNumbersAsTheCLibraryDoes) {
  std::mt19937_64 random(20250706);
  for (int trial = 0; trial < 5000; ++trial) {
    std::string digits;
    for (int k = 0; k < 30; ++k) digits += "0123456789abcdef"[random() % 16];
    const std::string text = "0x0." + digits + "p" + std::to_string(static_cast<int>(random() % 90) - 1110);
    EXPECT_EQ(nearest(kFloat64, exact::parse_rational(text)), std::strtod(text.c_str(), nullptr)) << text;
    const std::string wider = "0x0." + digits + "p" + std::to_string(static_cast<int>(random() % 200) - 160);
    EXPECT_EQ(nearest(kFloat32, exact::parse_rational(wider)), std::strtof(wider.c_str(), nullptr)) << wider;
  }
}

TEST(Nearest, TakesTheEvenNeighbourOfATie) {
  EXPECT_EQ(nearest(kFloat32, 1 + power(-24)), 1.0);
  EXPECT_EQ(nearest(kFloat32, 1 + 3 * power(-24)), 1 + std::ldexp(1.0, -22));
  EXPECT_EQ(nearest(kFloat32, 1 + power(-24) + power(-500)), 1 + std::ldexp(1.0, -23));
  EXPECT_EQ(nearest(kFloat32, power(-150)), 0.0);
  EXPECT_EQ(nearest(kFloat32, 3 * power(-150)), std::ldexp(1.0, -148));
  EXPECT_EQ(nearest(kFloat32, Integer(6), Integer(12)), 0.5);  // not in lowest terms
}

TEST(Nearest, OverflowsFromHalfAUnitOn) {
  const Rational half_unit = power(103);
  EXPECT_EQ(nearest(kFloat32, kFloat32.largest() + half_unit - 1), std::numeric_limits<float>::max());
  EXPECT_EQ(nearest(kFloat32, kFloat32.largest() + half_unit), std::numeric_limits<double>::infinity());
  EXPECT_EQ(nearest(kFloat64, power(1024)), std::numeric_limits<double>::infinity());
  EXPECT_EQ(nearest(kFloat64, power(5000)), std::numeric_limits<double>::infinity());
  EXPECT_EQ(nearest(kFloat64, kFloat64.largest()), std::numeric_limits<double>::max());
}

/// The definition: count the steps of nextafter.
template <typename Float>
std::uint64_t steps_between(Float a, Float b) {
  std::uint64_t steps = 0;
  for (; a != b; a = std::nextafter(a, b)) ++steps;
  return steps;
}

TEST(UlpDistance, CountsStepsOfNextafter) {
  std::mt19937_64 random(20250707);
  for (int trial = 0; trial < 2000; ++trial) {
    const double start = std::ldexp(static_cast<double>(random() >> 11), -static_cast<int>(random() % 1130));
    const int walk = static_cast<int>(random() % 300);
    const bool up = random() % 2 == 0;
    double there = start;
    for (int k = 0; k < walk; ++k) there = std::nextafter(there, up ? 1e308 : -1e308);
    EXPECT_EQ(ulp_distance(kFloat64, start, there), steps_between(start, there));
    EXPECT_EQ(ulp_distance(kFloat64, -there, -start), steps_between(start, there));
    const auto narrow = static_cast<float>(start);
    float near = narrow;
    for (int k = 0; k < walk; ++k) near = std::nextafter(near, up ? 1e38F : -1e38F);
    EXPECT_EQ(ulp_distance(kFloat32, narrow, near), steps_between(narrow, near));
  }
}

TEST(UlpDistance, CrossesZeroAndBinades) {
  const float tiny = std::numeric_limits<float>::denorm_min();
  EXPECT_EQ(ulp_distance(kFloat32, tiny, -tiny), 2U);
  EXPECT_EQ(ulp_distance(kFloat32, 0.0, -0.0), 0U);
  EXPECT_EQ(ulp_distance(kFloat32, 0.5, 1.0), 1U << 23);
  EXPECT_EQ(ulp_distance(kFloat64, 1.0, 0.5), std::uint64_t{1} << 52);
  EXPECT_EQ(ulp_distance(kFloat64, std::numeric_limits<double>::max(), -std::numeric_limits<double>::max()),
            2 * ((std::uint64_t{2047} << 52) - 1));
  EXPECT_EQ(ulp_distance(kFloat32, std::numeric_limits<float>::min(), 0.0), 1U << 23);
}

}  // namespace
}  // namespace crosshead::crosscheck

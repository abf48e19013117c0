// Products and bounds of the word search: exact integers through every kernel path, and bounds on both sides
// of every completion.
#include "../../src/heads/word_bounds.hpp"

#include "../../src/heads/word_product.hpp"
#include "random_systems.hpp"
#include <gtest/gtest.h>

#include "crosshead/heads/words.hpp"

namespace crosshead::heads {
namespace {

using crosshead::testing::RandomSystems;
using exact::Integer;
using exact::Rational;
using exact::RationalMatrix;

// Small integers: every kernel is exact whatever its order.
TEST(WordProduct, MultipliesShapesOfEveryKind) {
  RandomSystems random(3);
  for (int trial = 0; trial < 300; ++trial) {
    const auto rows = static_cast<std::size_t>(1 + random.below(11));
    const auto depth = static_cast<std::size_t>(1 + random.below(19));
    const std::size_t columns = kLanes * static_cast<std::size_t>(1 + random.below(5)),
                      stride = padded(depth);
    std::vector<double> a(rows * stride), b(depth * columns), c(rows * columns, -1);
    for (double& value : a) value = random.below(100);
    for (double& value : b) value = random.below(100);
    multiply(a.data(), rows, stride, depth, b.data(), columns, c.data());
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t j = 0; j < columns; ++j) {
        double sum = 0;
        for (std::size_t k = 0; k < depth; ++k) sum += a[i * stride + k] * b[k * columns + j];
        ASSERT_EQ(c[i * columns + j], sum);
      }
    }
  }
}

// y = (3, 0), x = (1, 2): gains 2 at weight 5, loses 2 at weight 7; with x doubled it gains 1 and loses 4.
TEST(WordProduct, ComparesRows) {
  std::vector<double> y(kLanes, 0), x(kLanes, 0), least(kLanes, 0), most(kLanes, 0);
  y[0] = 3;
  x[0] = 1;
  x[1] = 2;
  least[0] = least[1] = 5;
  most[0] = most[1] = 7;
  GainAndLoss plain = compare(y.data(), x.data(), 1, least.data(), most.data(), kLanes);
  EXPECT_EQ(plain.gain, 10);
  EXPECT_EQ(plain.loss, 14);
  plain = compare(y.data(), x.data(), 2, least.data(), most.data(), kLanes);
  EXPECT_EQ(plain.gain, 5);
  EXPECT_EQ(plain.loss, 28);
}

TEST(Scaled, ComparesAndConvertsExactly) {
  EXPECT_EQ(exact_of(scaled_down(Rational(3, 8))), Rational(3, 8));
  EXPECT_LT(exact_of(scaled_down(Rational(1, 3))), Rational(1, 3));
  const Rational tiny(Integer(1), Integer(3) << 5000);
  EXPECT_LE(exact_of(scaled_down(tiny)), tiny);
  EXPECT_GE(exact_of(scaled_down(tiny)) * Rational(Integer(1) << 52, (Integer(1) << 52) - 1), tiny);
  EXPECT_TRUE((Scaled{0.75, 1} < Scaled{1, 1}));
  EXPECT_TRUE((Scaled{1.5, 0} < Scaled{0.5, 2}));
  EXPECT_FALSE((Scaled{4, 0} < Scaled{1, 2}));
  EXPECT_TRUE((Scaled{0, 9} < Scaled{1, -9000}));
  EXPECT_EQ((Scaled{1, -9000}.in_units(0)), 0);
  EXPECT_EQ((Scaled{0.5, 12}.in_units(10)), 2);
}

TEST(WordBounds, EncloseEveryCompletion) {
  RandomSystems random(71);
  for (int trial = 0; trial < 120; ++trial) {
    const int n = 1 + random.below(5), heads = 1 + random.below(3), steps = 1 + random.below(4);
    std::vector<RationalMatrix> matrices;
    std::vector<int> letters, nodes;
    std::vector<Rational> weights;
    for (int h = 0; h < heads; ++h) {
      RationalMatrix matrix = random.weighted(random.with_backward_edges(n), 20, 7);
      if (random.chance(5)) matrix = exact::weighted_sum({matrix}, {Rational(Integer(1), Integer(1) << 320)});
      matrices.push_back(std::move(matrix));
      letters.push_back(h);
      weights.emplace_back(1, 1 + random.below(5));
    }
    for (int k = 0; k < n; ++k) nodes.push_back(k);
    const auto target = static_cast<std::size_t>(random.below(n));
    const WordBounds bounds(matrices, weights, nodes, target, steps, random.below(4), 1);
    const exact::IntegerMatrixList list(matrices);
    for (int r = 0; r <= steps; ++r) {
      const Rational unit = exact_of({1, bounds.exponent(r)});
      const Integer denominator = boost::multiprecision::pow(list.denominator(), static_cast<unsigned>(r));
      for (int k = 0; k < n; ++k) {
        // Every completion from k: words with k for the sink.
        Rational largest = 0;
        Integer nonzero = 0;
        std::optional<Rational> least;
        visit_words(list, letters, k, r, {static_cast<int>(target)},
                    [&](const HeadWord& word, int, const Integer& numerator) {
                      const Rational value = Rational(numerator, denominator) * word_weight(weights, word);
                      largest = std::max(largest, value);
                      least = least ? std::min(*least, value) : value;
                      ++nonzero;
                      return true;
                    });
        const auto place = static_cast<std::size_t>(k);
        ASSERT_LE(largest, exact::exact_value(bounds.largest(r)[place] * bounds.margin()) * unit);
        const Integer words = boost::multiprecision::pow(Integer(heads), static_cast<unsigned>(r));
        const Rational floor = exact::exact_value(bounds.least(r)[place]) * unit * Rational(999, 1000);
        ASSERT_LE(floor, nonzero == words ? *least : Rational(0));
      }
    }
  }
}

}  // namespace
}  // namespace crosshead::heads

// Head words of the paper's examples, with values from the matrices that the paper prints.
#include "crosshead/heads/words.hpp"

#include "matrix_rows.hpp"
#include <gtest/gtest.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/exact/weight_polynomial_power.hpp"
#include "crosshead/heads/expansion.hpp"
#include "crosshead/heads/word_paths.hpp"

namespace crosshead::heads {
namespace {

using crosshead::testing::matrix;
using exact::Integer;
using exact::Rational;
using exact::RationalMatrix;
using exact::WeightPolynomial;

const Rational kHalf(1, 2);

// Example 3.8, nodes u, v, tau.
std::vector<RationalMatrix> matrices_of_example_3_8() {
  return {matrix({{1, 0, 0}, {kHalf, kHalf, 0}, {0, 0, 1}}),
          matrix({{1, 0, 0}, {0, 1, 0}, {0, kHalf, kHalf}})};
}

// Example 3.13, nodes u, v, w, tau.
std::vector<RationalMatrix> example_3_13() {
  return {matrix({{1, 0, 0, 0}, {kHalf, kHalf, 0, 0}, {0, kHalf, kHalf, 0}, {0, 0, kHalf, kHalf}}),
          matrix({{kHalf, kHalf, 0, 0}, {0, 1, 0, 0}, {kHalf, 0, kHalf, 0}, {0, 0, kHalf, kHalf}})};
}

std::vector<int> all(int count) {
  std::vector<int> list;
  for (int k = 0; k < count; ++k) list.push_back(k);
  return list;
}

using Words = std::vector<std::pair<HeadWord, Rational>>;
Words words_at(const std::vector<RationalMatrix>& matrices, int steps, int node) {
  Words found;
  const exact::IntegerMatrixList list(matrices);
  const Integer denominator = boost::multiprecision::pow(list.denominator(), static_cast<unsigned>(steps));
  visit_words(list, all(list.count()), list.size() - 1, steps, {node},
              [&](const HeadWord& word, int, const Integer& numerator) {
                found.emplace_back(word, Rational(numerator, denominator));
                return true;
              });
  return found;
}

// Rows of tau: e D1 = e, e D2 = (0, 1/2, 1/2). Then (0, 1/2, 1/2) D1 = (1/4, 1/4, 1/2) and
// (0, 1/2, 1/2) D2 = (0, 3/4, 1/4). So u hears one word of two letters, head 2 next to the sink and head 1
// next to u, with 1/2 * 1/2; the paper calls it "head-1 then head-2".
TEST(HeadWords, OfExample38) {
  EXPECT_EQ(words_at(matrices_of_example_3_8(), 2, 0), (Words{{{1, 0}, Rational(1, 4)}}));
  EXPECT_EQ(words_at(matrices_of_example_3_8(), 2, 1),
            (Words{{{0, 1}, kHalf}, {{1, 0}, Rational(1, 4)}, {{1, 1}, Rational(3, 4)}}));
  EXPECT_EQ(words_at(matrices_of_example_3_8(), 2, 2),
            (Words{{{0, 0}, 1}, {{0, 1}, kHalf}, {{1, 0}, kHalf}, {{1, 1}, Rational(1, 4)}}));
}

// Remark 3.7: products of heads do not commute. The words (1, 2) and (2, 1) differ at u: 0 and 1/4.
TEST(HeadWords, DoNotCommute) {
  const Words words = words_at(matrices_of_example_3_8(), 2, 0);
  ASSERT_EQ(words.size(), 1U);
  EXPECT_EQ(words.front().first, (HeadWord{1, 0}));
}

// The sums of the words above by letter counts.
TEST(HeadWords, AddUpToThePolynomialsOfExample38) {
  const auto polynomials = *exact::power_row(matrices_of_example_3_8(), 2, 2);
  EXPECT_EQ(polynomials[0].text(), "1/4 b1 b2");
  EXPECT_EQ(polynomials[1].text(), "3/4 b1 b2 + 3/4 b2^2");
  EXPECT_EQ(polynomials[2].text(), "b1^2 + b1 b2 + 1/4 b2^2");
  EXPECT_EQ(polynomials[1].on_simplex().text(), "-3/4 b1 + 3/4");
}

// The paper: (Dbar^2)_{tau u} = b1 b2 / 4, all of it across heads.
TEST(SignalSplit, OfExample38) {
  const auto split = *split_signal(matrices_of_example_3_8(), {Rational(1, 3), Rational(2, 3)}, 2, 2);
  EXPECT_EQ(split[0].total, Rational(1, 18));
  EXPECT_EQ(split[0].pure, (std::vector<Rational>{0, 0}));
  EXPECT_EQ(split[0].pure_share, Rational(0));
  EXPECT_EQ(split[0].cross_share, Rational(1));
  // At v, by the words above: total 3/4 b2 = 1/2, of which the pure word (2, 2) has 3/4 * 4/9 = 1/3.
  EXPECT_EQ(split[1].total, kHalf);
  EXPECT_EQ(split[1].pure_share, Rational(2, 3));
  EXPECT_EQ(split[1].cross_share, Rational(1, 3));
}

// After any first letter the row of tau is (0, 0, 1/2, 1/2). A second letter 1 makes it (0, 1/4, 1/2, 1/4), a
// second letter 2 (1/4, 0, 1/2, 1/4). A third gives u: 1/8 (1, 1), 1/4 (1, 2), 1/4 (2, 1), 3/8 (2, 2).
TEST(HeadWords, OfExample313) {
  const Rational eighth(1, 8), quarter(1, 4), three(3, 8);
  EXPECT_EQ(words_at(example_3_13(), 3, 0), (Words{{{0, 0, 0}, eighth},
                                                   {{0, 0, 1}, quarter},
                                                   {{0, 1, 0}, quarter},
                                                   {{0, 1, 1}, three},
                                                   {{1, 0, 0}, eighth},
                                                   {{1, 0, 1}, quarter},
                                                   {{1, 1, 0}, quarter},
                                                   {{1, 1, 1}, three}}));
  const auto polynomials = *exact::power_row(example_3_13(), 3, 3);
  // (b1 + b2) (1/8 b1^2 + 1/2 b1 b2 + 3/8 b2^2), which is 3/8 - 1/4 b1 on the simplex.
  EXPECT_EQ(polynomials[0].text(), "1/8 b1^3 + 5/8 b1^2 b2 + 7/8 b1 b2^2 + 3/8 b2^3");
  EXPECT_EQ(polynomials[0].on_simplex().text(), "-1/4 b1 + 3/8");
  // Every word carries 3/8 from w: 3/8 (b1 + b2)^3.
  EXPECT_EQ(polynomials[2].on_simplex().text(), "3/8");
  const auto split = *split_signal(example_3_13(), {kHalf, kHalf}, 3, 3);
  EXPECT_EQ(split[0].total, quarter);
  EXPECT_EQ(split[0].pure, (std::vector<Rational>{Rational(1, 64), Rational(3, 64)}));
  EXPECT_EQ(split[0].pure_share, quarter);
}

TEST(HeadWords, OfNoLettersIsTheEmptyWord) {
  EXPECT_EQ(words_at(matrices_of_example_3_8(), 0, 2), (Words{{{}, 1}}));
  EXPECT_TRUE(words_at(matrices_of_example_3_8(), 0, 0).empty());
  const auto split = *split_signal(matrices_of_example_3_8(), {kHalf, kHalf}, 2, 0);
  EXPECT_EQ(split[2].pure_share, Rational(1));
  EXPECT_FALSE(split[0].pure_share);
  EXPECT_FALSE(split[0].cross_share);
}

// No signal at all: shares are undefined, not 0.
TEST(SignalSplit, HasNoSharesWhereNothingArrives) {
  const auto split = *split_signal(matrices_of_example_3_8(), {1, 0}, 2, 4);
  EXPECT_EQ(split[0].total, 0);
  EXPECT_FALSE(split[0].pure_share);
  EXPECT_EQ(split[2].pure_share, Rational(1));
}

TEST(WordCount, CountsWithoutListing) {
  const auto counts = *count_words(matrices_of_example_3_8(), {0, 1}, 2, 2);
  EXPECT_EQ(counts, (std::vector<Integer>{1, 3, 4}));
  // u hears a word iff a letter 2 comes before some letter 1: all but 1^a 2^b, that is 2^t - (t + 1).
  const auto many = *count_words(matrices_of_example_3_8(), {0, 1}, 2, 100);
  EXPECT_EQ(many[0], (Integer(1) << 100) - 101);
  EXPECT_FALSE(count_words(matrices_of_example_3_8(), {0, 1}, 2, 3, 2));
}

// Word (1, 1, 1) of Example 3.13 at u: tau <- w <- v <- u alone, 1/8. Word (2, 2, 2): three routes, each 1/8.
TEST(WordPaths, OfExample313) {
  const exact::IntegerMatrixList list(example_3_13());
  const WordPaths one = word_paths(list, 3, 0, {0, 0, 0}, 10);
  EXPECT_EQ(one.count, 1);
  ASSERT_EQ(one.largest.size(), 1U);
  EXPECT_EQ(one.largest.front().nodes, (std::vector<int>{3, 2, 1, 0}));
  EXPECT_EQ(one.largest.front().value, Rational(1, 8));
  const WordPaths three = word_paths(list, 3, 0, {1, 1, 1}, 2);
  EXPECT_EQ(three.count, 3);
  ASSERT_EQ(three.largest.size(), 2U);  // ties in lexicographic order
  EXPECT_EQ(three.largest[0].nodes, (std::vector<int>{3, 2, 0, 0}));
  EXPECT_EQ(three.largest[1].nodes, (std::vector<int>{3, 2, 2, 0}));
  EXPECT_EQ(three.listed, Rational(1, 4));
  EXPECT_EQ(word_paths(list, 3, 0, {0, 0}, 5).count, 0);
}

TEST(DiffusionMatrices, NameTheHeadThatHasNone) {
  HeadSystem system;
  system.nodes = {"u", "tau"};
  system.sink = 1;
  Head first, second;
  first.graph = graph::Digraph(2, true);
  second.graph = graph::Digraph(2, false);
  system.heads = {first, second};
  system.weights = {1, 0};
  try {
    (void)diffusion_matrices(system, Reading::as_stored, "system.json");
    FAIL() << "no error";
  } catch (const exact::InputError& error) {
    EXPECT_EQ(error.file(), "system.json");
    EXPECT_EQ(error.place(), "heads[1]");
    EXPECT_NE(error.message().find("node u has in-degree 0"), std::string::npos);
  }
}

}  // namespace
}  // namespace crosshead::heads

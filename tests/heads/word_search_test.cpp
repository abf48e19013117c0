// The largest words against the full list, on systems small enough to have one.
#include "crosshead/heads/word_search.hpp"

#include <algorithm>
#include <set>

#include "random_systems.hpp"
#include <gtest/gtest.h>

namespace crosshead::heads {
namespace {

using crosshead::testing::RandomSystems;
using exact::Integer;
using exact::Rational;
using exact::RationalMatrix;

struct Case {
  std::vector<RationalMatrix> matrices;
  std::vector<Rational> weights;
  int steps = 0;
  int sink() const { return matrices.front().size() - 1; }
};

/// Dense, sparse, cyclic, nearly stochastic and identical heads; zero weights; entries far below any float.
Case random_case(RandomSystems& random, int most_nodes, int most_heads, int most_steps) {
  Case result;
  const int n = 1 + random.below(most_nodes), heads = 1 + random.below(most_heads);
  std::vector<int> parts;
  int sum = 0;
  for (int h = 0; h < heads; ++h) {
    if (h > 0 && random.chance(5)) {
      result.matrices.push_back(result.matrices.front());
    } else {
      RationalMatrix matrix = random.chance(3) ? random.weighted(random.with_backward_edges(n), 20, 9)
                                               : random.stochastic(random.feedforward(n, true));
      if (random.chance(6)) {
        const Rational tiny(Integer(1), Integer(1) << (200 + random.below(300)));
        matrix = exact::weighted_sum({matrix}, {tiny});
      }
      result.matrices.push_back(std::move(matrix));
    }
    parts.push_back(random.below(4));
    sum += parts.back();
  }
  for (const int part : parts) result.weights.push_back(sum == 0 ? Rational(1, heads) : Rational(part, sum));
  result.steps = 1 + random.below(most_steps);
  return result;
}

std::vector<WordValue> full_list(const Case& test, int node) {
  std::vector<int> letters;
  for (std::size_t h = 0; h < test.weights.size(); ++h) {
    if (test.weights[h] != 0) letters.push_back(static_cast<int>(h));
  }
  const exact::IntegerMatrixList list(test.matrices);
  const Integer denominator =
      boost::multiprecision::pow(list.denominator(), static_cast<unsigned>(test.steps));
  std::vector<WordValue> words;
  visit_words(list, letters, test.sink(), test.steps, {node},
              [&](const HeadWord& word, int, const Integer& numerator) {
                const Rational value(numerator, denominator);
                words.push_back({word, value, value * word_weight(test.weights, word)});
                return true;
              });
  std::sort(words.begin(), words.end(), comes_before);
  return words;
}

/// What every answer must satisfy, proven or not; `all` is the full list.
void check(const Case& test, int node, std::size_t wanted, const LargestWords& found) {
  const std::vector<WordValue> all = full_list(test, node);
  ASSERT_LE(found.words.size(), wanted);
  std::set<HeadWord> listed;
  for (const WordValue& word : found.words) {
    ASSERT_TRUE(listed.insert(word.word).second) << "a word twice";
    const auto same =
        std::find_if(all.begin(), all.end(), [&](const WordValue& w) { return w.word == word.word; });
    ASSERT_NE(same, all.end());
    ASSERT_EQ(word.value, same->value);
    ASSERT_EQ(word.weighted, same->weighted);
  }
  ASSERT_TRUE(std::is_sorted(found.words.begin(), found.words.end(), comes_before));
  for (const WordValue& word : all) {
    if (listed.count(word.word) == 0) {
      ASSERT_LE(word.weighted, found.bound);
    }
  }
  if (!found.proven) return;
  ASSERT_EQ(found.words.size(), std::min(wanted, all.size()));
  for (std::size_t k = 0; k < found.words.size(); ++k) ASSERT_EQ(found.words[k].weighted, all[k].weighted);
  if (found.words.size() == wanted) {
    ASSERT_EQ(found.bound, found.words.back().weighted);
  } else {
    ASSERT_EQ(found.bound, 0);
  }
}

TEST(LargestWords, AreTheHeadOfTheFullList) {
  RandomSystems random(41);
  int proven = 0;
  for (int trial = 0; trial < 600; ++trial) {
    SCOPED_TRACE("trial " + std::to_string(trial));
    const Case test = random_case(random, 6, 4, 5);
    const int node = random.below(test.matrices.front().size());
    const std::size_t wanted = 1 + static_cast<std::size_t>(random.below(12));
    const auto found = largest_words(test.matrices, test.weights, test.sink(), node, test.steps, wanted, {});
    ASSERT_TRUE(found);
    check(test, node, wanted, *found);
    if (HasFatalFailure()) return;
    proven += found->proven ? 1 : 0;
  }
  EXPECT_EQ(proven, 600);  // systems this small are always decided
}

// Hardly any room and no second pass: answers are often unproven, and their bound must hold.
TEST(LargestWords, SayWhatMayBeMissedWithoutRoom) {
  RandomSystems random(43);
  int unproven = 0;
  for (int trial = 0; trial < 400; ++trial) {
    SCOPED_TRACE("trial " + std::to_string(trial));
    const Case test = random_case(random, 6, 4, 6);
    const int node = random.below(test.matrices.front().size());
    WordSearchLimits limits;
    limits.multiply_adds = 0;
    limits.first_room = 1;
    const std::size_t wanted = 1 + static_cast<std::size_t>(random.below(3));
    limits.exact_words = static_cast<std::size_t>(random.below(2));
    const auto found =
        largest_words(test.matrices, test.weights, test.sink(), node, test.steps, wanted, limits);
    check(test, node, wanted, *found);
    if (HasFatalFailure()) return;
    unproven += found->proven ? 0 : 1;
  }
  EXPECT_GT(unproven, 0);
}

// Wide enough for several blocks of prefixes; stopped early as well, where what was dropped shows.
TEST(LargestWords, DoNotDependOnThreads) {
  RandomSystems random(23);
  for (int trial = 0; trial < 12; ++trial) {
    SCOPED_TRACE("trial " + std::to_string(trial));
    const Case test = random_case(random, 9, 5, 12);
    const int node = random.below(test.matrices.front().size());
    WordSearchLimits limits;
    limits.multiply_adds = trial % 2 == 0 ? 1e6 : 1e8;
    limits.first_room = 600;
    const auto alone = largest_words(test.matrices, test.weights, test.sink(), node, test.steps, 4, limits);
    for (const int threads : {2, 5}) {
      limits.threads = threads;
      const auto shared =
          largest_words(test.matrices, test.weights, test.sink(), node, test.steps, 4, limits);
      EXPECT_EQ(shared->proven, alone->proven);
      EXPECT_EQ(shared->bound, alone->bound);
      ASSERT_EQ(shared->words.size(), alone->words.size());
      for (std::size_t k = 0; k < alone->words.size(); ++k) {
        EXPECT_EQ(shared->words[k].word, alone->words[k].word);
        EXPECT_EQ(shared->words[k].weighted, alone->words[k].weighted);
      }
    }
  }
}

// One node and two heads: (b1 2 + b2 1)-words are worth 2^k over 2^20 and those with equal counts tie: the
// largest is 1^20, the next 20 have one letter 2.
TEST(LargestWords, SettleTiesExactly) {
  RationalMatrix one(1), two(1);
  one.append(0, 0, Rational(1));
  two.append(0, 0, Rational(1, 2));
  const std::vector<Rational> weights{Rational(1, 2), Rational(1, 2)};
  const auto found = largest_words({one, two}, weights, 0, 0, 20, 5);
  ASSERT_TRUE(found->proven);
  ASSERT_EQ(found->words.size(), 5U);
  EXPECT_EQ(found->words[0].word, HeadWord(20, 0));
  EXPECT_EQ(found->words[0].weighted, Rational(Integer(1), Integer(1) << 20));
  for (std::size_t k = 1; k < 5; ++k) {
    EXPECT_EQ(found->words[k].weighted, Rational(Integer(1), Integer(1) << 21));
    EXPECT_EQ(std::count(found->words[k].word.begin(), found->words[k].word.end(), 1), 1);
  }
  EXPECT_EQ(found->bound, Rational(Integer(1), Integer(1) << 21));
}

// Identical heads tie in every word: one letter stands for both, and 2^40 equal words are no obstacle.
TEST(LargestWords, TakeIdenticalHeadsAsOneLetter) {
  RationalMatrix matrix(2);
  matrix.append(0, 0, Rational(1));
  matrix.append(1, 0, Rational(1, 3));
  matrix.append(1, 1, Rational(2, 3));
  const std::vector<Rational> weights{Rational(1, 2), Rational(1, 2)};
  const auto found = largest_words({matrix, matrix}, weights, 1, 0, 40, 3);
  ASSERT_TRUE(found->proven);
  ASSERT_EQ(found->words.size(), 3U);
  EXPECT_EQ(found->words[0].word, HeadWord(40, 0));
  EXPECT_EQ(found->words[0].weighted, found->words[2].weighted);
}

TEST(LargestWords, OfAnUnheardNodeAreNone) {
  RationalMatrix matrix(2);
  matrix.append(0, 0, Rational(1));
  matrix.append(1, 1, Rational(1));
  const auto found = largest_words({matrix}, {Rational(1)}, 1, 0, 7, 3);
  EXPECT_TRUE(found->words.empty());
  EXPECT_TRUE(found->proven);
  EXPECT_EQ(found->bound, 0);
}

TEST(LargestWords, StopWhenAsked) {
  RationalMatrix matrix(1);
  matrix.append(0, 0, Rational(1));
  EXPECT_FALSE(
      largest_words({matrix}, {Rational(1)}, 0, 0, 3, 1, {}, [](int, int, std::size_t) { return false; }));
}

// 300 letters: contributions near 2^-600, beyond single doubles' comfort, with every count known. The best
// word takes head 1 throughout; changing letter k to head 2 multiplies by 1/2 wherever it stands.
TEST(LargestWords, ReachFarBelowTheRangeOfFloats) {
  RationalMatrix one(1), two(1);
  one.append(0, 0, Rational(1, 1000));
  two.append(0, 0, Rational(1, 2000));
  const auto found = largest_words({one, two}, {Rational(1, 2), Rational(1, 2)}, 0, 0, 300, 1);
  ASSERT_TRUE(found->proven);
  EXPECT_EQ(found->words.front().word, HeadWord(300, 0));
  EXPECT_EQ(found->words.front().weighted,
            Rational(Integer(1), boost::multiprecision::pow(Integer(2000), 300)));
}

}  // namespace
}  // namespace crosshead::heads

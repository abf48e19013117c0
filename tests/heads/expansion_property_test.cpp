// The three views of the signal - words, polynomial, power of the mean - on random systems of every kind, and
// against words multiplied out one by one with dense matrices.
#include <map>

#include "random_systems.hpp"
#include <gtest/gtest.h>

#include "crosshead/heads/expansion.hpp"
#include "crosshead/heads/word_paths.hpp"
#include "crosshead/heads/words.hpp"

namespace crosshead::heads {
namespace {

using crosshead::testing::RandomSystems;
using exact::Integer;
using exact::Rational;

/// A head of each kind that has a diffusion matrix: edges, a matrix, attention with dyadic entries.
Head random_head(RandomSystems& random, int n) {
  Head head;
  const bool cyclic = random.chance(4);
  switch (random.below(3)) {
    case 0: {
      head.graph = cyclic ? random.with_backward_edges(n) : random.feedforward(n, random.chance(2));
      for (int k = 0; k < n; ++k) {
        if (head.graph->predecessors(k).empty()) head.graph->add_edge(k, k);
      }
      break;
    }
    case 1:
      head.diffusion =
          random.stochastic(cyclic ? random.with_backward_edges(n) : random.feedforward(n, false));
      break;
    default: {
      AttentionMatrix attention{n, std::vector<double>(static_cast<std::size_t>(n * n), 0.0)};
      for (int i = 0; i < n; ++i) {
        for (int j = 0; j <= (cyclic ? n - 1 : i); ++j) {
          attention.values[static_cast<std::size_t>(i * n + j)] = random.below(5) / 16.0;
        }
      }
      head.attention = attention;
    }
  }
  return head;
}

HeadSystem random_system(RandomSystems& random) {
  HeadSystem system;
  const int n = 1 + random.below(5), count = 1 + random.below(4);
  for (int k = 0; k < n; ++k) system.nodes.push_back(std::to_string(k + 1));
  system.sink = random.chance(5) ? random.below(n) : n - 1;
  std::vector<int> parts;
  int sum = 0;
  for (int h = 0; h < count; ++h) {
    const bool again = h > 0 && random.chance(5);  // identical heads
    system.heads.push_back(again ? system.heads.front() : random_head(random, n));
    parts.push_back(random.below(4));  // zero weights
    sum += parts.back();
  }
  for (const int part : parts) system.weights.push_back(sum == 0 ? Rational(1, count) : Rational(part, sum));
  return system;
}

/// Every word and its row, multiplied out on its own.
std::map<HeadWord, exact::DenseMatrix> words_naive(const std::vector<exact::RationalMatrix>& matrices,
                                                   int steps) {
  std::map<HeadWord, exact::DenseMatrix> words;
  const int n = matrices.front().size();
  words[{}] = exact::DenseMatrix::Identity(n, n);
  for (int t = 0; t < steps; ++t) {
    std::map<HeadWord, exact::DenseMatrix> longer;
    for (const auto& [word, product] : words) {
      for (int h = 0; h < static_cast<int>(matrices.size()); ++h) {
        HeadWord next = word;
        next.push_back(h);
        longer[next] = product * exact::to_dense(matrices[static_cast<std::size_t>(h)]);
      }
    }
    words = std::move(longer);
  }
  return words;
}

TEST(Expansion, WordsPolynomialAndPowerOfTheMeanAgree) {
  RandomSystems random(2026);
  for (int trial = 0; trial < 500; ++trial) {
    SCOPED_TRACE("trial " + std::to_string(trial));
    const HeadSystem system = random_system(random);
    const int steps = random.below(5), n = system.size(), count = static_cast<int>(system.heads.size());
    const auto matrices = diffusion_matrices(system, Reading::as_stored, "system");
    const exact::IntegerMatrixList list(matrices);
    const Integer denominator = boost::multiprecision::pow(list.denominator(), static_cast<unsigned>(steps));
    std::vector<int> letters, nodes;
    for (int h = 0; h < count; ++h) letters.push_back(h);
    for (int k = 0; k < n; ++k) nodes.push_back(k);

    const auto oracle = words_naive(matrices, steps);
    const auto split = *split_signal(matrices, system.weights, system.sink, steps);
    const auto polynomials = *exact::power_row(matrices, system.sink, steps);
    const auto counts = *count_words(matrices, letters, system.sink, steps);

    std::vector<std::map<HeadWord, Rational>> words(static_cast<std::size_t>(n));
    ASSERT_TRUE(visit_words(list, letters, system.sink, steps, nodes,
                            [&](const HeadWord& word, int node, const Integer& numerator) {
                              const auto j = static_cast<std::size_t>(node);
                              return words[j].emplace(word, Rational(numerator, denominator)).second;
                            }));
    for (int j = 0; j < n; ++j) {
      const auto& found = words[static_cast<std::size_t>(j)];
      std::map<HeadWord, Rational> expected;
      for (const auto& [word, product] : oracle) {
        if (product(system.sink, j) != 0) expected[word] = product(system.sink, j);
      }
      ASSERT_EQ(found, expected);
      ASSERT_EQ(counts[static_cast<std::size_t>(j)], Integer(found.size()));

      // By letter counts: the coefficients. Times the weights: the total and its pure part.
      std::map<std::vector<int>, Rational> by_counts;
      Rational total = 0, pure = 0;
      for (const auto& [word, value] : found) {
        std::vector<int> exponents(static_cast<std::size_t>(count), 0);
        for (const int h : word) ++exponents[static_cast<std::size_t>(h)];
        by_counts[exponents] += value;
        const Rational weighted = value * word_weight(system.weights, word);
        total += weighted;
        if (std::adjacent_find(word.begin(), word.end(), std::not_equal_to<>()) == word.end())
          pure += weighted;
        const WordPaths paths = word_paths(list, system.sink, j, word, 1'000'000);
        ASSERT_EQ(paths.listed, value);
        ASSERT_EQ(paths.count, Integer(paths.largest.size()));
        for (std::size_t k = 1; k < paths.largest.size(); ++k) {
          ASSERT_GE(paths.largest[k - 1].value, paths.largest[k].value);
        }
      }
      const exact::WeightPolynomial& polynomial = polynomials[static_cast<std::size_t>(j)];
      ASSERT_EQ(polynomial.terms(), by_counts.size());
      for (std::size_t k = 0; k < polynomial.terms(); ++k) {
        const auto exponents = polynomial.exponents(k);
        ASSERT_EQ(by_counts.at({exponents.begin(), exponents.end()}), polynomial.coefficient(k));
      }
      const SignalSplit& part = split[static_cast<std::size_t>(j)];
      ASSERT_EQ(part.total, total);
      ASSERT_EQ(polynomial.at(system.weights), total);
      ASSERT_EQ(polynomial.on_simplex().at({system.weights.begin(), system.weights.end() - 1}), total);
      ASSERT_EQ(part.pure_share.has_value(), total != 0);
      if (total != 0) {
        ASSERT_EQ(*part.pure_share * total, pure);
        ASSERT_EQ(*part.pure_share + *part.cross_share, 1);
      }
    }
  }
}

TEST(SignalCurves, AreTheRowsOfThePowers) {
  RandomSystems random(17);
  for (int trial = 0; trial < 100; ++trial) {
    const HeadSystem system = random_system(random);
    const auto matrices = diffusion_matrices(system, Reading::as_stored, "system");
    const auto curves = *signal_curves(matrices.front(), system.sink, 4);
    const exact::DenseMatrix dense = exact::to_dense(matrices.front());
    exact::DenseMatrix power = exact::DenseMatrix::Identity(dense.rows(), dense.cols());
    ASSERT_EQ(curves.size(), 5U);
    for (const auto& row : curves) {
      for (int j = 0; j < system.size(); ++j) {
        ASSERT_EQ(row[static_cast<std::size_t>(j)], power(system.sink, j));
      }
      power = exact::DenseMatrix(power * dense);
    }
  }
}

}  // namespace
}  // namespace crosshead::heads

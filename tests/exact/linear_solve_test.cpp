#include "crosshead/exact/linear_solve.hpp"

#include <numeric>
#include <random>

#include <gtest/gtest.h>

namespace crosshead::exact {
namespace {

/// The weight with which node k ends in `target`.
std::optional<std::vector<Rational>> hitting_weights(const RationalMatrix& matrix,
                                                     const std::vector<int>& order, int target) {
  std::vector<std::optional<int>> pinned(order.size());
  pinned[static_cast<std::size_t>(target)] = 1;
  return first_step_solve(matrix, order, pinned, 0);
}

TEST(Solve, SatisfiesTheEquationsOrReportsSingularity) {
  std::mt19937_64 random(11);
  int solved = 0, singular = 0;
  for (int trial = 0; trial < 200; ++trial) {
    const int n = 1 + static_cast<int>(random() % 5);
    DenseMatrix a(n, n);
    DenseVector b(n);
    for (int i = 0; i < n; ++i) {
      for (int j = 0; j < n; ++j)
        a(i, j) = Rational(static_cast<int>(random() % 5) - 2, 1 + static_cast<int>(random() % 3));
      b(i) = Rational(static_cast<int>(random() % 7) - 3);
    }
    if (trial % 4 == 0 && n > 1) a.row(n - 1) = a.row(0);
    const auto x = solve(a, b);
    if (!x) {
      ++singular;
      continue;
    }
    ++solved;
    for (int i = 0; i < n; ++i) {
      Rational sum = 0;
      for (int j = 0; j < n; ++j) sum += a(i, j) * (*x)(j);
      ASSERT_EQ(sum, b(i));
    }
  }
  EXPECT_GT(solved, 100);
  EXPECT_GT(singular, 20);
}

TEST(HittingWeights, SolveTheirTriangularSystem) {
  std::mt19937_64 random(5);
  for (int trial = 0; trial < 200; ++trial) {
    const int n = 2 + static_cast<int>(random() % 6);
    RationalMatrix matrix(n);
    for (int i = 0; i < n; ++i) {
      for (int j = 0; j <= i; ++j) {
        if (i == 0 || random() % 2 == 0) {
          matrix.append(i, j, i == 0 ? Rational(1) : Rational(1 + static_cast<int>(random() % 5), 40));
        }
      }
    }
    std::vector<int> order(static_cast<std::size_t>(n));
    std::iota(order.begin(), order.end(), 0);
    const int target = static_cast<int>(random() % static_cast<unsigned>(n));
    const auto h = hitting_weights(matrix, order, target);
    ASSERT_TRUE(h);
    for (int k = 0; k < n; ++k) {
      const auto at = [&](int i) { return (*h)[static_cast<std::size_t>(i)]; };
      if (k < target) {
        EXPECT_EQ(at(k), 0);
      } else if (k == target) {
        EXPECT_EQ(at(k), 1);
      } else {
        Rational sum = 0;
        for (const auto& entry : matrix.row(k)) sum += entry.value * at(entry.column);
        EXPECT_EQ(sum, at(k));
      }
    }
  }
}

TEST(HittingWeights, DivergeWhereANodeKeepsItsMassAndStillSends) {
  RationalMatrix matrix(2);
  matrix.append(0, 0, 1);
  matrix.append(1, 0, Rational(1, 4));
  matrix.append(1, 1, 1);
  EXPECT_FALSE(hitting_weights(matrix, {0, 1}, 0));
}

}  // namespace
}  // namespace crosshead::exact

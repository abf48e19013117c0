#include "crosshead/exact/integer_matrix_list.hpp"

#include "random_systems.hpp"
#include <gtest/gtest.h>

namespace crosshead::exact {
namespace {

using crosshead::testing::RandomSystems;

TEST(IntegerMatrixList, KeepsOneDenominatorAndShortRows) {
  RationalMatrix first(2), second(2);
  first.append(0, 0, Rational(1, 2));
  second.append(0, 0, Rational(1, 3));
  second.append(1, 1, Rational(3, 5));
  const IntegerMatrixList list({first, second});
  EXPECT_EQ(list.denominator(), 30);
  EXPECT_EQ(list.row_factor(0), 5);
  EXPECT_EQ(list.row_factor(1), 6);
  EXPECT_EQ(list.row(0, 0).front().value, 3);
  EXPECT_EQ(list.row(1, 0).front().value, 2);
  EXPECT_EQ(list.row(1, 1).front().value, 3);
  EXPECT_TRUE(list.row(0, 1).empty());
}

TEST(IntegerMatrixList, RefusesWhatItCannotHold) {
  RationalMatrix negative(1);
  negative.append(0, 0, Rational(-1));
  EXPECT_THROW(IntegerMatrixList({negative}), std::logic_error);
  EXPECT_THROW(IntegerMatrixList({RationalMatrix(1), RationalMatrix(2)}), std::logic_error);
  EXPECT_THROW(IntegerMatrixList({}), std::logic_error);
}

TEST(IntegerMatrixList, MultipliesRowsAndColumnsAsDenseMatricesDo) {
  RandomSystems random(11);
  for (int trial = 0; trial < 200; ++trial) {
    const int n = 1 + random.below(5);
    const std::vector<RationalMatrix> matrices{random.weighted(random.with_backward_edges(n), 9),
                                               random.stochastic(random.feedforward(n, false))};
    const IntegerMatrixList list(matrices);
    std::vector<Integer> row(static_cast<std::size_t>(n)), result;
    DenseMatrix dense(1, n), column(n, 1);
    for (int k = 0; k < n; ++k) {
      row[static_cast<std::size_t>(k)] = random.below(4);
      dense(0, k) = row[static_cast<std::size_t>(k)];
      column(k, 0) = row[static_cast<std::size_t>(k)];
    }
    const int h = random.below(2);
    const DenseMatrix matrix = to_dense(matrices[static_cast<std::size_t>(h)]);
    list.multiply_column(h, row, result);
    const DenseMatrix up = matrix * column, left = dense * matrix;
    for (int k = 0; k < n; ++k) {
      ASSERT_EQ(Rational(result[static_cast<std::size_t>(k)], list.denominator()), up(k, 0));
    }
    list.scale(row);
    list.multiply(row, h, result);
    for (int k = 0; k < n; ++k) {
      ASSERT_EQ(Rational(result[static_cast<std::size_t>(k)], list.denominator()), left(0, k));
    }
  }
}

}  // namespace
}  // namespace crosshead::exact

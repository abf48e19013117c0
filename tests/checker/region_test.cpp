// Proofs about weights by themselves: polynomials, signs on the sides of a root, and the answers on the cells
// of [0, 1]; expected values worked out by hand. Whole certificates are in the corpus.
#include "src/checker/region.hpp"

#include "parsed_document.hpp"
#include <gtest/gtest.h>

namespace {

using namespace crosshead::checker;

TEST(Polynomial, SumsAndProducts) {
  const Polynomial p = {1, 1}, q = {1, -1};
  EXPECT_EQ(p * q, (Polynomial{1, 0, -1}));
  EXPECT_EQ(p + q, Polynomial{2});
  EXPECT_EQ(p - q, (Polynomial{0, 2}));
  EXPECT_TRUE((p - p).empty());
  EXPECT_TRUE((Polynomial{0, 0}).empty());
}

TEST(Polynomial, SignsThatCoefficientsTell) {
  EXPECT_EQ(Polynomial().sign(), 0);
  EXPECT_EQ((Polynomial{0, 3, 0, 1}).sign(), 1);
  EXPECT_EQ((Polynomial{-2, 0, -1}).sign(), -1);
  EXPECT_FALSE((Polynomial{1, -3, 3}).sign());  // positive, but the coefficients do not tell
}

TEST(Polynomial, DividesWithoutRemainderAlone) {
  Polynomial p = {1, 0, -1};
  EXPECT_TRUE(p.divide({1, 1}));
  EXPECT_EQ(p, (Polynomial{1, -1}));
  for (const Polynomial& other : {Polynomial{2, 2}, Polynomial{1, 2}, Polynomial{1, 0, 1}, Polynomial{5}}) {
    EXPECT_FALSE(p.divide(other));
    EXPECT_EQ(p, (Polynomial{1, -1}));
  }
}

TEST(Polynomial, QuotientsKeepTheirDenominators) {
  const Quotient sum = Quotient({1}, {1, 1}) + Quotient({1}, {1, 1});
  EXPECT_EQ(sum.over, (Polynomial{2, 2}));
  EXPECT_EQ(sum.under, (Polynomial{1, 2, 1}));
  EXPECT_TRUE((sum - sum).over.empty());
  EXPECT_EQ((sum + Quotient()).under, sum.under);
}

// An edge 1 -> 2 with self-loops, and self-loops alone.
const Matrix edge = {{1, 0}, {mpq_class(1, 2), mpq_class(1, 2)}}, loops = {{1, 0}, {0, 1}};

TEST(Scene, AnIntervalIsAPairOfHeads) {
  const ParsedDocument order("[1,2]");
  const TwoHeads heads(2, 1, order.json(), edge, loops);
  Scene scene(heads, 0, 1);  // times 2: one = 2 + 2 z, E_21 = z, E_22 = 2 + z
  EXPECT_EQ(scene.one, (Polynomial{2, 2}));
  EXPECT_EQ(scene.entry(1, 0), (Polynomial{0, 1}));
  EXPECT_EQ(scene.entry(1, 1), (Polynomial{2, 1}));
  EXPECT_EQ(scene.signal(2, 0).over, (Polynomial{0, 4, 3}));  // s_1(2) = 1 - (1 - b/2)^2 = b - b^2/4
  EXPECT_EQ(scene.signal(2, 0).under, (Polynomial{4, 8, 4}));
  EXPECT_EQ(scene.limit(0).over, scene.limit(0).under);
  EXPECT_THROW(scene.limit(1), Rejected);
  Scene point(heads, mpq_class(1, 3), mpq_class(1, 3));  // times 6
  EXPECT_EQ(point.one, Polynomial{6});
  EXPECT_EQ(point.entry(1, 0), Polynomial{1});
}

TEST(Scene, SignsOnTheSidesOfARoot) {
  const ParsedDocument order("[1,2]");
  const TwoHeads heads(2, 1, order.json(), edge, loops);
  Scene scene(heads, 0, 1);
  const Polynomial line = {-1, 1};  // z - 1, the numerator of 2 b - 1
  EXPECT_THROW(scene.sign(line, 0), Rejected);
  scene.divide_at({-1, 2});
  const Polynomial square = line * line, cube = square * line;
  for (const size_t side : {0, 1, 2}) {
    EXPECT_EQ(scene.sign(line, side), static_cast<int>(side) - 1);
    EXPECT_EQ(scene.sign(cube * Polynomial{-7}, side), 1 - static_cast<int>(side));
    EXPECT_EQ(scene.sign(square, side), side == 1 ? 0 : 1);
    EXPECT_EQ(scene.sign({2, 1}, side), 1);
  }
  EXPECT_THROW(scene.sign({-1, 2}, 0), Rejected);
  EXPECT_THROW(scene.sign(line * Polynomial{-2, 1}, 0), Rejected);
  EXPECT_THROW(scene.divide_at({2, -9, 9}), Rejected);  // 1/3 and 2/3
  EXPECT_THROW(scene.divide_at({2, -1}), Rejected);     // 2
  EXPECT_THROW(scene.divide_at({-1}), Rejected);
}

TEST(TwoHeads, PairsStandFirstAndHearOnlyEachOther) {
  const Matrix swapping = {{0, 1, 0}, {1, 0, 0}, {mpq_class(1, 2), mpq_class(1, 2), 0}};
  EXPECT_NO_THROW(TwoHeads(3, 2, ParsedDocument("[[1,2],3]").json(), swapping, swapping));
  for (const char* order :
       {"[1,2,3]", "[3,[1,2]]", "[[1,3],2]", "[[1,2]]", "[[1,2],2]", "[[1],2,3]", "[[1,2],4]"})
    EXPECT_THROW(TwoHeads(3, 2, ParsedDocument(order).json(), swapping, swapping), Rejected) << order;
  const TwoHeads heads(3, 2, ParsedDocument("[[1,2],3]").json(), swapping, swapping);
  Scene scene(heads, 0, 1);
  const Quotient share = scene.limit(0);  // half of what reaches the pair, which is all
  EXPECT_EQ((share * mpq_class(2) - Quotient(Polynomial{1})).over, Polynomial());
}

// phi of node 1 is 1 for b > 0 and 0 for b = 0.
const char* const pieces =
    "[{\"at\":\"0\",\"proof\":{\"below\":{\"node\":1,\"horizon\":1}}},"
    "{\"from\":\"0\",\"to\":\"1\",\"proof\":{\"above\":[{\"node\":1,\"limit\":true}]}},"
    "{\"at\":\"1\",\"proof\":{\"above\":[{\"node\":1,\"limit\":true}]}}]";

TEST(Region, AnswersOnCells) {
  const ParsedDocument order("[1,2]"), given(pieces);
  Region region(2, 1, order.json(), edge, loops, 1, {0, 1});
  Statement statement{Statement::single, 0, 0, Statement::at_least, mpq_class(1, 2)};
  for (const bool complement : {false, true}) {
    if (complement) statement.relation = Statement::less;
    const vector<Cell> cells = region.cells(given.json(), statement);
    ASSERT_EQ(cells.size(), 3u);
    for (size_t k = 0; k < 3; ++k) {
      EXPECT_EQ(cells[k].from, k == 2 ? 1 : 0);
      EXPECT_EQ(cells[k].to, k == 0 ? 0 : 1);
      EXPECT_EQ(cells[k].part, Cell::whole);
      EXPECT_EQ(cells[k].holds, (k > 0) != complement);
    }
  }
  statement.threshold = 2;
  EXPECT_THROW(region.cells(given.json(), statement), Rejected);
}

TEST(Region, AnswersBesideARoot) {
  const Matrix first = {{mpq_class(1, 2), 0}, {mpq_class(1, 2), 1}}, second = {{0, 0}, {1, 1}};
  const ParsedDocument order("[1,2]"),
      given(
          "[{\"at\":\"0\",\"proof\":{\"mixed\":true}},{\"from\":\"0\",\"to\":\"1\",\"root\":[\"-4\",\"0\","
          "\"5\"],"
          "\"left\":{\"mixed\":true},\"middle\":{\"mixed\":true},\"right\":{\"mixed\":false,\"node\":1}},"
          "{\"at\":\"1\",\"proof\":{\"mixed\":false,\"node\":1}}]");
  Region region(2, 1, order.json(), first, second, 0, {0, 1});
  const vector<Cell> cells =
      region.cells(given.json(), {Statement::absorbed, 0, 0, Statement::at_least, mpq_class(4, 5), 2});
  ASSERT_EQ(cells.size(), 5u);
  const Cell::Part parts[] = {Cell::whole, Cell::left, Cell::middle, Cell::right, Cell::whole};
  for (size_t k = 0; k < 5; ++k) {
    EXPECT_EQ(cells[k].part, parts[k]);
    EXPECT_EQ(cells[k].holds, k < 3);
    EXPECT_EQ(cells[k].root, k % 4 == 0 ? Polynomial() : Polynomial({-4, 0, 5}));
  }
}

}  // namespace

// The bars of the floating filter against exact values: what the theorem of lane_filter.hpp promises.
#include <cmath>
#include <random>

#include "bars.hpp"
#include "head_table.hpp"
#include "lane_batch.hpp"
#include "lane_filter.hpp"
#include "spaces.hpp"
#include <gtest/gtest.h>

#include "crosshead/search/exhaustive.hpp"

namespace crosshead::search {
namespace {

using exact::Integer;
using exact::Rational;

std::vector<const LaneKernels*> all_kernels() {
  std::vector<const LaneKernels*> kernels{&baseline::lane_kernels()};
#ifdef CROSSHEAD_X86_LANES
  if (avx2::supported()) kernels.push_back(&avx2::lane_kernels());
  if (avx512::supported()) kernels.push_back(&avx512::lane_kernels());
#endif
  return kernels;
}

TEST(Bars, ExactStepsEndWhereIntegersDo) {
  EXPECT_EQ(exact_steps_of(120), 7);  // 120^7 < 2^53 < 120^8
  EXPECT_EQ(exact_steps_of(840), 5);  // 840^5 < 2^53 < 840^6
  EXPECT_EQ(exact_steps_of(2), kMaxExactSteps);
  EXPECT_EQ(exact_steps_of(Integer(1) << 53U), 1);
  EXPECT_EQ(exact_steps_of((Integer(1) << 53U) + 1), 0);
  EXPECT_EQ(exact_steps_of(Integer(1) << 13U), 4);  // 2^52, which leaves room for two terms
  EXPECT_EQ(exact_steps_of(Integer(1) << 13U, 2), 4);
  EXPECT_EQ(exact_steps_of(Integer(1) << 13U, 3), 3);
}

TEST(Bars, ExactOnesAreFloorsAndCeilings) {
  double low[9], high[9];
  write_bars(Rational(1, 3), 120, 7, 6, 64, low, high, 1);
  EXPECT_EQ(low[0], 0);
  EXPECT_EQ(high[0], 1);
  EXPECT_EQ(low[1], 40);
  EXPECT_EQ(high[1], 40);
  EXPECT_EQ(low[7], 120.0 * 120 * 120 * 120 * 120 * 120 * 40);
  write_bars(Rational(5, 7), 6, 7, 3, 64, low, high, 1);
  EXPECT_EQ(low[2], 25);  // 180/7 = 25.7...
  EXPECT_EQ(high[2], 26);
}

TEST(Bars, LaterOnesKeepTheMarginOfTheTheorem) {
  std::mt19937_64 random(11);
  for (int sample = 0; sample < 500; ++sample) {
    const int nodes = 2 + static_cast<int>(random() % 7), horizon = 1 + static_cast<int>(random() % 5000);
    const Rational bar(Integer(random() % 1000), Integer(1000));
    double low[3], high[3];
    write_bars(bar, 6, 1, nodes, horizon, low, high, 1);
    // 2 r u with r = (n + 2)(T + 2), u = 2^-53, and at least what underflow may lose.
    const Rational margin(Integer(2 * (nodes + 2)) * (horizon + 2), Integer(1) << 53U);
    EXPECT_GE(exact::exact_value(low[2]), bar * (1 + margin) + Rational(Integer(1), Integer(1) << 1000U));
    EXPECT_LE(exact::exact_value(high[2]), bar * (1 - margin) - Rational(Integer(1), Integer(1) << 1000U));
    EXPECT_LT(low[2] - high[2], 1e-8);
  }
}

/// The row vectors of the kernels, rounded as they round them, stay within the theorem's bounds of the exact
/// ones.
TEST(Lanes, RoundedSignalsStayWithinTheBound) {
  std::mt19937_64 random(12);
  for (int sample = 0; sample < 60; ++sample) {
    const int n = 2 + static_cast<int>(random() % 7);
    std::vector<std::vector<Rational>> matrix(static_cast<std::size_t>(n));
    std::vector<std::vector<double>> rounded(static_cast<std::size_t>(n));
    const std::int64_t scale = 1680;
    for (int row = 0; row < n; ++row) {
      std::int64_t left = scale;
      for (int column = 0; column <= row; ++column) {
        const std::int64_t entry =
            column == row ? left : static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(left + 1));
        left -= entry;
        matrix[static_cast<std::size_t>(row)].emplace_back(entry, scale);
        rounded[static_cast<std::size_t>(row)].push_back(static_cast<double>(entry) *
                                                         (1 / static_cast<double>(scale)));
      }
    }
    std::vector<Rational> exact_row = matrix.back();
    std::vector<double> row = rounded.back();
    for (int t = 1; t <= 80; ++t) {
      const Rational roundings = Rational((n + 2) * (t + 2)), unit(Integer(1), Integer(1) << 53U);
      const Rational margin = 2 * roundings * unit;
      for (int j = 0; j < n; ++j) {
        const auto node = static_cast<std::size_t>(j);
        const Rational value = exact::exact_value(row[node]), lost(Integer(1), Integer(1) << 1000U);
        EXPECT_LE(value, exact_row[node] * (1 + margin) + lost);
        EXPECT_GE(value, exact_row[node] * (1 - margin) - lost);
      }
      for (int j = 0; j < n; ++j) {
        Rational exact_sum = 0;
        double sum = 0;
        for (int k = j; k < n; ++k) {
          const auto from = static_cast<std::size_t>(k), to = static_cast<std::size_t>(j);
          exact_sum += exact_row[from] * matrix[from][to];
          volatile double product = row[from] * rounded[from][to];
          sum += product;
        }
        exact_row[static_cast<std::size_t>(j)] = exact_sum;
        row[static_cast<std::size_t>(j)] = sum;
      }
    }
  }
}

/// Bars close to the value, on either side and on it: the long kernel never errs, and it tells apart what
/// differs by more than its margin.
TEST(Lanes, NeverErrNextToTheBar) {
  const SystemSpace space(space_of(Family::unique_sink, 6, 2));
  const HeadTable table(space, {}, 2);
  std::mt19937_64 random(13);
  const auto length = static_cast<std::size_t>(bar_length(table.exact_steps()));
  std::vector<double> bars(2 * length);
  const std::vector<double> zeros(static_cast<std::size_t>(entries_of(6)), 0);
  int equal = 0, decided = 0;
  for (int sample = 0; sample < 400; ++sample) {
    const auto head = static_cast<std::uint32_t>(random() % space.codes().size());
    const Rational value = table.values()[table.value_at(head)];
    for (const int side : {-1, 0, 1}) {
      const unsigned depth = 10 + static_cast<unsigned>(random() % 60);
      const Rational bar = value + Rational(Integer(side), Integer(1) << depth);
      // The head's matrix is over L = 60; doubled it is over S = 120.
      write_bars(bar, table.scale(), table.exact_steps(), 6, table.horizon(), bars.data(),
                 bars.data() + length, 1);
      for (const LaneKernels* kernels : all_kernels()) {
        LaneBatch batch(table);
        batch.add(zeros.data(), 2, head, bars.data(), 0);
        LaneProblem problem;
        problem.exact_steps = table.exact_steps();
        problem.horizon = table.horizon();
        problem.scale = 120;
        std::vector<LaneVerdict> verdicts;
        batch.run(kernels->fidelity_long[6], problem, verdicts);
        const LaneVerdict& verdict = verdicts.at(0);
        EXPECT_EQ((verdict.above | verdict.below | verdict.equal) & ~1, 0);
        if (verdict.above != 0) {
          EXPECT_LT(side, 0);
        }
        if (verdict.below != 0) {
          EXPECT_GT(side, 0);
        }
        if (verdict.equal != 0) {
          EXPECT_EQ(side, 0);
        }
        equal += verdict.equal;
        decided += verdict.above + verdict.below + verdict.equal;
        // Values above 0.01, margins below 2^-40: twenty bits are ample.
        if (side != 0 && depth < 30) {
          EXPECT_NE(verdict.above | verdict.below, 0);
        }
      }
    }
  }
  EXPECT_GT(equal, 300);
  EXPECT_GT(decided, 800);
}

/// All instruction sets leave the same systems open.
TEST(Lanes, CountersAreTheSameOnEveryInstructionSet) {
  const SystemSpace space(space_of(Family::unique_sink, 5, 2));
  for (const Question& question : all_questions()) {
    ExhaustiveSearch search(space, question, 2);
    std::optional<Result> first;
    for (const std::string& instructions : ExhaustiveSearch::available_instructions()) {
      search.use_instructions(instructions);
      const Result result = search.run(space.all());
      if (!first) first = result;
      EXPECT_EQ(result, *first) << instructions << ", " << describe(question);
    }
  }
}

}  // namespace
}  // namespace crosshead::search

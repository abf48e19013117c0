// Suprema that are limits, or whose times grow without bound where the weight tends to an end.
#include <algorithm>
#include <random>

#include "region_cases.hpp"
#include <gtest/gtest.h>

#include "crosshead/diffusion/region.hpp"
#include "crosshead/exact/integer_row.hpp"

namespace crosshead::diffusion {
namespace {

TEST(Region, SupremaWhoseTimesGrowWithoutBoundTowardsAnEnd) {
  // Pairs of five nodes in which a node idle in one head keeps most of its mass for a time like 1/b: each is
  // decided by another argument (gates, averages over random times, their square roots, levels).
  const auto index = [&](const std::vector<std::pair<int, int>>& edges) {
    graph::Digraph graph(5, true);
    for (const auto& [from, to] : edges) graph.add_edge(from - 1, to - 1);
    std::vector<std::string> names{"1", "2", "3", "4", "5"};
    return heads::diffusion_matrix(graph, names).matrix.value();
  };
  const std::vector<std::array<RationalMatrix, 2>> pairs{
      {index({{1, 2}, {1, 4}, {1, 5}, {2, 5}, {3, 4}, {4, 5}}), index({{1, 3}, {2, 3}, {3, 5}, {4, 5}})},
      {index({{1, 2}, {2, 3}, {2, 4}, {2, 5}, {3, 4}, {4, 5}}),
       index({{1, 4}, {1, 5}, {2, 4}, {3, 4}, {3, 5}, {4, 5}})},
      {index({{1, 2}, {1, 3}, {1, 5}, {2, 3}, {2, 5}, {3, 4}, {4, 5}}),
       index({{1, 3}, {2, 3}, {3, 5}, {4, 5}})},
      {index({{1, 2}, {1, 3}, {2, 3}, {2, 4}, {3, 4}, {4, 5}}),
       index({{1, 4}, {1, 5}, {2, 4}, {3, 5}, {4, 5}})}};
  for (const auto& [first, second] : pairs) {
    const RegionClaim claim =
        more_than(std::max(minimax_fidelity(first, 4, {}).value, minimax_fidelity(second, 4, {}).value));
    const WeightRegion region = weight_region(first, second, 4, claim, {});
    ASSERT_TRUE(region.decided());
    for (const Rational& b : {Rational(1, 3), Rational(1, 20), Rational(1, 200), Rational(1, 1000)}) {
      EXPECT_EQ(contains(region, b), holds_at(claim, fidelity(mean(first, second, b), 4, {}))) << b;
    }
  }
}

/// An upper bound on all s_j(t) of one matrix, first step 1: signals up to a time and the chance of reaching
/// j from there, multiplied out here.
bool stays_at_most(const RationalMatrix& at, int sink, int j, const Rational& bar, int steps) {
  const auto n = static_cast<std::size_t>(at.size());
  std::vector<Rational> reach(n), row(n);
  reach[static_cast<std::size_t>(j)] = 1;
  for (int k = j + 1; k < at.size(); ++k) {
    Rational sum = 0;
    for (int l = j; l < k; ++l) sum += at.at(k, l) * reach[static_cast<std::size_t>(l)];
    if (sum > 0) reach[static_cast<std::size_t>(k)] = sum / (1 - at.at(k, k));
  }
  row[static_cast<std::size_t>(sink)] = 1;
  for (int t = 1; t <= steps; ++t) {
    std::vector<Rational> next(n);
    for (int k = 0; k < at.size(); ++k) {
      for (const auto& entry : at.row(k))
        next[static_cast<std::size_t>(entry.column)] += row[static_cast<std::size_t>(k)] * entry.value;
    }
    // Rounded up to keep the numbers short.
    for (std::size_t k = 0; k < n; ++k) row[k] = exact::rounded_up(next[k], 200);
    if (row[static_cast<std::size_t>(j)] > bar) return false;
    Rational rest = 0;
    for (std::size_t k = 0; k < n; ++k) rest += row[k] * reach[k];
    if (rest <= bar) return true;
  }
  return false;
}

TEST(Region, FidelitiesThatTendToTheBarItself) {
  // Next to b = 1 node 2 of these pairs stays below the bar by a multiple of 1 - b, or of its square, while
  // its best time grows: node 4 feeds it as slowly as it empties.
  const auto heads = family(5);
  ASSERT_EQ(heads.size(), 315U);
  const std::vector<std::pair<std::size_t, std::size_t>> pairs{
      {72, 178}, {72, 241}, {72, 242}, {72, 253}, {72, 254}, {72, 262}, {72, 263}, {93, 262}, {93, 263}};
  for (const auto& [a, b] : pairs) {
    const Rational bar =
        std::max(minimax_fidelity(heads[a], 4, {}).value, minimax_fidelity(heads[b], 4, {}).value);
    EXPECT_EQ(bar, a == 72 ? Rational(1, 4) : Rational(1, 6));
    const WeightRegion region = weight_region(heads[a], heads[b], 4, more_than(bar), {});
    EXPECT_TRUE(region.decided()) << a << " " << b;
    for (const int rest : {300, 1001, 3000}) {
      const Rational weight = 1 - Rational(1, rest);
      EXPECT_FALSE(contains(region, weight)) << a << " " << b << " " << weight;
      EXPECT_TRUE(stays_at_most(mean(heads[a], heads[b], weight), 4, 1, bar, 4 * rest)) << a << " " << b;
    }
    EXPECT_TRUE(std::any_of(
        region.pieces.begin(), region.pieces.end(),
        [](const RegionPiece& piece) { return !piece.proofs[0].slow.empty() && piece.place.upper == 1; }))
        << a << " " << b;
  }
}

TEST(Region, PairsOfNodesThatHearOnlyEachOther) {
  // Example 3.13 as printed: u -> v -> w -> tau, and v -> u -> w -> tau.
  const Rational half(1, 2);
  const RationalMatrix first =
      matrix({{1, 0, 0, 0}, {half, half, 0, 0}, {0, half, half, 0}, {0, 0, half, half}});
  const RationalMatrix second =
      matrix({{half, half, 0, 0}, {0, 1, 0, 0}, {half, 0, half, 0}, {0, 0, half, half}});
  const RegionClaim claim = more_than(Rational(3, 8));
  const WeightRegion region = weight_region(first, second, 3, claim, {});
  ASSERT_TRUE(region.decided());
  for (int k = 0; k <= 96; ++k) {
    const Rational b(k, 96);
    const Fidelity at = fidelity(mean(first, second, b), 3, {});
    if (!at.decided) continue;  // a limit along no rational rate
    EXPECT_EQ(contains(region, b), holds_at(claim, at)) << b;
  }
  ASSERT_EQ(region.holds.size(), 1U);
  // The system is its own mirror image under b -> 1 - b and u <-> v.
  EXPECT_EQ(region.holds[0].from.compare(1 - region.holds[0].to.isolating().lower), 0);
  // Two nodes alone, the sink one of them: the limits are b and 1 - b.
  const RationalMatrix forward = matrix({{1, 0}, {half, half}}), backward = matrix({{half, half}, {0, 1}});
  RegionClaim sink = more_than(Rational(7, 8));
  sink.subject = Subject::node;
  sink.node = 1;
  const WeightRegion two = weight_region(forward, backward, 1, sink, {});
  ASSERT_TRUE(two.decided());
  for (int k = 0; k <= 40; ++k) {
    const Fidelity at = fidelity(mean(forward, backward, Rational(k, 40)), 1, {});
    if (!at.nodes[1].decided) continue;
    EXPECT_EQ(contains(two, Rational(k, 40)), holds_at(sink, at)) << k;
  }
}

TEST(Region, ClosedClassesOfAnySize) {
  // A ring of c nodes, forwards in one head and backwards in the other, all self-loops, and a way down to it
  // from the sink. What `fidelity` decides at rational weights must agree, and limits must be those of
  // powers.
  std::mt19937 dice(11);
  int compared = 0, inside = 0, decided = 0;
  for (int round = 0; round < 11; ++round) {
    const int c = 3 + round % 3, n = c + 1 + round % 2;
    std::array<std::vector<std::vector<Rational>>, 2> rows;
    for (auto& head : rows) {
      const bool forwards = &head == &rows[0];
      head.assign(static_cast<std::size_t>(n), std::vector<Rational>(static_cast<std::size_t>(n)));
      for (int i = 0; i < n; ++i) {
        const Rational kept(1 + static_cast<int>(dice() % 3), 4);
        const int source = i >= c ? static_cast<int>(dice() % static_cast<unsigned>(i))
                                  : (forwards ? (i + c - 1) % c : (i + 1) % c);
        head[static_cast<std::size_t>(i)][static_cast<std::size_t>(i)] = kept;
        head[static_cast<std::size_t>(i)][static_cast<std::size_t>(source)] = 1 - kept;
      }
    }
    const RationalMatrix first = matrix(rows[0]), second = matrix(rows[1]);
    RegionClaim claim = round % 2 == 0 ? more_than(Rational(1, c + 1)) : at_least(Rational(1, c));
    if (round % 3 == 0) {
      claim.subject = Subject::node;
      claim.node = static_cast<int>(dice() % static_cast<unsigned>(c));
    }
    const WeightRegion region = weight_region(first, second, n - 1, claim, {});
    ASSERT_TRUE(region.defined);
    decided += region.decided() ? 1 : 0;
    for (int k = 0; k <= 8; ++k) {
      const Rational b(k, 8);
      const bool open =
          std::any_of(region.undecided.begin(), region.undecided.end(),
                      [&](const exact::Interval& piece) { return piece.lower <= b && b <= piece.upper; });
      const Fidelity at = fidelity(mean(first, second, b), n - 1, {});
      const bool known = claim.subject == Subject::node
                             ? at.nodes[static_cast<std::size_t>(claim.node)].decided
                             : at.decided;
      if (open || !known) continue;
      ++compared;
      inside += holds_at(claim, at) ? 1 : 0;
      EXPECT_EQ(contains(region, b), holds_at(claim, at)) << "round " << round << " at " << b;
    }
  }
  EXPECT_GT(decided, 6);
  EXPECT_GT(compared, 50);
  EXPECT_GT(inside, 10);
}

}  // namespace
}  // namespace crosshead::diffusion

#include "crosshead/diffusion/region.hpp"

#include <random>

#include "region_cases.hpp"
#include <gtest/gtest.h>

#include "crosshead/exact/integer_row.hpp"

namespace crosshead::diffusion {
namespace {

TEST(Region, SinkOfTwoNodesByHand) {
  // An edge in head 1 alone: D_22 = 1 - b/2 = phi(2), and phi(1) = 1 for b > 0. So phi_min >= 3/4 for 0 < b
  // <= 1/2.
  const RationalMatrix edge = matrix({{1, 0}, {Rational(1, 2), Rational(1, 2)}}),
                       idle = matrix({{1, 0}, {0, 1}});
  const WeightRegion region = weight_region(edge, idle, 1, at_least(Rational(3, 4)), {});
  ASSERT_TRUE(region.decided());
  ASSERT_EQ(region.holds.size(), 1U);
  EXPECT_EQ(region.holds[0].from.compare(Rational(0)), 0);
  EXPECT_FALSE(region.holds[0].from_closed);
  EXPECT_EQ(region.holds[0].to.compare(Rational(1, 2)), 0);
  EXPECT_TRUE(region.holds[0].to_closed);
  // With t = 0 allowed the sink's fidelity is 1, and only b = 0 fails.
  const WeightRegion earlier = weight_region(edge, idle, 1, at_least(Rational(3, 4)), {0, true});
  ASSERT_EQ(earlier.holds.size(), 1U);
  EXPECT_EQ(earlier.holds[0].to.compare(Rational(1)), 0);
  EXPECT_FALSE(contains(earlier, 0));
}

TEST(Region, AnIrrationalEndByHand) {
  // Heads 1 -> 2 -> 3 and the star; node 2 has s(1) = b/2, s(2) = b/2 (D_22 + D_33), D_22 = 1 - b/2,
  // D_33 = b/2 + (1 - b)/2 = 1/2. So s(2) = b/2 (3/2 - b/2) >= 1/4 means b^2 - 3b + 1 <= 0.
  const Rational half(1, 2);
  const RationalMatrix line = matrix({{1, 0, 0}, {half, half, 0}, {0, half, half}});
  const RationalMatrix other = matrix({{1, 0, 0}, {0, 1, 0}, {half, 0, half}});
  RegionClaim claim = at_least(Rational(3, 8));
  claim.subject = Subject::node;
  claim.node = 1;
  const WeightRegion region = weight_region(line, other, 2, claim, {});
  ASSERT_TRUE(region.decided());
  ASSERT_EQ(region.holds.size(), 1U);
  EXPECT_TRUE(region.holds[0].from_closed);
  // Three steps: s(3) = b/2 (D_22^2 + D_22 D_33 + D_33^2) = b/2 (7/4 - 3b/2 + b^2/4) and so on; at the end
  // that the region reports, the largest of the first sixty signals is 3/8 and no one exceeds it.
  const AlgebraicNumber end = region.holds[0].from.refined(Rational(1, 1'000'000'000));
  const auto low = fidelity(mean(line, other, end.isolating().lower), 2, {});
  const auto high = fidelity(mean(line, other, end.isolating().upper), 2, {});
  EXPECT_LT(low.nodes[1].supremum, Rational(3, 8));
  EXPECT_GT(high.nodes[1].supremum, Rational(3, 8));
  EXPECT_GT(end.minimal_polynomial().degree(), 1);
}

TEST(Region, NoPairOnTwoOrThreeNodesAmplifiesForAnyWeights) {
  for (const bool sink_counts : {true, false}) {
    for (int n = 2; n <= 3; ++n) {
      const auto heads = family(n);
      const FidelityConvention convention{1, sink_counts};
      for (std::size_t a = 0; a < heads.size(); ++a) {
        for (std::size_t b = a + 1; b < heads.size(); ++b) {
          const Rational best = std::max(minimax_fidelity(heads[a], n - 1, convention).value,
                                         minimax_fidelity(heads[b], n - 1, convention).value);
          const WeightRegion region = weight_region(heads[a], heads[b], n - 1, more_than(best), convention);
          EXPECT_TRUE(region.decided() && region.holds.empty());
        }
      }
    }
  }
}

TEST(Region, FourNodesAgreeWithFidelityAtManyWeights) {
  const auto heads = family(4);
  std::mt19937 dice(11);
  int amplifying = 0, at_half = 0, inside = 0, outside = 0;
  for (std::size_t a = 0; a < heads.size(); ++a) {
    for (std::size_t b = a + 1; b < heads.size(); ++b) {
      const Rational first = minimax_fidelity(heads[a], 3, {}).value,
                     second = minimax_fidelity(heads[b], 3, {}).value;
      const RegionClaim amplifies = more_than(std::max(first, second));
      RegionClaim attenuates = at_least(std::min(first, second));
      attenuates.complement = true;
      const WeightRegion up = weight_region(heads[a], heads[b], 3, amplifies, {});
      const WeightRegion down = weight_region(heads[a], heads[b], 3, attenuates, {});
      ASSERT_TRUE(up.decided() && down.decided());
      amplifying += up.holds.empty() ? 0 : 1;
      at_half += contains(up, Rational(1, 2)) ? 1 : 0;
      std::vector<Rational> weights{0, 1, Rational(1, 2), Rational(1, 512), Rational(511, 512)};
      for (int k = 0; k < 8; ++k)
        weights.emplace_back(static_cast<int>(dice() % 100), 99 + static_cast<int>(dice() % 30));
      // Both sides of every end.
      for (const WeightRegion* region : {&up, &down}) {
        for (const RegionInterval& set : region->holds) {
          for (const AlgebraicNumber* end : {&set.from, &set.to}) {
            const exact::Interval near = end->refined(Rational(1, 1'000'000)).isolating();
            weights.push_back(near.lower);
            weights.push_back(near.upper);
          }
        }
      }
      for (const Rational& b_weight : weights) {
        const Fidelity at = fidelity(mean(heads[a], heads[b], b_weight), 3, {});
        ASSERT_TRUE(at.decided);
        const bool expected = holds_at(amplifies, at);
        (expected ? inside : outside) += 1;
        EXPECT_EQ(contains(up, b_weight), expected) << a << " " << b << " " << b_weight;
        EXPECT_EQ(contains(down, b_weight), holds_at(attenuates, at)) << a << " " << b << " " << b_weight;
      }
    }
  }
  EXPECT_EQ(at_half, 28);
  EXPECT_GT(amplifying, 28);
  EXPECT_GT(inside, 300);
  EXPECT_GT(outside, 1000);
}

/// Row-stochastic feedforward matrices with self-loops and entries in small fractions, not only 1/indegree.
RationalMatrix random_head(std::mt19937& dice, int n) {
  RationalMatrix result(n);
  for (int i = 0; i < n; ++i) {
    std::vector<int> parts;
    int total = 0;
    for (int j = 0; j <= i; ++j) {
      parts.push_back(static_cast<int>(j == i ? 1 + dice() % 4 : dice() % 3));
      total += parts.back();
    }
    for (int j = 0; j <= i; ++j) result.append(i, j, Rational(parts[static_cast<std::size_t>(j)], total));
  }
  return result;
}

TEST(Region, RandomHeadsAndClaimsAgreeWithFidelity) {
  std::mt19937 dice(5);
  int decided = 0;
  for (int round = 0; round < 150; ++round) {
    const int n = 2 + static_cast<int>(dice() % 4);
    const RationalMatrix first = random_head(dice, n), second = random_head(dice, n);
    const FidelityConvention convention{static_cast<int>(dice() % 2), dice() % 2 == 0};
    RegionClaim claim;
    claim.subject = std::array{Subject::minimax, Subject::node, Subject::nodes}[dice() % 3];
    claim.node = static_cast<int>(dice() % static_cast<unsigned>(n));
    claim.other = (claim.node + 1) % n;
    claim.strict = dice() % 2 == 0;
    claim.complement = dice() % 2 == 0;
    // A value that is met inside: what a random weight gives.
    const Rational met(1 + static_cast<int>(dice() % 15), 16);
    const Fidelity there = fidelity(mean(first, second, met), n - 1, convention);
    claim.threshold = claim.subject == Subject::minimax
                          ? there.minimax
                          : there.nodes[static_cast<std::size_t>(claim.node)].supremum;
    const WeightRegion region = weight_region(first, second, n - 1, claim, convention);
    ASSERT_TRUE(region.defined);
    decided += region.decided() ? 1 : 0;
    for (int k = 0; k <= 20; ++k) {
      const Rational b = k == 20 ? met : Rational(k, 19);
      bool open = false;
      for (const auto& piece : region.undecided) open = open || (piece.lower <= b && b <= piece.upper);
      const Fidelity at = fidelity(mean(first, second, b), n - 1, convention);
      if (open) continue;
      EXPECT_EQ(contains(region, b), holds_at(claim, at)) << "round " << round << " at " << b;
    }
  }
  EXPECT_GT(decided, 140);
}

TEST(Region, OneWeightIsOnePiece) {
  const auto heads = family(4);
  const WeightRegion region =
      weight_region_at(1, heads[2], heads[3], 3, at_least(minimax_fidelity(heads[2], 3, {}).value), {});
  ASSERT_EQ(region.pieces.size(), 1U);
  EXPECT_TRUE(contains(region, 1));
  EXPECT_TRUE(
      weight_region_at(1, heads[2], heads[3], 3, more_than(minimax_fidelity(heads[2], 3, {}).value), {})
          .holds.empty());
}

TEST(Region, IdenticalHeadsAndZeroPolynomials) {
  const auto heads = family(4);
  const Rational value = minimax_fidelity(heads[7], 3, {}).value;
  EXPECT_TRUE(weight_region(heads[7], heads[7], 3, more_than(value), {}).holds.empty());
  const WeightRegion all = weight_region(heads[7], heads[7], 3, at_least(value), {});
  ASSERT_EQ(all.holds.size(), 1U);
  EXPECT_TRUE(contains(all, 0) && contains(all, 1) && contains(all, Rational(1, 3)));
  EXPECT_EQ(weight_region(heads[7], heads[3], 3, at_least(0), {}).holds.size(), 1U);
}

TEST(Region, RefusesWhatItDoesNotCover) {
  const Rational half(1, 2);
  const RationalMatrix forward = matrix({{1, 0}, {half, half}});
  // 1 -> 2 -> 3 -> 4 in one head, 3 -> 2 in the other: the cycle hears node 1.
  const RationalMatrix line =
      matrix({{1, 0, 0, 0}, {half, half, 0, 0}, {0, half, half, 0}, {0, 0, half, half}});
  const RationalMatrix back = matrix({{1, 0, 0, 0}, {0, half, half, 0}, {0, 0, 1, 0}, {0, 0, half, half}});
  const WeightRegion cyclic = weight_region(line, back, 3, more_than(half), {});
  EXPECT_FALSE(cyclic.defined);
  EXPECT_NE(cyclic.reason.find("cycle"), std::string::npos);
  EXPECT_FALSE(weight_region(matrix({{2, 0}, {0, 1}}), forward, 1, more_than(half), {}).defined);
  RationalMatrix large(49);
  for (int i = 0; i < 49; ++i) large.append(i, i, 1);
  EXPECT_NE(weight_region(large, large, 48, more_than(half), {}).reason.find("48 nodes"), std::string::npos);
  EXPECT_THROW((void)weight_region(forward, RationalMatrix(3), 1, more_than(half), {}),
               std::invalid_argument);
  EXPECT_FALSE(weight_region(matrix({{1}}), matrix({{1}}), 0, more_than(half), {1, false}).defined);
}

TEST(Region, LimitsLeavePiecesUndecidedInsteadOfGuessing) {
  const auto heads = family(4);
  for (std::size_t b = 3; b < heads.size(); ++b) {
    const RegionClaim claim =
        more_than(std::max(minimax_fidelity(heads[2], 3, {}).value, minimax_fidelity(heads[b], 3, {}).value));
    const WeightRegion full = weight_region(heads[2], heads[b], 3, claim, {});
    const WeightRegion hasty = weight_region(heads[2], heads[b], 3, claim, {}, {2, 6, {}});
    for (int k = 0; k <= 32; ++k) {
      const Rational at(k, 32);
      bool open = false;
      for (const auto& piece : hasty.undecided) open = open || (piece.lower <= at && at <= piece.upper);
      if (open) continue;
      EXPECT_EQ(contains(hasty, at), contains(full, at));
    }
  }
}

}  // namespace
}  // namespace crosshead::diffusion

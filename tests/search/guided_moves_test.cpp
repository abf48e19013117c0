// Moves keep the family and reach all of it; random numbers are those of the published generators.
#include "guided_moves.hpp"

#include <bit>
#include <set>

#include "guided_system.hpp"
#include "spaces.hpp"
#include <gtest/gtest.h>

#include "crosshead/graph/digraph.hpp"

namespace crosshead::search {
namespace {

using exact::Rational;

// The numbers come from a second implementation, which also gives the published 11520, 0, 1509978240, ... for
// the state 1, 2, 3, 4.
TEST(GuidedRandom, IsTheDocumentedStream) {
  GuidedRandom random(1, 0), other(1, 1);
  EXPECT_EQ(random.next(), 0xee127fe613436e33U);
  EXPECT_EQ(random.next(), 0xd6dad8d34a1874eaU);
  EXPECT_EQ(random.next(), 0x2a52c16cec1116a9U);
  EXPECT_EQ(other.next(), 0x54bb305d7741eaabU);
}

TEST(GuidedRandom, DrawsEveryBitOfAMaskAndNoOther) {
  GuidedRandom random(3, 0);
  const std::uint64_t mask = (std::uint64_t{1} << 63U) | 0b10110;
  std::uint64_t seen = 0;
  for (int draw = 0; draw < 1000; ++draw) seen |= std::uint64_t{1} << random.bit_of(mask);
  EXPECT_EQ(seen, mask);
}

/// in_space, from the graphs of the exact system.
void expect_in_family(const GuidedSpace& space, const GuidedSystem& system) {
  const heads::HeadSystem exact = head_system(space, system, "");
  Rational sum = 0;
  for (std::size_t h = 0; h < exact.heads.size(); ++h) {
    const graph::Digraph& graph = exact.heads[h].graph.value();
    EXPECT_TRUE(graph::is_feedforward(graph));
    EXPECT_TRUE(graph::has_unique_sink(graph, exact.sink));
    for (int node = 0; node < graph.size(); ++node) EXPECT_TRUE(graph.has_edge(node, node));
    for (std::size_t other = 0; other < h; ++other) EXPECT_NE(graph, *exact.heads[other].graph);
    EXPECT_GT(exact.weights[h], 0);
    sum += exact.weights[h];
  }
  EXPECT_EQ(sum, 1);
}

std::vector<GuidedSpace> spaces() {
  const Rational half(1, 2), third(1, 3), sixth(1, 6);
  return {{3, 2, uniform_weights(2).front(), 0},
          {4, 3, {half, third, sixth}, 0},
          {5, 4, {}, 7},
          {9, 2, {}, 100},
          {4, 16, uniform_weights(16).front(), 0},
          {64, 3, uniform_weights(3).front(), 0}};
}

TEST(GuidedMoves, KeepTheFamilyAndNameTheHeadsTheyTouch) {
  for (const GuidedSpace& space : spaces()) {
    check(space);
    GuidedRandom random(7, static_cast<std::uint64_t>(space.nodes));
    GuidedSystem system = random_system(space, random);
    expect_in_family(space, system);
    int made = 0;
    for (int trial = 0; trial < 2000; ++trial) {
      GuidedSystem next = system;
      const Moved moved = move(space, next, random);
      if (!moved.made) continue;
      ++made;
      ASSERT_TRUE(in_space(space, next));
      bool changed = next.parts != system.parts;
      for (int head = 0; head < space.heads; ++head) {
        for (int node = 0; node < space.nodes; ++node) {
          const bool differs = next.row(head, node) != system.row(head, node);
          changed = changed || differs;
          ASSERT_TRUE(!differs || (moved.heads >> head & 1U) == 1);
        }
      }
      ASSERT_TRUE(changed);
      system = next;
      if (made % 50 == 0) expect_in_family(space, system);
    }
    EXPECT_GT(made, 150);
  }
}

TEST(GuidedMoves, InSpaceSeesEveryBreach) {
  const GuidedSpace space{3, 2, {}, 5};
  const GuidedSystem good{3, {0b010, 0b100, 0, 0b110, 0b100, 0}, {2, 3}};
  EXPECT_TRUE(in_space(space, good));
  const auto broken = [&](std::vector<std::uint64_t> targets, std::vector<int> parts) {
    return !in_space(space, {3, std::move(targets), std::move(parts)});
  };
  EXPECT_TRUE(broken({0b010, 0b000, 0, 0b110, 0b100, 0}, {2, 3}));      // node 2 is a sink
  EXPECT_TRUE(broken({0b010, 0b101, 0, 0b110, 0b100, 0}, {2, 3}));      // 2 -> 1
  EXPECT_TRUE(broken({0b010, 0b100, 0b001, 0b110, 0b100, 0}, {2, 3}));  // 3 -> 1
  EXPECT_TRUE(broken({0b1010, 0b100, 0, 0b110, 0b100, 0}, {2, 3}));     // 1 -> 4
  EXPECT_TRUE(broken({0b110, 0b100, 0, 0b110, 0b100, 0}, {2, 3}));      // equal heads
  EXPECT_TRUE(broken({0b010, 0b100, 0, 0b110, 0b100, 0}, {0, 5}));
  EXPECT_TRUE(broken({0b010, 0b100, 0, 0b110, 0b100, 0}, {2, 2}));
  EXPECT_TRUE(broken({0b010, 0b100, 0, 0b110, 0b100, 0}, {}));
  EXPECT_TRUE(broken({0b010, 0b100, 0}, {5}));
}

/// All systems that a walk by moves comes across, heads arranged.
std::size_t reached(const GuidedSpace& space, int moves) {
  GuidedRandom random(11, 0);
  GuidedSystem system = random_system(space, random);
  std::set<std::pair<std::vector<std::uint64_t>, std::vector<int>>> seen;
  for (int trial = 0; trial < moves; ++trial) {
    GuidedSystem next = system;
    if (!move(space, next, random).made) continue;
    system = next;
    GuidedSystem arranged = system;
    arrange(space, arranged);
    seen.emplace(arranged.targets, arranged.parts);
  }
  return seen.size();
}

// 21 graphs on four nodes: 210 pairs; with 6 weight vectors (k/7, 1 - k/7) 1260; with two given unequal
// weights 420 assignments. 1330 triples.
TEST(GuidedMoves, ReachEverySystem) {
  EXPECT_EQ(reached({4, 2, uniform_weights(2).front(), 0}, 40'000), 210U);
  EXPECT_EQ(reached({4, 2, {Rational(1, 3), Rational(2, 3)}, 0}, 40'000), 420U);
  EXPECT_EQ(reached({4, 2, {}, 7}, 100'000), 1260U);
  EXPECT_EQ(reached({4, 3, uniform_weights(3).front(), 0}, 100'000), 1330U);
}

TEST(GuidedMoves, ArrangedHeadsFollowTheDeclaredOrder) {
  const SystemSpace declared(space_of(Family::unique_sink, 4, 3));
  GuidedRandom random(5, 0);
  const GuidedSpace space{4, 3, uniform_weights(3).front(), 0};
  for (int trial = 0; trial < 200; ++trial) {
    GuidedSystem system = random_system(space, random);
    arrange(space, system);
    const heads::HeadSystem arranged = head_system(space, system, "");
    std::uint32_t before = 0;
    for (std::size_t h = 0; h < arranged.heads.size(); ++h) {
      std::uint32_t place = 0;
      while (declared.graph(place) != *arranged.heads[h].graph) ++place;
      EXPECT_TRUE(h == 0 || before < place);
      before = place;
    }
  }
}

}  // namespace
}  // namespace crosshead::search

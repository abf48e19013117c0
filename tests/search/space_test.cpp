#include "crosshead/search/space.hpp"

#include <algorithm>
#include <set>

#include "spaces.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::search {
namespace {

using exact::Rational;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<Space> small_spaces() {
  std::vector<Space> spaces;
  for (const Family family : {Family::unique_sink, Family::union_sink, Family::optional_loops}) {
    for (const bool ordered : {false, true}) {
      for (int nodes = 2; nodes <= 3; ++nodes) {
        for (int heads = 1; heads <= 3; ++heads) {
          const Space space = space_of(family, nodes, heads, ordered);
          if (system_count(space) > 0 && system_count(space) < 300'000) spaces.push_back(space);
        }
      }
    }
  }
  spaces.push_back({Family::unique_sink, 3, 2, false, inner_grid(2, 5)});
  spaces.push_back(
      {Family::union_sink, 3, 3, false, permutations_of({Rational(1, 2), Rational(1, 4), Rational(1, 4)})});
  spaces.push_back({Family::unique_sink, 3, 3, true, {{Rational(1, 2), Rational(1, 3), Rational(1, 6)}}});
  return spaces;
}

/// All choices of distinct graphs, straight from the definition: every tuple, kept if its graphs are distinct
/// and (unordered) ascending.
void for_each_choice(const SystemSpace& space, const std::function<void(const SystemIndex&)>& visit) {
  const auto m = static_cast<std::uint32_t>(space.codes().size());
  for (std::uint32_t weights = 0; weights < space.space().weights.size(); ++weights) {
    SystemIndex system{std::vector<std::uint32_t>(static_cast<std::size_t>(space.space().heads), 0), weights};
    for (bool more = true; more;) {
      const std::set<std::uint32_t> distinct(system.heads.begin(), system.heads.end());
      if (distinct.size() == system.heads.size() &&
          (space.space().ordered || std::is_sorted(system.heads.begin(), system.heads.end()))) {
        visit(system);
      }
      more = false;
      for (std::size_t place = system.heads.size(); place-- > 0 && !more;) {
        more = ++system.heads[place] < m;
        if (!more) system.heads[place] = 0;
      }
    }
  }
}

TEST(SystemSpace, RanksNumberAllChoicesInLexicographicOrder) {
  for (const Space& given : small_spaces()) {
    if (candidate_count(given) > 5000) continue;
    SCOPED_TRACE(describe(given));
    const SystemSpace space(given);
    std::uint64_t rank = 0;
    for_each_choice(space, [&](const SystemIndex& system) {
      EXPECT_EQ(space.at(rank), system) << rank;
      EXPECT_EQ(space.rank_of(system), rank);
      ++rank;
    });
    EXPECT_EQ(space.candidates(), rank);
  }
}

TEST(SystemSpace, ClosedFormsCountTheFamily) {
  for (const Space& given : small_spaces()) {
    if (candidate_count(given) > 50'000) continue;
    SCOPED_TRACE(describe(given));
    const SystemSpace space(given);
    std::uint64_t members = 0;
    for_each_choice(space, [&](const SystemIndex& system) {
      std::vector<graph::Digraph> graphs;
      bool each = true;
      for (const std::uint32_t head : system.heads) {
        graphs.push_back(space.graph(head));
        each = each && graph::has_unique_sink(graphs.back(), given.nodes - 1);
      }
      bool member = true;
      if (given.family == Family::unique_sink) member = each;
      if (given.family == Family::union_sink) {
        member = graph::has_unique_sink(graph::union_of(graphs), given.nodes - 1);
      }
      EXPECT_EQ(space.in_family(system), member);
      members += member ? 1 : 0;
    });
    EXPECT_EQ(system_count(given), members);
  }
}

TEST(SystemSpace, RunsCoverEveryRangeOnce) {
  for (const Space& given : small_spaces()) {
    SCOPED_TRACE(describe(given));
    const SystemSpace space(given);
    const std::uint64_t size = space.candidates();
    for (const RankRange range : {RankRange{0, size}, RankRange{size / 3, size / 2}, RankRange{size - 1, 1},
                                  RankRange{size / 2, 0}, RankRange{0, 1}}) {
      std::uint64_t rank = range.first;
      const bool check_each = range.count < 5000;
      space.for_each_run(range, [&](const search::Run& run) {
        SystemIndex system{run.prefix, run.weights};
        system.heads.push_back(run.begin);
        EXPECT_LT(run.begin, run.end);
        EXPECT_EQ(space.rank_of(system), rank);
        for (std::uint32_t last = run.begin; check_each && last < run.end; ++last) {
          system.heads.back() = last;
          EXPECT_EQ(space.at(rank + last - run.begin), system);
        }
        rank += run.end - run.begin;
      });
      EXPECT_EQ(rank, range.first + range.count);
    }
  }
}

// FORMAT.md, section 3, through the enumeration that the claim language uses.
TEST(SystemSpace, TheDeclaredOrderIsThatOfTheClaimLanguage) {
  const SystemSpace space(space_of(Family::unique_sink, 4, 2));
  std::vector<int> edges;
  for (std::uint32_t head = 0; head < space.codes().size(); ++head)
    edges.push_back(space.graph(head).edge_count());
  std::optional<SystemIndex> before;
  std::uint64_t count = 0;
  graph::OrderedSets(edges, 2).for_each([&](const std::vector<int>& set) {
    const SystemIndex system{{set.begin(), set.end()}, 0};
    if (before) {
      EXPECT_TRUE(space.before(*before, system));
      EXPECT_FALSE(space.before(system, *before));
    }
    before = system;
    ++count;
    return true;
  });
  EXPECT_EQ(count, space.candidates());
  EXPECT_FALSE(space.before(*before, *before));
}

TEST(SystemSpace, KnownSizes) {
  // mathematics: prod (2^(n-j) - 1) = 9765 heads on 6 nodes, 615195 on 7.
  EXPECT_EQ(candidate_count(space_of(Family::unique_sink, 6, 2)), 47'672'730);
  EXPECT_EQ(candidate_count(space_of(Family::unique_sink, 7, 2)), exact::Integer(615195) * 615194 / 2);
  EXPECT_EQ(candidate_count(space_of(Family::unique_sink, 6, 2, true)), 2 * 47'672'730);
  // Two nodes: a loop each, with or without the edge: one pair, and its union has it.
  EXPECT_EQ(system_count(space_of(Family::union_sink, 2, 2)), 1);
  EXPECT_EQ(system_count(space_of(Family::union_sink, 2, 1)), 1);
  EXPECT_EQ(candidate_count(space_of(Family::union_sink, 2, 1)), 2);
}

TEST(SystemSpace, DocumentsHoldTheHeadsAndWeights) {
  const SystemSpace space({Family::unique_sink, 3, 2, false, inner_grid(2, 3)});
  const SystemIndex index{{0, 2}, 1};
  const heads::HeadSystem system = space.system(index);
  EXPECT_THAT(system.nodes, ElementsAre("1", "2", "3"));
  EXPECT_EQ(system.sink, 2);
  EXPECT_THAT(system.weights, ElementsAre(Rational(2, 3), Rational(1, 3)));
  ASSERT_EQ(system.heads.size(), 2U);
  EXPECT_EQ(system.heads[0].graph, space.graph(0));
  EXPECT_EQ(system.heads[1].graph, space.graph(2));
}

TEST(Weights, PermutationsAndGrids) {
  const Rational half(1, 2), quarter(1, 4);
  EXPECT_THAT(permutations_of({half, quarter, quarter}),
              ElementsAre(ElementsAre(quarter, quarter, half), ElementsAre(quarter, half, quarter),
                          ElementsAre(half, quarter, quarter)));
  EXPECT_THAT(inner_grid(2, 4), ElementsAre(ElementsAre(quarter, Rational(3, 4)), ElementsAre(half, half),
                                            ElementsAre(Rational(3, 4), quarter)));
  EXPECT_THAT(inner_grid(1, 5), ElementsAre(ElementsAre(Rational(1))));
  const std::vector<WeightVector> grid = inner_grid(4, 9);
  EXPECT_EQ(grid.size(), 56U);  // C(8, 3)
  EXPECT_TRUE(std::is_sorted(grid.begin(), grid.end()));
}

template <typename Action>
void expect_usage_error(const Action& action, const std::string& says) {
  try {
    action();
    ADD_FAILURE() << "accepted, but expected: " << says;
  } catch (const exact::UsageError& error) {
    EXPECT_THAT(error.what(), HasSubstr(says));
  }
}

TEST(SystemSpace, RefusesWhatIsImpossibleOrTooLarge) {
  const auto make = [](const Space& space) { return [space] { SystemSpace{space}; }; };
  expect_usage_error(make(space_of(Family::unique_sink, 9, 2)), "1 to 8 nodes, not 9");
  expect_usage_error(make(space_of(Family::unique_sink, 0, 2)), "1 to 8 nodes, not 0");
  expect_usage_error(make(space_of(Family::unique_sink, 8, 2)), "78129765 heads on 8 nodes");
  expect_usage_error(make(space_of(Family::unique_sink, 3, 4)), "no system of 4 distinct heads");
  expect_usage_error(make(space_of(Family::unique_sink, 6, 6)), "expected fewer than 2^63");
  expect_usage_error(make({Family::unique_sink, 3, 2, false, {{Rational(1), Rational(0)}}}),
                     "2 positive weights");
  expect_usage_error(make({Family::unique_sink, 3, 2, false, {{Rational(1, 2), Rational(1, 3)}}}), "sum 1");
  expect_usage_error(make({Family::unique_sink, 3, 2, false, {}}), "at least one weight vector");
  expect_usage_error([] { inner_grid(3, 2); }, "has no points");
  expect_usage_error([] { inner_grid(8, 100); }, "expected 1 to 1000000");
}

}  // namespace
}  // namespace crosshead::search

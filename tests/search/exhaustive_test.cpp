// The fast search against the plain rational one, over whole families.
#include <algorithm>

#include "spaces.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/search/shard_run.hpp"

namespace crosshead::search {
namespace {

using exact::Rational;
using ::testing::HasSubstr;

/// Counts that do not say how systems were decided.
Counts outcome_of(Counts counts) {
  counts.filter_calls = counts.filter_undecided = counts.exact = 0;
  return counts;
}

/// The fast result on every instruction set of this machine is the naive one.
void expect_agreement(const SystemSpace& space, const Question& question) {
  SCOPED_TRACE(describe(space.space()) + ", " + describe(question));
  const Result naive = search_each(space, *naive_claim(space, question), space.all());
  ExhaustiveSearch search(space, question, 2);
  for (const std::string& instructions : ExhaustiveSearch::available_instructions()) {
    SCOPED_TRACE(instructions);
    search.use_instructions(instructions);
    const Result fast = search.run(space.all());
    EXPECT_EQ(outcome_of(fast.counts), outcome_of(naive.counts));
    EXPECT_EQ(fast.first, naive.first);
    EXPECT_EQ(fast.extreme, naive.extreme);
    EXPECT_EQ(exact::Integer(fast.counts.systems), system_count(space.space()));
    if (search.instructions() != "none") {
      EXPECT_EQ(fast.counts.filter_undecided, fast.counts.exact);
      EXPECT_EQ(fast.counts.filter_calls, fast.counts.systems - fast.counts.undefined);
    }
    EXPECT_EQ(fast.counts.undecided, 0U);
  }
}

class SmallFamilies : public ::testing::TestWithParam<Space> {};

TEST_P(SmallFamilies, FastAndNaiveAgreeOnEveryClaim) {
  const SystemSpace space(GetParam());
  for (const Question& question : all_questions()) expect_agreement(space, question);
}

std::vector<Space> small_families() {
  const Rational third(1, 3), half(1, 2), sixth(1, 6);
  std::vector<Space> spaces;
  for (const Family family : {Family::unique_sink, Family::union_sink, Family::optional_loops}) {
    for (int nodes = 2; nodes <= 3; ++nodes) {
      for (int heads = 1; heads <= 3; ++heads) {
        for (const bool ordered : {false, true}) {
          const Space space = space_of(family, nodes, heads, ordered);
          if (system_count(space) > 0 && system_count(space) < 50'000) spaces.push_back(space);
        }
      }
    }
    spaces.push_back({family, 3, 2, false, inner_grid(2, 5)});
    spaces.push_back({family, 3, 2, true, {{third, 2 * third}}});
  }
  spaces.push_back(space_of(Family::unique_sink, 4, 1));
  spaces.push_back(space_of(Family::unique_sink, 4, 2));
  spaces.push_back(space_of(Family::unique_sink, 4, 2, true));
  spaces.push_back(space_of(Family::union_sink, 4, 2));
  spaces.push_back(space_of(Family::unique_sink, 4, 3));
  spaces.push_back({Family::unique_sink, 4, 2, false, inner_grid(2, 7)});
  spaces.push_back({Family::unique_sink, 4, 2, false, permutations_of({third, 2 * third})});
  spaces.push_back({Family::unique_sink, 3, 3, false, permutations_of({half, third, sixth})});
  // Too fine for lanes that start exactly: all goes through exact arithmetic.
  const Rational fine(exact::Integer(1) << 59U, (exact::Integer(1) << 60U) + 1);
  spaces.push_back({Family::unique_sink, 3, 2, false, permutations_of({fine, 1 - fine})});
  // Only the first step is exact.
  const Rational coarse(exact::Integer(1) << 38U, (exact::Integer(1) << 40U) + 1);
  spaces.push_back({Family::unique_sink, 4, 2, false, permutations_of({coarse, 1 - coarse})});
  return spaces;
}

INSTANTIATE_TEST_SUITE_P(Search, SmallFamilies, ::testing::ValuesIn(small_families()),
                         [](const auto& info) { return std::to_string(info.index); });

TEST(ExhaustiveSearch, AgreesOnOptionalLoopsOfFourNodes) {
  const SystemSpace space(space_of(Family::optional_loops, 4, 2));
  expect_agreement(space, {BuiltIn::amplifies, {}, {1, 4}});
  expect_agreement(space, {BuiltIn::attenuates, {}, {1, 4}});
}

class PairsOfFiveNodes : public ::testing::TestWithParam<BuiltIn> {};

TEST_P(PairsOfFiveNodes, FastAndNaiveAgree) {
  const SystemSpace space(space_of(Family::unique_sink, 5, 2));
  ASSERT_EQ(space.candidates(), 49'455U);
  expect_agreement(space, {GetParam(), {}, {1, 4}});
}

INSTANTIATE_TEST_SUITE_P(Search, PairsOfFiveNodes,
                         ::testing::Values(BuiltIn::amplifies, BuiltIn::attenuates, BuiltIn::mixes_faster,
                                           BuiltIn::mixes_slower),
                         [](const auto& info) {
                           std::string name = name_of(info.param);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

// One node: a single head, whose fidelity is 1 with its sink and undefined without.
TEST(ExhaustiveSearch, OneNode) {
  const SystemSpace space(space_of(Family::unique_sink, 1, 1));
  Question question;
  EXPECT_EQ(ExhaustiveSearch(space, question, 1).run(space.all()).counts.ties, 1U);
  question.fidelity.sink_counts = false;
  EXPECT_EQ(ExhaustiveSearch(space, question, 1).run(space.all()).counts.undefined, 1U);
}

TEST(ExhaustiveSearch, ShardsAddUpWhateverTheCutAndTheThreads) {
  const SystemSpace space(space_of(Family::unique_sink, 5, 2));
  for (const BuiltIn claim : {BuiltIn::amplifies, BuiltIn::mixes_slower}) {
    const ExhaustiveSearch search(space, {claim, {}, {1, 4}}, 1);
    const Result whole = search.run(space.all());
    Result pieces;
    for (std::uint64_t first = 0; first < space.candidates(); first += 7001) {
      const std::uint64_t count = std::min<std::uint64_t>(7001, space.candidates() - first);
      pieces = merge(space, search.run({first, count}), pieces);
    }
    EXPECT_EQ(pieces, whole);
  }
  const SystemSpace triples(space_of(Family::unique_sink, 5, 3));
  const ExhaustiveSearch search(triples, {}, 2);
  const RankRange range{1'000'000, 2'500'000};
  ASSERT_EQ(ShardPlan(range, search.shard_size(range)).shards(), 39U);  // cut at multiples of 2^16
  std::uint64_t reported = 0;
  const Answer one = run_in_threads(search, range, 1, [&](std::uint64_t done) {
    EXPECT_GE(done, reported);
    reported = done;
    return true;
  });
  const Answer three = run_in_threads(search, range, 3, {});
  EXPECT_TRUE(one.complete && three.complete);
  EXPECT_EQ(reported, range.count);
  EXPECT_EQ(one.result, three.result);
  EXPECT_EQ(one.result.counts.candidates, range.count);
}

TEST(ExhaustiveSearch, SmallRangesHaveSmallerShards) {
  const SystemSpace space(space_of(Family::unique_sink, 6, 2));
  const ExhaustiveSearch filtered(space, {}, 1), exact(space, question_named("phi_min(mean) > 1/2"), 1);
  const auto power = [](unsigned exponent) { return std::uint64_t{1} << exponent; };
  EXPECT_EQ(filtered.shard_size({5, power(25)}), power(20));
  EXPECT_EQ(filtered.shard_size({5, power(25) - 1}), power(19));
  EXPECT_EQ(filtered.shard_size({0, space.candidates()}), power(20));
  EXPECT_EQ(filtered.shard_size({0, 1}), power(16));
  EXPECT_EQ(exact.shard_size({5, power(17)}), power(12));
  EXPECT_EQ(exact.shard_size({0, 1}), power(8));
}

TEST(ExhaustiveSearch, StopsBetweenShards) {
  const SystemSpace space(space_of(Family::unique_sink, 6, 3));
  const ExhaustiveSearch search(space, {}, 2);
  const Answer answer = run_in_threads(search, space.all(), 2, [](std::uint64_t) { return false; });
  EXPECT_FALSE(answer.complete);
  EXPECT_LT(answer.result.counts.candidates, space.candidates());
  EXPECT_EQ(answer.result.counts.candidates, answer.result.counts.systems);
}

TEST(Claims, NamesAndRefusals) {
  for (const BuiltIn claim :
       {BuiltIn::amplifies, BuiltIn::attenuates, BuiltIn::mixes_faster, BuiltIn::mixes_slower}) {
    EXPECT_EQ(built_in_named(name_of(claim)), claim);
  }
  try {
    built_in_named("amplify");
    ADD_FAILURE();
  } catch (const exact::UsageError& error) {
    EXPECT_THAT(error.what(), HasSubstr("amplifies, attenuates, mixes-faster, mixes-slower"));
  }
}

}  // namespace
}  // namespace crosshead::search

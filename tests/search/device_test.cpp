// The code that a device runs, on the host: its searches against the exact engine, its three stages against
// exact decisions, and what happens when its buffers are too small.
#include <random>

#include "device_table.hpp"
#include "head_table.hpp"
#include "spaces.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/search/device_search.hpp"
#include "crosshead/search/exhaustive.hpp"

namespace crosshead::search {
namespace {

using exact::Rational;
using ::testing::HasSubstr;

constexpr std::size_t kAmple = std::size_t{1} << 22U;

Counts outcome_of(Counts counts) {
  counts.filter_calls = counts.filter_undecided = counts.exact = 0;
  return counts;
}

void expect_same(const Result& found, const Result& expected) {
  EXPECT_EQ(outcome_of(found.counts), outcome_of(expected.counts));
  EXPECT_EQ(found.first, expected.first);
  EXPECT_EQ(found.extreme, expected.extreme);
  EXPECT_EQ(found.counts.filter_calls, expected.counts.filter_calls);
  EXPECT_EQ(found.counts.filter_undecided, found.counts.exact);
}

std::vector<Question> fidelity_questions() {
  std::vector<Question> questions;
  for (const Question& question : all_questions()) {
    if (!question.about_mixing()) questions.push_back(question);
  }
  return questions;
}

class DeviceFamilies : public ::testing::TestWithParam<Space> {};

// The naive rational search is the oracle: it shares neither bars nor tables with the device.
TEST_P(DeviceFamilies, AgreeWithTheNaiveSearchOnEveryConvention) {
  const SystemSpace space(GetParam());
  for (const Question& question : fidelity_questions()) {
    SCOPED_TRACE(describe(space.space()) + ", " + describe(question));
    const Result naive = search_each(space, *naive_claim(space, question), space.all());
    const DeviceSearch search(space, question, 2, host_device_filter(kAmple));
    const Result found = search.run(space.all());
    EXPECT_EQ(outcome_of(found.counts), outcome_of(naive.counts));
    EXPECT_EQ(found.first, naive.first);
    EXPECT_EQ(found.extreme, naive.extreme);
  }
}

std::vector<Space> device_families() {
  const Rational third(1, 3), half(1, 2), sixth(1, 6);
  std::vector<Space> spaces;
  for (int nodes = 3; nodes <= 5; ++nodes) spaces.push_back(space_of(Family::unique_sink, nodes, 2));
  spaces.push_back(space_of(Family::unique_sink, 3, 3));
  spaces.push_back(space_of(Family::unique_sink, 3, 2, true));
  spaces.push_back(space_of(Family::unique_sink, 4, 3));
  spaces.push_back({Family::unique_sink, 4, 2, false, inner_grid(2, 7)});
  spaces.push_back({Family::unique_sink, 3, 3, true, permutations_of({half, third, sixth})});
  // Only the first step is exact.
  const Rational coarse(exact::Integer(1) << 38U, (exact::Integer(1) << 40U) + 1);
  spaces.push_back({Family::unique_sink, 4, 2, false, permutations_of({coarse, 1 - coarse})});
  return spaces;
}

INSTANTIATE_TEST_SUITE_P(Search, DeviceFamilies, ::testing::ValuesIn(device_families()),
                         [](const auto& info) { return std::to_string(info.index); });

TEST(DeviceSearch, SlicesOfSixAndSevenNodesAgreeWithTheSearch) {
  std::mt19937_64 random(20250704);
  for (const int nodes : {6, 7}) {
    const SystemSpace space(space_of(Family::unique_sink, nodes, 2));
    for (const BuiltIn claim : {BuiltIn::amplifies, BuiltIn::attenuates}) {
      const Question question{claim, {}, {1, 4}};
      const ExhaustiveSearch search(space, question, 2);
      const DeviceSearch device(space, question, 2, host_device_filter(kAmple));
      std::uint64_t systems = 0, open = 0;
      for (int slice = 0; slice < 4; ++slice) {
        const RankRange range{random() % (space.candidates() - 400'000), 400'000};
        SCOPED_TRACE(describe(question) + " from " + std::to_string(range.first));
        const Result found = device.run(range);
        expect_same(found, search.run(range));
        systems += found.counts.systems;
        open += found.counts.exact;
      }
      EXPECT_LE(open * 1000, systems) << "more than one in a thousand is left open";
      EXPECT_LE(device.retried() * 4, systems);
      EXPECT_GT(device.retried(), 0U);
    }
  }
}

// The answers of the stages themselves: every pair of five nodes and samples of six and seven against exact
// arithmetic, one system to a launch.
TEST(DeviceDecision, EveryAnswerIsTheExactOne) {
  std::mt19937_64 random(7);
  for (const int nodes : {4, 5, 6, 7}) {
    const SystemSpace space(space_of(Family::unique_sink, nodes, 2));
    for (const BuiltIn claim : {BuiltIn::amplifies, BuiltIn::attenuates}) {
      const Question question{claim, {}, {1, 4}};
      const HeadTable table(space, question, 2);
      const DeviceArrays arrays(table);
      const auto filter = host_device_filter(1);
      filter->load(arrays.view());
      const bool all = nodes <= 5;
      const std::uint64_t samples = all ? space.candidates() : 20'000;
      std::uint64_t open = 0, witnesses = 0, ties = 0;
      for (std::uint64_t sample = 0; sample < samples; ++sample) {
        const std::uint64_t rank = all ? sample : random() % space.candidates();
        const SystemIndex system = space.at(rank);
        const search::Run run{0, {system.heads[0]}, system.heads[1], system.heads[1] + 1};
        const DeviceAnswer answer = filter->run({arrays.run(run)}, 0);
        ASSERT_FALSE(answer.overflow);
        const Decision exact = table.decide(system);
        if (!answer.open.empty()) {
          ++open;
          EXPECT_EQ(answer.witnesses + answer.ties, 0U);
          continue;
        }
        ASSERT_EQ(answer.witnesses == 1, exact.outcome == Outcome::witness) << nodes << ": rank " << rank;
        ASSERT_EQ(answer.ties == 1, exact.outcome == Outcome::tie) << nodes << ": rank " << rank;
        ties += answer.ties;
        if (answer.witnesses == 0) continue;
        ++witnesses;
        ASSERT_EQ(answer.candidates.size(), 1U);
        EXPECT_GE(exact::exact_value(answer.candidates[0].most), exact.gain);
        EXPECT_LE(exact::exact_value(answer.candidates[0].most), exact.gain + 1);
        const DeviceSystem first = system_of_key(answer.first);
        EXPECT_EQ(first.run, 0U);
        EXPECT_EQ(first.head, system.heads[1]);
      }
      EXPECT_LE(open * 500, samples) << nodes;
      EXPECT_GT(witnesses, 10U) << nodes;
      EXPECT_GT(ties, nodes > 4 ? 100U : 0U) << nodes;
    }
  }
}

TEST(DeviceDecision, LaterStagesDecideWhatTheFirstLeavesOpen) {
  const SystemSpace space(space_of(Family::unique_sink, 5, 2));
  const Question question;
  const DeviceSearch search(space, question, 2, host_device_filter(kAmple));
  const Result found = search.run(space.all());
  EXPECT_GT(search.retried(), 10 * found.counts.exact);
}

TEST(DeviceSearch, SmallBuffersCutLaunchesButChangeNothing) {
  const SystemSpace space(space_of(Family::unique_sink, 5, 2));
  for (const BuiltIn claim : {BuiltIn::amplifies, BuiltIn::attenuates}) {
    const Question question{claim, {}, {1, 4}};
    const Result expected = ExhaustiveSearch(space, question, 2).run(space.all());
    for (const std::size_t capacity : {1, 3, 64}) {
      const DeviceSearch search(space, question, 2, host_device_filter(capacity));
      expect_same(search.run(space.all()), expected);
    }
  }
}

TEST(DeviceSearch, ShardsAddUp) {
  const SystemSpace space(Space{Family::unique_sink, 4, 3, false, inner_grid(3, 5)});
  const Question question;
  const DeviceSearch search(space, question, 1, host_device_filter(kAmple));
  Result pieces;
  for (std::uint64_t first = 0; first < space.candidates(); first += 1009) {
    pieces =
        merge(space, search.run({first, std::min<std::uint64_t>(1009, space.candidates() - first)}), pieces);
  }
  expect_same(pieces, ExhaustiveSearch(space, question, 1).run(space.all()));
}

TEST(DeviceSearch, KeysKeepTheDeclaredOrder) {
  const DeviceSystem system{(1U << 30U) - 1, (1U << 22U) - 1};
  const std::uint64_t key = witness_key(4095, system);
  EXPECT_EQ(system_of_key(key).run, system.run);
  EXPECT_EQ(system_of_key(key).head, system.head);
  EXPECT_LT(witness_key(3, system), witness_key(4, {0, 0}));
  EXPECT_LT(witness_key(3, {1, system.head}), witness_key(3, {2, 0}));
}

TEST(DeviceSearch, RefusesWhatTheDeviceHasNoCodeFor) {
  const auto refused = [](const Space& given, const Question& question) -> std::string {
    const SystemSpace space(given);
    try {
      const DeviceSearch search(space, question, 1, host_device_filter(1));
    } catch (const exact::UsageError& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_THAT(refused(space_of(Family::unique_sink, 3, 2), {BuiltIn::mixes_faster, {}, {1, 4}}),
              HasSubstr("found mixes-faster"));
  EXPECT_THAT(refused(space_of(Family::optional_loops, 3, 2), {}), HasSubstr("found optional-loops"));
  EXPECT_THAT(refused(space_of(Family::unique_sink, 3, 1), {}), HasSubstr("at least 2 heads"));
  const Rational fine(exact::Integer(1) << 59U, (exact::Integer(1) << 60U) + 1);
  EXPECT_THAT(refused({Family::unique_sink, 3, 2, false, permutations_of({fine, 1 - fine})}, {}),
              HasSubstr("common denominator"));
  EXPECT_EQ(refused(space_of(Family::unique_sink, 3, 2), {}), "accepted");
}

}  // namespace
}  // namespace crosshead::search

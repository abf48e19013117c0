// Plans, runs and merges of shards: whatever the cut, the parts, the threads and the processes, the answer is
// that of one search over all ranks.
#include "crosshead/search/shard_run.hpp"

#include <algorithm>
#include <random>
#include <set>

#include "journals.hpp"
#include <gmock/gmock.h>

#include "crosshead/search/merge.hpp"

namespace crosshead::search {
namespace {

using ::testing::HasSubstr;

TEST(ShardPlan, CutsAtMultiplesOfTheSizeAndEachPartOnce) {
  std::mt19937_64 random(7);
  for (int trial = 0; trial < 500; ++trial) {
    const RankRange slice{random() % 100, 1 + random() % 200};
    const std::uint64_t size = 1 + random() % 40;
    const std::uint64_t last = slice.first + slice.count - 1;
    const std::uint64_t shards = last / size - slice.first / size + 1;
    const std::uint64_t parts = 1 + random() % shards;
    std::vector<int> times(last + 1, 0);
    std::uint64_t ranks = 0;
    std::set<std::uint64_t> per_part;
    for (std::uint64_t index = 1; index <= parts; ++index) {
      const ShardPlan plan(slice, size, {index, parts});
      ASSERT_EQ(plan.shards(), shards);
      std::uint64_t mine = 0, in_part = 0;
      for (std::uint64_t number = 0; number < shards; ++number) {
        const RankRange shard = plan.shard(number);
        EXPECT_EQ(plan.number_of(shard), number);
        EXPECT_EQ(plan.number_of({shard.first, shard.count + 1}), shards);
        EXPECT_EQ(shard.first / size, (shard.first + shard.count - 1) / size);
        if (!plan.in_part(number)) continue;
        ++in_part;
        mine += shard.count;
        for (std::uint64_t rank = shard.first; rank < shard.first + shard.count; ++rank) ++times[rank];
      }
      EXPECT_EQ(plan.part_ranks(), mine);
      per_part.insert(in_part);
      ranks += mine;
    }
    EXPECT_EQ(ranks, slice.count);
    for (std::uint64_t rank = 0; rank <= last; ++rank) EXPECT_EQ(times[rank], rank >= slice.first ? 1 : 0);
    EXPECT_LE(*per_part.rbegin() - *per_part.begin(), 1U);  // balanced
  }
}

TEST(ShardPlan, RefusesImpossibleOnes) {
  EXPECT_THROW(ShardPlan({0, 0}, 1), exact::UsageError);
  EXPECT_THROW(ShardPlan({0, 10}, 0), exact::UsageError);
  EXPECT_THROW(ShardPlan({0, ShardPlan::kMaxShards + 1}, 1), exact::UsageError);
  EXPECT_NO_THROW(ShardPlan({0, ShardPlan::kMaxShards}, 1));
  EXPECT_NO_THROW(ShardPlan({0, std::uint64_t{1} << 63U}, std::uint64_t{1} << 40U));
  EXPECT_THROW(ShardPlan({1, std::uint64_t{1} << 63U}, std::uint64_t{1} << 40U), exact::UsageError);
  EXPECT_THROW(ShardPlan({0, 10}, 5, {3, 3}), exact::UsageError);
  EXPECT_NO_THROW(ShardPlan({0, 10}, 5, {2, 3}));
}

TEST(ShardPart, Text) {
  EXPECT_EQ(parse_part("2/3"), (ShardPart{2, 3}));
  for (const char* text : {"", "/", "1", "1/", "/1", "0/3", "4/3", "1/0", "-1/3", "1/3 ", " 1/3", "1/3/3",
                           "+1/3", "1.0/3", "99999999999999999999/99999999999999999999"}) {
    EXPECT_THROW(parse_part(text), exact::UsageError) << text;
  }
}

class Shards : public JournalFolder {
 protected:
  Shards()
      : space_(header_.space), search_(space_, header_.question, 1), expected_(search_.run(header_.slice)) {}

  RunShard run_shard() {
    return [this](RankRange range) { return search_.run(range); };
  }

  /// Runs a part with a journal; stops after some calls of `progress`, if given.
  void run_part(const std::string& name, ShardPart part, int threads) {
    JournalHeader header = header_;
    header.part = part;
    JournalWriter journal = JournalWriter::begin(path(name), header);
    ShardRun run(space_, header.plan(), &journal);
    run_in_threads(run, run_shard(), threads, {});
    EXPECT_TRUE(run.complete());
  }

  std::string merge_complaint(const std::vector<std::filesystem::path>& files) {
    return complaint_of([&] { merge_journals(files); });
  }

  JournalHeader header_ = small_header();
  SystemSpace space_;
  ExhaustiveSearch search_;
  Result expected_;
};

TEST_F(Shards, ThreadsDoNotMatter) {
  for (const int threads : {1, 2, 7}) {
    for (const std::uint64_t size : {1U, 13U, 40U, 1000U}) {
      ShardRun run(space_, {header_.slice, size});
      run_in_threads(run, run_shard(), threads, {});
      EXPECT_TRUE(run.complete());
      EXPECT_EQ(run.result(), expected_);
    }
  }
}

TEST_F(Shards, PartsMergeToTheWholeInAnyOrder) {
  std::mt19937_64 random(3);
  for (std::uint64_t parts = 1; parts <= 6; ++parts) {
    std::vector<std::filesystem::path> files;
    for (std::uint64_t index = 1; index <= parts; ++index) {
      files.push_back(path(std::to_string(index) + "-" + std::to_string(parts)));
      run_part(files.back().filename(), {index, parts}, 2);
    }
    for (int turn = 0; turn < 4; ++turn) {
      const MergedJournals merged = merge_journals(files);
      EXPECT_TRUE(merged.complete());
      EXPECT_EQ(merged.result, expected_);
      EXPECT_EQ(merged.shards_done, 6U);
      std::shuffle(files.begin(), files.end(), random);
    }
  }
}

TEST_F(Shards, PartsOfDifferentDivisionsMergeIfTheyFit) {
  run_part("odd", {1, 2}, 1);     // shards 0, 2, 4
  run_part("second", {2, 4}, 1);  // 1, 5
  run_part("fourth", {4, 4}, 1);  // 3
  EXPECT_EQ(merge_journals({path("odd"), path("second"), path("fourth")}).result, expected_);
}

TEST_F(Shards, WhatIsMissingIsSaid) {
  run_part("first", {1, 3}, 1);  // shards 0 and 3
  const MergedJournals merged = merge_journals({path("first")});
  EXPECT_FALSE(merged.complete());
  EXPECT_EQ(merged.shards_done, 2U);
  EXPECT_EQ(describe_ranges(merged.missing), "40 to 119, 160 to 209 (130 ranks)");
  EXPECT_EQ(merged.result.counts.candidates, 80U);
  std::vector<RankRange> many;
  for (std::uint64_t k = 0; k < 7; ++k) many.push_back({10 * k, 2});
  EXPECT_EQ(describe_ranges(many), "0 to 1, 10 to 11, 20 to 21, 30 to 31 and 3 more ranges (14 ranks)");
}

TEST_F(Shards, NoShardCountsTwice) {
  run_part("half", {1, 2}, 1);
  run_part("third", {3, 3}, 1);  // shards 2 and 5
  EXPECT_THAT(merge_complaint({path("half"), path("third")}),
              HasSubstr("the ranks 80 to 119 are in " + path("half").string() + " as well"));
  EXPECT_THAT(merge_complaint({path("half"), path("half")}), HasSubstr("the ranks 0 to 39 are in"));
}

TEST_F(Shards, OtherSearchesDoNotMerge) {
  run_part("ours", {1, 2}, 1);
  header_.question.claim = BuiltIn::attenuates;
  run_part("theirs", {2, 2}, 1);
  EXPECT_THAT(merge_complaint({path("ours"), path("theirs")}),
              HasSubstr("theirs: the journal is of another search: its claim is"));
}

TEST_F(Shards, CountsThatAreNotTheFamilysAreRefused) {
  JournalWriter journal = JournalWriter::begin(path("short"), header_);
  const ShardPlan plan = header_.plan();
  for (std::uint64_t number = 0; number < plan.shards(); ++number) {
    ShardResult record{plan.shard(number), search_.run(plan.shard(number))};
    if (number == 5) --record.result.counts.systems;
    journal.append(space_, {record});
  }
  EXPECT_THAT(merge_complaint({path("short")}),
              HasSubstr("count 209 systems in 210 ranks, but there are 210"));
}

TEST_F(Shards, ImpossibleSearchesOfJournalsAreRefused) {
  JournalHeader header = header_;
  header.slice.count = 211;
  write_file(path("beyond"), header_line(header));
  EXPECT_THAT(merge_complaint({path("beyond")}), HasSubstr("its slice goes beyond the 210 ranks"));
  header = header_;
  header.space.nodes = 900;
  write_file(path("large"), header_line(header));
  EXPECT_THAT(merge_complaint({path("large")}),
              HasSubstr("impossible search: a search is over 1 to 8 nodes"));
  header = header_;
  header.space.weights = {{{1, 2}, {1, 3}}};
  write_file(path("weights"), header_line(header));
  EXPECT_THAT(merge_complaint({path("weights")}), HasSubstr("positive weights with sum 1"));
}

TEST_F(Shards, StoppedAndResumedItIsTheSameAnswer) {
  header_.shard_size = 7;  // 30 shards
  JournalHeader header = header_;
  int sessions = 0;
  for (bool complete = false; !complete; ++sessions) {
    std::vector<ShardResult> records;
    std::uint64_t torn = 0;
    JournalWriter journal = sessions == 0
                                ? JournalWriter::begin(path("journal"), header)
                                : JournalWriter::resume(path("journal"), header, space_, records, torn);
    ShardRun run(space_, header.plan(), &journal);
    run.restore(records);
    // Each shard takes as long as it takes for `progress` to be called and to ask for an end.
    const auto slow = [&](RankRange range) {
      std::this_thread::sleep_for(std::chrono::milliseconds(60));
      return search_.run(range);
    };
    run_in_threads(run, slow, 2, [](std::uint64_t) { return false; });
    complete = run.complete();
    if (complete) {
      EXPECT_EQ(run.result(), expected_);
    }
    ASSERT_LT(sessions, 30);
  }
  EXPECT_GT(sessions, 2);
  EXPECT_EQ(merge_journals({path("journal")}).result, expected_);
}

TEST_F(Shards, AFailingShardIsRethrown) {
  ShardRun run(space_, header_.plan());
  const auto failing = [&](RankRange range) -> Result {
    if (range.first == 80) throw std::runtime_error("broken");
    return search_.run(range);
  };
  EXPECT_THROW(run_in_threads(run, failing, 2, {}), std::runtime_error);
  EXPECT_FALSE(run.complete());
}

}  // namespace
}  // namespace crosshead::search

// Distributed runs, with the processes played by threads: the answer is that of one process, and every
// process comes to its end whatever happens.
#include "crosshead/search/distributed.hpp"

#include <deque>
#include <mutex>
#include <thread>

#include "journals.hpp"
#include <gmock/gmock.h>

namespace crosshead::search {
namespace {

using ::testing::HasSubstr;

/// Mail boxes of a group of threads.
struct PostOffice {
  explicit PostOffice(int size) : boxes(static_cast<std::size_t>(size)) {}
  std::mutex mutex;
  std::vector<std::deque<ProcessGroup::Message>> boxes;
  int finished = 0;
};

class ThreadGroup : public ProcessGroup {
 public:
  ThreadGroup(PostOffice& office, int rank) : office_(office), rank_(rank) {}

  int rank() const override { return rank_; }
  int size() const override { return static_cast<int>(office_.boxes.size()); }
  void send(int to, const std::string& text) override {
    const std::lock_guard lock(office_.mutex);
    office_.boxes[static_cast<std::size_t>(to)].push_back({rank_, text});
  }
  std::optional<Message> receive() override {
    const std::lock_guard lock(office_.mutex);
    auto& box = office_.boxes[static_cast<std::size_t>(rank_)];
    if (box.empty()) return std::nullopt;
    Message message = box.front();
    box.pop_front();
    return message;
  }
  void finish() override {
    const std::lock_guard lock(office_.mutex);
    ++office_.finished;
  }

 private:
  PostOffice& office_;
  int rank_;
};

class Distributed : public ::testing::TestWithParam<int> {
 protected:
  Distributed()
      : space_(header_.space), search_(space_, header_.question, 1), expected_(search_.run(header_.slice)) {
    header_.shard_size = 7;
  }

  using Peer = std::function<void(ProcessGroup&)>;

  /// Rank 0 here with `local` threads, every other rank a thread; returns the error of rank 0.
  std::string run(int size, int local, const Peer& peer,
                  const std::function<bool(std::uint64_t)>& progress = {}) {
    PostOffice office(size);
    std::string error;
    {
      std::vector<std::jthread> peers;
      for (int rank = 1; rank < size; ++rank) {
        peers.emplace_back([&, rank] {
          ThreadGroup group(office, rank);
          peer(group);
        });
      }
      ThreadGroup group(office, 0);
      run_.emplace(space_, header_.plan());
      try {
        Distribution distribution(group);
        distribution.run(header_, *run_, run_shard(), local, progress);
      } catch (const std::exception& thrown) {
        error = thrown.what();
      }
    }
    EXPECT_EQ(office.finished, size);
    return error;
  }

  RunShard run_shard() {
    return [this](RankRange range) { return search_.run(range); };
  }

  JournalHeader header_ = small_header();
  SystemSpace space_;
  ExhaustiveSearch search_;
  Result expected_;
  std::optional<ShardRun> run_;
};

TEST_P(Distributed, TheAnswerIsThatOfOneProcess) {
  for (const int local : {0, 1, 2}) {
    if (GetParam() == 1 && local == 0) continue;
    for (const int threads : {1, 3}) {
      EXPECT_EQ(
          run(GetParam(), local,
              [&](ProcessGroup& group) { serve_distribution(group, header_, space_, run_shard(), threads); }),
          "");
      EXPECT_TRUE(run_->complete());
      EXPECT_EQ(run_->result(), expected_);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Search, Distributed, ::testing::Values(1, 2, 3, 8, 40));

TEST_F(Distributed, OthersDoTheWorkOfARankThatOnlyServes) {
  std::atomic<int> shards = 0;
  run(3, 0, [&](ProcessGroup& group) {
    serve_distribution(
        group, header_, space_,
        [&](RankRange range) {
          ++shards;
          return search_.run(range);
        },
        1);
  });
  EXPECT_EQ(shards, 30);
}

TEST_F(Distributed, AFailingRankIsNamed) {
  const auto failing = [&](ProcessGroup& group) {
    serve_distribution(
        group, header_, space_,
        [&](RankRange range) -> Result {
          if (group.rank() == 2) throw std::runtime_error("out of luck");
          return search_.run(range);
        },
        1);
  };
  EXPECT_EQ(run(3, 0, failing), "rank 2: out of luck");
  EXPECT_EQ(run(3, 0, [](ProcessGroup& group) { decline_distribution(group, "no memory"); }).substr(6),
            ": no memory");
}

TEST_F(Distributed, ARankOfAnotherSearchIsRefused) {
  JournalHeader other = header_;
  other.question.claim = BuiltIn::attenuates;
  EXPECT_EQ(run(2, 0, [&](ProcessGroup& group) { serve_distribution(group, other, space_, run_shard(), 1); }),
            "rank 1 runs another search");
}

TEST_F(Distributed, ABrokenResultIsRefused) {
  const auto lying = [&](ProcessGroup& group) {
    group.send(0, "{\"shard\":[0,7]}");
    decline_distribution(group, "");
  };
  EXPECT_THAT(run(2, 0, lying), HasSubstr("rank 1: byte 0: the record is damaged"));
}

TEST_F(Distributed, StopsEarlyWhenAsked) {
  const auto slow = [&](RankRange range) {
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
    return search_.run(range);
  };
  EXPECT_EQ(run(
                3, 0, [&](ProcessGroup& group) { serve_distribution(group, header_, space_, slow, 1); },
                [](std::uint64_t) { return false; }),
            "");
  EXPECT_FALSE(run_->complete());
  EXPECT_GT(run_->ranks_done(), 0U);
}

TEST_F(Distributed, ARunThatNeverBeginsEndsEveryProcess) {
  PostOffice office(3);
  {
    std::vector<std::jthread> peers;
    for (const int rank : {1, 2}) {
      peers.emplace_back([&, rank] {
        ThreadGroup group(office, rank);
        serve_distribution(group, header_, space_, run_shard(), 1);
      });
    }
    ThreadGroup group(office, 0);
    const Distribution distribution(group);
  }
  EXPECT_EQ(office.finished, 3);
}

}  // namespace
}  // namespace crosshead::search

#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "crosshead/search/exhaustive.hpp"
#include "crosshead/search/journal.hpp"

namespace crosshead::search {

/// The account of the shards of a part: which are done, their results merged, and written to a journal if
/// there is one. Of one thread.
class ShardRun {
 public:
  /// The space and the journal, which may be null, must outlive the run.
  ShardRun(const SystemSpace& space, const ShardPlan& plan, JournalWriter* journal = nullptr);

  /// Takes over what a journal has. REQUIRES: shards of the part, each once, before any call of next().
  void restore(const std::vector<ShardResult>& records);

  /// The next shard that is neither done nor given out; nothing when there is none.
  std::optional<RankRange> next();
  /// Results of shards that were given out: first to the journal, then into the answer.
  void accept(const std::vector<ShardResult>& results);

  const SystemSpace& space() const { return space_; }
  const ShardPlan& plan() const { return plan_; }
  const ShardSet& done() const { return done_; }
  /// Ranks of the part, and those of them that are done.
  std::uint64_t ranks() const { return ranks_; }
  std::uint64_t ranks_done() const { return result_.counts.candidates; }
  bool complete() const { return ranks_done() == ranks_; }
  /// All that is done, merged.
  const Result& result() const { return result_; }

 private:
  void include(const ShardResult& record);

  const SystemSpace& space_;
  ShardPlan plan_;
  JournalWriter* journal_;
  ShardSet done_;
  std::uint64_t next_, ranks_;
  Result result_;
};

/// What runs one shard: ExhaustiveSearch::run or its equal. Thread-safe.
using RunShard = std::function<Result(RankRange)>;

/// Threads that run the shards given to them, in the order given.
class ShardWorkers {
 public:
  ShardWorkers(int threads, RunShard run);
  /// Waits for the shards that are begun; the others are dropped.
  ~ShardWorkers();
  ShardWorkers(const ShardWorkers&) = delete;
  ShardWorkers& operator=(const ShardWorkers&) = delete;

  /// Whether another shard can be given, so that no thread waits for its next one.
  bool wanting() const;
  void give(const RankRange& shard);
  /// Forgets the shards that are not begun.
  void drop_waiting();
  /// What has finished since the last call; waits for it so long at most. Rethrows the exception of a shard.
  std::vector<ShardResult> take(std::chrono::microseconds wait);
  /// Shards given that were neither taken back nor dropped.
  std::uint64_t open() const;

 private:
  class Pool;
  std::unique_ptr<Pool> pool_;
};

/// Called about ten times a second by the thread that keeps the account, and at the end, with the ranks done
/// so far; when it returns false, no further shard is begun. It may be empty.
using ShardProgress = std::function<bool(std::uint64_t)>;

/// Runs what is left of the part on `threads` threads. When this throws, finished shards are in the journal
/// all the same, unless the journal is what failed.
void run_in_threads(ShardRun& run, const RunShard& search, int threads, const ShardProgress& progress);

/// A whole range without a journal. The result, with every counter, does not depend on the number of threads.
/// REQUIRES: a range of the search's space that is not empty.
Answer run_in_threads(const ExhaustiveSearch& search, RankRange range, int threads,
                      const ShardProgress& progress);

}  // namespace crosshead::search

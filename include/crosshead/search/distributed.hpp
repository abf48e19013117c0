#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "crosshead/search/process_group.hpp"
#include "crosshead/search/shard_run.hpp"

namespace crosshead::search {

// Rank 0 keeps the account of the shards, writes the journal and hands shards out to whoever asks, itself
// included; results come back as lines of a journal. Which process runs which shard depends on the moment,
// the answer does not.

/// Rank 0's side of a distributed run.
class Distribution {
 public:
  /// The group must outlive this. REQUIRES: group.rank() == 0.
  explicit Distribution(ProcessGroup& group);
  /// Tells the other processes to stop, if they were not told, and waits for them.
  ~Distribution();
  Distribution(const Distribution&) = delete;
  Distribution& operator=(const Distribution&) = delete;

  /// Runs what is left of the part of the header's search, on `threads` threads of this process (0: it only
  /// serves) and on the others. Throws std::runtime_error naming the rank if another process failed, or runs
  /// another search. Once only.
  void run(const JournalHeader& header, ShardRun& run, const RunShard& search, int threads,
           const ShardProgress& progress);

 private:
  class State;
  std::unique_ptr<State> state_;
};

/// The side of every other rank: runs shards on `threads` threads until rank 0 says that it is over.
/// REQUIRES: group.rank() > 0, threads >= 1.
void serve_distribution(ProcessGroup& group, const JournalHeader& header, const SystemSpace& space,
                        const RunShard& search, int threads);

/// The same for a process that cannot take part: rank 0 throws `reason` as an error of this rank.
void decline_distribution(ProcessGroup& group, const std::string& reason);

}  // namespace crosshead::search

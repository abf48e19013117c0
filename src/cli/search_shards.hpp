#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "command.hpp"

#include "crosshead/search/distributed.hpp"
#include "crosshead/search/exhaustive.hpp"
#include "crosshead/search/journal.hpp"
#include "crosshead/search/shard_run.hpp"

namespace crosshead::cli {

/// How a search is cut and kept: options of `crosshead search`.
struct ShardOptions {
  std::string journal;  ///< a file; none if empty
  bool resume = false;
  std::string part;  ///< "i/N"; all of it if empty
  std::optional<std::uint64_t> shard_size;
  search::RunShard on_device;  ///< runs shards instead of the search's lanes; empty without a device
};
void add_shard_options(CLI::App& command, ShardOptions& options);

/// The processes that mpirun has started with this one, if any; this one alone otherwise.
class SearchProcesses {
 public:
  /// Throws exact::MissingComponent if there are others that cannot be reached.
  SearchProcesses();

  /// Whether this process answers, and others only work for it.
  bool answers() const { return group_ == nullptr || group_->rank() == 0; }
  /// Threads for each process: those asked for, or one per processor, under mpirun one.
  int threads(const GlobalOptions& global) const;

  /// Runs what is left of the part. `progress` is given the ranks done, all of the part, and those that a
  /// journal had; the search stops when it returns false. `header` has all but the shards' size. REQUIRES:
  /// answers().
  search::Answer run(const search::ExhaustiveSearch& search, search::JournalHeader header,
                     const ShardOptions& options, const GlobalOptions& global,
                     const std::function<bool(std::uint64_t, std::uint64_t, std::uint64_t)>& progress);

  /// Works for the process that answers. REQUIRES: !answers().
  void serve(const search::ExhaustiveSearch& search, search::JournalHeader header,
             const ShardOptions& options, const GlobalOptions& global);
  /// Tells the process that answers why this one cannot work. REQUIRES: !answers().
  void decline(const std::string& reason);

 private:
  std::unique_ptr<search::ProcessGroup> group_;
  std::unique_ptr<search::Distribution> distribution_;
};

/// Adds `crosshead search merge`.
void add_search_merge_command(CLI::App& search_command, GlobalOptions& options, int& exit_code);

}  // namespace crosshead::cli

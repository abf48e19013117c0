// Shards of a search from the command line: parts, journals, and the processes of mpirun.
#include "search_shards.hpp"

#include <csignal>
#include <filesystem>

#include <fmt/format.h>

#include "crosshead/search/shard_run.hpp"

namespace crosshead::cli {
namespace {

/// The journal, begun or continued; nothing if none is asked for.
std::optional<search::JournalWriter> open_journal(const search::JournalHeader& header,
                                                  const search::SystemSpace& space,
                                                  const ShardOptions& options, bool quiet,
                                                  std::vector<search::ShardResult>& records) {
  if (options.journal.empty()) return std::nullopt;
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error of the write, not the program's end
  std::error_code ignored;
  if (!options.resume || !std::filesystem::exists(options.journal, ignored)) {
    return search::JournalWriter::begin(options.journal, header);
  }
  std::uint64_t torn = 0;
  auto journal = search::JournalWriter::resume(options.journal, header, space, records, torn);
  if (torn > 0) {
    complain(fmt::format("{}: dropped a torn record of {} bytes at the end", options.journal, torn));
  }
  if (!quiet) {
    complain(fmt::format("resuming after {} shards of {}", records.size(), options.journal));
  }
  return journal;
}

search::RunShard shard_runner(const search::ExhaustiveSearch& search, const ShardOptions& options) {
  if (options.on_device) return options.on_device;
  return [&search](search::RankRange range) { return search.run(range); };
}

}  // namespace

void add_shard_options(CLI::App& command, ShardOptions& options) {
  CLI::Option* journal = command
                             .add_option("--journal", options.journal,
                                         "Keep every finished shard in this file, so that a search that was "
                                         "stopped or killed loses only the shards under way")
                             ->option_text("FILE");
  command.add_flag("--resume", options.resume, "Continue the journal, if there is one")->needs(journal);
  command
      .add_option("--shard", options.part, "Do the i-th of N parts only; 'search merge' joins their journals")
      ->option_text("i/N")
      ->needs(journal);
  command
      .add_option("--shard-size", options.shard_size,
                  "Ranks of a shard (default: some hundredths of a second's work)")
      ->option_text("K")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{INT64_MAX}));
}

SearchProcesses::SearchProcesses() : group_(search::join_process_group()) {
  if (group_ != nullptr && group_->rank() == 0)
    distribution_ = std::make_unique<search::Distribution>(*group_);
}

int SearchProcesses::threads(const GlobalOptions& global) const {
  return global.threads == 0 && group_ != nullptr ? 1 : global.thread_count();
}

search::Answer SearchProcesses::run(
    const search::ExhaustiveSearch& search, search::JournalHeader header, const ShardOptions& options,
    const GlobalOptions& global,
    const std::function<bool(std::uint64_t, std::uint64_t, std::uint64_t)>& progress) {
  header.shard_size = options.shard_size.value_or(search.shard_size(header.slice));
  const search::ShardPlan plan = header.plan();
  std::vector<search::ShardResult> records;
  auto journal = open_journal(header, search.space(), options, global.quiet, records);
  search::ShardRun run(search.space(), plan, journal ? &*journal : nullptr);
  run.restore(records);
  const std::uint64_t before = run.ranks_done();
  const auto shown = [&](std::uint64_t done) { return progress(done, run.ranks(), before); };
  const search::RunShard run_shard = shard_runner(search, options);
  if (distribution_) {
    distribution_->run(header, run, run_shard, threads(global), shown);
  } else {
    search::run_in_threads(run, run_shard, threads(global), shown);
  }
  return {run.result(), run.complete()};
}

void SearchProcesses::serve(const search::ExhaustiveSearch& search, search::JournalHeader header,
                            const ShardOptions& options, const GlobalOptions& global) {
  header.shard_size = options.shard_size.value_or(search.shard_size(header.slice));
  search::serve_distribution(*group_, header, search.space(), shard_runner(search, options), threads(global));
}

void SearchProcesses::decline(const std::string& reason) {
  search::decline_distribution(*group_, reason);
}

}  // namespace crosshead::cli

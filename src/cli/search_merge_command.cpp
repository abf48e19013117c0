#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>

#include "json_parts.hpp"
#include "search_json.hpp"
#include "search_shards.hpp"
#include <fmt/format.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/search/merge.hpp"

namespace crosshead::cli {
namespace {

struct MergeOptions {
  std::vector<std::filesystem::path> journals;
  bool partial = false;
};

int run_merge(const MergeOptions& given, const GlobalOptions& global) {
  const auto start = std::chrono::steady_clock::now();
  const search::MergedJournals merged = search::merge_journals(given.journals);
  for (const auto& [file, bytes] : merged.torn) {
    complain(fmt::format("{}: dropped a torn record of {} bytes at the end", file, bytes));
  }
  const std::string missing = merged.complete() ? std::string() : search::describe_ranges(merged.missing);
  if (!merged.complete() && !given.partial) {
    throw exact::InputError(given.journals.front().string() + (given.journals.size() > 1 ? ", ..." : ""), "",
                            std::to_string(merged.shards - merged.shards_done) + " of " +
                                std::to_string(merged.shards) + " shards are in no journal: ranks " +
                                missing + "; --partial reports the others");
  }
  SearchReport report;
  report.space = merged.space.get();
  report.question = merged.header.question;
  report.range = merged.header.slice;
  report.weights = merged.header.weights_name;
  report.symmetry = merged.header.symmetry;
  report.answer = {merged.result, merged.complete()};
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (!merged.complete() && !global.quiet) {
    complain("ranks that are in no journal: " + missing);
  }
  print(global.json ? document_text(search_json(report)) : search_text(report));
  return merged.complete() && merged.result.counts.undecided == 0 ? kHolds : kUndecided;
}

}  // namespace

void add_search_merge_command(CLI::App& search_command, GlobalOptions& options, int& exit_code) {
  const auto given = std::make_shared<MergeOptions>();
  CLI::App* command =
      add_command(search_command, "merge", "The answer of a search from the journals of its parts", options);
  command->add_option("JOURNAL", given->journals, "Journals that together have every shard once")
      ->required()
      ->option_text("...");
  command->add_flag("--partial", given->partial, "Report what there is if shards are missing (exit code 4)");
  command->footer(
      "Example:\n"
      "  crosshead search merge part-1.journal part-2.journal part-3.journal\n"
      "Journals of different searches, shards that are missing or there twice, damaged records and counts "
      "that are not those of the family are refused (exit code 3). A record that was being written when its "
      "search was killed is dropped.");
  // The search is described by the journals: what `search` needs otherwise is not asked for, nor heard.
  command->preparse_callback([&search_command](std::size_t) {
    for (CLI::Option* option : search_command.get_options()) option->required(false);
  });
  command->callback([given, &search_command, &options, &exit_code] {
    for (const CLI::Option* option : search_command.get_options()) {
      const std::string name = option->get_name();
      if (option->count() > 0 && name != "--json" && name != "--quiet" && name != "--threads") {
        throw exact::UsageError(name + " is none of merge's options: the journals say what was searched");
      }
    }
    exit_code = run_merge(*given, options);
  });
}

}  // namespace crosshead::cli

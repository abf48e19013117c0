#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "crosshead/search/journal.hpp"

namespace crosshead::search {

/// The union of journals of one search.
struct MergedJournals {
  JournalHeader header;  ///< the first journal's
  std::unique_ptr<const SystemSpace> space;
  Result result;
  std::uint64_t shards = 0, shards_done = 0;
  std::vector<RankRange> missing;  ///< ascending, neighbours joined
  /// Journals that end in a torn record, which was dropped, and its bytes.
  std::vector<std::pair<std::string, std::uint64_t>> torn;

  bool complete() const { return missing.empty(); }
};

/// Reads journals and proves that they cover the search: all of the same search (their parts may differ), no
/// shard twice, and, if none is missing, the counts those of the closed forms. Throws exact::InputError
/// naming the journal otherwise. Shards that are missing are for the caller to judge. REQUIRES: at least one
/// file.
MergedJournals merge_journals(const std::vector<std::filesystem::path>& files);

/// "0 to 4095, 8192 to 12287 and 3 more ranges (40960 ranks)": ranges as a message can hold them.
std::string describe_ranges(const std::vector<RankRange>& ranges);

/// Throws exact::InputError naming `file` unless the answer for a slice agrees with the closed forms: one
/// candidate for each rank, and as many systems as the family has. In a part of a space whose candidates are
/// not all systems, the latter is only a bound.
void expect_closed_form(const SystemSpace& space, const RankRange& slice, const Counts& counts,
                        const std::string& file);

}  // namespace crosshead::search

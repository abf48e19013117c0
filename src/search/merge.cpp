// Proof of coverage: every shard of the plan is in exactly one journal, and what was counted in them adds up
// to what the closed forms say of the family.
#include "crosshead/search/merge.hpp"

#include "crosshead/exact/error.hpp"

namespace crosshead::search {
namespace {

using exact::InputError;

std::unique_ptr<const SystemSpace> space_of_journal(const JournalHeader& header, const std::string& file) {
  try {
    auto space = std::make_unique<const SystemSpace>(header.space);
    if (header.slice.first + header.slice.count > space->candidates()) {
      throw exact::UsageError("its slice goes beyond the " + std::to_string(space->candidates()) + " ranks");
    }
    return space;
  } catch (const exact::UsageError& error) {
    throw InputError(file, "byte 0", std::string("the journal is of an impossible search: ") + error.what());
  }
}

std::string describe(const RankRange& range) {
  return std::to_string(range.first) + " to " + std::to_string(range.first + range.count - 1);
}

}  // namespace

std::string describe_ranges(const std::vector<RankRange>& ranges) {
  constexpr std::size_t kShown = 4;
  std::string text;
  std::uint64_t ranks = 0;
  for (std::size_t k = 0; k < ranges.size(); ++k) {
    ranks += ranges[k].count;
    if (k < kShown) text += (k > 0 ? ", " : "") + describe(ranges[k]);
  }
  if (ranges.size() > kShown) text += " and " + std::to_string(ranges.size() - kShown) + " more ranges";
  return text + " (" + std::to_string(ranks) + " ranks)";
}

void expect_closed_form(const SystemSpace& space, const RankRange& slice, const Counts& counts,
                        const std::string& file) {
  const bool all = slice.first == 0 && slice.count == space.candidates();
  const exact::Integer systems = all ? system_count(space.space()) : exact::Integer(slice.count);
  const bool bound = !all && space.space().family == Family::union_sink;
  if (counts.candidates != slice.count || (bound ? counts.systems > systems : counts.systems != systems)) {
    throw InputError(file, "",
                     "the records count " + std::to_string(counts.systems) + " systems in " +
                         std::to_string(counts.candidates) + " ranks, but there are " + systems.str() +
                         " in " + std::to_string(slice.count));
  }
}

MergedJournals merge_journals(const std::vector<std::filesystem::path>& files) {
  MergedJournals merged;
  std::unique_ptr<ShardPlan> plan;
  std::unique_ptr<ShardSet> done;
  std::vector<std::uint32_t> journal_of;  // by shard
  for (std::size_t k = 0; k < files.size(); ++k) {
    const std::string file = files[k].string();
    JournalReader reader(files[k]);
    if (k == 0) {
      merged.header = reader.header();
      merged.space = space_of_journal(merged.header, file);
      plan = std::make_unique<ShardPlan>(merged.header.slice, merged.header.shard_size);
      done = std::make_unique<ShardSet>(*plan);
      journal_of.resize(plan->shards());
    } else {
      expect_same_search(merged.header, reader.header(), file);
    }
    std::uint64_t offset = reader.intact_bytes();
    while (const auto record = reader.next(*merged.space)) {
      const std::uint64_t number = plan->number_of(record->shard);
      if (!done->insert(number)) {
        throw InputError(file, "byte " + std::to_string(offset),
                         "the ranks " + describe(record->shard) + " are in " +
                             files[journal_of[number]].string() + " as well; expected each shard once");
      }
      journal_of[number] = static_cast<std::uint32_t>(k);
      merged.result = merge(*merged.space, merged.result, record->result);
      offset = reader.intact_bytes();
    }
    if (reader.torn_bytes() > 0) merged.torn.emplace_back(file, reader.torn_bytes());
  }
  merged.shards = plan->shards();
  merged.shards_done = done->count();
  merged.missing = missing_ranks(*plan, *done);
  if (merged.complete()) {
    expect_closed_form(*merged.space, merged.header.slice, merged.result.counts, files.front().string());
  }
  return merged;
}

}  // namespace crosshead::search

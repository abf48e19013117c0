// The records of a journal: a finished shard each, checked against the space.
#include <array>

#include "journal_lines.hpp"

#include "crosshead/search/journal.hpp"

namespace crosshead::search {
namespace {

using nlohmann::ordered_json;

/// The counters by their names in a record.
struct NamedCounter {
  const char* name;
  std::uint64_t Counts::*counter;
};
constexpr std::array kCounters{NamedCounter{"candidates", &Counts::candidates},
                               NamedCounter{"systems", &Counts::systems},
                               NamedCounter{"witnesses", &Counts::witnesses},
                               NamedCounter{"ties", &Counts::ties},
                               NamedCounter{"undefined", &Counts::undefined},
                               NamedCounter{"undecided", &Counts::undecided},
                               NamedCounter{"filter_calls", &Counts::filter_calls},
                               NamedCounter{"filter_undecided", &Counts::filter_undecided},
                               NamedCounter{"exact", &Counts::exact},
                               NamedCounter{"orbits", &Counts::orbits},
                               NamedCounter{"witness_orbits", &Counts::witness_orbits}};
static_assert(sizeof(Counts) == kCounters.size() * sizeof(std::uint64_t), "a journal keeps every counter");

ordered_json record_json(const SystemSpace& space, const ShardResult& record) {
  const Result& result = record.result;
  ordered_json counts, first, extreme;
  for (const NamedCounter& entry : kCounters) counts[entry.name] = result.counts.*entry.counter;
  if (result.first) first = space.rank_of(*result.first);
  if (result.extreme) {
    extreme = {space.rank_of(result.extreme->system), exact::to_string(result.extreme->gain)};
  }
  return {{"shard", json_of(record.shard)}, {"counts", counts}, {"first", first}, {"extreme", extreme}};
}

/// A system of the shard, by its rank.
SystemIndex system_of(const SystemSpace& space, const RankRange& shard, const ordered_json& json) {
  const std::uint64_t rank = natural(json);
  if (rank < shard.first || rank - shard.first >= shard.count) {
    throw exact::UsageError("rank " + std::to_string(rank) + " is not in the shard");
  }
  SystemIndex system = space.at(rank);
  if (!space.in_family(system)) {
    throw exact::UsageError("rank " + std::to_string(rank) + " is no system of the family");
  }
  return system;
}

ShardResult record_of(const SystemSpace& space, const ordered_json& json) {
  ShardResult record;
  record.shard = range_of(json.at("shard"));
  if (record.shard.first >= space.candidates() ||
      record.shard.count > space.candidates() - record.shard.first) {
    throw exact::UsageError("the shard is not in the space");
  }
  Counts& counts = record.result.counts;
  for (const NamedCounter& entry : kCounters) {
    counts.*entry.counter = natural(json.at("counts").at(entry.name));
    if (counts.*entry.counter > record.shard.count) {
      throw exact::UsageError(std::string(entry.name) + " is more than the shard's ranks");
    }
  }
  if (counts.candidates != record.shard.count ||
      counts.witnesses + counts.ties + counts.undefined + counts.undecided > counts.systems ||
      counts.witness_orbits > counts.orbits || counts.witness_orbits > counts.witnesses) {
    throw exact::UsageError("the counters contradict one another");
  }
  const ordered_json &first = json.at("first"), &extreme = json.at("extreme");
  if (first.is_null() != (counts.witnesses == 0) || (first.is_null() && !extreme.is_null())) {
    throw exact::UsageError("there are witnesses exactly if one is named");
  }
  if (first.is_null()) return record;
  record.result.first = system_of(space, record.shard, first);
  if (extreme.is_null()) return record;  // a formula that compares nothing has no gain
  record.result.extreme = Found{system_of(space, record.shard, extreme.at(0)),
                                exact::parse_rational(extreme.at(1).get<std::string>())};
  if (record.result.extreme->gain <= 0) throw exact::UsageError("the gain is not positive");
  return record;
}

}  // namespace

RecordText::RecordText(const JournalHeader& header) {
  const std::string line = header_line(header);
  header_checksum_ = journal_checksum(0, std::string_view(line).substr(0, line.size() - 1 - kJournalTail));
}

std::string RecordText::line(const SystemSpace& space, const ShardResult& record) const {
  return journal_line(record_json(space, record), header_checksum_);
}

ShardResult RecordText::parse(const SystemSpace& space, std::string_view given, const std::string& file,
                              std::uint64_t offset) const {
  const auto body = checked_body(given, header_checksum_);
  if (!body) {
    refuse_line(file, offset,
                "the record is damaged, or of another journal: its checksum does not match (the " +
                    std::to_string(offset) + " bytes before it are in order)");
  }
  ShardResult record = read_guarded(*body, file, offset, "record of a shard",
                                    [&](const auto& json) { return record_of(space, json); });
  const std::string again = line(space, record);
  if (given != std::string_view(again).substr(0, again.size() - 1)) {
    refuse_line(file, offset, "the record is not as it is written");
  }
  return record;
}

}  // namespace crosshead::search

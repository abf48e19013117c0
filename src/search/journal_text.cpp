// The lines of a journal. A line is accepted only if writing what was read gives the same line again, so that
// there is exactly one text for each header and each record.
#include <array>

#include <nlohmann/json.hpp>
#include <zlib.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/search/journal.hpp"

namespace crosshead::search {
namespace {

using exact::InputError;
using nlohmann::ordered_json;

constexpr const char* kFormat = "crosshead.search/1";
constexpr std::string_view kChecksumKey = ",\"crc32\":\"";
constexpr std::size_t kChecksumLength = 8, kTailLength = kChecksumKey.size() + kChecksumLength + 2;

std::uint32_t checksum(std::uint32_t start, std::string_view text) {
  return static_cast<std::uint32_t>(
      ::crc32_z(start, reinterpret_cast<const Bytef*>(text.data()), text.size()));
}

std::string hexadecimal(std::uint32_t value) {
  std::string text(kChecksumLength, '0');
  for (std::size_t place = text.size(); place-- > 0; value >>= 4U)
    text[place] = "0123456789abcdef"[value & 15U];
  return text;
}

/// The object as a line with its checksum.
std::string line_of(const ordered_json& object, std::uint32_t start) {
  std::string text = object.dump();
  text.pop_back();
  const std::uint32_t sum = checksum(start, text);
  text.append(kChecksumKey);
  return text + hexadecimal(sum) + "\"}\n";
}

/// The line without its checksum, which is right; nothing otherwise.
std::optional<std::string> checked_body(std::string_view line, std::uint32_t start) {
  if (line.size() <= kTailLength) return std::nullopt;
  const std::string_view body = line.substr(0, line.size() - kTailLength);
  std::string tail(kChecksumKey);
  tail += hexadecimal(checksum(start, body)) + "\"}";
  if (line.substr(body.size()) != tail) return std::nullopt;
  return std::string(body) + "}";
}

std::string weights_text(const WeightVector& weights) {
  std::string text;
  for (const exact::Rational& weight : weights) text += (text.empty() ? "" : ",") + exact::to_string(weight);
  return text;
}

WeightVector parse_weights(const std::string& text) {
  WeightVector weights;
  for (std::size_t begin = 0, end = 0; end != std::string::npos; begin = end + 1) {
    end = text.find(',', begin);
    weights.push_back(exact::parse_rational(text.substr(begin, end - begin)));
  }
  return weights;
}

Family family_named(const std::string& name) {
  for (const Family family : {Family::unique_sink, Family::union_sink, Family::optional_loops}) {
    if (name_of(family) == name) return family;
  }
  throw exact::UsageError("there is no family '" + name + "'");
}

std::uint64_t natural(const ordered_json& json) {
  if (!json.is_number_unsigned()) throw exact::UsageError(json.dump() + " is no natural number");
  return json.get<std::uint64_t>();
}

int small(const ordered_json& json) {
  constexpr std::uint64_t kMost = 1000;
  if (natural(json) > kMost) throw exact::UsageError(json.dump() + " is more than 1000");
  return static_cast<int>(natural(json));
}

ordered_json json_of(const RankRange& range) {
  return {range.first, range.count};
}

RankRange range_of(const ordered_json& json) {
  return {natural(json.at(0)), natural(json.at(1))};
}

/// Whether the text is the second of the two.
bool one_of(const ordered_json& json, const std::string& first, const std::string& second) {
  const auto text = json.get<std::string>();
  if (text != first && text != second) {
    throw exact::UsageError("'" + text + "' is neither " + first + " nor " + second);
  }
  return text == second;
}

ordered_json header_json(const JournalHeader& header) {
  ordered_json weights = ordered_json::array();
  for (const WeightVector& vector : header.space.weights) weights.push_back(weights_text(vector));
  const Question& question = header.question;
  return {{"journal", kFormat},
          {"claim", name_of(question)},
          {"first_step", question.fidelity.first_step},
          {"sink_counts", question.fidelity.sink_counts},
          {"epsilon", exact::to_string(question.epsilon)},
          {"distance", question.mixing.distance == walk::Distance::l1 ? "l1" : "tv"},
          {"start", question.mixing.start == walk::Start::average ? "average" : "worst"},
          {"family", name_of(header.space.family)},
          {"nodes", header.space.nodes},
          {"heads", header.space.heads},
          {"ordered", header.space.ordered},
          {"weights", weights},
          {"weights_name", header.weights_name},
          {"symmetry", header.symmetry},
          {"slice", json_of(header.slice)},
          {"shard_size", header.shard_size},
          {"part", to_string(header.part)}};
}

JournalHeader header_of(const ordered_json& json) {
  JournalHeader header;
  header.question = question_named(json.at("claim").get<std::string>());
  header.question.fidelity.first_step = small(json.at("first_step"));
  header.question.fidelity.sink_counts = json.at("sink_counts").get<bool>();
  header.question.epsilon = exact::parse_rational(json.at("epsilon").get<std::string>());
  header.question.mixing.distance =
      one_of(json.at("distance"), "tv", "l1") ? walk::Distance::l1 : walk::Distance::total_variation;
  header.question.mixing.start =
      one_of(json.at("start"), "worst", "average") ? walk::Start::average : walk::Start::worst;
  header.space.family = family_named(json.at("family").get<std::string>());
  header.space.nodes = small(json.at("nodes"));
  header.space.heads = small(json.at("heads"));
  header.space.ordered = json.at("ordered").get<bool>();
  for (const auto& vector : json.at("weights")) {
    header.space.weights.push_back(parse_weights(vector.get<std::string>()));
  }
  header.weights_name = json.at("weights_name").get<std::string>();
  header.symmetry = json.at("symmetry").get<bool>();
  header.slice = range_of(json.at("slice"));
  header.shard_size = natural(json.at("shard_size"));
  header.part = parse_part(json.at("part").get<std::string>());
  return header;
}

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

[[noreturn]] void refuse(const std::string& file, std::uint64_t offset, const std::string& message) {
  throw InputError(file, "byte " + std::to_string(offset), message);
}

/// `read(json)`, with what is wrong as an InputError.
template <typename Read>
auto guarded(const std::string& body, const std::string& file, std::uint64_t offset, const char* what,
             const Read& read) {
  try {
    return read(ordered_json::parse(body));
  } catch (const nlohmann::json::exception&) {
    refuse(file, offset, std::string("this is no ") + what);
  } catch (const exact::UsageError& error) {
    refuse(file, offset, std::string("this ") + what + " is wrong: " + error.what());
  } catch (const exact::NumberError& error) {
    refuse(file, offset, std::string("this ") + what + " is wrong: " + error.what());
  }
}

}  // namespace

std::string header_line(const JournalHeader& header) {
  return line_of(header_json(header), 0);
}

JournalHeader parse_header_line(std::string_view line, const std::string& file) {
  const std::string begin = std::string("{\"journal\":\"") + kFormat + "\",";
  if (line.substr(0, begin.size()) != begin) {
    refuse(file, 0,
           std::string("this is no journal of a search; expected ") + begin + "... on the first line");
  }
  const auto body = checked_body(line, 0);
  if (!body) refuse(file, 0, "the journal's first line is damaged: its checksum does not match");
  JournalHeader header = guarded(*body, file, 0, "journal's description of a search", [](const auto& json) {
    JournalHeader read = header_of(json);
    read.plan();
    return read;
  });
  const std::string again = header_line(header);
  if (line != std::string_view(again).substr(0, again.size() - 1)) {
    refuse(file, 0, "the journal's first line is not as it is written");
  }
  return header;
}

RecordText::RecordText(const JournalHeader& header) {
  const std::string line = header_line(header);
  header_checksum_ = checksum(0, std::string_view(line).substr(0, line.size() - 1 - kTailLength));
}

std::string RecordText::line(const SystemSpace& space, const ShardResult& record) const {
  return line_of(record_json(space, record), header_checksum_);
}

ShardResult RecordText::parse(const SystemSpace& space, std::string_view given, const std::string& file,
                              std::uint64_t offset) const {
  const auto body = checked_body(given, header_checksum_);
  if (!body) {
    refuse(file, offset,
           "the record is damaged, or of another journal: its checksum does not match (the " +
               std::to_string(offset) + " bytes before it are in order)");
  }
  ShardResult record = guarded(*body, file, offset, "record of a shard",
                               [&](const auto& json) { return record_of(space, json); });
  const std::string again = line(space, record);
  if (given != std::string_view(again).substr(0, again.size() - 1)) {
    refuse(file, offset, "the record is not as it is written");
  }
  return record;
}

void expect_same_search(const JournalHeader& expected, const JournalHeader& found, const std::string& file) {
  const auto shown = [](const ordered_json& value) {
    constexpr std::size_t kShown = 60;
    const std::string text = value.dump();
    return text.size() <= kShown ? text : text.substr(0, kShown) + "...";
  };
  const ordered_json here = header_json(expected), there = header_json(found);
  for (const auto& [key, value] : here.items()) {
    if (key == "part" || key == "weights_name" || there.at(key) == value) continue;
    throw InputError(file, "",
                     "the journal is of another search: its " + key + " is " + shown(there.at(key)) +
                         ", expected " + shown(value));
  }
}

}  // namespace crosshead::search

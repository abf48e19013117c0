// The first line of a journal: everything that the answer depends on.
#include "journal_lines.hpp"

#include "crosshead/exact/value_named.hpp"
#include "crosshead/search/journal.hpp"
#include "crosshead/walk/convention_names.hpp"

namespace crosshead::search {
namespace {

using nlohmann::ordered_json;

constexpr const char* kFormat = "crosshead.search/1";

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

int small(const ordered_json& json) {
  constexpr std::uint64_t kMost = 1000;
  if (natural(json) > kMost) throw exact::UsageError(json.dump() + " is more than 1000");
  return static_cast<int>(natural(json));
}

/// The one of the two that the text names.
template <typename Value>
Value one_of(const ordered_json& json, Value first, Value second) {
  const auto text = json.get<std::string>();
  if (const auto value = exact::value_named(text, {first, second})) return *value;
  throw exact::UsageError("'" + text + "' is neither " + name_of(first) + " nor " + name_of(second));
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
          {"distance", walk::name_of(question.mixing.distance)},
          {"start", walk::name_of(question.mixing.start)},
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
      one_of(json.at("distance"), walk::Distance::total_variation, walk::Distance::l1);
  header.question.mixing.start = one_of(json.at("start"), walk::Start::worst, walk::Start::average);
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

}  // namespace

std::string header_line(const JournalHeader& header) {
  return journal_line(header_json(header), 0);
}

JournalHeader parse_header_line(std::string_view line, const std::string& file) {
  const std::string begin = std::string("{\"journal\":\"") + kFormat + "\",";
  if (line.substr(0, begin.size()) != begin) {
    refuse_line(file, 0,
                std::string("this is no journal of a search; expected ") + begin + "... on the first line");
  }
  const auto body = checked_body(line, 0);
  if (!body) refuse_line(file, 0, "the journal's first line is damaged: its checksum does not match");
  JournalHeader header =
      read_guarded(*body, file, 0, "journal's description of a search", [](const auto& json) {
        JournalHeader read = header_of(json);
        read.plan();
        return read;
      });
  const std::string again = header_line(header);
  if (line != std::string_view(again).substr(0, again.size() - 1)) {
    refuse_line(file, 0, "the journal's first line is not as it is written");
  }
  return header;
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
    throw exact::InputError(file, "",
                            "the journal is of another search: its " + key + " is " + shown(there.at(key)) +
                                ", expected " + shown(value));
  }
}

}  // namespace crosshead::search

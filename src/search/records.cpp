// Records in their file: TOML, one [[record]] each.
#include "crosshead/search/records.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "crosshead/claim/claim_document.hpp"
#include "crosshead/exact/error.hpp"
#include "crosshead/exact/input_file.hpp"

namespace crosshead::search {
namespace {

using claim::ClaimDocument;
using claim::TableReader;
using exact::InputError;
using exact::Rational;

constexpr std::size_t kMostBytes = std::size_t{4} << 20U;

class RecordReader {
 public:
  RecordReader(const ClaimDocument& document, const toml::table& table) : reader_(document, table) {}

  Record read() {
    reader_.only(
        {"claim", "maximise", "epsilon", "nodes", "heads", "weights", "grid", "value", "found", "optimal"});
    record_.objective.question.claim = named("claim", built_in_named);
    record_.objective.measure = named("maximise", measure_named);
    read_epsilon();
    record_.space.nodes = integer("nodes").value_or(0);
    if (record_.space.nodes == 0) reader_.fail("the key 'nodes' is missing");
    if (record_.space.nodes < 2 || record_.space.nodes > GuidedSpace::kMaxNodes) {
      reader_.fail(*reader_.find("nodes"), "'nodes' must be 2 to " + std::to_string(GuidedSpace::kMaxNodes));
    }
    read_heads();
    read_weights();
    try {
      check(record_.space);
    } catch (const exact::UsageError& error) {
      reader_.fail(error.what());
    }
    reader_.required("value");
    record_.value = reader_.number(*reader_.find("value"));
    record_.found = reader_.required("found");
    record_.optimal = reader_.text("optimal").value_or("");
    record_.system.name = name_of(record_);
    return std::move(record_);
  }

 private:
  template <typename Parse>
  auto named(const std::string& key, Parse value_named) -> decltype(value_named(std::string())) {
    const std::string name = reader_.required(key);
    try {
      return value_named(name);
    } catch (const exact::UsageError& error) {
      reader_.fail(*reader_.find(key), error.what());
    }
  }
  std::optional<int> integer(const std::string& key) {
    const toml::node* node = reader_.find(key);
    if (node == nullptr) return std::nullopt;
    const auto value = node->value_exact<std::int64_t>();
    if (!value || *value < 1 || *value > 1'000'000)
      reader_.fail(*node, "'" + key + "' must be a positive integer");
    return static_cast<int>(*value);
  }
  const toml::array& list(const std::string& key) {
    const toml::node* node = reader_.find(key);
    if (node == nullptr) reader_.fail("the key '" + key + "' is missing");
    if (!node->is_array()) reader_.fail(*node, "'" + key + "' must be a list of strings");
    return *node->as_array();
  }

  void read_epsilon() {
    Question& question = record_.objective.question;
    const toml::node* node = reader_.find("epsilon");
    if (!question.about_mixing()) {
      if (node != nullptr)
        reader_.fail(*node, "'epsilon' is for mixing times; this record is about fidelity");
      return;
    }
    if (node == nullptr) reader_.fail("the key 'epsilon' is missing");
    question.epsilon = reader_.number(*node);
    if (question.epsilon <= 0 || question.epsilon >= 1)
      reader_.fail(*node, "'epsilon' must be above 0 and below 1");
  }

  void read_heads() {
    const int nodes = record_.space.nodes;
    heads::HeadSystem& system = record_.system;
    system.sink = nodes - 1;
    for (int node = 1; node <= nodes; ++node) system.nodes.push_back(std::to_string(node));
    for (const toml::node& node : list("heads")) {
      if (!node.is_string()) reader_.fail(node, "a head is a string of edges, for example \"1>2,4-6 2>4\"");
      heads::Head head;
      try {
        head.graph = graph_of_compact_edges(**node.as_string(), nodes);
      } catch (const std::invalid_argument& error) {
        reader_.fail(node, error.what());
      }
      const std::vector<int> sinks = graph::sinks(*head.graph);
      if (sinks.size() > 1)
        reader_.fail(node, "node " + std::to_string(sinks.front() + 1) +
                               " has no edge: only the last node may be a sink");
      for (const heads::Head& other : system.heads) {
        if (other.graph == head.graph) reader_.fail(node, "the heads of a system are distinct");
      }
      system.heads.push_back(std::move(head));
    }
    record_.space.heads = static_cast<int>(system.heads.size());
  }

  void read_weights() {
    GuidedSpace& space = record_.space;
    std::vector<Rational>& weights = record_.system.weights;
    const toml::node* given = reader_.find("weights");
    space.denominator = integer("grid").value_or(0);
    if (given == nullptr) {
      if (space.denominator > 0) reader_.fail(*reader_.find("grid"), "'grid' needs 'weights'");
      if (space.heads > 0) weights.assign(system_heads(), Rational(1, space.heads));
    } else {
      for (const toml::node& node : list("weights")) weights.push_back(reader_.number(node));
      if (weights.size() != system_heads() ||
          std::any_of(weights.begin(), weights.end(), [](const Rational& weight) { return weight <= 0; }) ||
          std::accumulate(weights.begin(), weights.end(), Rational(0)) != 1) {
        reader_.fail(*given,
                     "'weights' must be " + std::to_string(space.heads) + " positive numbers with sum 1");
      }
    }
    if (space.denominator == 0) {
      space.weights = weights;
      return;
    }
    for (const Rational& weight : weights) {
      if (denominator(Rational(weight * space.denominator)) != 1)
        reader_.fail(*given,
                     exact::to_string(weight) + " is no multiple of 1/" + std::to_string(space.denominator));
    }
  }
  std::size_t system_heads() const { return record_.system.heads.size(); }

  TableReader reader_;
  Record record_;
};

/// "1/4" as "1-4".
std::string file_text(const Rational& value) {
  std::string text = exact::to_string(value);
  std::replace(text.begin(), text.end(), '/', '-');
  return text;
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

bool uniform(const std::vector<Rational>& weights) {
  return std::all_of(weights.begin(), weights.end(),
                     [&](const Rational& weight) { return weight == weights.front(); });
}

}  // namespace

std::string name_of(const Record& record) {
  const Question& question = record.objective.question;
  std::string name = name_of(question.claim) + "-" + name_of(record.objective.measure) + "-" +
                     std::to_string(record.space.nodes) + "-" + std::to_string(record.space.heads);
  if (record.space.denominator > 0) {
    name += "-grid-" + std::to_string(record.space.denominator);
  } else if (!uniform(record.space.weights)) {
    std::vector<Rational> weights = record.space.weights;
    std::sort(weights.begin(), weights.end());
    name += "-weights";
    for (const Rational& weight : weights) name += "-" + file_text(weight);
  }
  if (question.about_mixing()) name += "-epsilon-" + file_text(question.epsilon);
  return name;
}

std::vector<Record> parse_records(std::string_view text, const std::filesystem::path& file) {
  const ClaimDocument document = claim::parse_document(text, file.string());
  const TableReader reader(document, document.table);
  reader.only({"record"});
  std::vector<Record> records;
  const toml::node* list = reader.find("record");
  if (list == nullptr) return records;
  if (!list->is_array_of_tables()) reader.fail(*list, "records are tables [[record]]");
  std::map<std::string, toml::source_index> lines;
  for (const toml::node& node : *list->as_array()) {
    records.push_back(RecordReader(document, *node.as_table()).read());
    const auto [at, first] = lines.emplace(name_of(records.back()), node.source().begin.line);
    if (!first) {
      reader.fail(node, "the record " + at->first + " is already in line " + std::to_string(at->second));
    }
  }
  return records;
}

std::vector<Record> read_records(const std::filesystem::path& file) {
  const std::string text = exact::read_file(file, "a file of records", kMostBytes);
  if (text.size() > kMostBytes)
    throw InputError(file.string(), "", "records take at most " + std::to_string(kMostBytes) + " bytes");
  return parse_records(text, file);
}

std::string record_text(const Record& record) {
  const Question& question = record.objective.question;
  std::string text = "[[record]]\nclaim = " + quoted(name_of(question.claim)) +
                     "\nmaximise = " + quoted(name_of(record.objective.measure)) + "\n";
  if (question.about_mixing()) text += "epsilon = " + quoted(exact::to_string(question.epsilon)) + "\n";
  text += "nodes = " + std::to_string(record.space.nodes) + "\nheads = [\n";
  for (const heads::Head& head : record.system.heads)
    text += "  " + quoted(compact_edges(*head.graph)) + ",\n";
  text += "]\n";
  if (record.space.denominator > 0) text += "grid = " + std::to_string(record.space.denominator) + "\n";
  if (record.space.denominator > 0 || !uniform(record.system.weights)) {
    std::string list;
    for (const Rational& weight : record.system.weights)
      list += (list.empty() ? "" : ", ") + quoted(exact::to_string(weight));
    text += "weights = [" + list + "]\n";
  }
  text += "value = " + quoted(exact::to_string(record.value)) + "\nfound = " + quoted(record.found) + "\n";
  if (!record.optimal.empty()) text += "optimal = " + quoted(record.optimal) + "\n";
  return text;
}

}  // namespace crosshead::search

// From the tables of a claim file to its entry: labels, printed numbers, readings with their formulas and
// systems.
#include <algorithm>
#include <stdexcept>

#include "crosshead/claim/claim_document.hpp"
#include "crosshead/claim/ledger.hpp"
#include "crosshead/claim/measured.hpp"
#include "crosshead/exact/error.hpp"
#include "crosshead/walk/convention_names.hpp"

namespace crosshead::claim {
namespace {

/// Systems by the name that the file uses, each read once.
class SystemShelf {
 public:
  explicit SystemShelf(const SystemSource& source) : source_(source) {}

  /// Throws std::invalid_argument if there is none, exact::InputError if it is broken.
  const heads::HeadSystem& get(const std::string& name) {
    const auto found = systems_.find(name);
    if (found != systems_.end()) return found->second;
    return systems_.emplace(name, source_(name)).first->second;
  }

  const heads::HeadSystem& get(const std::string& name, const TableReader& reader, const std::string& key) {
    try {
      return get(name);
    } catch (const std::invalid_argument& error) {
      reader.fail(*reader.find(key), error.what());
    }
  }

 private:
  const SystemSource& source_;
  std::map<std::string, heads::HeadSystem> systems_;
};

std::vector<std::vector<exact::Rational>> table_of(const TableReader& reader, const toml::array& rows) {
  std::vector<std::vector<exact::Rational>> result;
  for (const toml::node& node : rows) {
    const toml::array* row = node.as_array();
    if (row == nullptr || row->empty()) reader.fail(node, "a printed table consists of rows of numbers");
    if (!result.empty() && row->size() != result.front().size()) {
      reader.fail(node, "this row has " + std::to_string(row->size()) + " entries, the first has " +
                            std::to_string(result.front().size()));
    }
    std::vector<exact::Rational> numbers;
    for (const toml::node& entry : *row) numbers.push_back(reader.number(entry));
    result.push_back(std::move(numbers));
  }
  if (result.empty()) reader.fail(rows, "a printed table needs a row");
  return result;
}

PrintedNumbers printed_of(const ClaimDocument& document, const toml::table& table) {
  const TableReader reader(document, table);
  PrintedNumbers printed;
  for (const auto& [key, node] : table) {
    if (const toml::array* rows = node.as_array()) {
      printed.tables.emplace(std::string(key.str()), table_of(reader, *rows));
    } else {
      printed.values.emplace(std::string(key.str()), reader.number(node));
    }
  }
  return printed;
}

Convention convention_of(const ClaimDocument& document, const toml::table& table) {
  const TableReader reader(document, table);
  reader.only({"first_step", "sink_counts", "distance", "start"});
  Convention convention;
  if (const toml::node* node = reader.find("first_step")) {
    const auto step = node->value_exact<std::int64_t>();
    if (!step || (*step != 0 && *step != 1)) reader.fail(*node, "'first_step' must be 0 or 1");
    convention.fidelity.first_step = static_cast<int>(*step);
  }
  if (const auto counts = reader.flag("sink_counts")) convention.fidelity.sink_counts = *counts;
  if (const auto distance = reader.text("distance")) {
    const auto named = walk::distance_named(*distance);
    if (!named) reader.fail(*reader.find("distance"), "'distance' must be \"tv\" or \"l1\"");
    convention.mixing.distance = *named;
  }
  if (const auto start = reader.text("start")) {
    const auto named = walk::start_named(*start);
    if (!named) reader.fail(*reader.find("start"), "'start' must be \"worst\" or \"average\"");
    convention.mixing.start = *named;
  }
  return convention;
}

Formula formula_of(const TableReader& reader, const LedgerEntry& entry, ClaimReading& reading,
                   SystemShelf& systems) {
  const std::string text = reader.required("formula");
  FormulaContext context;
  context.has_system = reading.given.has_value();
  for (const auto& [name, value] : entry.printed.values) context.printed.emplace(name, false);
  for (const auto& [name, table] : entry.printed.tables) context.printed.emplace(name, true);
  std::vector<std::string> measured;
  if (entry.models != ModelSet::none) {
    for (const MeasuredName& name : measured_names()) measured.push_back(name.name);
  }
  for (const std::string& name : mentioned_files(text)) {
    try {
      reading.files.emplace(name, systems.get(name));
      context.files.push_back(name);
    } catch (const std::invalid_argument&) {
      // The parser complains of it, with the place.
    }
  }
  try {
    return parse_formula(text, context, measured);
  } catch (const FormulaError& error) {
    reader.fail_inside(*reader.find("formula"), error);
  }
}

ClaimReading reading_of(const ClaimDocument& document, const toml::table& table, const LedgerEntry& entry,
                        const std::string& claim_system, SystemShelf& systems) {
  const TableReader reader(document, table);
  reader.only({"name", "formula", "role", "expected", "system", "certify", "reason", "convention"});
  ClaimReading reading;
  reading.name = reader.required("name");
  for (const ClaimReading& other : entry.readings) {
    if (other.name == reading.name)
      reader.fail(*reader.find("name"), "another reading has the name '" + reading.name + "'");
  }
  reading.role = reader.named("role", role_named).value_or(Role::stated);
  const auto expected = reader.flag("expected");
  if (!expected) reader.fail("the key 'expected' is missing: true or false");
  reading.expected = *expected;
  reading.certify = reader.flag("certify").value_or(true);
  reading.reason = reader.text("reason").value_or("");
  if (!reading.certify && reading.reason.empty())
    reader.fail(*reader.find("certify"), "a reading without a certificate needs a 'reason'");
  if (reading.certify && reader.find("reason") != nullptr)
    reader.fail(*reader.find("reason"), "'reason' belongs to 'certify = false'");
  if (const toml::table* convention = reader.table("convention"))
    reading.convention = convention_of(document, *convention);
  reading.system_name = claim_system;
  reading.given = entry.system;
  if (const auto system = reader.text("system")) {
    reading.system_name = *system;
    reading.given = systems.get(*system, reader, "system");
  }
  reading.formula = formula_of(reader, entry, reading, systems);
  if (entry.models != ModelSet::none && reading.certify) {
    reading.certify = false;
    reading.reason = "it speaks of numbers that are measured on trained models on every run";
  }
  return reading;
}

/// Ids name files of certificates.
void check_id(const TableReader& reader, const std::string& id) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
  };
  if (id.size() > 64 || id.front() == '.' || !std::all_of(id.begin(), id.end(), allowed)) {
    reader.fail(
        *reader.find("id"),
        "an id consists of at most 64 letters, digits, '-', '_' and '.', and does not start with '.'");
  }
}

/// "file.v#name".
void check_theorem(const TableReader& reader, const std::string& theorem) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '\'';
  };
  const std::size_t split = theorem.find(".v#");
  const std::string_view name =
      split == std::string::npos ? std::string_view() : std::string_view(theorem).substr(split + 3);
  if (split == std::string::npos || split == 0 || name.empty() ||
      !std::all_of(name.begin(), name.end(), allowed)) {
    reader.fail(*reader.find("theorem"), "a theorem is written as \"file.v#name\"");
  }
}

std::vector<std::string> hypotheses_of(const TableReader& reader) {
  const toml::node* node = reader.find("hypotheses");
  if (node == nullptr) return {};
  if (reader.find("theorem") == nullptr) reader.fail(*node, "hypotheses are those of a theorem: name it");
  if (!node->is_array()) reader.fail(*node, "hypotheses are written as an array of texts");
  std::vector<std::string> hypotheses;
  for (const toml::node& hypothesis : *node->as_array()) {
    if (!hypothesis.is_string()) reader.fail(hypothesis, "a hypothesis is a text");
    hypotheses.push_back(**hypothesis.as_string());
  }
  return hypotheses;
}

/// Does the expected verdict follow from the truth values that are expected?
void check_expected(const TableReader& reader, const LedgerEntry& entry) {
  if (entry.expected == Verdict::proved && entry.theorem.empty())
    reader.fail(*reader.find("expected"), "'proved' needs the key 'theorem'");
  std::vector<ReadingTruth> truths;
  for (const ClaimReading& reading : entry.readings)
    truths.push_back({reading.role, reading.expected ? diffusion::Truth::yes : diffusion::Truth::no});
  const bool stated = std::any_of(truths.begin(), truths.end(),
                                  [](const ReadingTruth& truth) { return truth.role == Role::stated; });
  if (!stated) reader.fail("no reading has the role 'stated'");
  const Verdict verdict = verdict_of(truths, entry.kind);
  const bool fits = entry.expected == verdict || entry.expected == Verdict::undecided ||
                    (entry.expected == Verdict::proved && verdict == Verdict::verified);
  if (fits) return;
  reader.fail(*reader.find("expected"), "the verdict '" + name_of(entry.expected) +
                                            "' does not follow from what the readings expect: they give '" +
                                            name_of(verdict) + "'");
}

}  // namespace

LedgerEntry parse_claim(std::string_view text, const std::filesystem::path& file, const SystemSource& systems,
                        const std::string& required_id) {
  if (text.size() > kMostClaimBytes) {
    throw exact::InputError(file.string(), "",
                            "a claim file may have at most " + std::to_string(kMostClaimBytes) + " bytes");
  }
  LedgerEntry entry;
  entry.file = file;
  entry.text = text;
  const ClaimDocument document = parse_document(entry.text, file.string());
  const TableReader reader(document, document.table);
  reader.only({"id", "section", "source", "statement", "kind", "expected", "system", "model", "models",
               "theorem", "hypotheses", "breaks", "corrected", "printed", "reading"});
  entry.id = reader.required("id");
  check_id(reader, entry.id);
  if (!required_id.empty() && entry.id != required_id)
    reader.fail(*reader.find("id"), "in the ledger the id must equal the file's name, '" + required_id + "'");
  entry.section = reader.required("section");
  entry.source = reader.required("source");
  entry.statement = reader.required("statement");
  entry.kind = reader.named("kind", claim_kind_named).value_or(ClaimKind::claim);
  reader.required("expected");
  entry.expected = *reader.named("expected", verdict_named);
  entry.theorem = reader.text("theorem").value_or("");
  if (!entry.theorem.empty()) check_theorem(reader, entry.theorem);
  entry.hypotheses = hypotheses_of(reader);
  entry.breaks = reader.text("breaks").value_or("");
  entry.corrected = reader.text("corrected").value_or("");
  if (const toml::table* printed = reader.table("printed")) entry.printed = printed_of(document, *printed);
  SystemShelf shelf(systems);
  const std::string system = reader.text("system").value_or("");
  if (reader.find("system") != nullptr) entry.system = shelf.get(system, reader, "system");
  if (reader.find("model") != nullptr) entry.model = reader.required("model");

  if (const auto models = reader.text("models")) {
    if (*models != "published" && *models != "own")
      reader.fail(*reader.find("models"), "'models' must be \"published\" or \"own\"");
    if (!entry.model.empty()) reader.fail(*reader.find("models"), "'model' and 'models' exclude each other");
    entry.models = *models == "own" ? ModelSet::own : ModelSet::published;
  }

  if (const toml::node* readings = reader.find("reading")) {
    if (!readings->is_array_of_tables()) reader.fail(*readings, "readings are written as [[reading]] tables");
    if (!entry.model.empty()) reader.fail(*readings, "a claim about a model has no readings of its own");
    for (const toml::node& reading : *readings->as_array())
      entry.readings.push_back(reading_of(document, *reading.as_table(), entry, system, shelf));
    check_expected(reader, entry);
  } else if (entry.model.empty()) {
    reader.fail("there is nothing to decide: a claim needs a [[reading]] with a formula");
  }
  return entry;
}

}  // namespace crosshead::claim

// Certificates read back, member by member; what the verdict and the hashes must be is computed and compared.
#include <algorithm>
#include <vector>

#include "reader_view.hpp"

#include "crosshead/certificate/certificate_file.hpp"
#include "crosshead/exact/error.hpp"
#include "crosshead/exact/input_file.hpp"
#include "crosshead/heads/json_reader.hpp"
#include "crosshead/walk/convention_names.hpp"

namespace crosshead::certificate {
namespace {

/// One of the names of `values`, or a complaint that lists them.
template <typename Value, typename NameOf>
Value read_name(const View& view, std::initializer_list<Value> values, const NameOf& name_of) {
  std::string names;
  for (const Value value : values)
    names += (names.empty() ? "\"" : ", \"") + std::string(name_of(value)) + "\"";
  const std::string& text = view.expect_string("one of " + names);
  for (const Value value : values) {
    if (text == name_of(value)) return value;
  }
  view.fail("expected one of " + names + ", found " + found(view.value()));
}

claim::Convention read_convention(const View& view) {
  view.expect_members({"first_step", "sink_counts", "distance", "start"});
  claim::Convention convention;
  convention.fidelity.first_step = static_cast<int>(view.at("first_step").expect_integer(0, 1));
  convention.fidelity.sink_counts = view.at("sink_counts").expect_boolean();
  using walk::Distance;
  using walk::Start;
  convention.mixing.distance = read_name(view.at("distance"), {Distance::total_variation, Distance::l1},
                                         [](Distance distance) { return walk::name_of(distance); });
  convention.mixing.start = read_name(view.at("start"), {Start::worst, Start::average},
                                      [](Start start) { return walk::name_of(start); });
  return convention;
}

claim::PrintedNumbers read_printed(const View& view) {
  view.expect_names();
  claim::PrintedNumbers printed;
  for (const auto& [name, value] : view.value().items()) {
    const View number = view.at(name);
    if (!value.is_array()) {
      printed.values[name] = number.expect_rational();
      continue;
    }
    auto& rows = printed.tables[name];
    if (value.empty()) number.fail("expected at least one row");
    for (std::size_t i = 0; i < value.size(); ++i) {
      const View row = number.at(i);
      rows.push_back(read_vector(row));
      if (rows[i].empty() || rows[i].size() != rows[0].size()) {
        row.fail("expected rows of one length that is not 0");
      }
    }
  }
  return printed;
}

Statement read_statement(const View& view) {
  Statement statement;
  statement.name = view.at("name").expect_string("the name of the reading");
  statement.role =
      read_name(view.at("role"), {claim::Role::stated, claim::Role::hypothesis, claim::Role::fact},
                [](claim::Role role) { return claim::name_of(role); });
  statement.formula = view.at("text").expect_string("a formula");
  statement.convention = read_convention(view.at("convention"));
  if (view.has("printed")) statement.printed = read_printed(view.at("printed"));
  if (view.has("given")) statement.given = read_system(view.at("given"));
  return statement;
}

/// Requires a tree as section 2 builds them: integers, names, and operations applied to trees.
void expect_tree(const View& view) {
  const Json& value = view.value();
  if (value.is_number_integer() || value.is_string()) return;
  if (!value.is_array()) view.fail("expected a tree: an integer, a name or a list, found " + found(value));
  if (value.empty()) view.fail("expected an operation and its parts");
  view.at(0).expect_string("an operation");
  for (std::size_t k = 0; k < value.size(); ++k) expect_tree(view.at(k));
}

claim::WitnessValue read_witness(const View& view, const View& systems) {
  view.expect_members({"name", "value?", "word?", "system?", "weights?", "between?", "side?"});
  if (view.value().size() != (view.has("side") ? 3 : 2) || (view.has("side") && !view.has("between")))
    view.fail("expected \"name\" and one of \"value\", \"word\", \"system\", \"weights\", \"between\"");
  claim::WitnessValue witness;
  witness.name = view.at("name").expect_string("a bound name");
  if (view.has("value")) witness.number = view.at("value").expect_rational();
  if (view.has("word")) {
    const View word = view.at("word");
    const std::size_t length = word.expect_array("a list of heads");
    for (std::size_t k = 0; k < length; ++k) {
      witness.word.push_back(static_cast<int>(word.at(k).expect_integer(1, INT32_MAX)));
    }
  }
  if (view.has("system")) {
    read_system(view.at("system"));
    const Json& listed = systems.value();
    const auto found = std::find_if(listed.begin(), listed.end(), [&](const Json& item) {
      return item.is_object() && item.contains("system") && item["system"] == view.at("system").value();
    });
    if (found == listed.end()) view.at("system").fail("the system is not listed under \"systems\"");
    witness.system = static_cast<std::size_t>(found - listed.begin());
  }
  if (view.has("between")) {
    const View ends = view.at("between");
    ends.expect_array("two weights", 2);
    witness.between = {ends.at(std::size_t{0}).expect_rational(), ends.at(1).expect_rational()};
  }
  if (view.has("side"))
    witness.side =
        read_name(view.at("side"), {0, 1, 2}, [](int k) { return kSides.at(static_cast<std::size_t>(k)); });
  if (view.has("weights")) {
    witness.weights = read_vector(view.at("weights"));
    if (witness.weights.empty()) view.at("weights").fail("expected at least one weight");
  }
  return witness;
}

Reading read_reading(const View& view) {
  view.expect_members({"name", "role", "text", "formula", "convention", "printed?", "given?", "truth",
                       "witness?", "systems"});
  Reading reading;
  reading.statement = read_statement(view);
  expect_tree(view.at("formula"));
  reading.tree = canonical_text(view.at("formula").value());
  reading.truth = view.at("truth").expect_boolean();
  const View systems = view.at("systems");
  const std::size_t count = systems.expect_array("a list of systems");
  for (std::size_t k = 0; k < count; ++k) {
    const View listed = systems.at(k);
    listed.expect_members({"system", "facts"});
    ListedSystem system;
    system.system = read_system(listed.at("system"));
    const View facts = listed.at("facts");
    const std::size_t number = facts.expect_array("a list of facts");
    for (std::size_t f = 0; f < number; ++f) system.facts.push_back(read_fact(facts.at(f), system.system));
    reading.systems.push_back(std::move(system));
  }
  if (view.has("witness")) {
    const View witness = view.at("witness");
    const std::size_t length = witness.expect_array("a list of values");
    reading.witness.emplace();
    for (std::size_t k = 0; k < length; ++k) reading.witness->push_back(read_witness(witness.at(k), systems));
  }
  return reading;
}

void expect_hash(const View& view, const std::string& hash) {
  if (view.expect_string("a hash") != hash) view.fail("the hash does not match, which is " + hash);
}

std::string read_hex(const View& view) {
  const std::string& text = view.expect_string("a hash");
  if (text.size() != 64 || text.find_first_not_of("0123456789abcdef") != std::string::npos) {
    view.fail("expected 64 hexadecimal digits in lower case, found " + found(view.value()));
  }
  return text;
}

/// Compares `hashes`; returns the ledger's.
std::optional<std::string> read_hashes(const View& view, const View& readings,
                                       const Certificate& certificate) {
  view.expect_members({"claim", "systems", "ledger?"});
  Json identity = Json::array({document_of(certificate.claim)});
  for (const Reading& reading : certificate.readings) identity.push_back(identity_of(reading));
  expect_hash(view.at("claim"), hash_of(identity));
  const View systems = view.at("systems");
  const std::size_t count = systems.expect_array("a list of hashes");
  std::size_t next = 0;
  for (const Json& reading : readings.value()) {
    for (const Json& listed : reading["systems"]) {
      if (next == count) systems.fail("expected a hash for each system");
      expect_hash(systems.at(next++), hash_of(listed["system"]));
    }
  }
  if (next != count) systems.fail("expected " + std::to_string(next) + " hashes, one for each system");
  return view.has("ledger") ? std::optional(read_hex(view.at("ledger"))) : std::nullopt;
}

}  // namespace

Certificate parse(std::string_view text, const std::filesystem::path& file) {
  const std::string name = file.string();
  if (text.size() > kMostBytes) {
    throw exact::InputError(name, "byte " + std::to_string(kMostBytes), "too long for a certificate");
  }
  heads::parse_strict_json(text, file);  // for its complaints; it forgets the order of members
  Json document = Json::parse(text);
  const View view(document, name);
  view.expect_members({"format", "claim", "verdict", "kind", "readings", "hashes", "sha256"});
  if (view.at("format").expect_string("the format's name") != "crosshead.certificate/1") {
    view.at("format").fail("expected \"crosshead.certificate/1\", found " + found(document["format"]));
  }
  Certificate certificate;
  const View labels = view.at("claim");
  labels.expect_members({"id", "section", "source", "statement"});
  certificate.claim = {labels.at("id").expect_string("text"), labels.at("section").expect_string("text"),
                       labels.at("source").expect_string("text"),
                       labels.at("statement").expect_string("text")};
  certificate.kind = read_name(view.at("kind"), {claim::ClaimKind::claim, claim::ClaimKind::definition},
                               [](claim::ClaimKind kind) { return claim::name_of(kind); });
  const View readings = view.at("readings");
  const std::size_t count = readings.expect_array("a list of readings");
  for (std::size_t k = 0; k < count; ++k) certificate.readings.push_back(read_reading(readings.at(k)));
  const auto verdict = verdict_of(certificate);
  if (!verdict) readings.fail("no reading is stated");
  if (view.at("verdict").expect_string("a verdict") != claim::name_of(*verdict)) {
    view.at("verdict").fail("the readings give the verdict \"" + claim::name_of(*verdict) + "\", found " +
                            found(document["verdict"]));
  }
  certificate.ledger = read_hashes(view.at("hashes"), readings, certificate);
  const Json sum = document["sha256"];
  document.erase("sha256");
  const std::string expected = hash_of(document);
  document["sha256"] = sum;
  expect_hash(view.at("sha256"), expected);
  return certificate;
}

Certificate read(const std::filesystem::path& file) {
  return parse(exact::read_file(file, "a certificate", kMostBytes), file);
}

}  // namespace crosshead::certificate

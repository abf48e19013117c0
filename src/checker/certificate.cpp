// The layout of a certificate (section 1): hashes, readings and the verdict that their truths give.
#include "src/checker/certificate.hpp"

#include <algorithm>
#include <fstream>

#include "src/checker/evaluator.hpp"
#include "src/checker/sha256.hpp"

namespace crosshead::checker {
namespace {

struct Reading {
  std::size_t role;  // 0 stated, 1 hypothesis, 2 fact
  bool truth;
  std::string formula;
  std::string hashed;  // what hashes.claim covers
};

// Checks one reading: its formula has the value that it states, by the facts that it lists.
Reading check_reading(const Json& json) {
  auto given = json.members({"name", "role", "formula", "convention", "printed?", "given?", "files?", "truth",
                             "mode", "witness?", "systems"});
  given[0]->string();
  Reading reading{given[1]->choice({"stated", "hypothesis", "fact"}), given[7]->boolean(), given[2]->string(),
                  "["};
  for (int k = 0; k < 7; ++k) {
    if (k > 0) reading.hashed += ",";
    reading.hashed += given[k] ? given[k]->text : "null";
  }
  reading.hashed += "]";
  bool from_witness = given[8]->choice({"enumerated", "witness"}) == 1;
  Evidence evidence(*given[10], Convention(*given[3]));
  Evaluator evaluator(given[4], given[5], given[6], evidence);
  try {
    Node formula = read_formula(reading.formula, given[5] != nullptr);
    if (from_witness && formula.op != (reading.truth ? "exists" : "forall"))
      throw Rejected{nullptr, "no witness decides this formula so"};
    Truth truth = evaluator.decide(formula, given[9], from_witness);
    if (truth == Truth::unknown) throw Rejected{nullptr, "the formula has no truth value"};
    if (truth != truth_of(reading.truth))
      throw Rejected{nullptr, "the formula does not have the stated truth"};
  } catch (Rejected& rejected) {
    if (!rejected.where) rejected.where = given[2];
    throw;
  }
  evidence.finish();
  return reading;
}

std::string verdict_of(const std::vector<Reading>& readings) {
  int stated[2] = {0, 0}, hypotheses[2] = {0, 0};
  for (const Reading& reading : readings) {
    if (reading.role == 0) ++stated[reading.truth];
    if (reading.role == 1) ++hypotheses[reading.truth];
  }
  if (stated[0] > 0 && stated[1] > 0) return "ambiguous";
  if (stated[1] > 0) return "verified";
  return hypotheses[1] > 0 && hypotheses[0] == 0 ? "holds-if" : "refuted";
}

void require_hash(const Json& given, std::string_view bytes) {
  if (given.string() != sha256(bytes)) throw Rejected{&given, "the hash does not match"};
}

void require_ledger(const Json* hash, const Json& id, const std::string& folder) {
  std::string name = id.string(), bytes;
  static constexpr std::string_view allowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
  if (!hash) throw Rejected{&id, "no hash of a ledger file to check"};
  if (name.empty() || name.find_first_not_of(allowed) != name.npos)
    throw Rejected{&id, "not the name of a ledger file"};
  if (!read_file(folder + "/" + name + ".toml", bytes))
    throw Rejected{hash, "the ledger file of " + name + " cannot be read"};
  require_hash(*hash, bytes);
}

// The line of an accepted certificate.
std::string check(const Json& root, const std::string* ledger_folder) {
  auto given = root.members({"format", "claim", "verdict", "kind", "readings", "hashes", "sha256"});
  if (given[0]->string() != "crosshead.certificate/1")
    throw Rejected{given[0], "not the format crosshead.certificate/1"};
  auto claim = given[1]->members({"id", "section", "source", "statement"});
  for (const Json* label : claim) label->string();
  given[2]->choice({"verified", "refuted", "holds-if", "ambiguous", "not-a-claim"});
  bool definition = given[3]->choice({"claim", "definition"}) == 1;
  auto hashes = given[5]->members({"claim", "systems", "ledger?"});
  // The text of the certificate without its last key.
  std::size_t tail = std::string_view(",\"sha256\":}").size() + given[6]->text.size();
  require_hash(*given[6], std::string(root.text.substr(0, root.text.size() - tail)) + "}");
  if (hashes[2] && (hashes[2]->string().size() != 64 ||
                    hashes[2]->string().find_first_not_of("0123456789abcdef") != std::string::npos))
    throw Rejected{hashes[2], "not a hash"};
  if (ledger_folder) require_ledger(hashes[2], *claim[0], *ledger_folder);

  std::vector<Reading> readings;
  std::string hashed = "[" + std::string(given[1]->text), formulas;
  std::size_t systems = 0;
  if (given[4]->array().empty()) throw Rejected{given[4], "no reading"};
  for (const Json& reading : given[4]->items) {
    readings.push_back(check_reading(reading));
    hashed += "," + readings.back().hashed;
    formulas += (formulas.empty() ? "" : "; ") + readings.back().formula +
                (readings.back().truth ? " is true" : " is false");
    for (const Json& system : reading.items.back().items) {
      if (systems == hashes[1]->array().size()) throw Rejected{hashes[1], "too few hashes"};
      require_hash(hashes[1]->items[systems++], system.members({"system", "facts"})[0]->text);
    }
  }
  if (systems < hashes[1]->array().size()) throw Rejected{hashes[1], "too many hashes"};
  require_hash(*hashes[0], hashed + "]");
  if (std::none_of(readings.begin(), readings.end(), [](const Reading& r) { return r.role == 0; }))
    throw Rejected{given[4], "no stated reading"};
  std::string verdict = definition ? "not-a-claim" : verdict_of(readings);
  if (given[2]->string() != verdict) throw Rejected{given[2], "the truths of the readings give " + verdict};
  return "accepted: " + claim[0]->string() + ": " + verdict + ": " + formulas;
}

}  // namespace

Outcome replay(std::string_view bytes, const std::string* ledger_folder, std::uint64_t work) {
  work_left = work;
  storage_left = max_stored_limbs;
  std::unique_ptr<Document> document;
  Outcome outcome{false, ""};
  try {
    if (bytes.size() > max_file_bytes)
      refuse("a file of more than " + std::to_string(max_file_bytes) + " bytes");
    document = read_json(bytes);
    outcome = {true, check(document->root, ledger_folder)};
  } catch (const Rejected& rejected) {
    std::string place = document && rejected.where ? place_of(document->root, rejected.where) : "";
    outcome.line = "rejected: " + (place.empty() ? "certificate" : place.substr(place[0] == '.')) + ": " +
                   rejected.reason;
  }
  for (char& c : outcome.line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return outcome;
}

bool read_file(const std::string& path, std::string& bytes) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return false;
  bytes.clear();
  char chunk[65536];
  while (bytes.size() <= max_file_bytes && (file.read(chunk, sizeof chunk), file.gcount() > 0))
    bytes.append(chunk, static_cast<std::size_t>(file.gcount()));
  return file.eof() || bytes.size() > max_file_bytes;
}

}  // namespace crosshead::checker

// The layout of a certificate (section 1): hashes, readings and the verdict that their truths give.
#include "src/checker/certificate.hpp"

#include "src/checker/evaluator.hpp"
#include "src/checker/region_best.hpp"
#include <sha2.h>

namespace crosshead::checker {
namespace {

// The line of an accepted certificate.
string check(const Json& root) {
  const auto given = root.members({"format", "claim", "verdict", "kind", "readings", "hashes", "sha256"});
  given[0].require(given[0].string() == "crosshead.certificate/1", "not the format crosshead.certificate/1");
  const auto claim = given[1].members({"id", "section", "source", "statement"});
  for (const Json& label : claim) label.string();
  auto require_hash = [](const Json& hash, const string& of) {
    char hex[SHA256_DIGEST_STRING_LENGTH];
    SHA256Data(reinterpret_cast<const std::uint8_t*>(of.data()), of.size(), hex);
    hash.require(hash.string() == hex, "the hash does not match");
  };
  const string text = root.text();
  require_hash(given[6], text.substr(0, text.rfind(",\"sha256\":")) + "}");
  const auto hashes = given[5].members({"claim", "systems", "ledger?"});
  if (hashes[2]) hashes[2].require(hashes[2].string().size() == 64, "not a hash");
  string hashed = "[" + given[1].text(), formulas;
  size_t systems = 0, counts[3][2] = {};  // of readings, by role and truth
  for (size_t r = 0; r < given[4].size(); ++r) {
    const auto parts = given[4][r].members({"name", "role", "text", "formula", "convention", "printed?",
                                            "given?", "truth", "witness?", "systems"});
    for (const int k : {0, 2}) parts[k].string();
    ++counts[parts[1].choice({"stated", "hypothesis", "fact"})][parts[7].boolean()];
    if (parts[5]) parts[5].entries();
    const Facts facts(parts[9], parts[4]);
    place = parts[3].place;
    Evaluator evaluator(facts, parts[5], parts[6] ? System::read(parts[6]) : nullptr);
    const Number value = evaluator.decide(parts[3], parts[8]);
    require(value.defined, "the formula has no truth value");
    require(value.lower == int(parts[7].boolean()), "the formula does not have the stated truth value");
    for (int k = 0; k < 7; ++k) hashed += (k == 0 ? ",[" : ",") + parts[k].text();
    hashed += "]";
    formulas += (r == 0 ? "" : "; ") + parts[3].text() + (parts[7].boolean() ? " is true" : " is false");
    for (size_t k = 0; k < parts[9].size(); ++k, ++systems) {
      hashes[1].require(systems < hashes[1].size(), "too few hashes");
      require_hash(hashes[1][systems], parts[9][k].entries()[0].second.text());
    }
  }
  hashes[1].require(systems == hashes[1].size(), "too many hashes");
  require_hash(hashes[0], hashed + "]");
  const auto [falses, truths] = counts[0];
  given[4].require(truths + falses > 0, "no stated reading");
  string verdict = truths > 0 ? "ambiguous" : "refuted";
  if (truths == 0 && counts[1][true] > 0 && counts[1][false] == 0) verdict = "holds-if";
  if (falses == 0) verdict = "verified";
  if (given[3].choice({"claim", "definition"}) == 1) verdict = "not-a-claim";
  given[2].require(given[2].string() == verdict, "the truths of the readings give ", verdict);
  return "accepted: " + claim[0].string() + ": " + verdict + ": " + formulas;
}

}  // namespace

Outcome replay(const string& bytes, std::uint64_t work) {
  work_left = work, place = "";
  json_error_t e;
  Outcome outcome{false, ""};
  try {
    require(bytes.size() <= 32 << 20, "beyond a limit: a file of more than 32 MiB");
    const std::unique_ptr<json_t, void (*)(json_t*)> root(
        json_loadb(bytes.data(), bytes.size(), JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e), json_decref);
    Json().require(root != nullptr, "not JSON: ", string(e.text) + " at byte " + std::to_string(e.position));
    outcome = {true, replayer_of({root.get()}, check)({root.get()})};
  } catch (const Rejected& what) {
    outcome.line = "rejected: " + (what.place.empty() ? "certificate" : what.place) + ": " + what.reason;
  }
  for (char& c : outcome.line) c = static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  return outcome;
}

}  // namespace crosshead::checker

// Changes every part of certificates in several ways, gives each changed certificate right hashes, and
// replays it: leaves, operations of formulas, parts dropped, duplicated and swapped.
//
// mutation_run [--sample N] [--facts N] [--seed S] [--statements OUT] FILE...
// At most N places of a certificate are changed, chosen by the seed: of all, or of those in its systems,
// whose facts are much alike. A changed certificate must be rejected, or be harmless by one of three rules
// (tests/certificates/README.md): only labels changed; every statement is one of the original ones, so only
// what proves them or how they are arranged changed; or a statement changed and is true as well. The third
// kind is written to OUT, one JSON object a line, for an evaluator that has nothing to do with the checker.
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <random>
#include <set>
#include <sstream>

#include "rehashed_certificate.hpp"
#include "src/checker/certificate.hpp"

namespace {

using Json = nlohmann::ordered_json;
using crosshead::checker::replay;
using crosshead::testing::text_with_hashes;

constexpr std::uint64_t work = 30000000;  // for each replay

bool about_weights(const Json& certificate) {
  static const std::set<Json> formats = {"crosshead.region/1", "crosshead.best-weights/1"};
  return certificate.is_object() && certificate.contains("format") &&
         formats.count(certificate["format"]) > 0;
}

/// The members of a reading, or of a certificate of weights, that make its statement, null where absent.
Json statement(const Json& part) {
  static const std::vector<const char*> of_reading = {"formula", "convention", "printed", "given", "truth"};
  static const std::vector<const char*> of_weights = {"nodes", "sink",  "diffusion", "walk",  "convention",
                                                      "claim", "holds", "weights",   "lower", "upper"};
  Json result = Json::object();
  for (const char* key : about_weights(part) ? of_weights : of_reading)
    result[key] = part.is_object() && part.contains(key) ? part[key] : Json();
  return result;
}

/// What a certificate states, part by part: its readings, or itself.
std::vector<Json> parts(const Json& certificate) {
  if (about_weights(certificate)) return {certificate};
  return {certificate["readings"].begin(), certificate["readings"].end()};
}

/// What stands in place of a part of a formula: for an operation or a name others of its kind, for a subtree
/// one of its own parts.
std::vector<Json> tree_changes(const Json& part) {
  static const std::vector<std::vector<std::string>> groups = {
      {"<", "<=", "="},
      {"+", "-", "*", "/", "^", "min", "max"},
      {"and", "or"},
      {"forall", "exists"},
      {"min_over", "max_over", "sum"},
      {"not", "defined", "floor", "exp"},
      {"true", "false"},
      {"n", "H", "tau"},
      {"grid", "inner_grid", "words"},
      {"..", "list"},
      {"unique_sink", "feedforward", "optional_loops", "digraphs"},
      {"chains", "diffusions"},
      {"line", "star", "full"},
      {"t_mix", "t_mix_l1", "distance", "phi", "attained"},
      {"W", "D", "edge", "path", "signal", "absorbed", "walks", "all_walks"},
      {"product", "rollout"},
      {"i", "j", "k", "w", "h", "weights", "system"}};
  std::vector<Json> changes;
  for (const auto& group : groups)
    if (part.is_string() && std::find(group.begin(), group.end(), part.get<std::string>()) != group.end())
      changes.insert(changes.end(), group.begin(), group.end());
  if (part.is_array()) changes.insert(changes.end(), part.begin(), part.end());
  if (part == "mean" || (part.is_array() && !part.empty() && part[0] == "head"))
    changes.insert(changes.end(), {"mean", {"head", 1}, {"head", 2}});
  if (part.is_number_integer()) changes.insert(changes.end(), {"n", Json::array({"-", 0, part})});
  return changes;
}

std::vector<Json> leaf_changes(const Json& value, const std::string& path) {
  std::vector<Json> changes;
  auto put = [&](Json other) {
    if (other != value) changes.push_back(std::move(other));
  };
  if (value.is_boolean()) put(!value.get<bool>());
  if (value.is_number_integer()) {
    for (long other : {value.get<long>() + 1, value.get<long>() - 1, -value.get<long>(), 0L}) put(other);
    put(std::to_string(value.get<long>()));
  }
  if (path.find("/formula") != std::string::npos)
    for (Json& other : tree_changes(value)) put(std::move(other));
  if (!value.is_string()) return changes;
  std::string text = value;
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"verified", "refuted", "holds-if", "ambiguous", "not-a-claim"},
           {"claim", "definition"},
           {"stated", "hypothesis", "fact"},
           {"tv", "l1"},
           {">", ">=", "<", "<="},
           {"amplifies", "attenuates", "minimax", "node", "nodes", "t_mix", "mixes-faster"},
           {"worst", "average"},
           {"mean", "head 1", "head 2"},
           {"superharmonic", "absorbing", "contraction", "recurrence"}})
    if (std::find(words.begin(), words.end(), text) != words.end())
      for (const std::string& other : words) put(other);
  if (!text.empty() && text.find_first_not_of("-0123456789/") == std::string::npos &&
      std::isdigit(text.back())) {
    std::size_t slash = text.find('/');
    std::string p = text.substr(0, slash), q = slash == text.npos ? "1" : text.substr(slash + 1);
    if (p.size() < 18 && q.size() < 18) {
      long a = std::stol(p), b = std::stol(q);
      auto rational = [&](long x, long y) {
        long common = std::gcd(x, y);
        if (y <= 0 || common == 0) return;
        put(std::to_string(x / common) + (y / common == 1 ? "" : "/" + std::to_string(y / common)));
      };
      for (auto [x, y] : {std::pair(a + 1, b), std::pair(a - 1, b), std::pair(a, b + 1), std::pair(a, b - 1),
                          std::pair(-a, b), std::pair(b, a), std::pair(2 * a, b)})
        rational(x, y);
      put(std::to_string(2 * a) + "/" + std::to_string(2 * b));
    }
  }
  put(text + "x");
  put("");
  return changes;
}

struct Count {
  std::size_t mutated = 0, rejected = 0, labels = 0, rearranged = 0, statements = 0;
};

class Run {
 public:
  Run(std::size_t sample, std::size_t facts, unsigned seed, std::ostream* statements)
      : sample_(sample), facts_(facts), dice_(seed), statements_(statements) {}

  void file(const std::string& name, const Json& original) {
    name_ = name;
    certificate_ = original;
    hashes_ = original.contains("hashes") ? original["hashes"] : Json();
    known_.clear();
    for (const Json& reading : parts(original)) known_.insert(statement(reading).dump());
    std::vector<std::string> places;
    collect(original, "", places);
    auto facts = std::stable_partition(places.begin(), places.end(), [](const std::string& place) {
      return place.find("/systems/") == place.npos;
    });
    if (static_cast<std::size_t>(places.end() - facts) > facts_) {
      std::shuffle(facts, places.end(), dice_);
      places.erase(facts + static_cast<std::ptrdiff_t>(facts_), places.end());
    }
    if (places.size() > sample_) {
      std::shuffle(places.begin(), places.end(), dice_);
      places.resize(sample_);
    }
    for (const std::string& place : places) at(place);
  }

  Count count;

 private:
  static void collect(const Json& value, const std::string& path, std::vector<std::string>& places) {
    if (path == "/hashes" || path == "/sha256") return;
    if (!path.empty()) places.push_back(path);
    if (value.is_object())
      for (const auto& [key, item] : value.items()) collect(item, path + "/" + key, places);
    if (value.is_array())
      for (std::size_t k = 0; k < value.size(); ++k)
        collect(value[k], path + "/" + std::to_string(k), places);
  }

  /// Changes a part of the certificate where it stands, as large ones are slow to copy, and puts it back.
  void at(const std::string& path) {
    Json::json_pointer pointer(path), parent = pointer.parent_pointer();
    Json& value = certificate_[pointer];
    const Json before = value;
    for (Json& other : leaf_changes(before, path)) {
      value = std::move(other);
      check(path);
    }
    value = before;
    Json& around = certificate_[parent];
    const Json all = around;
    if (around.is_object()) {
      around.erase(pointer.back());
      check(path + " dropped");
    } else {
      std::size_t k = std::stoul(pointer.back());
      around.erase(k);
      check(path + " removed");
      around.insert(around.begin() + static_cast<std::ptrdiff_t>(k), {before, before});
      check(path + " duplicated");
      around.erase(k);
      if (k + 1 < around.size() && around[k] != around[k + 1]) {
        std::swap(around[k], around[k + 1]);
        check(path + " swapped with the next");
      }
    }
    around = all;
  }

  void check(const std::string& path) {
    ++count.mutated;
    const bool accepted = replay(text_with_hashes(certificate_), work).accepted;
    if (!hashes_.is_null()) certificate_["hashes"] = hashes_;
    if (!accepted) {
      ++count.rejected;
      return;
    }
    bool same = true;
    for (const Json& reading : parts(certificate_)) {
      Json now = statement(reading);
      if (known_.count(now.dump())) continue;
      same = false;
      if (statements_) write(now, reading, path);
    }
    bool label = (!about_weights(certificate_) && path.rfind("/claim/", 0) == 0) || path.ends_with("/name") ||
                 path.ends_with("/text");
    ++(!same ? count.statements : label ? count.labels : count.rearranged);
  }

  void write(const Json& now, const Json& reading, const std::string& path) {
    if (about_weights(reading)) {  // whole, so that it can be replayed by another program
      *statements_ << reading.dump() << "\n";
      return;
    }
    Json line = {{"file", name_}, {"change", path}, {"statement", now}};
    line["witness"] = reading.contains("witness") ? reading["witness"] : Json();
    *statements_ << line.dump() << "\n";
  }

  std::size_t sample_, facts_;
  std::mt19937 dice_;
  std::ostream* statements_;
  std::string name_;
  Json certificate_, hashes_;
  std::set<std::string> known_;
};

}  // namespace

int main(int argc, char** argv) {
  std::size_t sample = 20000, facts = sample;
  unsigned seed = 1;
  std::ofstream statements;
  std::vector<std::string> files;
  for (int k = 1; k < argc; ++k) {
    std::string word = argv[k];
    if (word == "--sample" && k + 1 < argc) {
      sample = std::stoul(argv[++k]);
    } else if (word == "--facts" && k + 1 < argc) {
      facts = std::stoul(argv[++k]);
    } else if (word == "--seed" && k + 1 < argc) {
      seed = static_cast<unsigned>(std::stoul(argv[++k]));
    } else if (word == "--statements" && k + 1 < argc) {
      statements.open(argv[++k]);
    } else {
      files.push_back(word);
    }
  }
  Run run(sample, facts, seed, statements.is_open() ? &statements : nullptr);
  for (const std::string& name : files) {
    std::ifstream in(name, std::ios::binary);
    std::stringstream bytes;
    bytes << in.rdbuf();
    if (!replay(bytes.str()).accepted) {
      std::cerr << name << " is not accepted to begin with\n";
      return 1;
    }
    run.file(name, Json::parse(bytes.str()));
  }
  const Count& c = run.count;
  std::printf(
      "seed %u, %zu changed: %zu rejected, %zu harmless labels, %zu with the same statements, %zu with "
      "another statement\n",
      seed, c.mutated, c.rejected, c.labels, c.rearranged, c.statements);
  return files.empty() || c.rejected == 0;
}

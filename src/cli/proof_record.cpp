#include "proof_record.hpp"

#include <algorithm>
#include <fstream>
#include <set>

#include <nlohmann/json.hpp>

#include "crosshead/certificate/certificate_file.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::cli {

ProofRecord::ProofRecord(const std::filesystem::path& folder) : folder_(folder) {
  const std::filesystem::path path = folder / "theorems.json";
  if (folder.empty() || !std::filesystem::exists(path)) return;
  try {
    std::ifstream stream(path);
    const auto record = nlohmann::json::parse(stream);
    if (record.at("schema") != "crosshead.theorems/1")
      throw exact::InputError(path.string(), "\"schema\"", "expected crosshead.theorems/1");
    for (const auto& [name, file] : record.at("files").items()) {
      file.at("imports").get_to(imports_[name]);
      unchanged_[name] = std::filesystem::exists(folder / name) &&
                         certificate::sha256_of_file(folder / name) == file.at("sha256").get<std::string>();
    }
    for (const auto& [name, theorem] : record.at("theorems").items()) {
      RecordedTheorem& recorded = theorems_[name];
      theorem.at("claims").get_to(recorded.claims);
      theorem.at("statement").get_to(recorded.statement);
      theorem.at("hypotheses").get_to(recorded.hypotheses);
      theorem.at("axioms").get_to(recorded.axioms);
    }
  } catch (const nlohmann::json::exception& error) {
    throw exact::InputError(path.string(), "", std::string("is no record of theorems: ") + error.what());
  }
}

/// The first file among this one and its imports that is not as it was compiled; empty if all are.
std::string ProofRecord::changed_file(const std::string& file) const {
  std::set<std::string> seen;
  std::vector<std::string> left = {file};
  while (!left.empty()) {
    std::string name = left.back();
    left.pop_back();
    if (!seen.insert(name).second) continue;
    const auto unchanged = unchanged_.find(name);
    if (unchanged == unchanged_.end() || !unchanged->second) return name;
    const auto& imports = imports_.at(name);
    left.insert(left.end(), imports.begin(), imports.end());
  }
  return "";
}

std::string ProofRecord::problem(const claim::LedgerEntry& entry) const {
  const std::string record = (folder_ / "theorems.json").string();
  const auto found = theorems_.find(entry.theorem);
  if (found == theorems_.end()) return "the theorem " + entry.theorem + " is not recorded in " + record;
  const RecordedTheorem& theorem = found->second;
  if (!theorem.axioms.empty()) return entry.theorem + " rests on axioms: " + theorem.axioms.front();
  if (std::find(theorem.claims.begin(), theorem.claims.end(), entry.id) == theorem.claims.end())
    return "the comment above the theorem " + entry.theorem + " does not name " + entry.id;
  if (theorem.hypotheses != entry.hypotheses)
    return "the hypotheses of " + entry.theorem + " are not those that the ledger lists";
  const std::string changed = changed_file(entry.theorem.substr(0, entry.theorem.find('#')));
  if (!changed.empty())
    return "proofs/coq/" + changed + " is not the file that was compiled when " + record + " was written";
  return "";
}

std::vector<std::string> ProofRecord::theorems_about(const std::string& claim) const {
  std::vector<std::string> names;
  for (const auto& [name, theorem] : theorems_) {
    if (std::find(theorem.claims.begin(), theorem.claims.end(), claim) != theorem.claims.end() &&
        theorem.axioms.empty() && changed_file(name.substr(0, name.find('#'))).empty())
      names.push_back(name);
  }
  return names;
}

std::string ProofRecord::statement(const std::string& theorem) const {
  const auto found = theorems_.find(theorem);
  return found == theorems_.end() ? "" : found->second.statement;
}

}  // namespace crosshead::cli

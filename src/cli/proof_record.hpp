#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "crosshead/claim/ledger.hpp"

namespace crosshead::cli {

/// A theorem that Coq accepted, and what it rests on.
struct RecordedTheorem {
  std::vector<std::string> claims;  ///< ids of the claims that it is about
  std::string statement;            ///< as Coq prints it
  std::vector<std::string> hypotheses, axioms;
};

/// What proofs/coq/theorems.json says, whose own test has Coq compile everything and compares. It counts for
/// a theorem only while the theorem's file, and all files that it imports, are those that Coq compiled.
class ProofRecord {
 public:
  /// An empty record: no theorem is known.
  ProofRecord() = default;
  /// Reads folder/theorems.json and hashes the files that it names. No such file: an empty record. Throws
  /// exact::InputError for a file that is no record.
  explicit ProofRecord(const std::filesystem::path& folder);

  /// Why the theorem that the claim names does not prove it; empty if it does. REQUIRES: it names one.
  std::string problem(const claim::LedgerEntry& entry) const;

  /// The theorems "file.v#name" whose comments name the claim and that hold by this record.
  std::vector<std::string> theorems_about(const std::string& claim) const;
  /// The statement of a theorem; empty if there is no such theorem.
  std::string statement(const std::string& theorem) const;

 private:
  std::string changed_file(const std::string& file) const;

  std::filesystem::path folder_;
  std::map<std::string, RecordedTheorem> theorems_;
  std::map<std::string, std::vector<std::string>> imports_;
  std::map<std::string, bool> unchanged_;
};

}  // namespace crosshead::cli

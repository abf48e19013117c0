#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crosshead/claim/verdict.hpp"
#include "crosshead/exact/matrix.hpp"
#include "crosshead/heads/head_system.hpp"

namespace crosshead::claim {

/// One claim of the ledger: a TOML file `<id>.toml` with the keys
///   id, section, source, statement, expected (a verdict), and optionally
///   system (a file in the systems folder), model (a file in the models folder),
///   [printed] matrices (rows of numbers as strings) and values (numbers as strings) as the source prints
///   them.
/// Values are compared with computed ones; a verdict is never read from here, only compared with `expected`.
struct LedgerEntry {
  std::string id;
  std::string section;
  std::string source;
  std::string statement;
  Verdict expected = Verdict::undecided;
  std::optional<heads::HeadSystem> system;
  std::filesystem::path model;  ///< empty if none
  std::map<std::string, exact::RationalMatrix> printed_matrices;
  std::map<std::string, exact::Rational> printed_values;

  /// Throws exact::InputError naming the missing key.
  const exact::RationalMatrix& matrix(const std::string& key) const;
  const exact::Rational& value(const std::string& key) const;
  const heads::HeadSystem& required_system() const;
  std::filesystem::path file;
};

/// Reads one claim. Throws exact::InputError with line and column: broken TOML, unknown or missing keys,
/// wrong types, an id that differs from the file's name. `root` is the folder that holds `systems` and
/// `models`.
LedgerEntry read_claim(const std::filesystem::path& file, const std::filesystem::path& root);

/// All `*.toml` of root/ledger, ordered by section, then by id. Throws exact::InputError as above, or if none
/// is there.
std::vector<LedgerEntry> read_ledger(const std::filesystem::path& root);

/// Decides a claim from its entry alone.
using Evaluator = std::function<Outcome(const LedgerEntry&)>;

/// The evaluators of this library by claim id: Examples 3.8 and 3.13.
std::map<std::string, Evaluator> example_evaluators();

}  // namespace crosshead::claim

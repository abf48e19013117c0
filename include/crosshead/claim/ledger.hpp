#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crosshead/claim/evaluation.hpp"
#include "crosshead/claim/formula.hpp"
#include "crosshead/claim/verdict.hpp"
#include "crosshead/heads/head_system.hpp"
#include "crosshead/heads/system_file.hpp"

namespace crosshead::claim {

/// Claim files: TOML with the keys of src/claim/LANGUAGE.md. A verdict is never read from a file, only
/// compared with the one that is expected there.

/// One reading of a claim: a formula with all that it refers to.
struct ClaimReading {
  std::string name;
  Role role = Role::stated;
  bool expected = false;  ///< the truth value that the file expects
  Convention convention;
  Formula formula;
  std::string system_name;                         ///< as the file has it; empty if none is given
  std::optional<heads::HeadSystem> given;          ///< the current system outside any binder
  std::map<std::string, heads::HeadSystem> files;  ///< what file("...") in the formula stands for
  bool certify = true;
  std::string reason;  ///< why there is to be no certificate
};

/// Where the models of a claim with the key `models` are.
enum class ModelSet {
  none,
  published,  ///< the checkpoints that were released with the paper
  own         ///< root/models
};

/// One claim with its readings. A claim about floats on a trained model has a model instead of readings.
struct LedgerEntry {
  std::string id;
  std::string section;
  std::string source;
  std::string statement;
  ClaimKind kind = ClaimKind::claim;
  Verdict expected = Verdict::undecided;
  std::string theorem;                  ///< "file.v#name", or empty
  std::vector<std::string> hypotheses;  ///< of the theorem, as Coq prints them
  std::string breaks;                   ///< where the source's argument breaks, or empty
  std::string corrected;                ///< the strongest true form, or empty
  std::optional<heads::HeadSystem> system;
  std::filesystem::path model;       ///< empty if none
  ModelSet models = ModelSet::none;  ///< what the readings' measured("...") is measured on
  PrintedNumbers printed;
  std::vector<ClaimReading> readings;
  std::filesystem::path file;
  std::string text;  ///< the file's bytes
};

/// What a reading is evaluated against; points into the reading and the entry.
EvaluationInput evaluation_input(const LedgerEntry& entry, const ClaimReading& reading);

/// Finds the system that a claim calls `name`. Throws std::invalid_argument saying where it looked if there
/// is none, and exact::InputError if it cannot be read.
using SystemSource = std::function<heads::HeadSystem(const std::string& name)>;

/// Claim files above this size are not read.
inline constexpr std::size_t kMostClaimBytes = 1u << 20;

/// Reads one claim from the bytes of its file; `file` is used in messages. Throws exact::InputError with line
/// and column: broken TOML, unknown or missing keys, wrong types, malformed formulas (at their place in the
/// file), systems that are not there, an expected verdict that the expected truth values do not give, and an
/// id other than `required_id`, unless that is empty.
LedgerEntry parse_claim(std::string_view text, const std::filesystem::path& file, const SystemSource& systems,
                        const std::string& required_id = "");

/// Refuses systems with attention.
heads::AttentionMatrix no_attention(const heads::AttentionReference& reference);

/// Reads one claim file, which may be anywhere. `root` is the folder that holds `ledger`, `systems` and
/// `models`, or empty if there is none. In root/ledger the id must be the file's name, and systems come from
/// root/systems; elsewhere they are looked for beside the claim file first. Throws exact::InputError as
/// parse_claim does.
LedgerEntry read_claim(const std::filesystem::path& file, const std::filesystem::path& root,
                       const heads::AttentionLoader& loader = no_attention);

/// All `*.toml` of root/ledger but records.toml (search/records.hpp), ordered by section, then by id. Throws
/// exact::InputError as above, or if none is there.
std::vector<LedgerEntry> read_ledger(const std::filesystem::path& root);

}  // namespace crosshead::claim

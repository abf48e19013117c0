#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>

#include "command.hpp"
#include "float_claim.hpp"
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "crosshead/claim/ledger.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::cli {
namespace {

using claim::LedgerEntry;
using claim::Outcome;
using nlohmann::ordered_json;

constexpr char kFloatPrefix[] = "FLOAT-";

struct AuditOptions {
  std::vector<std::string> claims;
  std::string proofs;
};

/// One claim after its evaluation.
struct Audited {
  const LedgerEntry* entry = nullptr;
  Outcome outcome;
  claim::Verdict verdict = claim::Verdict::undecided;
  std::string missing;  ///< the component that was needed and is not there
  double seconds = 0;

  bool as_expected() const { return verdict == entry->expected; }
};

/// "proofs" in the working folder, or beside the build folder that holds the program.
std::filesystem::path proofs_folder(const std::string& given) {
  if (!given.empty()) return given;
  if (std::filesystem::is_directory("proofs/ledger")) return "proofs";
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  auto beside = program.parent_path().parent_path().parent_path() / "proofs";
  if (!error && std::filesystem::is_directory(beside / "ledger")) return beside;
  throw exact::UsageError("no ledger found: run from the repository or name the folder with --proofs");
}

std::vector<LedgerEntry> selected(std::vector<LedgerEntry> ledger, const std::vector<std::string>& wanted) {
  if (wanted.empty()) return ledger;
  for (const std::string& id : wanted) {
    if (std::any_of(ledger.begin(), ledger.end(), [&](const LedgerEntry& entry) { return entry.id == id; }))
      continue;
    std::string known;
    for (const LedgerEntry& entry : ledger) known.append(known.empty() ? "" : ", ").append(entry.id);
    throw exact::UsageError("no claim '" + id + "' in the ledger (claims: " + known + ")");
  }
  std::erase_if(ledger, [&](const LedgerEntry& entry) {
    return std::find(wanted.begin(), wanted.end(), entry.id) == wanted.end();
  });
  return ledger;
}

/// All evaluators; the LibTorch module is loaded by the first claim that needs it.
class Evaluators {
 public:
  Audited run(const LedgerEntry& entry) {
    Audited audited;
    audited.entry = &entry;
    const auto start = std::chrono::steady_clock::now();
    try {
      audited.outcome = outcome_of(entry);
      audited.verdict = claim::verdict_of(audited.outcome);
    } catch (const exact::MissingComponent& error) {
      audited.missing = error.what();
    }
    audited.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return audited;
  }

 private:
  Outcome outcome_of(const LedgerEntry& entry) {
    if (entry.id.starts_with(kFloatPrefix)) {
      if (!backend_) backend_ = attention::load_float_backend();
      return check_trained_model(entry, *backend_);
    }
    const auto found = exact_.find(entry.id);
    if (found == exact_.end()) {
      throw exact::InputError(entry.file.string(), "id",
                              "this version has no evaluator for the claim '" + entry.id + "'");
    }
    return found->second(entry);
  }

  std::map<std::string, claim::Evaluator> exact_ = claim::example_evaluators();
  std::shared_ptr<attention::FloatBackend> backend_;
};

/// Evidence of the reading that decided: for an ambiguous verdict of each, otherwise of the first that says
/// why.
std::string evidence_line(const Audited& audited) {
  if (!audited.missing.empty()) return audited.missing;
  std::string line;
  for (const auto& reading : audited.outcome.readings) {
    if (audited.verdict == claim::Verdict::ambiguous) {
      line += (line.empty() ? "" : "; ") + reading.reading + ": " + diffusion::name_of(reading.truth) + ", " +
              reading.evidence;
    } else if (line.find(reading.evidence) == std::string::npos) {
      line += (line.empty() ? "" : "; ") + reading.evidence;
    }
  }
  return line;
}

ordered_json json_of(const Audited& audited) {
  ordered_json readings = ordered_json::array();
  std::string names;
  for (const auto& reading : audited.outcome.readings) {
    names += (names.empty() ? "" : "; ") + reading.reading;
    readings.push_back({{"reading", reading.reading},
                        {"holds", diffusion::name_of(reading.truth)},
                        {"evidence", reading.evidence}});
  }
  return {{"id", audited.entry->id},
          {"verdict", claim::name_of(audited.verdict)},
          {"expected", claim::name_of(audited.entry->expected)},
          {"source", audited.entry->source},
          {"statement", audited.entry->statement},
          {"reading", names},
          {"domain", audited.outcome.domain},
          {"evidence", evidence_line(audited)},
          {"readings", readings},
          {"certificate", nullptr},
          {"proof", nullptr},
          {"seconds", audited.seconds}};
}

void print_line(const Audited& audited, bool quiet) {
  const std::string mark = !audited.missing.empty() ? "missing" : claim::name_of(audited.verdict);
  print(fmt::format("{:<18}  {:<9}  {}\n", audited.entry->id, mark, audited.entry->statement));
  if (!quiet) print(fmt::format("{:<31}{}\n", "", evidence_line(audited)));
  if (audited.missing.empty() && !audited.as_expected()) {
    print(
        fmt::format("{:<31}DIFFERS: the ledger expects '{}'\n", "", claim::name_of(audited.entry->expected)));
  }
}

int audit(const AuditOptions& given, const GlobalOptions& global) {
  const auto ledger = selected(claim::read_ledger(proofs_folder(given.proofs)), given.claims);
  Evaluators evaluators;
  std::vector<Audited> results;
  std::map<std::string, int> summary;
  int differing = 0, missing = 0;
  for (const LedgerEntry& entry : ledger) {
    results.push_back(evaluators.run(entry));
    const Audited& audited = results.back();
    if (!audited.missing.empty()) {
      ++missing;
    } else {
      ++summary[claim::name_of(audited.verdict)];
      differing += audited.as_expected() ? 0 : 1;
    }
    if (!global.json) print_line(audited, global.quiet);
  }
  if (global.json) {
    ordered_json document{{"schema", "crosshead.audit/1"}, {"claims", ordered_json::array()}};
    for (const Audited& audited : results) document["claims"].push_back(json_of(audited));
    document["summary"] = summary;
    document["summary"]["differing"] = differing;
    document["summary"]["missing"] = missing;
    print(document.dump(2) + "\n");
  } else {
    std::string counts;
    for (const auto& [name, count] : summary)
      counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", count, name);
    print(fmt::format("\n{} claims: {}; {} differ from the ledger{}\n", results.size(), counts, differing,
                      missing > 0 ? fmt::format("; {} not evaluated, a component is missing", missing) : ""));
  }
  if (differing > 0) return kFailed;
  return missing > 0 ? kMissing : kHolds;
}

}  // namespace

void add_audit_command(CLI::App& program, GlobalOptions& options, int& exit_code) {
  CLI::App* command =
      add_command(program, "audit", "Decide the claims of the ledger and compare with its verdicts", options);
  auto given = std::make_shared<AuditOptions>();
  command->add_option("CLAIM", given->claims, "Claim ids (default: all)");
  command->add_option("--proofs", given->proofs, "Folder with ledger, systems and models")
      ->option_text("DIR");
  command->footer(
      "Examples:\n"
      "  crosshead audit\n"
      "  crosshead audit E3.13-attained E3.13-values --json\n"
      "--quiet leaves out the line of evidence below each claim.\n"
      "Exit codes: 0 every verdict is the ledger's, 1 one differs, 5 a component is missing.");
  command->callback([given, &options, &exit_code] { exit_code = audit(*given, options); });
}

}  // namespace crosshead::cli

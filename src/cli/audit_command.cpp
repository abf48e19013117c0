#include <algorithm>
#include <filesystem>

#include "audit_page.hpp"
#include "audit_records.hpp"
#include "audit_report.hpp"
#include "audit_run.hpp"
#include "checker_process.hpp"
#include "colour.hpp"
#include "command.hpp"
#include "interrupt.hpp"
#include "json_parts.hpp"
#include "line_width.hpp"
#include "made_folder.hpp"
#include "progress.hpp"
#include "proofs_folder.hpp"
#include "report_file.hpp"
#include "suggestion.hpp"
#include <fmt/format.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/exact/replacement_file.hpp"
#include "crosshead/report/ledger_section.hpp"

namespace crosshead::cli {
namespace {

using claim::LedgerEntry;

struct AuditOptions {
  std::vector<std::string> claims;
  std::string proofs;
  std::string report = "report";
  bool update = false;
  bool details = false;
};

bool names_a_file(const std::string& claim) {
  return claim.ends_with(".toml") || claim.find('/') != std::string::npos;
}

/// The claims asked for, each once: the whole ledger, some of it by id, and claim files of the user's own.
std::vector<LedgerEntry> selected(const AuditOptions& given, const std::filesystem::path& root) {
  std::vector<LedgerEntry> entries;
  std::vector<std::string> wanted;
  for (const std::string& name : given.claims) {
    if (names_a_file(name)) {
      entries.push_back(claim::read_claim(name, root));
      const auto same = [&](const LedgerEntry& other) { return other.id == entries.back().id; };
      if (std::count_if(entries.begin(), entries.end(), same) > 1)
        throw exact::UsageError("two claims have the id '" + entries.back().id + "'");
    } else {
      wanted.push_back(name);
    }
  }
  if (wanted.empty() && !entries.empty()) return entries;
  if (root.empty())
    throw exact::UsageError("no ledger found: run from the repository or name the folder with --proofs");
  std::vector<LedgerEntry> ledger = claim::read_ledger(root);
  for (const std::string& id : wanted) {
    if (std::any_of(ledger.begin(), ledger.end(), [&](const LedgerEntry& entry) { return entry.id == id; }))
      continue;
    std::string known;
    std::vector<std::string> ids;
    for (const LedgerEntry& entry : ledger) {
      known.append(known.empty() ? "" : ", ").append(entry.id);
      ids.push_back(entry.id);
    }
    throw exact::UsageError("no claim '" + id + "' in the ledger (claims: " + known + ")" +
                            did_you_mean(id, ids));
  }
  for (LedgerEntry& entry : ledger) {
    if (wanted.empty() || std::find(wanted.begin(), wanted.end(), entry.id) != wanted.end())
      entries.push_back(std::move(entry));
  }
  return entries;
}

/// Certificates that belong to no claim of the whole ledger.
std::vector<std::filesystem::path> stale_certificates(const std::filesystem::path& folder,
                                                      const std::vector<Audited>& results) {
  std::vector<std::filesystem::path> stale;
  std::error_code error;
  for (const auto& item : std::filesystem::directory_iterator(folder, error)) {
    const auto belongs = [&](const Audited& audited) { return audited.entry->id == item.path().stem(); };
    if (item.path().extension() == ".json" && std::none_of(results.begin(), results.end(), belongs))
      stale.push_back(item.path());
  }
  std::sort(stale.begin(), stale.end());
  return stale;
}

void remove_file(const std::filesystem::path& file) {
  std::error_code error;
  std::filesystem::remove(file, error);
  if (error) throw exact::InputError(file.string(), "", "cannot be removed: " + error.message());
}

/// Makes the checked-in certificates those of this run.
void update(const std::vector<Audited>& results, const std::filesystem::path& checked_in, bool whole_ledger) {
  made_folder(checked_in);
  for (const Audited& audited : results) {
    const auto target = checked_in / (audited.entry->id + ".json");
    if (!audited.certificate.file.empty()) {
      std::error_code error;
      std::filesystem::copy_file(audited.certificate.file, target,
                                 std::filesystem::copy_options::overwrite_existing, error);
      if (error) throw exact::InputError(target.string(), "", "cannot be written: " + error.message());
    } else if (audited.missing.empty() && audited.skipped.empty() && !audited.interrupted) {
      remove_file(target);
    }
  }
  if (!whole_ledger) return;
  for (const auto& file : stale_certificates(checked_in, results)) remove_file(file);
}

Tone tone_of(claim::Verdict verdict) {
  switch (verdict) {
    case claim::Verdict::proved:
    case claim::Verdict::verified:
      return Tone::holds;
    case claim::Verdict::refuted:
      return Tone::fails;
    case claim::Verdict::holds_if:
    case claim::Verdict::ambiguous:
      return Tone::conditional;
    default:
      return Tone::open;
  }
}

/// A claim's lines with its verdict, and what is wrong with it, in colour.
std::string with_tones(const std::string& lines, claim::Verdict verdict) {
  const std::string id = lines.substr(0, lines.find(' '));
  std::string rest = lines.substr(id.size());
  for (const char* alarm : {"DIFFERS", "REJECTED"}) rest = with_tone(rest, alarm, Tone::alarm);
  return id + with_tone(rest, claim::name_of(verdict), tone_of(verdict));
}

int exit_code_of(const std::vector<Audited>& results, const std::vector<AuditedRecord>& records,
                 std::size_t stale, bool interrupted) {
  bool differs = stale > 0 || std::any_of(records.begin(), records.end(), [](const AuditedRecord& record) {
                   return !record.differences().empty();
                 });
  bool undecided = false, missing = false;
  for (const Audited& audited : results) {
    missing = missing || !audited.missing.empty();
    if (audited.differences().empty()) continue;
    // What is merely open is not wrong; a rejected or changed certificate is.
    const bool open = audited.verdict == claim::Verdict::undecided &&
                      audited.certificate.difference.empty() && audited.certificate.file.empty();
    (open ? undecided : differs) = true;
  }
  if (interrupted) return kInterrupted;
  if (differs) return kFailed;
  if (undecided) return kUndecided;
  return missing ? kMissing : kHolds;
}

int audit(const AuditOptions& given, const GlobalOptions& global) {
  const std::filesystem::path root = proofs_folder(given.proofs);
  const std::vector<LedgerEntry> entries = selected(given, root);
  const bool own_files = std::any_of(given.claims.begin(), given.claims.end(), names_a_file);
  if (given.update && own_files)
    throw exact::UsageError("--update is for claims of the ledger, not for files");
  const bool whole_ledger = given.claims.empty();
  const std::vector<search::Record> records = whole_ledger ? records_of(root) : std::vector<search::Record>();

  AuditFolders folders;
  folders.checker = checker_program();
  folders.proofs = root;
  folders.certificates = made_folder(std::filesystem::path(given.report) / "certificates");
  if (!own_files && !given.update) folders.checked_in = root / "certificates";

  const InterruptRequest interrupt;
  ProgressLine progress(global.quiet || global.json);
  const bool details = given.details || (!given.claims.empty() && !global.quiet);
  const bool colours = colours_wanted();
  std::string heading;
  std::size_t finished = 0;
  AuditEvents events;
  events.stop = [&] { return interrupt.made(); };
  events.progress = [&](std::size_t done, const std::string& under_way) {
    progress.show(static_cast<std::int64_t>(std::max(done, finished)),
                  static_cast<std::int64_t>(entries.size()), 0, under_way);
  };
  events.finished = [&](const Audited& audited) {
    ++finished;
    if (global.json) return;
    progress.clear();
    const std::string own = report::heading_of(audited.entry->section);
    if (own != heading) {
      print((heading.empty() ? "" : "\n") + wrapped("", own));
      heading = own;
    }
    const std::string lines = audit_lines(audited, !details);
    print((colours ? with_tones(lines, audited.verdict) : lines) + (details ? audit_details(audited) : ""));
  };
  const int threads = global.thread_count();
  const std::vector<Audited> results = audit_claims(entries, folders, threads, events);
  progress.clear();
  const auto record_done = [&](const AuditedRecord& audited) {
    if (global.json) return;
    if (audited.record == records.data()) print("\nRecords\n");
    print(record_line(audited));
  };
  const std::vector<AuditedRecord> audited_records =
      audit_records(records, folders, threads, record_done, events.stop);

  const auto stale = whole_ledger && !folders.checked_in.empty()
                         ? stale_certificates(folders.checked_in, results)
                         : std::vector<std::filesystem::path>();
  if (given.update && !interrupt.made()) update(results, root / "certificates", whole_ledger);
  nlohmann::ordered_json document = audit_json(results, audited_records);
  for (const auto& file : stale) document["summary"]["stale_certificates"].push_back(file.string());
  const std::filesystem::path folder = given.report;
  exact::replace_file(folder / "audit.json", document_text(document));
  exact::replace_file(folder / "audit.xml", audit_junit(results, audited_records));
  const AuditPageOptions page{root, whole_ledger, threads, events.stop};
  write_report(audit_page(document, results, page), folder / "index.html");
  if (global.json) {
    print(document_text(document));
  } else {
    for (const auto& file : stale)
      print(wrapped("DIFFERS: ", file.string() + " belongs to no claim of the ledger; see --update"));
    print("\n" + summary_text(results, audited_records));
  }
  return exit_code_of(results, audited_records, stale.size(), interrupt.made());
}

}  // namespace

void add_audit_command(CLI::App& program, GlobalOptions& options, int& exit_code) {
  CLI::App* command = add_command(
      program, "audit",
      "Decide the claims of the ledger, or of your own files, and replay their certificates", options);
  auto given = std::make_shared<AuditOptions>();
  command->add_option("CLAIM", given->claims,
                      "Claim ids, or claim files (*.toml); default: the whole ledger");
  command->add_option("--proofs", given->proofs, "Folder with ledger, systems, models and certificates")
      ->option_text("DIR");
  command
      ->add_option("--report", given->report,
                   "Folder for index.html, audit.json, audit.xml and certificates (default: report)")
      ->option_text("DIR");
  command->add_flag("--details", given->details, "Show readings and evidence (default for named claims)");
  command->add_flag("--update", given->update, "Make the certificates of this run the checked-in ones");
  command->footer(
      "Examples:\n"
      "  crosshead audit\n"
      "  crosshead audit T2.8-fastest E3.13-attained\n"
      "  crosshead audit my-claim.toml --json\n"
      "With the whole ledger the best-known values of ledger/records.toml are audited as well.\n"
      "src/claim/LANGUAGE.md tells how to write a claim file, src/certificate/FORMAT.md how to check a "
      "certificate by hand. --quiet leaves out readings and progress.\n"
      "Exit codes: 0 every verdict and certificate is as checked in, 1 one differs, 4 one is undecided, 5 a "
      "component is missing, 130 interrupted.");
  command->callback([given, &options, &exit_code] { exit_code = audit(*given, options); });
}

}  // namespace crosshead::cli

// The audit as people read it: a few lines per claim, or everything about one.
#include <algorithm>
#include <map>

#include "audit_report.hpp"
#include "line_width.hpp"
#include <fmt/format.h>

namespace crosshead::cli {
namespace {

constexpr std::size_t kIndent = 4;

/// Line breaks and runs of blanks become one blank.
std::string squeezed(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
      result += c;
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  while (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

std::string certificate_word(const Audited& audited) {
  if (!audited.missing.empty() || !audited.skipped.empty() || audited.interrupted) return "";
  if (audited.certificate.file.empty()) return "no certificate";
  return audited.certificate.accepted ? "replayed" : "REJECTED";
}

std::string paragraph(const std::string& first, const std::string& text) {
  return text.empty() ? "" : wrapped(std::string(kIndent, ' ') + first, squeezed(text));
}

std::string truth_word(diffusion::Truth truth) {
  switch (truth) {
    case diffusion::Truth::yes:
      return "true";
    case diffusion::Truth::no:
      return "false";
    case diffusion::Truth::undecided:
      return "undecided";
    case diffusion::Truth::undefined:
      return "undefined";
  }
  return "undecided";
}

std::string reading_details(const claim::DecidedReading& decided) {
  const claim::ClaimReading& reading = *decided.reading;
  std::string text = paragraph(fmt::format("{:<9} ", truth_word(decided.evaluation.truth)),
                               fmt::format("{} [{}]", reading.name, claim::name_of(reading.role)));
  text += paragraph("          ", reading.formula.text);
  text += paragraph("          => ", decided.evaluation.explanation);
  text += paragraph("          ! ", decided.evaluation.note);
  return text;
}

}  // namespace

std::string audit_lines(const Audited& audited, bool statement) {
  std::string verdict = claim::name_of(audited.verdict);
  if (!audited.missing.empty()) verdict = "missing";
  if (!audited.skipped.empty()) verdict = "skipped";
  if (audited.interrupted) verdict = "interrupted";
  std::string line = fmt::format("{:<18} {:<11} {}", audited.entry->id, verdict, certificate_word(audited));
  line.erase(line.find_last_not_of(' ') + 1);
  line += "\n";
  if (statement) line += paragraph("", audited.entry->statement);
  for (const std::string& difference : audited.differences())
    line += wrapped(std::string(kIndent, ' ') + "DIFFERS: ", difference);
  if (!audited.missing.empty()) line += wrapped(std::string(kIndent, ' '), audited.missing);
  if (!audited.skipped.empty()) line += wrapped(std::string(kIndent, ' '), audited.skipped);
  return line;
}

std::string audit_details(const Audited& audited) {
  std::string text;
  text += paragraph("source    ", audited.entry->source);
  text += paragraph("claim     ", audited.entry->statement);
  if (audited.decision) {
    for (const claim::DecidedReading& decided : audited.decision->readings) text += reading_details(decided);
  }
  for (const claim::ReadingOutcome& reading : audited.outcome.readings) {
    text += paragraph(fmt::format("{:<9} ", truth_word(reading.truth)), reading.reading);
    text += paragraph("          => ", reading.evidence);
  }
  text += paragraph("breaks    ", audited.entry->breaks);
  text += paragraph("corrected ", audited.entry->corrected);
  for (const std::string& theorem : audited.theorems)
    text += paragraph("proof     ", "proofs/coq/" + theorem);
  const CertificateState& certificate = audited.certificate;
  if (certificate.accepted) {
    text += paragraph("replay    ", "crosshead-check accepts " + certificate.file.string());
  } else {
    text += paragraph("replay    ", certificate.verdict_of_checker);
  }
  text += paragraph("no certificate: ", certificate.reason);
  return text;
}

nlohmann::ordered_json audit_summary(const std::vector<Audited>& results) {
  std::map<std::string, int> verdicts;
  int differing = 0, missing = 0, skipped = 0, interrupted = 0, replayed = 0, without = 0;
  for (const Audited& audited : results) {
    missing += audited.missing.empty() ? 0 : 1;
    skipped += audited.skipped.empty() ? 0 : 1;
    interrupted += audited.interrupted ? 1 : 0;
    if (!audited.missing.empty() || !audited.skipped.empty() || audited.interrupted) continue;
    ++verdicts[claim::name_of(audited.verdict)];
    differing += audited.differences().empty() ? 0 : 1;
    replayed += audited.certificate.accepted ? 1 : 0;
    without += audited.certificate.file.empty() ? 1 : 0;
  }
  nlohmann::ordered_json summary;
  for (const auto& [name, count] : verdicts) summary[name] = count;
  summary["differing"] = differing;
  summary["missing"] = missing;
  summary["skipped"] = skipped;
  summary["interrupted"] = interrupted;
  summary["replayed"] = replayed;
  summary["without_certificate"] = without;
  return summary;
}

std::string summary_text(const std::vector<Audited>& results, const std::vector<AuditedRecord>& records) {
  const nlohmann::ordered_json summary = audit_summary(results);
  std::string counts;
  for (const auto& [name, count] : summary.items()) {
    if (name == "differing") break;
    counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", count.get<int>(), name);
  }
  const auto count = [&](const char* name) { return summary[name].get<int>(); };
  std::string line =
      fmt::format("{} claim{}: {}; {} certificates replayed; {} differ from the ledger", results.size(),
                  results.size() == 1 ? "" : "s", counts.empty() ? "none decided" : counts, count("replayed"),
                  count("differing"));
  if (count("missing") > 0)
    line += fmt::format("; {} not evaluated, a component is missing", count("missing"));
  if (count("skipped") > 0)
    line += fmt::format("; {} skipped, the published models are not here", count("skipped"));
  if (count("interrupted") > 0) line += fmt::format("; {} interrupted", count("interrupted"));
  if (!records.empty()) line += "; " + records_summary_text(records);
  return wrapped("", line);
}

}  // namespace crosshead::cli

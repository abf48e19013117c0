// The audit as programs read it: crosshead.audit/1 and JUnit XML.
#include "audit_report.hpp"
#include "json_parts.hpp"
#include <fmt/format.h>

#include "crosshead/exact/rational.hpp"
#include "crosshead/report/junit.hpp"
#include "crosshead/report/ledger_section.hpp"

namespace crosshead::cli {
namespace {

using nlohmann::ordered_json;
using report::TestCase;

ordered_json decided_json(const claim::DecidedReading& decided) {
  const claim::ClaimReading& reading = *decided.reading;
  const claim::Evaluation& evaluation = decided.evaluation;
  return {{"reading", reading.name},
          {"role", claim::name_of(reading.role)},
          {"formula", reading.formula.text},
          {"convention", convention_json(reading.convention)},
          {"domain", claim::domain_of(reading.formula)},
          {"holds", diffusion::name_of(evaluation.truth)},
          {"expected", reading.expected ? "yes" : "no"},
          {"evidence", evaluation.explanation},
          {"note", text_or_null(evaluation.note)},
          {"systems", evaluation.systems_visited},
          {"minimal", evaluation.witness ? ordered_json(evaluation.enumerated ? "certified" : "enumerated")
                                         : ordered_json(nullptr)},
          {"seconds", decided.seconds}};
}

std::string joined(const std::string& sofar, const std::string& next) {
  if (next.empty() || sofar.find(next) != std::string::npos) return sofar;
  return sofar.empty() ? next : sofar + "; " + next;
}

/// Reading names, domains and evidence of the stated readings, on one line each.
struct Lines {
  std::string reading, domain, evidence;
};

Lines lines_of(const Audited& audited) {
  Lines lines;
  lines.domain = audited.outcome.domain;
  for (const claim::ReadingOutcome& reading : audited.outcome.readings) {
    lines.reading = joined(lines.reading, reading.reading);
    lines.evidence = joined(lines.evidence, reading.evidence);
  }
  if (!audited.decision) return lines;
  for (const claim::DecidedReading& decided : audited.decision->readings) {
    if (decided.reading->role == claim::Role::fact) continue;
    lines.reading = joined(lines.reading, decided.reading->name);
    lines.domain = joined(lines.domain, claim::domain_of(decided.reading->formula));
    lines.evidence = joined(lines.evidence, decided.evaluation.explanation);
  }
  return lines;
}

ordered_json claim_json(const Audited& audited) {
  const claim::LedgerEntry& entry = *audited.entry;
  const CertificateState& certificate = audited.certificate;
  const Lines lines = lines_of(audited);
  ordered_json readings = ordered_json::array();
  if (audited.decision) {
    for (const auto& decided : audited.decision->readings) readings.push_back(decided_json(decided));
  }
  for (const auto& reading : audited.outcome.readings) {
    readings.push_back({{"reading", reading.reading},
                        {"role", claim::name_of(reading.role)},
                        {"holds", diffusion::name_of(reading.truth)},
                        {"evidence", reading.evidence}});
  }
  ordered_json replayed = nullptr;
  if (!certificate.file.empty()) replayed = certificate.accepted ? "accepted" : "rejected";
  return {{"id", entry.id},
          {"section", entry.section},
          {"kind", claim::name_of(entry.kind)},
          {"verdict", audited.skipped.empty() ? claim::name_of(audited.verdict) : "skipped"},
          {"expected", claim::name_of(entry.expected)},
          {"source", entry.source},
          {"statement", entry.statement},
          {"reading", lines.reading},
          {"domain", lines.domain},
          {"evidence", audited.missing + audited.skipped + lines.evidence},
          {"breaks", text_or_null(entry.breaks)},
          {"corrected", text_or_null(entry.corrected)},
          {"readings", readings},
          {"differences", audited.differences()},
          {"certificate", text_or_null(certificate.file.string())},
          {"replay", replayed},
          {"no_certificate", text_or_null(certificate.reason)},
          {"theorem", text_or_null(entry.theorem)},
          {"proof", audited.theorems.empty() ? ordered_json(nullptr)
                                             : ordered_json("proofs/coq/" + audited.theorems.front())},
          {"theorems", audited.theorems},
          {"seconds", audited.seconds}};
}

std::vector<TestCase> cases_of(const Audited& audited) {
  std::vector<TestCase> cases;
  TestCase claim_case{report::heading_of(audited.entry->section),
                      audited.entry->id,
                      audited.seconds,
                      TestCase::Result::passed,
                      "",
                      lines_of(audited).evidence};
  const std::vector<std::string> differences = audited.differences();
  if (!audited.missing.empty() || !audited.skipped.empty() || audited.interrupted) {
    claim_case.result = TestCase::Result::skipped;
    claim_case.message = audited.interrupted ? "interrupted" : audited.missing + audited.skipped;
  } else if (!differences.empty()) {
    claim_case.result = TestCase::Result::failed;
    claim_case.message = differences.front();
    claim_case.details.clear();
    for (const std::string& difference : differences) claim_case.details += difference + "\n";
  }
  cases.push_back(claim_case);
  if (!audited.decision || audited.interrupted) return cases;
  for (const auto& decided : audited.decision->readings) {
    TestCase reading{audited.entry->id,
                     decided.reading->name,
                     decided.seconds,
                     TestCase::Result::passed,
                     "",
                     decided.evaluation.explanation};
    if (!decided.as_expected()) {
      reading.result = TestCase::Result::failed;
      reading.message = "the formula is " + diffusion::name_of(decided.evaluation.truth) + ", expected " +
                        (decided.reading->expected ? "yes" : "no");
    }
    cases.push_back(reading);
  }
  return cases;
}

}  // namespace

ordered_json audit_json(const std::vector<Audited>& results, const std::vector<AuditedRecord>& records) {
  ordered_json document{{"schema", "crosshead.audit/1"}, {"claims", ordered_json::array()}};
  for (const Audited& audited : results) document["claims"].push_back(claim_json(audited));
  document["summary"] = audit_summary(results);
  if (records.empty()) return document;
  document["summary"]["records"] = records_summary(records);
  document["records"] = records_json(records);
  return document;
}

std::string audit_junit(const std::vector<Audited>& results, const std::vector<AuditedRecord>& records) {
  std::vector<report::TestSuite> suites;
  for (const Audited& audited : results) {
    const std::string heading = report::heading_of(audited.entry->section);
    if (suites.empty() || suites.back().name != heading) suites.push_back({heading, {}});
    for (TestCase& test : cases_of(audited)) suites.back().cases.push_back(std::move(test));
  }
  if (!records.empty()) suites.push_back(records_suite(records));
  return report::junit_xml("crosshead audit", suites);
}

}  // namespace crosshead::cli

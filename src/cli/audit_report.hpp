#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "audit_records.hpp"
#include "audit_run.hpp"
#include <nlohmann/json.hpp>

namespace crosshead::cli {

/// A line for a claim: id, verdict, what became of its certificate; under it the statement (unless details
/// are to follow) and what is wrong.
std::string audit_lines(const Audited& audited, bool statement);

/// The readings of a claim with formulas, answers and evidence; where the argument breaks; the corrected
/// form.
std::string audit_details(const Audited& audited);

/// How many claims have each verdict, what differs and what is missing; "... claims: ..." as text, with the
/// records if there are any.
nlohmann::ordered_json audit_summary(const std::vector<Audited>& results);
std::string summary_text(const std::vector<Audited>& results, const std::vector<AuditedRecord>& records);

/// crosshead.audit/1; the records under "records" and in the summary if there are any.
nlohmann::ordered_json audit_json(const std::vector<Audited>& results,
                                  const std::vector<AuditedRecord>& records);

/// One test suite per heading, one case per reading; a case fails when its truth, its claim's verdict or its
/// claim's certificate is not as checked in. Records are a suite of their own.
std::string audit_junit(const std::vector<Audited>& results, const std::vector<AuditedRecord>& records);

}  // namespace crosshead::cli

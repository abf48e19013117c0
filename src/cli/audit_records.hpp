#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "audit_run.hpp"
#include <nlohmann/json.hpp>

#include "crosshead/report/junit.hpp"
#include "crosshead/search/records.hpp"

namespace crosshead::cli {

/// One best-known value after its audit.
struct AuditedRecord {
  const search::Record* record = nullptr;
  std::optional<exact::Rational> value;  ///< computed afresh; nothing if it is undecided
  CertificateState certificate;
  bool interrupted = false;
  double seconds = 0;

  /// What is not as the records' file has it, or what the checker rejected; one line each.
  std::vector<std::string> differences() const;
};

/// proofs/ledger/records.toml; nothing if `root` has none.
std::vector<search::Record> records_of(const std::filesystem::path& root);

/// Computes every record's value afresh, in exact arithmetic, and has a certificate of it replayed, on
/// `threads` threads. `folders.certificates` gets a folder "records". `finished` is called on the calling
/// thread, in order; `stop` by any.
std::vector<AuditedRecord> audit_records(const std::vector<search::Record>& records,
                                         const AuditFolders& folders, int threads,
                                         const std::function<void(const AuditedRecord&)>& finished,
                                         const std::function<bool()>& stop);

/// One line: name, value, whether it is known to be the largest, what became of its certificate.
std::string record_line(const AuditedRecord& audited);
nlohmann::ordered_json records_json(const std::vector<AuditedRecord>& results);

/// {"confirmed": 117, "differing": 1, "interrupted": 0}; "117 of 118 records confirmed, 1 differs".
nlohmann::ordered_json records_summary(const std::vector<AuditedRecord>& results);
std::string records_summary_text(const std::vector<AuditedRecord>& results);

/// A case for each group of records, those of one claim and measure; its failure names the records that
/// differ.
report::TestSuite records_suite(const std::vector<AuditedRecord>& results);

}  // namespace crosshead::cli

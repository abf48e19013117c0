// Records are audited as claims are: computed, certified, replayed by a program of its own.
#include "audit_records.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include "line_width.hpp"
#include "made_folder.hpp"
#include <fmt/format.h>

#include "crosshead/search/certificates.hpp"

namespace crosshead::cli {
namespace {

using nlohmann::ordered_json;

void certify(const search::Record& record, const AuditFolders& folders, CertificateState& state) {
  const std::string name = search::name_of(record);
  const certificate::TextOrReason certified =
      search::value_certificate(record.system, record.objective, record.value, name);
  if (!certified.text) {
    state.reason = certified.reason;
    return;
  }
  state.write(*certified.text, folders.certificates / "records" / (name + ".json"), folders.checker);
}

AuditedRecord audited(const search::Record& record, const AuditFolders& folders) {
  const auto start = std::chrono::steady_clock::now();
  AuditedRecord result;
  result.record = &record;
  result.value = search::exact_value(record.system, record.objective);
  if (result.value == record.value) certify(record, folders, result.certificate);
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace

std::vector<std::string> AuditedRecord::differences() const {
  if (interrupted) return {};
  if (!value) return {"its value is undecided"};
  if (*value != record->value)
    return {"the value is " + exact::to_string(*value) + ", the record says " +
            exact::to_string(record->value)};
  if (certificate.file.empty()) return {"no certificate: " + certificate.reason};
  if (!certificate.accepted) return {"crosshead-check: " + certificate.verdict_of_checker};
  return {};
}

std::vector<search::Record> records_of(const std::filesystem::path& root) {
  const std::filesystem::path file = root / "ledger" / "records.toml";
  if (!std::filesystem::exists(file)) return {};
  return search::read_records(file);
}

std::vector<AuditedRecord> audit_records(const std::vector<search::Record>& records,
                                         const AuditFolders& folders, int threads,
                                         const std::function<void(const AuditedRecord&)>& finished,
                                         const std::function<bool()>& stop) {
  if (!records.empty()) made_folder(folders.certificates / "records");
  std::vector<std::promise<AuditedRecord>> promises(records.size());
  std::atomic<std::size_t> next{0};
  std::vector<std::jthread> workers;
  for (int k = 0; k < threads && k < static_cast<int>(records.size()); ++k) {
    workers.emplace_back([&] {
      for (std::size_t at = next++; at < records.size(); at = next++) {
        try {
          AuditedRecord skipped;
          skipped.record = &records[at];
          skipped.interrupted = true;
          promises[at].set_value(stop() ? skipped : audited(records[at], folders));
        } catch (...) {
          promises[at].set_exception(std::current_exception());
        }
      }
    });
  }
  std::vector<AuditedRecord> results;
  for (std::promise<AuditedRecord>& promise : promises) {
    results.push_back(promise.get_future().get());
    finished(results.back());
  }
  return results;
}

std::string record_line(const AuditedRecord& audited) {
  const search::Record& record = *audited.record;
  const std::string value = exact::to_string(record.value);
  std::string word = audited.certificate.accepted ? "replayed" : "REJECTED";
  if (audited.interrupted) word = "interrupted";
  std::string line =
      fmt::format("{:<40} {:<12} {:.6g}\n", search::name_of(record), word, exact::to_double(record.value));
  // Ratios of many nodes are long; all of their digits are in the file.
  std::string more = value.size() <= 40 && denominator(record.value) != 1 ? "= " + value : "";
  if (!record.optimal.empty()) more += std::string(more.empty() ? "" : ", ") + "largest of its family";
  if (!more.empty()) line += wrapped("    ", more);
  for (const std::string& difference : audited.differences()) line += wrapped("    DIFFERS: ", difference);
  return line;
}

ordered_json records_json(const std::vector<AuditedRecord>& results) {
  ordered_json list = ordered_json::array();
  for (const AuditedRecord& audited : results) {
    const search::Record& record = *audited.record;
    list.push_back(
        {{"record", search::name_of(record)},
         {"term", search::term_of(record.objective)},
         {"nodes", record.space.nodes},
         {"heads", record.space.heads},
         {"value", audited.value ? ordered_json(exact::to_string(*audited.value)) : ordered_json()},
         {"expected", exact::to_string(record.value)},
         {"found", record.found},
         {"optimal", record.optimal.empty() ? ordered_json() : ordered_json(record.optimal)},
         {"differences", audited.differences()},
         {"certificate", audited.certificate.file.string()},
         {"replay", audited.certificate.accepted ? "accepted" : "none"},
         {"seconds", audited.seconds}});
  }
  return list;
}

ordered_json records_summary(const std::vector<AuditedRecord>& results) {
  int differing = 0, interrupted = 0;
  for (const AuditedRecord& audited : results) {
    interrupted += audited.interrupted ? 1 : 0;
    differing += audited.differences().empty() ? 0 : 1;
  }
  const int confirmed = static_cast<int>(results.size()) - differing - interrupted;
  return {{"confirmed", confirmed}, {"differing", differing}, {"interrupted", interrupted}};
}

std::string records_summary_text(const std::vector<AuditedRecord>& results) {
  const ordered_json summary = records_summary(results);
  const int differing = summary["differing"].get<int>(), interrupted = summary["interrupted"].get<int>();
  std::string text = fmt::format("{} of {} record{} confirmed", summary["confirmed"].get<int>(),
                                 results.size(), results.size() == 1 ? "" : "s");
  if (differing > 0) text += fmt::format(", {} {}", differing, differing == 1 ? "differs" : "differ");
  if (interrupted > 0) text += fmt::format(", {} interrupted", interrupted);
  return text;
}

report::TestSuite records_suite(const std::vector<AuditedRecord>& results) {
  using report::TestCase;
  report::TestSuite suite{"Records", {}};
  for (const AuditedRecord& audited : results) {
    const search::Objective& objective = audited.record->objective;
    const std::string group =
        search::name_of(objective.question.claim) + ", largest " + search::name_of(objective.measure);
    auto test = std::find_if(suite.cases.begin(), suite.cases.end(),
                             [&](const TestCase& other) { return other.name == group; });
    if (test == suite.cases.end()) {
      suite.cases.push_back({"Records", group, 0, TestCase::Result::passed, "", ""});
      test = suite.cases.end() - 1;
    }
    test->seconds += audited.seconds;
    const std::string name = search::name_of(*audited.record);
    for (const std::string& difference : audited.differences()) {
      if (test->result == TestCase::Result::failed) {
        test->message += "; ";
      } else {
        test->message.clear();
      }
      test->result = TestCase::Result::failed;
      test->message.append(name).append(": ").append(difference);
    }
    if (audited.interrupted && test->result == TestCase::Result::passed) {
      test->result = TestCase::Result::skipped;
      test->message = "interrupted";
    }
    test->details += fmt::format("{} = {}\n", name,
                                 audited.value ? exact::to_string(*audited.value) : std::string("undecided"));
  }
  return suite;
}

}  // namespace crosshead::cli

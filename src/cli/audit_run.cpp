// Claims are independent: workers take the next one, decide it, write its certificate and have it replayed.
#include "audit_run.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>
#include <thread>

#include "checker_process.hpp"
#include "float_claim.hpp"
#include "measured_models.hpp"
#include "proof_record.hpp"

#include "crosshead/attention/float_backend.hpp"
#include "crosshead/certificate/decided_claim.hpp"
#include "crosshead/exact/error.hpp"
#include "crosshead/exact/replacement_file.hpp"

namespace crosshead::cli {
namespace {

using Clock = std::chrono::steady_clock;

std::string contents(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

void compare(const std::string& text, const std::filesystem::path& checked_in, CertificateState& state) {
  if (!std::filesystem::exists(checked_in)) {
    state.difference = "its certificate is not checked in (" + checked_in.string() + "); see --update";
  } else if (contents(checked_in) != text) {
    state.difference =
        "its certificate is not the checked-in one (" + checked_in.string() + "); see --update";
  }
}

void certify(const claim::Decision& decision, const AuditFolders& folders, CertificateState& state) {
  const certificate::TextOrReason certified = certificate::certificate_of(decision);
  const std::string name = decision.entry->id + ".json";
  if (!certified.text) {
    state.reason = certified.reason;
    if (!folders.checked_in.empty() && std::filesystem::exists(folders.checked_in / name))
      state.difference = "a certificate is checked in, but none could be made: " + certified.reason;
    return;
  }
  if (!folders.checked_in.empty()) compare(*certified.text, folders.checked_in / name, state);
  state.write(*certified.text, folders.certificates / name, folders.checker);
}

Audited audited_exactly(const claim::LedgerEntry& entry, const AuditFolders& folders,
                        const std::function<bool()>& stop) {
  Audited audited;
  audited.entry = &entry;
  claim::EvaluationOptions options;
  options.progress = [&](std::int64_t) { return !stop(); };
  audited.decision = claim::decide(entry, options);
  audited.verdict = audited.decision->verdict;
  audited.interrupted = stop() && audited.verdict == claim::Verdict::undecided;
  if (!audited.interrupted) certify(*audited.decision, folders, audited.certificate);
  return audited;
}

Audited audited_in_floats(const claim::LedgerEntry& entry,
                          std::shared_ptr<attention::FloatBackend>& backend) {
  Audited audited;
  audited.entry = &entry;
  audited.certificate.reason =
      "floats are compared with exact values; that a program computed them is no proof";
  try {
    if (!backend) backend = attention::load_float_backend();
    audited.outcome = check_trained_model(entry, *backend, audited.rungs);
    audited.verdict = claim::verdict_of(audited.outcome, entry.kind);
  } catch (const exact::MissingComponent& error) {
    audited.missing = error.what();
  }
  return audited;
}

/// The numbers of each set of models, measured when the first claim asks for them.
class Measurements {
 public:
  Measurements(const AuditFolders& folders, int threads, const AuditEvents& events)
      : folders_(folders), threads_(threads), events_(events) {}

  Audited audited(const claim::LedgerEntry& entry, std::shared_ptr<attention::FloatBackend>& backend) {
    Audited audited;
    audited.entry = &entry;
    const std::filesystem::path folder = folder_of_models(entry.models, folders_.proofs);
    if (folder.empty()) {
      audited.skipped =
          "skipped: the published models are not here; name their folder in CROSSHEAD_PUBLISHED";
      return audited;
    }
    try {
      if (!backend) backend = attention::load_float_backend();
      auto& numbers = numbers_[entry.models];
      if (!numbers) {
        numbers = std::make_shared<const claim::MeasuredNumbers>(
            measure_models(folder, *backend, threads_, events_.stop));
      }
      audited.measured = numbers;
    } catch (const exact::MissingComponent& error) {
      audited.missing = error.what();
      return audited;
    }
    if (events_.stop()) {
      audited.interrupted = true;
      return audited;
    }
    audited.decision = claim::decide(entry, {}, numbers_[entry.models].get());
    audited.verdict = audited.decision->verdict;
    audited.certificate.reason = entry.readings.front().reason;
    return audited;
  }

 private:
  const AuditFolders& folders_;
  int threads_;
  const AuditEvents& events_;
  std::map<claim::ModelSet, std::shared_ptr<const claim::MeasuredNumbers>> numbers_;
};

/// Whether a claim is decided from its file alone.
bool is_exact(const claim::LedgerEntry& entry) {
  return entry.model.empty() && entry.models == claim::ModelSet::none;
}

void add_theorems(Audited& audited, const ProofRecord& record) {
  const claim::LedgerEntry& entry = *audited.entry;
  audited.theorems = record.theorems_about(entry.id);
  if (entry.theorem.empty()) return;
  audited.theorem_problem = record.problem(entry);
  if (!audited.theorem_problem.empty()) return;
  std::erase(audited.theorems, entry.theorem);
  audited.theorems.insert(audited.theorems.begin(), entry.theorem);
  if (audited.verdict == claim::Verdict::verified) audited.verdict = claim::Verdict::proved;
}

/// Slots that workers fill and the calling thread empties in order.
class Slots {
 public:
  explicit Slots(std::size_t count) : filled_(count), errors_(count) {}

  void put(std::size_t index, std::optional<Audited> audited, std::exception_ptr error) {
    const std::lock_guard lock(mutex_);
    filled_[index] = std::move(audited);
    errors_[index] = error;
    ++done_;
    changed_.notify_all();
  }

  /// Waits until the slot is filled; throws what its worker threw.
  Audited take(std::size_t index, const std::function<void(std::size_t)>& waiting) {
    std::unique_lock lock(mutex_);
    while (!filled_[index] && !errors_[index]) {
      changed_.wait_for(lock, std::chrono::milliseconds(100));
      const std::size_t done = done_;
      lock.unlock();
      waiting(done);
      lock.lock();
    }
    if (errors_[index]) std::rethrow_exception(errors_[index]);
    return std::move(*filled_[index]);
  }

  /// The next claim that nobody has taken yet.
  std::size_t next() {
    const std::lock_guard lock(mutex_);
    return next_++;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::optional<Audited>> filled_;
  std::vector<std::exception_ptr> errors_;
  std::size_t next_ = 0, done_ = 0;
};

template <class Work>
Audited timed(Work work) {
  const auto start = Clock::now();
  Audited audited = work();
  audited.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return audited;
}

}  // namespace

void CertificateState::write(const std::string& text, const std::filesystem::path& target,
                             const std::filesystem::path& checker) {
  exact::replace_file(target, text);
  file = target;
  const Replay replayed = replay(checker, {file});
  accepted = replayed.accepted();
  const auto said = std::find_if(replayed.lines.begin(), replayed.lines.end(),
                                 [](const std::string& line) { return !line.empty(); });
  verdict_of_checker =
      said == replayed.lines.end() ? "no answer, exit code " + std::to_string(replayed.exit_code) : *said;
}

std::vector<std::string> Audited::differences() const {
  std::vector<std::string> lines;
  if (!missing.empty() || !skipped.empty() || interrupted) return lines;
  if (verdict != entry->expected) {
    lines.push_back("the verdict is '" + claim::name_of(verdict) + "', the ledger expects '" +
                    claim::name_of(entry->expected) + "'");
  }
  if (decision) {
    for (const claim::DecidedReading& reading : decision->readings) {
      if (reading.as_expected()) continue;
      lines.push_back("reading '" + reading.reading->name +
                      "': " + diffusion::name_of(reading.evaluation.truth) + ", the ledger expects " +
                      (reading.reading->expected ? "true" : "false") +
                      (reading.evaluation.note.empty() ? "" : " (" + reading.evaluation.note + ")"));
    }
  }
  if (!theorem_problem.empty()) lines.push_back(theorem_problem);
  if (!certificate.difference.empty()) lines.push_back(certificate.difference);
  if (!certificate.file.empty() && !certificate.accepted)
    lines.push_back("crosshead-check: " + certificate.verdict_of_checker);
  return lines;
}

std::vector<Audited> audit_claims(const std::vector<claim::LedgerEntry>& entries, const AuditFolders& folders,
                                  int threads, const AuditEvents& events) {
  std::vector<std::size_t> exact_claims;
  for (std::size_t k = 0; k < entries.size(); ++k) {
    if (is_exact(entries[k])) exact_claims.push_back(k);
  }
  Slots slots(entries.size());
  std::vector<std::jthread> workers;
  for (int k = 0; k < threads && k < static_cast<int>(exact_claims.size()); ++k) {
    workers.emplace_back([&] {
      for (std::size_t at = slots.next(); at < exact_claims.size(); at = slots.next()) {
        const std::size_t index = exact_claims[at];
        try {
          slots.put(index, timed([&] { return audited_exactly(entries[index], folders, events.stop); }),
                    nullptr);
        } catch (...) {
          slots.put(index, std::nullopt, std::current_exception());
        }
      }
    });
  }
  const ProofRecord record(folders.proofs.empty() ? folders.proofs : folders.proofs / "coq");
  std::vector<Audited> results;
  std::shared_ptr<attention::FloatBackend> backend;
  Measurements measurements(folders, threads, events);
  for (std::size_t k = 0; k < entries.size(); ++k) {
    if (is_exact(entries[k])) {
      results.push_back(slots.take(k, [&](std::size_t done) { events.progress(done, entries[k].id); }));
    } else {
      events.progress(results.size(), entries[k].id);
      results.push_back(timed([&] {
        return entries[k].model.empty() ? measurements.audited(entries[k], backend)
                                        : audited_in_floats(entries[k], backend);
      }));
    }
    add_theorems(results.back(), record);
    events.finished(results.back());
  }
  return results;
}

}  // namespace crosshead::cli

#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crosshead/claim/decision.hpp"
#include "crosshead/claim/ledger.hpp"
#include "crosshead/claim/measured.hpp"
#include "crosshead/report/model_section.hpp"

namespace crosshead::cli {

/// What became of a claim's certificate.
struct CertificateState {
  std::filesystem::path file;      ///< where it was written; empty if there is none
  std::string reason;              ///< why there is none
  bool accepted = false;           ///< by crosshead-check
  std::string verdict_of_checker;  ///< its line
  std::string difference;  ///< from the checked-in one; empty if there is none to compare with, or equal

  /// Writes the certificate and has `checker` replay it.
  void write(const std::string& text, const std::filesystem::path& target,
             const std::filesystem::path& checker);
};

/// One claim after its audit.
struct Audited {
  const claim::LedgerEntry* entry = nullptr;
  std::optional<claim::Decision> decision;  ///< nothing for claims about a trained model
  claim::Outcome outcome;                   ///< of a claim about a trained model
  claim::Verdict verdict = claim::Verdict::undecided;
  CertificateState certificate;
  std::shared_ptr<const claim::MeasuredNumbers> measured;  ///< of a claim about a set of trained models
  std::vector<report::ErrorRung> rungs;                    ///< of a claim about floats
  std::vector<std::string> theorems;  ///< "file.v#name" of what Coq proved about it, the claim's own first
  std::string theorem_problem;        ///< why its theorem does not prove it; empty if it names none
  std::string missing;                ///< the component that was needed and is not there
  std::string skipped;                ///< why there was nothing to decide it on: the models are not here
  bool interrupted = false;           ///< stopped before its answer
  double seconds = 0;

  /// Everything that is not as the checked-in files have it, or that the checker rejected; one line each.
  std::vector<std::string> differences() const;
};

struct AuditFolders {
  std::filesystem::path certificates;  ///< where new ones are written
  std::filesystem::path checked_in;    ///< where they are compared with; empty: nowhere
  std::filesystem::path checker;       ///< program
  std::filesystem::path proofs;        ///< the folder that holds the ledger and the own models; may be empty
};

/// Called on the calling thread: with every finished claim, in order; and now and then with the number
/// finished so far.
struct AuditEvents {
  std::function<void(const Audited&)> finished;
  std::function<void(std::size_t done, const std::string& under_way)> progress;
  std::function<bool()> stop;  ///< called by any thread
};

/// Decides, certifies and replays every claim on `threads` threads. One that its readings verify and whose
/// theorem is on record in proofs/coq/theorems.json is proved. Claims about trained models run on the
/// calling thread. The result does not depend on the number of threads, times apart.
std::vector<Audited> audit_claims(const std::vector<claim::LedgerEntry>& entries, const AuditFolders& folders,
                                  int threads, const AuditEvents& events);

}  // namespace crosshead::cli

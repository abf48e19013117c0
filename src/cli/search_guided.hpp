#pragma once

#include <cstdint>
#include <string>

#include "command.hpp"
#include <nlohmann/json.hpp>

#include "crosshead/search/records.hpp"

namespace crosshead::cli {

/// Options of `crosshead search CLAIM --guided`.
struct GuidedOptions {
  bool guided = false;
  std::string maximise = "gain";
  search::GuidedEffort effort;
  std::string save;         ///< file for the best system; none if empty
  std::string certificate;  ///< folder for its certificate; none if empty
  std::string report;       ///< page; none if empty
};

/// Adds them; those that make no sense for a guided search must have been added before.
void add_guided_options(CLI::App& command, GuidedOptions& options);

/// Runs a guided search. `space.weights` and `.denominator` as in GuidedSpace. Throws exact::UsageError for
/// what cannot be searched.
int run_guided_search(const search::GuidedSpace& space, const search::Question& question,
                      const GuidedOptions& options, const GlobalOptions& global);

/// A guided search and its outcome, for printing.
struct GuidedReport {
  search::Objective objective;
  search::GuidedSpace space;
  search::GuidedEffort effort;
  search::GuidedAnswer answer;
  std::string command;  ///< that does the same again
  double seconds = 0;

  /// Records are about the default conventions.
  bool keeps_records() const;
  /// REQUIRES: answer.best.
  search::Record record() const;
};

/// The document `crosshead.guided/1`; `record` is the entry of a records file.
nlohmann::ordered_json guided_json(const GuidedReport& report);
/// The same for readers.
std::string guided_text(const GuidedReport& report);

}  // namespace crosshead::cli

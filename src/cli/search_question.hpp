#pragma once

#include <optional>
#include <string>

#include "command.hpp"

#include "crosshead/search/family_claim.hpp"

namespace crosshead::cli {

/// What `crosshead search` looks for: CLAIM with its conventions, options of the command.
struct QuestionOptions {
  std::string claim;
  std::string reading;  ///< of a claim of the ledger or of a file
  std::string proofs;
  std::string epsilon, sink_counts, distance, start;  ///< empty where they are not given
  std::optional<int> first_step;
};
/// CLAIM itself is not required: a subcommand does without.
void add_question_options(CLI::App& command, QuestionOptions& options);

/// A claim of the ledger or of a file that was asked for by its name.
struct NamedClaim {
  std::string id, reading;
  search::FamilyClaim claim;
};

struct AskedQuestion {
  search::Question question;
  std::optional<NamedClaim> named;
};

/// The name of a built-in claim, the id of a claim of the ledger, a claim file (*.toml) or a formula; with
/// the conventions given, those of the claim's reading, or the defaults. Throws exact::UsageError for what
/// cannot be searched for, and for options that the claim does not depend on; exact::InputError for files.
AskedQuestion question_of(const QuestionOptions& options);

/// "counterexamples of T2.8-fastest, reading '...', a claim about unique_sink(2..4, 2)".
std::string description_of(const NamedClaim& named);
/// "suprema over t >= 1; the sink counts", "total variation <= 1/4, worst start", or both for a formula.
std::string convention_text(const search::Question& question);

/// A line of what searches print: a name, and its value in a column of its own.
std::string search_line(const std::string& name, const std::string& value);

}  // namespace crosshead::cli

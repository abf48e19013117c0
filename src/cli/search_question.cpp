// From the words of the command line to a question. Whatever is given and would not change the answer is
// refused.
#include "search_question.hpp"

#include <algorithm>
#include <vector>

#include "line_width.hpp"
#include "proofs_folder.hpp"
#include "shared_options.hpp"
#include <fmt/format.h>

#include "crosshead/claim/ledger.hpp"
#include "crosshead/exact/error.hpp"
#include "crosshead/walk/convention_names.hpp"

namespace crosshead::cli {
namespace {

using claim::ClaimReading;
using claim::LedgerEntry;
using exact::UsageError;

/// An id of the ledger: formulas have other characters.
bool may_be_id(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
  });
}

/// The claim of this id; nothing if the ledger has none.
std::optional<LedgerEntry> ledger_entry(const QuestionOptions& given) {
  const std::filesystem::path root = proofs_folder(given.proofs);
  if (root.empty()) return std::nullopt;
  const auto file = root / "ledger" / (given.claim + ".toml");
  if (given.claim == "records" || !std::filesystem::is_regular_file(file)) return std::nullopt;
  return claim::read_claim(file, root);
}

std::optional<LedgerEntry> entry_of(const QuestionOptions& given) {
  if (given.claim.ends_with(".toml")) return claim::read_claim(given.claim, proofs_folder(given.proofs));
  return may_be_id(given.claim) ? ledger_entry(given) : std::nullopt;
}

std::string quoted_names(const std::vector<const ClaimReading*>& readings) {
  std::string text;
  for (const ClaimReading* reading : readings) text += (text.empty() ? "'" : ", '") + reading->name + "'";
  return text;
}

bool searchable(const ClaimReading& reading) {
  try {
    search::family_claim(reading.formula, reading.given.has_value());
  } catch (const UsageError&) {
    return false;
  }
  return true;
}

/// The reading of this name, or the only stated one that can be searched for.
const ClaimReading& reading_of(const LedgerEntry& entry, const std::string& name) {
  std::vector<const ClaimReading*> all, searched, stated;
  for (const ClaimReading& reading : entry.readings) {
    if (!name.empty() && reading.name == name) return reading;
    all.push_back(&reading);
    if (!searchable(reading)) continue;
    searched.push_back(&reading);
    if (reading.role == claim::Role::stated) stated.push_back(&reading);
  }
  if (!name.empty()) {
    throw UsageError(fmt::format("{} has no reading '{}' (readings: {})", entry.id, name, quoted_names(all)));
  }
  if (stated.size() == 1) return *stated.front();
  if (!stated.empty()) searched = stated;
  if (searched.empty()) {
    throw UsageError(
        fmt::format("no reading of {} can be searched for: 'forall system in FAMILY(...): ...', 'exists "
                    "system in FAMILY(...): ...' or a formula about a given system",
                    entry.id));
  }
  throw UsageError(
      fmt::format("{}: name one of its readings with --reading: {}", entry.id, quoted_names(searched)));
}

AskedQuestion named_question(const LedgerEntry& entry, const std::string& name) {
  if (entry.readings.empty())
    throw UsageError(entry.id + " is about a trained model, which cannot be searched");
  const ClaimReading& reading = reading_of(entry, name);
  const std::string place = fmt::format("{}, reading '{}'", entry.id, reading.name);
  AskedQuestion asked;
  try {
    asked.named =
        NamedClaim{entry.id, reading.name, search::family_claim(reading.formula, reading.given.has_value())};
    const std::string& formula = asked.named->claim.formula;
    if (auto built_in = search::built_in_of(formula)) {
      asked.question = std::move(*built_in);
    } else {
      asked.question.formula = formula;
      search::formula_claim(asked.question);
    }
  } catch (const UsageError& error) {
    throw UsageError(place + ": " + error.what());
  } catch (const claim::FormulaError& error) {
    throw UsageError(fmt::format("{} cannot be searched: '{}': {}", place,
                                 asked.named ? asked.named->claim.formula : reading.formula.text,
                                 error.what()));
  }
  asked.question.fidelity = reading.convention.fidelity;
  asked.question.mixing = reading.convention.mixing;
  return asked;
}

void refuse(bool given, const std::string& option, const search::Question& question, const char* about) {
  if (given) {
    throw UsageError(fmt::format("{}: {} is about {} and does not depend on it", option,
                                 search::name_of(question), about));
  }
}

/// Options replace what the claim's reading says.
void apply(const QuestionOptions& given, bool named, search::Question& question) {
  if (question.built_in() && question.about_mixing()) {
    refuse(given.first_step.has_value(), "--first-step", question, "mixing times");
    refuse(!given.sink_counts.empty(), "--sink-counts", question, "mixing times");
  } else if (question.built_in()) {
    for (const auto& [option, value] :
         {std::pair{"--epsilon", &given.epsilon}, std::pair{"--distance", &given.distance},
          std::pair{"--start", &given.start}}) {
      refuse(!value->empty(), option, question, "fidelities");
    }
  }
  if (!given.epsilon.empty()) {
    if (named || !question.built_in()) {
      throw UsageError("--epsilon: formulas name their thresholds themselves, as in t_mix(mean, 1/100)");
    }
    question.epsilon = positive_number("--epsilon", given.epsilon);
  }
  if (given.first_step) question.fidelity.first_step = *given.first_step;
  if (!given.sink_counts.empty()) question.fidelity.sink_counts = given.sink_counts == "yes";
  if (!given.distance.empty()) question.mixing.distance = walk::distance_named(given.distance).value();
  if (!given.start.empty()) question.mixing.start = walk::start_named(given.start).value();
}

}  // namespace

void add_question_options(CLI::App& command, QuestionOptions& options) {
  using Words = std::vector<std::string>;
  // A claim that CLI11 required would take the name of a subcommand.
  command
      .add_option("CLAIM", options.claim,
                  "amplifies, attenuates, mixes-faster or mixes-slower, a formula about one system, "
                  "the id of a claim of the ledger, or a claim file (*.toml)")
      ->option_text(" ");
  const AddOption add(command);
  add("--reading", options.reading, "NAME", "Reading of the claim, if more than one can be searched for");
  add("--proofs", options.proofs, "DIR", "Folder with the ledger, for ids");
  add("--epsilon", options.epsilon, "E", "Threshold of the mixing time (default 1/4)");
  add("--distance", options.distance, "tv|l1", "Mixed: total variation <= E (default), or L1 distance < E")
      ->check(CLI::IsMember(Words{"tv", "l1"}));
  add("--start", options.start, "worst|average",
      "Distance from the worst start (default), or on average over all")
      ->check(CLI::IsMember(Words{"worst", "average"}));
  add("--first-step", options.first_step, "0|1", "First step t of a node's fidelity (default 1)")
      ->check(CLI::IsMember(std::vector<int>{0, 1}));
  add("--sink-counts", options.sink_counts, "yes|no", "Minimax fidelity includes the sink (default yes)")
      ->check(CLI::IsMember(Words{"yes", "no"}));
}

AskedQuestion question_of(const QuestionOptions& given) {
  AskedQuestion asked;
  if (const auto entry = entry_of(given)) {
    asked = named_question(*entry, given.reading);
  } else {
    if (!given.reading.empty()) {
      throw UsageError("--reading: '" + given.claim + "' is no claim of the ledger or of a file");
    }
    try {
      asked.question = search::question_named(given.claim);
    } catch (const UsageError& error) {
      if (!may_be_id(given.claim)) throw;
      throw UsageError(
          fmt::format("no claim '{}' to search for (claims: amplifies, attenuates, mixes-faster, "
                      "mixes-slower, ids of the ledger, files *.toml, formulas)",
                      given.claim));
    }
  }
  apply(given, asked.named.has_value(), asked.question);
  return asked;
}

std::string description_of(const NamedClaim& named) {
  return fmt::format("{} of {}, reading '{}', a claim about {}",
                     named.claim.counterexamples ? "counterexamples" : "witnesses", named.id, named.reading,
                     named.claim.family.empty() ? "a given system" : named.claim.family);
}

std::string convention_text(const search::Question& question) {
  std::string suprema = fmt::format("suprema over t >= {}; the sink {}", question.fidelity.first_step,
                                    question.fidelity.sink_counts ? "counts" : "does not count");
  const bool l1 = question.mixing.distance == walk::Distance::l1;
  const char* start = question.mixing.start == walk::Start::average ? "average over starts" : "worst start";
  if (!question.built_in()) {
    return fmt::format("{}; mixed in {}, {}", suprema, l1 ? "L1 (<)" : "total variation (<=)", start);
  }
  if (!question.about_mixing()) return suprema;
  return fmt::format("{} {}, {}", l1 ? "L1 <" : "total variation <=", exact::to_string(question.epsilon),
                     start);
}

std::string search_line(const std::string& name, const std::string& value) {
  return wrapped(fmt::format("{:<11}", name), value);
}

}  // namespace crosshead::cli

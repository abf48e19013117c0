#include <memory>
#include <string>
#include <vector>

#include "analysis_json.hpp"
#include "analysis_table.hpp"
#include "certificate_output.hpp"
#include "command.hpp"
#include "json_parts.hpp"
#include "shared_options.hpp"
#include "system_input.hpp"

#include "crosshead/claim/analysis.hpp"
#include "crosshead/exact/error.hpp"
#include "crosshead/heads/names.hpp"
#include "crosshead/heads/system_file.hpp"
#include "crosshead/walk/convention_names.hpp"

namespace crosshead::cli {
namespace {

struct AnalyzeOptions {
  std::string file;
  std::string epsilons = "1/4";
  FidelityOptions fidelity;
  std::string distance = "tv";
  std::string start = "worst";
  std::string reading = "as-stored";
  std::string attention_walk = "successor-normalised";
  int profile = -1;
  std::string weights;
  int cutoff = 100;
  std::int64_t max_steps = 0;
  attention::AttentionSelection selection;
  std::string certificate;
};

std::vector<exact::Rational> parse_epsilons(std::string_view text) {
  std::vector<exact::Rational> epsilons;
  while (true) {
    const std::size_t comma = text.find(',');
    epsilons.push_back(positive_number("--epsilon", std::string(text.substr(0, comma))));
    if (comma == std::string_view::npos) return epsilons;
    text.remove_prefix(comma + 1);
  }
}

claim::AnalysisOptions analysis_options(const AnalyzeOptions& given) {
  claim::AnalysisOptions options;
  options.convention.fidelity = given.fidelity.convention();
  options.convention.mixing.distance = walk::distance_named(given.distance).value();
  options.convention.mixing.start = walk::start_named(given.start).value();
  options.convention.reading = heads::reading_named(given.reading).value();
  options.convention.attention_walk = heads::attention_walk_named(given.attention_walk).value();
  options.profile_steps = given.profile;
  options.epsilons = parse_epsilons(given.epsilons);
  options.cutoff = given.cutoff;
  if (given.max_steps > 0) options.fidelity_limits.steps = options.mixing_limits.steps = given.max_steps;
  return options;
}

int analyze(const AnalyzeOptions& given, const GlobalOptions& global) {
  const claim::AnalysisOptions options = analysis_options(given);
  heads::HeadSystem system = read_input(given.file, given.selection);
  if (!given.weights.empty()) system.weights = heads::parse_weights(given.weights, system.heads.size());
  const claim::Analysis analysis = claim::analyze(system, options);
  if (!given.certificate.empty()) {
    write_certificate(analysis, system, options, given.certificate, global.quiet);
  }
  print(global.json ? document_text(analysis_json(analysis, system, options))
                    : analysis_table(analysis, system, options));
  return analysis.decided() ? kHolds : kUndecided;
}

}  // namespace

void add_analyze_command(CLI::App& program, GlobalOptions& options, int& exit_code) {
  const auto given = std::make_shared<AnalyzeOptions>();
  CLI::App* command =
      add_command(program, "analyze", "Everything exact about one head system or attention tensor", options);
  const AddOption add(*command);
  using Words = std::vector<std::string>;
  add("FILE", given->file, " ",
      "A system file (crosshead.system/1), or attention in .safetensors, .npy, .npz or .pt")
      ->required();
  add("--epsilon", given->epsilons, "E,...", "Thresholds of the mixing time (default 1/4)");
  add_fidelity_options(*command, given->fidelity);
  add("--distance", given->distance, "tv|l1", "Total variation <= E, or L1 < E (default tv)")
      ->check(CLI::IsMember(Words{"tv", "l1"}));
  add("--start", given->start, "worst|average", "Start of the mixing time (default worst)")
      ->check(CLI::IsMember(Words{"worst", "average"}));
  add_reading_option(*command, given->reading);
  add_attention_walk_option(*command, given->attention_walk);
  add("--profile", given->profile, "N", "Add the exact distances d(0), ..., d(N) to --json")
      ->check(CLI::Range(0, 1'000'000));
  add("--weights", given->weights, "W,...", "Convex weights of the heads, for example 1/3,2/3");
  add("--cutoff", given->cutoff, "N", "Cutoff of the truncated hitting time (default 100)")
      ->check(CLI::Range(0, 1'000'000));
  add("--max-steps", given->max_steps, "N", "Steps after which an answer is left undecided")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000'000}));
  add_layer_options(*command, given->selection);
  add("--head", given->selection.head, "H", "One head, from 0 (default: all heads)")
      ->check(CLI::Range(0, INT32_MAX));
  add("--certificate", given->certificate, "OUT",
      "Write a certificate that states and proves what is decided, for crosshead-check; hitting times and "
      "profiles are no part of it");
  command->footer(
      "Examples:\n"
      "  crosshead analyze proofs/systems/figure-3.json --epsilon 1/4,1/100\n"
      "  crosshead analyze proofs/systems/example-3.8.json --weights 1/3,2/3 --json\n"
      "  crosshead analyze attention.npy --layer 0 --reading normalised");
  command->callback([given, &options, &exit_code] { exit_code = analyze(*given, options); });
}

}  // namespace crosshead::cli

#include <memory>
#include <string>
#include <vector>

#include "command.hpp"
#include "json_parts.hpp"
#include "region_best.hpp"
#include "region_certificate.hpp"
#include "region_family.hpp"
#include "region_output.hpp"
#include "region_plot.hpp"
#include "region_run.hpp"
#include "report_file.hpp"
#include "shared_options.hpp"
#include "system_input.hpp"
#include <fmt/format.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/heads/names.hpp"
#include "crosshead/report/drawing.hpp"
#include "crosshead/report/region_section.hpp"

namespace crosshead::cli {
namespace {

struct RegionOptions {
  std::string file;
  std::string claim = "amplifies";
  std::string epsilon = "1/4";
  std::string heads;
  std::string weights;
  FidelityOptions fidelity;
  std::string reading = "as-stored";
  attention::AttentionSelection selection;
  diffusion::RegionLimits limits;
  std::string certificate;
  bool maximum = false;
  bool best = false;
  BestOptions search;
  bool plot = false;
  std::string report;
  int samples = 65;
  std::string family;
  int nodes = 4;
  std::string journal;
};

/// The system of FILE, which has several heads.
heads::HeadSystem system_of(const RegionOptions& given) {
  heads::HeadSystem system = read_input(given.file, given.selection);
  if (system.heads.size() < 2) {
    throw exact::InputError(given.file, "heads",
                            "one head has no weights to vary; expected at least two heads");
  }
  return system;
}

/// The two heads whose weights vary, from 0.
std::pair<int, int> chosen_heads(const RegionOptions& given, const heads::HeadSystem& system) {
  const int count = static_cast<int>(system.heads.size());
  if (given.heads.empty()) {
    if (count == 2) return {0, 1};
    throw exact::UsageError(fmt::format(
        "{} has {} heads: choose two with --heads H,K, or ask for the best weights of all with --best",
        given.file, count));
  }
  int a = 0, b = 0;
  char comma = 0, rest = 0;
  if (std::sscanf(given.heads.c_str(), "%d%c%d%c", &a, &comma, &b, &rest) != 3 || comma != ',' || a < 1 ||
      b < 1 || a > count || b > count || a == b) {
    throw exact::UsageError(fmt::format(
        "--heads: expected two different heads from 1 to {}, such as 1,2, found '{}'", count, given.heads));
  }
  return {a - 1, b - 1};
}

RegionQuestion region_question(const RegionOptions& given, const heads::HeadSystem& system) {
  RegionQuestion question;
  question.file = given.file;
  question.claim = given.claim;
  question.epsilon = positive_number("--epsilon", given.epsilon);
  question.reading = heads::reading_named(given.reading).value();
  question.convention = given.fidelity.convention();
  question.limits = given.limits;
  question.maximum = given.maximum;
  question.heads = chosen_heads(given, system);
  return question;
}

/// The picture over the weights, with the heads as graphs.
void write_page(const RegionReport& answer, const heads::HeadSystem& system, const RegionOptions& given) {
  auto document = region_json(answer);
  if (!answer.mixing) document["plot"] = plot_json(answer, std::max(given.samples, 129));
  const auto weights = answer.mixing ? report::EdgeWeights::walk : report::EdgeWeights::diffusion;
  const std::string html = report::system_drawing(system, weights, "heads") +
                           report::figure_html(report::region_figure(document, "region"));
  write_report(page_of("Weights of " + (answer.system.empty() ? given.file : answer.system),
                       "For which weights of two heads a claim holds, exactly, for all real weights.",
                       {{"weights", "Weights", html}}),
               given.report);
}

int all_pairs(const RegionOptions& given, const GlobalOptions& global) {
  if (!given.file.empty() || !given.certificate.empty() || !given.heads.empty() || !given.weights.empty()) {
    throw exact::UsageError(
        "--family takes no FILE, --heads, --weights or --certificate: it goes through all pairs");
  }
  RegionFamily family;
  family.name = given.family;
  family.family =
      given.family == "feedforward" ? graph::GraphFamily::feedforward : graph::GraphFamily::unique_sink;
  family.nodes = given.nodes;
  family.convention = given.fidelity.convention();
  family.request = parse_region_claim(given.claim, {}, positive_number("--epsilon", given.epsilon));
  if (family.request.claim.subject == diffusion::RegionClaim::Subject::absorbed &&
      family.family == graph::GraphFamily::feedforward) {
    throw exact::UsageError("--family feedforward: its heads have no common sink to mix at");
  }
  family.limits = given.limits;
  family.journal = given.journal;
  family.report = given.report;
  return region_family(family, global);
}

/// --best: all heads of the file.
int best_weights(const RegionOptions& given, const GlobalOptions& global) {
  const heads::HeadSystem system = system_of(given);
  const heads::Reading reading = heads::reading_named(given.reading).value();
  std::vector<exact::RationalMatrix> matrices;
  for (int h = 0; h < static_cast<int>(system.heads.size()); ++h) {
    auto matrix = heads::diffusion_of(system, h, reading);
    if (!matrix.matrix) throw exact::InputError(given.file, fmt::format("heads[{}]", h), matrix.reason);
    matrices.push_back(std::move(*matrix.matrix));
  }
  BestOptions options = given.search;
  options.convention = given.fidelity.convention();
  options.certificate = given.certificate;
  options.report = given.report;
  return region_best(system, matrices, options, global);
}

int region(const RegionOptions& given, const GlobalOptions& global) {
  if (!given.family.empty()) return all_pairs(given, global);
  if (given.file.empty()) throw exact::UsageError("region: expected a FILE, or --family");
  if (given.best) return best_weights(given, global);
  if (!given.weights.empty()) {
    throw exact::UsageError(
        "--weights: here the weights are b and 1 - b for all b; 'crosshead analyze' takes numbers");
  }
  const heads::HeadSystem system = system_of(given);
  const RegionReport report = answered_region(system, region_question(given, system));
  if (!given.certificate.empty()) write_region_certificate(report, given.certificate);
  if (!given.report.empty()) write_page(report, system, given);
  if (global.json) {
    auto document = region_json(report);
    if (given.plot && !report.mixing) document["plot"] = plot_json(report, given.samples);
    print(document_text(document));
  } else {
    print(region_text(report));
  }
  return report.region.decided() ? kHolds : kUndecided;
}

}  // namespace

void add_region_command(CLI::App& program, GlobalOptions& options, int& exit_code) {
  const auto given = std::make_shared<RegionOptions>();
  CLI::App* command = add_command(
      program, "region", "The exact set of weights (b, 1 - b) of two heads for which a claim holds", options);
  const AddOption add(*command);
  using Words = std::vector<std::string>;
  add("FILE", given->file, " ",
      "A system file (crosshead.system/1), or attention in .safetensors, .npy, .npz or .pt");
  add("--claim", given->claim, "CLAIM",
      "amplifies (default), attenuates, mixes-faster, t_mix(mean, E) <= N, or a comparison: phi_min(mean) "
      "or phi(mean, NODE), then >, >=, < or <=, then a number or phi(mean, NODE)");
  add("--epsilon", given->epsilon, "E", "Threshold of mixes-faster (default 1/4)");
  add("--heads", given->heads, "H,K", "The two heads, counted from 1, of a system with more");
  add("--weights", given->weights, "", "Refused: the weights are what the answer is about");
  add_fidelity_options(*command, given->fidelity);
  add_reading_option(*command, given->reading);
  add("--depth", given->limits.depth, "N", "Halvings of [0, 1] after which a piece is left undecided")
      ->check(CLI::Range(1, 1000));
  add("--max-steps", given->limits.steps, "N", "Steps t after which a piece is left undecided")
      ->check(CLI::Range(1, 100000));
  add_layer_options(*command, given->selection);
  command->add_flag("--maximum", given->maximum, "Also the weights with the largest minimax fidelity");
  command->add_flag("--plot-data", given->plot, "Add series for pictures to --json");
  add("--samples", given->samples, "N", "Weights in those series (default 65)")->check(CLI::Range(2, 100000));
  add_report_option(*command, given->report);
  command->add_flag("--best", given->best,
                    "Instead: enclose the largest minimax fidelity over all weights of all heads");
  add("--tolerance", given->search.tolerance, "E", "Width of that enclosure (default 1/1000)");
  add("--budget", given->search.budget, "N", "Parts of the simplex after which --best stops (default 20000)")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}));
  add("--family", given->family, "unique_sink|feedforward",
      "Instead of a FILE: all pairs of heads of a family")
      ->check(CLI::IsMember(Words{"unique_sink", "feedforward"}));
  add("--nodes", given->nodes, "N", "Nodes of the family (default 4)")->check(CLI::Range(1, 6));
  add("--journal", given->journal, "FILE", "One line a pair; a run that was interrupted goes on from here");
  add("--certificate", given->certificate, "OUT",
      "Write a certificate of the answer (src/certificate/REGION.md), which crosshead-check replays");
  command->footer(
      "Examples:\n"
      "  crosshead region proofs/systems/figure-3.json\n"
      "  crosshead region proofs/systems/example-3.8.json --claim 'phi(mean, v) >= 1/4' --json\n"
      "  crosshead region --family unique_sink --nodes 4 --report weights.html");
  command->callback([given, &options, &exit_code] { exit_code = region(*given, options); });
}

}  // namespace crosshead::cli

#include "search_guided.hpp"

#include <algorithm>
#include <chrono>

#include "interrupt.hpp"
#include "json_parts.hpp"
#include "progress.hpp"
#include "report_file.hpp"
#include "search_certificates.hpp"
#include <fmt/format.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/exact/replacement_file.hpp"
#include "crosshead/heads/system_file.hpp"
#include "crosshead/report/search_section.hpp"
#include "crosshead/search/process_group.hpp"

namespace crosshead::cli {
namespace {

void write_page(const GuidedReport& report, const std::string& file) {
  std::vector<report::SearchClimb> climbs;
  for (const search::GuidedClimb& climb : report.answer.climbs) {
    report::SearchClimb& shown = climbs.emplace_back();
    for (const auto& point : climb.points)
      shown.points.emplace_back(static_cast<double>(point.steps), point.value);
    shown.value = climb.value;
    shown.taken = static_cast<double>(climb.steps);
    shown.finished = climb.finished;
  }
  write_report(
      page_of(fmt::format("Guided search: {}, largest {}", search::name_of(report.objective.question.claim),
                          search::name_of(report.objective.measure)),
              "The best system that local moves have found; its value is exact.",
              {report::guided_section(guided_json(report), climbs)}),
      file);
}

std::string command_text(const search::GuidedSpace& space, const search::Objective& objective,
                         const search::GuidedEffort& effort) {
  const search::Question& question = objective.question;
  std::string text = fmt::format("crosshead search {} --guided --maximise {} --nodes {} --heads {}",
                                 search::name_of(question.claim), search::name_of(objective.measure),
                                 space.nodes, space.heads);
  if (space.denominator > 0) {
    text += fmt::format(" --grid {}", space.denominator);
  } else if (space.weights != search::uniform_weights(space.heads).front()) {
    std::string list;
    for (const exact::Rational& weight : space.weights)
      list += (list.empty() ? "" : ",") + exact::to_string(weight);
    text += " --weights " + list;
  }
  if (question.about_mixing()) {
    text += " --epsilon " + exact::to_string(question.epsilon);
    if (question.mixing.distance == walk::Distance::l1) text += " --distance l1";
    if (question.mixing.start == walk::Start::average) text += " --start average";
  } else {
    if (question.fidelity.first_step == 0) text += " --first-step 0";
    if (!question.fidelity.sink_counts) text += " --sink-counts no";
  }
  return text +
         fmt::format(" --steps {} --restarts {} --seed {}", effort.steps, effort.restarts, effort.seed);
}

}  // namespace

bool GuidedReport::keeps_records() const {
  const search::Question &asked = objective.question, usual;
  return asked.fidelity.first_step == usual.fidelity.first_step &&
         asked.fidelity.sink_counts == usual.fidelity.sink_counts &&
         asked.mixing.distance == usual.mixing.distance && asked.mixing.start == usual.mixing.start;
}

search::Record GuidedReport::record() const {
  return {objective, space, answer.best->system, answer.best->value, command, ""};
}

void add_guided_options(CLI::App& command, GuidedOptions& options) {
  CLI::Option* guided = command.add_flag(
      "--guided", options.guided,
      "Maximise by local moves beyond enumerable sizes: up to 64 nodes and 16 heads, sinks unique in every "
      "head, with --grid weights that are free multiples of 1/D; --weights in this order");
  for (const char* name : {"--family", "--ordered", "--symmetry", "--from", "--count", "--expect",
                           "--journal", "--resume", "--shard", "--shard-size"}) {
    guided->excludes(command.get_option(name));
  }
  const auto add = [&](const std::string& name, auto& value, const std::string& text,
                       const std::string& help) {
    return command.add_option(name, value, help)->option_text(text)->needs(guided);
  };
  add("--maximise", options.maximise, "gain|ratio",
      "With --guided: the difference of the claim's sides (default), or the larger over the smaller")
      ->check(CLI::IsMember(std::vector<std::string>{"gain", "ratio"}));
  add("--steps", options.effort.steps, "K",
      fmt::format("With --guided: steps of each restart (default {})", options.effort.steps))
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000'000}));
  add("--restarts", options.effort.restarts, "R",
      fmt::format("With --guided: independent walks (default {})", options.effort.restarts))
      ->check(CLI::Range(1, 1'000'000));
  add("--seed", options.effort.seed, "S", "With --guided: of the random numbers (default 1)")
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{INT64_MAX}));
  add("--save", options.save, "OUT", "With --guided: write the best system (crosshead.system/1)");
}

int run_guided_search(const search::GuidedSpace& space, const search::Question& question,
                      const GuidedOptions& options, const GlobalOptions& global) {
  if (search::launched_rank() > 0) return kHolds;  // One process of mpirun does it all.
  const auto start = std::chrono::steady_clock::now();
  GuidedReport report;
  report.objective = {question, search::measure_named(options.maximise)};
  report.space = space;
  report.effort = options.effort;
  report.command = command_text(space, report.objective, report.effort);
  const InterruptRequest interrupt;
  ProgressLine progress(global.quiet);
  const auto total = static_cast<double>(options.effort.steps) * options.effort.restarts;
  constexpr std::int64_t kUnits = 10'000;  // the bar's; the product may be beyond 64 bits
  report.answer = search::search_guided(
      space, report.objective, options.effort, global.thread_count(), [&](std::uint64_t done) {
        const auto units = static_cast<std::int64_t>(static_cast<double>(done) / total * kUnits);
        progress.show(std::min(units, kUnits), kUnits, 0, search::name_of(question.claim));
        return !interrupt.made();
      });
  progress.clear();
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::string uncertified;
  if (const auto& best = report.answer.best) {
    if (!options.save.empty()) exact::replace_file(options.save, heads::write_system(best->system));
    if (!options.certificate.empty()) {
      const certificate::TextOrReason certified = search::value_certificate(
          best->system, report.objective, best->value, search::name_of(report.record()));
      uncertified = write_certificate("best", certified, options.certificate).reason;
    }
  }
  if (!options.report.empty()) write_page(report, options.report);
  print(global.json ? document_text(guided_json(report)) : guided_text(report));
  if (!uncertified.empty())
    throw exact::InputError(options.certificate, "", "no certificate: " + uncertified);
  return report.answer.complete && report.answer.undecided == 0 ? kHolds : kUndecided;
}

}  // namespace crosshead::cli

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "command.hpp"
#include "interrupt.hpp"
#include "progress.hpp"
#include "search_json.hpp"
#include <fmt/format.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/heads/system_file.hpp"

namespace crosshead::cli {
namespace {

struct SearchOptions {
  std::string claim;
  int nodes = 0;
  int heads = 0;
  std::string family = "unique-sink";
  bool ordered = false;
  std::string weights;
  int grid = 0;
  std::string epsilon = "1/4";
  int first_step = 1;
  std::string sink_counts = "yes";
  bool symmetry = false;
  std::uint64_t from = 0;
  std::optional<std::uint64_t> count;
  std::string expect;
};

search::Space space_of(const SearchOptions& given) {
  search::Space space;
  for (const search::Family family :
       {search::Family::unique_sink, search::Family::union_sink, search::Family::optional_loops}) {
    if (search::name_of(family) == given.family) space.family = family;
  }
  space.nodes = given.nodes;
  space.heads = given.heads;
  space.ordered = given.ordered;
  if (given.grid > 0) {
    space.weights = search::inner_grid(given.heads, given.grid);
  } else if (given.weights.empty()) {
    space.weights = search::uniform_weights(given.heads);
  } else {
    const auto weights = heads::parse_weights(given.weights, static_cast<std::size_t>(given.heads));
    space.weights =
        given.ordered ? std::vector<search::WeightVector>{weights} : search::permutations_of(weights);
  }
  return space;
}

std::string weights_text(const SearchOptions& given, const search::Space& space) {
  if (given.grid > 0) return fmt::format("inner_grid({})", given.grid);
  if (!given.weights.empty()) return given.weights;
  std::string text;
  for (const exact::Rational& weight : space.weights.front()) {
    text += (text.empty() ? "" : ",") + exact::to_string(weight);
  }
  return text;
}

search::Question question_of(const SearchOptions& given) {
  search::Question question;
  question.claim = search::built_in_named(given.claim);
  question.fidelity = {given.first_step, given.sink_counts == "yes"};
  try {
    question.epsilon = exact::parse_rational(given.epsilon);
  } catch (const exact::NumberError& error) {
    throw exact::UsageError(std::string("--epsilon: ") + error.what());
  }
  if (question.epsilon <= 0) {
    throw exact::UsageError("--epsilon: the threshold is positive, found " +
                            exact::to_string(question.epsilon));
  }
  return question;
}

search::RankRange range_of(const SearchOptions& given, const search::SystemSpace& space) {
  const std::uint64_t all = space.candidates();
  if (given.from >= all) {
    throw exact::UsageError(fmt::format("--from: ranks are 0 to {}, found {}", all - 1, given.from));
  }
  const std::uint64_t left = all - given.from;
  if (given.count && *given.count > left) {
    throw exact::UsageError(
        fmt::format("--count: {} ranks are left from {} on, found {}", left, given.from, *given.count));
  }
  return {given.from, given.count.value_or(left)};
}

int verdict(const SearchOptions& given, const search::Answer& answer) {
  const bool found = answer.result.counts.witnesses > 0;
  const bool decided = answer.complete && answer.result.counts.undecided == 0;
  if (found && !given.expect.empty()) return given.expect == "some" ? kHolds : kFailed;
  if (!decided) return kUndecided;
  return given.expect == "some" ? kFailed : kHolds;
}

int run_search(const SearchOptions& given, const GlobalOptions& global) {
  const auto start = std::chrono::steady_clock::now();
  const int threads = global.threads > 0
                          ? global.threads
                          : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const search::Question question = question_of(given);
  const search::SystemSpace space(space_of(given));
  const InterruptRequest interrupt;
  ProgressLine progress(global.quiet);

  SearchReport report;
  report.range = range_of(given, space);
  report.weights = weights_text(given, space.space());
  report.symmetry = given.symmetry;
  const search::ExhaustiveSearch search(space, question, threads, given.symmetry);
  report.search = &search;
  const auto total = static_cast<std::int64_t>(report.range.count);
  report.answer = search::run_in_threads(search, report.range, threads, [&](std::uint64_t done) {
    progress.show(static_cast<std::int64_t>(done), total, 0, given.claim);
    return !interrupt.made();
  });
  progress.clear();
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  print(global.json ? search_json(report).dump(2) + "\n" : search_text(report));
  return verdict(given, report.answer);
}

}  // namespace

void add_search_command(CLI::App& program, GlobalOptions& options, int& exit_code) {
  const auto given = std::make_shared<SearchOptions>();
  CLI::App* command =
      add_command(program, "search", "Decide a claim over every head system of a family, exactly", options);
  using Words = std::vector<std::string>;
  command->add_option("CLAIM", given->claim, "amplifies, attenuates, mixes-faster or mixes-slower")
      ->required()
      ->option_text(" ");
  const auto add = [&](const std::string& name, auto& value, const std::string& text,
                       const std::string& help) {
    return command->add_option(name, value, help)->option_text(text);
  };
  add("--nodes", given->nodes, "N", "Number of nodes, the last of them the sink")->required();
  add("--heads", given->heads, "H", "Number of heads")->required()->check(CLI::Range(1, 64));
  add("--family", given->family, "unique-sink|union-sink|optional-loops",
      "Feedforward graphs: the sink unique in every head (default), in their union, or any self-loops left "
      "out")
      ->check(CLI::IsMember(Words{"unique-sink", "union-sink", "optional-loops"}));
  command->add_flag("--ordered", given->ordered, "All arrangements of distinct heads instead of sets");
  CLI::Option* weights =
      add("--weights", given->weights, "W,...",
          "Positive weights in every assignment to the heads (--ordered: in this one) instead of "
          "uniform ones");
  add("--grid", given->grid, "D", "All weights that are positive multiples of 1/D")
      ->check(CLI::Range(1, 1'000'000))
      ->excludes(weights);
  add("--epsilon", given->epsilon, "E", "Threshold of the mixing time (default 1/4)");
  add("--first-step", given->first_step, "0|1", "First step t of a node's fidelity (default 1)")
      ->check(CLI::IsMember(std::vector<int>{0, 1}));
  add("--sink-counts", given->sink_counts, "yes|no", "Minimax fidelity includes the sink (default yes)")
      ->check(CLI::IsMember(Words{"yes", "no"}));
  command->add_flag("--symmetry", given->symmetry, "Count systems and witnesses up to relabelling as well");
  add("--from", given->from, "RANK", "First rank of a slice (default 0)");
  add("--count", given->count, "K", "Number of ranks of a slice (default: all that follow)")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{INT64_MAX}));
  add("--expect", given->expect, "none|some", "Exit code 1 if witnesses are found, or none is")
      ->check(CLI::IsMember(Words{"none", "some"}));
  command->footer(
      "Examples:\n"
      "  crosshead search amplifies --nodes 6 --heads 2\n"
      "  crosshead search mixes-faster --nodes 5 --heads 2 --epsilon 1/100 --json\n"
      "  crosshead search amplifies --nodes 7 --heads 2 --from 1000000000 --count 100000000\n"
      "Systems are ranked by weights, then by the codes of their heads (src/certificate/FORMAT.md); a slice "
      "is a\n"
      "range of ranks. \"first\" is the witness with the fewest edges, then the least codes; \"extreme\" the "
      "one with\n"
      "the largest difference of the two sides. Ctrl-C prints what was done so far.\n"
      "Exit codes: 0 done, 1 not as --expect says, 4 stopped early or undecided.");
  command->callback([given, &options, &exit_code] { exit_code = run_search(*given, options); });
}

}  // namespace crosshead::cli

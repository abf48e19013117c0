#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "census.hpp"
#include "command.hpp"
#include "interrupt.hpp"
#include "json_parts.hpp"
#include "progress.hpp"
#include "report_file.hpp"
#include "search_certificates.hpp"
#include "search_guided.hpp"
#include "search_json.hpp"
#include "search_question.hpp"
#include "search_shards.hpp"
#include <fmt/format.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/heads/system_file.hpp"
#include "crosshead/report/search_section.hpp"
#include "crosshead/search/device_search.hpp"

namespace crosshead::cli {
namespace {

struct SearchOptions {
  QuestionOptions question;
  int nodes = 0;
  int heads = 0;
  std::string family = "unique-sink";
  bool ordered = false;
  std::string weights;
  int grid = 0;
  bool symmetry = false;
  std::string device = "cpu";
  std::uint64_t from = 0;
  std::optional<std::uint64_t> count;
  std::string expect;
  std::string certificate;  ///< folder; no certificates if empty
  std::string report;       ///< page; none if empty
  ShardOptions shards;
  GuidedOptions guided;
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

search::GuidedSpace guided_space_of(const SearchOptions& given) {
  search::GuidedSpace space{given.nodes, given.heads, {}, given.grid};
  if (given.grid > 0) return space;
  space.weights = given.weights.empty()
                      ? search::uniform_weights(given.heads).front()
                      : heads::parse_weights(given.weights, static_cast<std::size_t>(given.heads));
  return space;
}

int verdict(const SearchOptions& given, const search::Answer& answer) {
  const bool found = answer.result.counts.witnesses > 0;
  const bool decided = answer.complete && answer.result.counts.undecided == 0;
  if (found && !given.expect.empty()) return given.expect == "some" ? kHolds : kFailed;
  if (!decided) return kUndecided;
  return given.expect == "some" ? kFailed : kHolds;
}

/// The search on the device that was asked for, as the runner of the shards; nothing for the CPU.
std::unique_ptr<search::DeviceSearch> device_search(const SearchOptions& given,
                                                    const search::SystemSpace& space,
                                                    const search::Question& question, int threads,
                                                    ShardOptions& shards) {
  if (given.device == "cpu") return nullptr;
  if (!question.built_in()) throw exact::UsageError("--device: formulas are decided with --device cpu only");
  if (given.symmetry) throw exact::UsageError("--symmetry: orbits are counted with --device cpu only");
  auto result = std::make_unique<search::DeviceSearch>(space, question, threads, search::load_cuda_filter());
  shards.on_device = [device = result.get()](search::RankRange range) { return device->run(range); };
  if (!shards.shard_size) shards.shard_size = search::DeviceSearch::kShardSize;
  return result;
}

/// The page about a search; where all of a default family was searched, with its smaller sizes.
void write_page(const SearchOptions& given, const SearchReport& report, int threads,
                const std::function<bool()>& stop) {
  const nlohmann::ordered_json document = search_json(report);
  std::vector<report::Section> sections{report::search_section(document)};
  const search::Space& space = report.space->space();
  const bool whole = report.answer.complete && document["complete"].get<bool>() && given.from == 0 &&
                     !given.count && space.family == search::Family::unique_sink && !space.ordered &&
                     space.weights == search::uniform_weights(space.heads);
  if (whole) {
    auto sizes = census_of(report.question, space.heads, std::min(space.nodes - 1, 5), threads, stop);
    sizes.push_back(document);
    sections.push_back(report::census_section(sizes));
  }
  write_report(page_of("Search: " + search::name_of(report.question),
                       "A claim decided over every head system of a family, exactly.", std::move(sections)),
               given.report);
}

int run_search(const SearchOptions& given, const AskedQuestion& asked, const GlobalOptions& global) {
  const auto start = std::chrono::steady_clock::now();
  search::JournalHeader header;
  header.question = asked.question;
  const search::SystemSpace space(space_of(given));
  header.space = space.space();
  header.weights_name = weights_text(given, header.space);
  header.symmetry = given.symmetry;
  header.slice = range_of(given, space);
  if (!given.shards.part.empty()) header.part = search::parse_part(given.shards.part);

  const InterruptRequest interrupt;
  SearchProcesses processes;
  const int threads = processes.threads(global);
  ShardOptions shards = given.shards;
  if (!processes.answers()) {
    try {
      const auto device = device_search(given, space, header.question, threads, shards);
      const search::ExhaustiveSearch search(space, header.question, threads, given.symmetry);
      processes.serve(search, header, shards, global);
    } catch (const std::exception& error) {
      processes.decline(error.what());
    }
    return kHolds;
  }
  const auto device = device_search(given, space, header.question, threads, shards);
  const search::ExhaustiveSearch search(space, header.question, threads, given.symmetry);
  SearchReport report;
  report.space = &space;
  report.question = header.question;
  report.named = asked.named;
  report.instructions = device ? "CUDA, " + device->device() : search.instructions();
  report.range = header.slice;
  report.part = header.part;
  report.weights = header.weights_name;
  report.symmetry = given.symmetry;
  ProgressLine progress(global.quiet);
  report.answer = processes.run(search, header, shards, global, [&](auto done, auto total, auto before) {
    progress.show(static_cast<std::int64_t>(done), static_cast<std::int64_t>(total),
                  static_cast<std::int64_t>(before), given.question.claim);
    return !interrupt.made();
  });
  progress.clear();
  if (!given.certificate.empty()) report.certificates = write_search_certificates(report, given.certificate);
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (!given.report.empty()) write_page(given, report, threads, [&] { return interrupt.made(); });
  print(global.json ? document_text(search_json(report)) : search_text(report));
  return verdict(given, report.answer);
}

}  // namespace

void add_search_command(CLI::App& program, GlobalOptions& options, int& exit_code) {
  const auto given = std::make_shared<SearchOptions>();
  CLI::App* command =
      add_command(program, "search", "Decide a claim over every head system of a family, exactly", options);
  using Words = std::vector<std::string>;
  add_question_options(*command, given->question);
  const AddOption add(*command);
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
  command->add_flag("--symmetry", given->symmetry, "Count systems and witnesses up to relabelling as well");
  add("--device", given->device, "cpu|cuda",
      "Where most systems are decided (default cpu); cuda: amplifies and attenuates in the family "
      "unique-sink")
      ->check(CLI::IsMember(Words{"cpu", "cuda"}));
  add("--from", given->from, "RANK", "First rank of a slice (default 0)");
  add("--count", given->count, "K", "Number of ranks of a slice (default: all that follow)")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{INT64_MAX}));
  add("--expect", given->expect, "none|some", "Exit code 1 if witnesses are found, or none is")
      ->check(CLI::IsMember(Words{"none", "some"}));
  add("--certificate", given->certificate, "DIR",
      fmt::format(
          "Write certificates for crosshead-check: first.json and extreme.json of these witnesses; if there "
          "are at most {} systems and they fit into 32 MiB, family.json of all counts and the largest "
          "gain; with --guided best.json",
          search::kMostCertifiedSystems));
  add_report_option(*command, given->report);
  add_shard_options(*command, given->shards);
  add_guided_options(*command, given->guided);
  add_search_merge_command(*command, options, exit_code);
  command->footer(
      "Examples:\n"
      "  crosshead search amplifies --nodes 6 --heads 2\n"
      "  crosshead search mixes-faster --nodes 5 --heads 2 --epsilon 1/100 --json\n"
      "  crosshead search 'phi(mean, 2) > max h in heads: phi(head h, 2)' --nodes 5 --heads 2\n"
      "  crosshead search amplifies --nodes 7 --heads 2 --from 1000000000 --count 100000000\n"
      "  crosshead search amplifies --nodes 6 --heads 2 --shard 1/3 --journal part-1.journal --resume\n"
      "  crosshead search amplifies --guided --maximise ratio --nodes 16 --heads 4 --grid 12 --seed 7\n"
      "  crosshead search merge part-1.journal part-2.journal part-3.journal\n"
      "  crosshead search T2.8-fastest --nodes 6 --heads 2\n"
      "  crosshead search attenuates --nodes 4 --heads 2 --certificate certificates\n"
      "  mpirun -n 16 crosshead search amplifies --nodes 6 --heads 2 --journal all.journal\n"
      "Formulas are those of src/claim/LANGUAGE.md without a family; they are decided one system at a time.\n"
      "Of a claim 'forall system in ...: F' the counterexamples are searched, of 'exists system in ...: F' "
      "the witnesses, in the family of the options and under the conventions of the claim's reading unless "
      "options say otherwise.\n"
      "Systems are ranked by weights, then by the codes of their heads (src/certificate/FORMAT.md); a slice "
      "is a range of ranks. \"first\" is the witness with the fewest edges, then the least codes; "
      "\"extreme\" the one with the largest difference of the two sides. Ctrl-C prints what was done so "
      "far.\n"
      "--guided takes random moves for as many steps as it is told: the same command finds the same on any "
      "machine. What it finds is exact and certified, but there may be better.\n"
      "Shards are ranges of ranks; the answer depends on neither their size nor on who does them. Under "
      "mpirun the first process gives them out, answers and writes the journal; each process has one thread "
      "unless --threads says otherwise. If a process is lost, mpirun ends all of them, and --resume "
      "continues.\n"
      "Exit codes: 0 done, 1 not as --expect says, 4 stopped early or undecided.");
  command->callback([given, command, &options, &exit_code] {
    if (!command->get_subcommands().empty()) return;
    if (given->question.claim.empty()) throw CLI::RequiredError("CLAIM");
    try {
      if (given->guided.guided && given->device != "cpu") {
        throw exact::UsageError("--guided runs with --device cpu only");
      }
      const AskedQuestion asked = question_of(given->question);
      if (!given->guided.guided) {
        exit_code = run_search(*given, asked, options);
        return;
      }
      if (!asked.question.built_in()) {
        throw exact::UsageError("--guided: a formula has no direction to improve; name a built-in claim");
      }
      given->guided.certificate = given->certificate;
      given->guided.report = given->report;
      exit_code = run_guided_search(guided_space_of(*given), asked.question, given->guided, options);
    } catch (const exact::UsageError&) {
      // All processes of mpirun are asked for the same: one complaint will do.
      if (search::launched_rank() == 0) throw;
      exit_code = kUsage;
    } catch (const exact::InputError&) {
      if (search::launched_rank() == 0) throw;
      exit_code = kInput;
    }
  });
}

}  // namespace crosshead::cli

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "command.hpp"
#include "expand_json.hpp"
#include "expand_run.hpp"
#include "expand_text.hpp"
#include "interrupt.hpp"
#include "json_parts.hpp"
#include "progress.hpp"
#include "shared_options.hpp"
#include "system_input.hpp"
#include <fmt/format.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/heads/names.hpp"
#include "crosshead/heads/system_file.hpp"

namespace crosshead::cli {
namespace {

struct ExpandOptions {
  ExpandRequest request;
  std::string weights;
  std::string reading = "as-stored";
  bool series = false;
  std::size_t paths = 0, top = 0;
  attention::AttentionSelection selection;
};

int expand_file(const ExpandOptions& given, const GlobalOptions& global) {
  if (given.request.symbolic && !given.weights.empty()) {
    throw exact::UsageError("--weights gives numbers, --symbolic keeps the weights as unknowns: choose one");
  }
  if (given.series &&
      (given.request.symbolic || given.request.paths || given.request.top || given.request.eliminate)) {
    throw exact::UsageError(
        "--series gives signals as numbers: no --symbolic, --top, --paths or --eliminate");
  }
  heads::HeadSystem system = read_input(given.request.file, given.selection);
  if (!given.weights.empty()) system.weights = heads::parse_weights(given.weights, system.heads.size());
  const InterruptRequest interrupt;
  ProgressLine line(global.quiet);
  if (given.series) {
    const auto series = series_json(system, given.request, [&] { return !interrupt.made(); });
    line.clear();
    if (!series) return kInterrupted;
    print(document_text(*series));
    return kHolds;
  }
  const auto nodes = static_cast<std::int64_t>(given.request.from.empty() ? system.nodes.size() : 1);
  ExpandRequest request = given.request;
  request.threads = global.thread_count();
  const auto expansion = expand(system, request, [&](std::size_t node, const std::string& part) {
    line.show(static_cast<std::int64_t>(node), nodes, 0, part);
    return !interrupt.made();
  });
  line.clear();
  if (!expansion) return kInterrupted;
  print(global.json ? document_text(expansion_json(*expansion, system, given.request))
                    : expansion_text(*expansion, system, given.request));
  if (!expansion->refusal.empty()) throw exact::UsageError(expansion->refusal);
  return expansion->proven() ? kHolds : kUndecided;
}

}  // namespace

void add_expand_command(CLI::App& program, GlobalOptions& options, int& exit_code) {
  const auto given = std::make_shared<ExpandOptions>();
  CLI::App* command =
      add_command(program, "expand", "Cross-head words, paths and the polynomial in the weights", options);
  const AddOption add(*command);
  add("FILE", given->request.file, " ",
      "A system file (crosshead.system/1), or attention in .safetensors, .npy, .npz or .pt")
      ->required();
  add("--steps", given->request.steps, "T", "Length t of the words: steps of the signal")
      ->required()
      ->check(CLI::Range(0, 10'000));
  add("--from", given->request.from, "NODE", "The node that is heard (default: every node)");
  CLI::Option* top =
      add("--top", given->top, "K", "Only the K largest words, also where the full list is far too long")
          ->check(CLI::Range(1, 10'000));
  add("--effort", given->request.effort, "X",
      "Work that --top may do before it answers without proof (default 1)")
      ->check(CLI::Range(0.001, 1000.0))
      ->needs(top);
  CLI::Option* paths =
      add("--paths", given->paths, "N", "Open every listed word into its N largest node paths")
          ->check(CLI::Range(1, 100'000));
  command->add_flag("--symbolic", given->request.symbolic,
                    "Keep the weights as unknowns: values and polynomial, no totals");
  command->add_flag("--eliminate", given->request.eliminate,
                    "Add the polynomial on convex weights, with b_H = 1 - b_1 - ... - b_{H-1}");
  command->add_flag("--series", given->series,
                    "Instead of words: the signals at t = 0..T of the mean and of every head, as JSON "
                    "(crosshead.series/1), exact and correctly rounded to double");
  add("--weights", given->weights, "W,...", "Convex weights of the heads, for example 1/3,2/3");
  add_reading_option(*command, given->reading);
  add_layer_options(*command, given->selection);
  add("--head", given->selection.head, "H", "One head, from 0 (default: all heads)")
      ->check(CLI::Range(0, INT32_MAX));
  command->footer(
      "Words are heads counted from 1; the leftmost letter is the step next to the sink. Words without a "
      "contribution are left out. Totals, shares and the pure words' part are always complete.\n"
      "Examples:\n"
      "  crosshead expand proofs/systems/example-3.8.json --steps 2 --from u\n"
      "  crosshead expand proofs/systems/example-3.13.json --steps 3 --from u --paths 5\n"
      "  crosshead expand attention.safetensors --layer 0 --steps 100 --from 2 --top 10\n"
      "  crosshead expand proofs/systems/example-3.8.json --steps 2 --symbolic --eliminate --json");
  command->callback([given, paths, top, &options, &exit_code] {
    if (top->count() > 0) given->request.top = given->top;
    if (paths->count() > 0) given->request.paths = given->paths;
    given->request.reading = heads::reading_named(given->reading).value();
    exit_code = expand_file(*given, options);
  });
}

}  // namespace crosshead::cli

#include <algorithm>
#include <memory>

#include "command.hpp"
#include "golden_manifest.hpp"
#include "json_parts.hpp"
#include "line_width.hpp"
#include "progress.hpp"
#include "shared_options.hpp"
#include <fmt/format.h>

#include "crosshead/attention/tensor_file.hpp"
#include "crosshead/crosscheck/float_format.hpp"
#include "crosshead/heads/names.hpp"

namespace crosshead::cli {
namespace {

using crosscheck::GoldenArray;
using crosscheck::GoldenOptions;
using crosscheck::GoldenSystem;
using nlohmann::ordered_json;

struct GoldenRequest {
  CrosscheckInput input;
  std::string output;
  std::int64_t steps = 100;
  std::vector<std::string> types{"float16", "bfloat16", "float32", "float64"};
  std::vector<std::string> epsilons{"1/4"};
  FidelityOptions fidelity;
  std::string reading = "as-stored", attention_walk = "successor-normalised";
  bool no_mixing = false;
};

GoldenOptions golden_options(const GoldenRequest& given) {
  GoldenOptions options;
  options.steps = given.steps;
  options.types.clear();
  for (const std::string& name : given.types) {
    const attention::FloatType type = crosscheck::float_type_named(name);
    if (std::find(options.types.begin(), options.types.end(), type) == options.types.end())
      options.types.push_back(type);
  }
  options.fidelity = given.fidelity.convention();
  options.reading = heads::reading_named(given.reading).value();
  options.attention_walk = heads::attention_walk_named(given.attention_walk).value();
  options.epsilons.clear();
  for (const std::string& text : given.epsilons)
    options.epsilons.push_back(positive_number("--epsilon", text));
  options.mixing = !given.no_mixing;
  return options;
}

/// Every array, and the manifest as the bytes of its text.
void write_golden(const std::string& path, const std::vector<GoldenArray>& arrays,
                  const ordered_json& manifest) {
  const std::string text = manifest.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
  attention::Tensor bytes{attention::DType::u8, {static_cast<std::int64_t>(text.size())}, {}};
  for (const char byte : text) bytes.values.push_back(static_cast<unsigned char>(byte));
  std::vector<std::pair<std::string, attention::Tensor>> tensors{{"manifest", std::move(bytes)}};
  for (const GoldenArray& array : arrays) tensors.emplace_back(array.name, array.tensor);
  attention::write_npz(path, tensors);
}

std::string summary(const GoldenRequest& given, const ordered_json& manifest) {
  std::string text = wrapped("",
                             fmt::format("{}: {} arrays, steps 0..{}, each number rounded once", given.output,
                                         manifest["arrays"].size(), given.steps),
                             kHanging);
  text += wrapped("types    ", fmt::format("{}", fmt::join(given.types, ", ")));
  text += wrapped("weights  ", manifest["weights"].get<std::string>());
  for (const ordered_json& limit : manifest["limits"]) {
    std::string nodes;
    for (const ordered_json& node : limit["nodes"])
      nodes += (nodes.empty() ? "" : ", ") + node.get<std::string>();
    const std::string layer =
        limit["layer"].is_null() ? "" : fmt::format("layer {}, ", limit["layer"].get<int>());
    text += wrapped("limit    ", fmt::format("{}{}: the fidelity of {} is approached, never attained", layer,
                                             limit["path"].get<std::string>(), nodes));
  }
  for (const char* what : {"undefined", "undecided"}) {
    const std::size_t count = manifest[what].size();
    if (count > 0) text += fmt::format("{}: {} (NaN in the arrays; the manifest says why)\n", what, count);
  }
  return text;
}

int run_golden(const GoldenRequest& given, const GlobalOptions& global) {
  const GoldenOptions options = golden_options(given);
  const CrosscheckSource source = read_crosscheck_source(given.input, nullptr);
  std::vector<heads::HeadSystem> systems;
  std::vector<GoldenSystem> values;
  ProgressLine line(global.quiet);
  const auto total = static_cast<std::int64_t>(source.layers.size());
  for (std::size_t k = 0; k < source.layers.size(); ++k) {
    heads::HeadSystem system = source.read(k);
    const auto paths = static_cast<std::int64_t>(system.heads.size()) + 1;
    std::int64_t done = static_cast<std::int64_t>(k) * paths;
    values.push_back(crosscheck::golden_values(system, options,
                                               [&] { line.show(done++, total * paths, 0, system.name); }));
    for (heads::Head& head : system.heads) head = {head.name, {}, {}, {}, {}};  // only names are needed now
    systems.push_back(std::move(system));
  }
  line.clear();
  const bool layers = source.layers.size() > 1;
  const std::vector<GoldenArray> arrays =
      crosscheck::golden_arrays(values, systems.front().nodes.size(), options, layers);
  const ordered_json manifest = golden_manifest(source, systems, values, arrays, options);
  write_golden(given.output, arrays, manifest);
  print(global.json ? document_text(manifest) : summary(given, manifest));
  return manifest["undecided"].empty() ? kHolds : kUndecided;
}

}  // namespace

void add_golden_command(CLI::App& program, GlobalOptions& options, int& exit_code) {
  const auto given = std::make_shared<GoldenRequest>();
  CLI::App* command =
      add_command(program, "golden", "Correctly rounded reference values, for tests of kernels", options);
  command->add_option("FILE", given->input.file, "Attention (.safetensors, .npy, .npz, .pt) or a system file")
      ->required()
      ->option_text(" ");
  const AddOption add(*command);
  using Words = std::vector<std::string>;
  add("-o,--out", given->output, "OUT", "The .npz file to write")->required();
  add("--tensor", given->input.tensor, "NAME", "The tensor, when the file holds several (default attention)");
  add("--layer", given->input.layer, "L", "One layer, from 0 (default: every layer)")
      ->check(CLI::Range(0, INT32_MAX));
  add("--weights", given->input.weights, "W,...", "Convex head weights, for example 1/4,3/4");
  add_reading_option(*command, given->reading);
  add("--steps", given->steps, "T", "Steps (default 100)")->check(CLI::Range(1, 10'000));
  add("--type", given->types, "TYPE,...", "float16, bfloat16, float32, float64 (default all)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember(Words{"float16", "bfloat16", "float32", "float64"}));
  add("--epsilon", given->epsilons, "E,...", "Thresholds of the mixing times (default 1/4)")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_flag("--no-mixing", given->no_mixing,
                    "Leave out distances and mixing times (long numbers where attention is normalised)");
  add_fidelity_options(*command, given->fidelity);
  add_attention_walk_option(*command, given->attention_walk);
  command->footer(
      "Examples:\n"
      "  crosshead golden proofs/systems/example-3.8.json -o golden.npz\n"
      "  crosshead golden attention.safetensors --layer 0 --reading normalised -o golden.npz\n"
      "Arrays: mean_X and heads_X, X = signal, fidelity, minimax, distance, worst_distance (each with "
      "_TYPE), fidelity_time, mixing_time; \"manifest\" is JSON as bytes. --json prints the manifest as "
      "well.\n"
      "Exit codes: 0 written, 4 written, but some fidelity is undecided (NaN).");
  command->callback([given, &options, &exit_code] { exit_code = run_golden(*given, options); });
}

}  // namespace crosshead::cli

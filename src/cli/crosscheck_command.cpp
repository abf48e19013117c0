#include <algorithm>
#include <memory>

#include "command.hpp"
#include "crosscheck_output.hpp"
#include "progress.hpp"
#include <fmt/format.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::cli {
namespace {

using crosscheck::LayerCheck;
using crosscheck::PathCheck;
using crosscheck::SignalCheck;

struct CrosscheckRequest {
  CrosscheckInput input;
  std::int64_t steps = 100;
  std::string device = "cpu";
  std::vector<std::string> types{"float32", "float64"};
  std::string underflow = "gradual";
};

/// Violated where a bound is proven, undecided where none is, otherwise within.
int verdict_of(const std::vector<LayerCheck>& checks) {
  int result = kHolds;
  const auto judge = [&](const PathCheck& path) {
    for (const SignalCheck& signal : path.signals) {
      if (signal.in_range && signal.violations > 0) result = kFailed;
      if (!signal.in_range && result == kHolds) result = kUndecided;
    }
  };
  for (const LayerCheck& check : checks) {
    judge(check.mean);
    std::for_each(check.heads.begin(), check.heads.end(), judge);
  }
  return result;
}

int run_crosscheck(const CrosscheckRequest& given, const GlobalOptions& global) {
  crosscheck::CrosscheckOptions options;
  options.steps = given.steps;
  options.device = given.device == "cuda" ? attention::Device::cuda : attention::Device::cpu;
  options.underflow =
      given.underflow == "flushed" ? crosscheck::Underflow::flushed : crosscheck::Underflow::gradual;
  options.types.clear();
  for (const std::string& name : given.types) {
    const attention::FloatType type = crosscheck::float_type_named(name);
    if (std::find(options.types.begin(), options.types.end(), type) == options.types.end()) {
      options.types.push_back(type);
    }
  }
  CrosscheckInput input = given.input;
  input.device = options.device;

  const auto backend = attention::load_float_backend();
  const CrosscheckSource source = read_crosscheck_source(input, *backend);
  std::vector<LayerCheck> checks;
  ProgressLine line(global.quiet);
  for (const CrosscheckLayer& layer : source.layers) {
    line.show(static_cast<std::int64_t>(checks.size()), static_cast<std::int64_t>(source.layers.size()), 0,
              layer.system.name);
    checks.push_back(crosscheck::check_layer(*backend, layer.system, options));
  }
  line.clear();
  print(global.json ? crosscheck_json(input, source, checks)
                              .dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) +
                          "\n"
                    : crosscheck_table(input, source, checks));
  return verdict_of(checks);
}

}  // namespace

void add_crosscheck_command(CLI::App& program, GlobalOptions& options, int& exit_code) {
  const auto given = std::make_shared<CrosscheckRequest>();
  CLI::App* command = add_command(program, "crosscheck",
                                  "Floating-point signals against exact ones and a proven bound", options);
  command
      ->add_option("FILE", given->input.file,
                   "Attention (.safetensors, .npy, .npz, .pt), a model (.safetensors, .pt) or a system file")
      ->required()
      ->option_text(" ");
  const auto add = [&](const std::string& name, auto& value, const std::string& text,
                       const std::string& help) {
    return command->add_option(name, value, help)->option_text(text);
  };
  using Words = std::vector<std::string>;
  add("--tensor", given->input.tensor, "NAME", "The tensor, when the file holds several (default attention)");
  add("--layer", given->input.layer, "L", "One layer, from 0 (default: every layer)")
      ->check(CLI::Range(0, INT32_MAX));
  add("--weights", given->input.weights, "W,...",
      "Convex head weights that the float type holds, for example 1/4,3/4");
  add("--tokens", given->input.tokens, "FILE",
      "Run a model on these tokens: integers [length] or [samples, length]");
  add("--seed", given->input.seed, "S", "Run a model on uniform random tokens of this seed (default 1)");
  add("--sample", given->input.sample, "K", "Which sequence (default 0 with --tokens, else 1000000)");
  add("--heads", given->input.heads, "H", "Heads of a model that does not say")
      ->check(CLI::Range(1, INT32_MAX));
  add("--steps", given->steps, "T", "Steps (default 100)")->check(CLI::Range(1, 10'000));
  add("--device", given->device, "cpu|cuda", "Where floats are computed (default cpu)")
      ->check(CLI::IsMember(Words{"cpu", "cuda"}));
  add("--type", given->types, "TYPE,...", "float32, float64 or both (default both)")
      ->delimiter(',')
      ->check(CLI::IsMember(Words{"float32", "float64"}));
  add("--underflow", given->underflow, "gradual|flushed",
      "What the bound assumes of results below the normal numbers (default gradual)")
      ->check(CLI::IsMember(Words{"gradual", "flushed"}));
  command->footer(
      "Examples:\n"
      "  crosshead crosscheck attention.safetensors --tensor attention --layer 2\n"
      "  crosshead crosscheck 4_heads_copy.safetensors --seed 7 --device cuda --json\n"
      "Exit codes: 0 every error is within its proven bound, 1 a bound is exceeded, 4 no bound is proven\n"
      "(overflow is possible), 5 the LibTorch module or the device is missing.");
  command->callback([given, &options, &exit_code] { exit_code = run_crosscheck(*given, options); });
}

}  // namespace crosshead::cli

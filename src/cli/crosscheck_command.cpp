#include <memory>

#include "command.hpp"
#include "crosscheck_run.hpp"
#include "report_file.hpp"

namespace crosshead::cli {
namespace {

using Words = std::vector<std::string>;

const Words kDevices{"cpu", "cuda"};
const Words kTypes{"float32", "float64", "bfloat16", "float16", "tf32"};

void add_input_options(CLI::App& command, CrosscheckRequest& given) {
  const AddOption add(command);
  command
      .add_option("FILE", given.input.file,
                  "Attention (.safetensors, .npy, .npz, .pt), a model (.safetensors, .pt) or a system file")
      ->option_text(" ");
  add("--tensor", given.input.tensor, "NAME", "The tensor, when the file holds several (default attention)");
  add("--layer", given.input.layer, "L", "One layer, from 0 (default: every layer)")
      ->check(CLI::Range(0, INT32_MAX));
  add("--weights", given.input.weights, "W,...",
      "Convex head weights that the float type holds, for example 1/4,3/4");
  add("--tokens", given.input.tokens, "FILE",
      "Run a model on these tokens: integers [length] or [samples, length]");
  add("--seed", given.input.seed, "S", "Run a model on uniform random tokens of this seed (default 1)");
  add("--sample", given.input.sample, "K", "Which sequence (default 0 with --tokens, else 1000000)");
  add("--heads", given.input.heads, "H", "Heads of a model that does not say")
      ->check(CLI::Range(1, INT32_MAX));
  command.add_flag("--causal", given.causal, "Refuse attention to later positions, naming the entry");
  add("--max-defect", given.largest_defect, "D",
      "Refuse rows whose sum is farther from 1 (default 1/10; inf: none)");
}

void add_check_options(CLI::App& command, CrosscheckRequest& given) {
  const AddOption add(command);
  add("--steps", given.steps, "T", "Steps (default 100, or as many as --against has)")
      ->check(CLI::Range(1, 10'000));
  add("--device", given.devices, "cpu,cuda", "Where floats are computed (default: wherever it is possible)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember(kDevices));
  add("--type", given.types, "TYPE,...",
      "float32, float64, and operands in bfloat16, float16 or tf32 with float32 sums (default all)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember(kTypes));
  add("--underflow", given.underflow, "gradual|flushed",
      "What the bound assumes of results below the normal numbers (default gradual)")
      ->check(CLI::IsMember(Words{"gradual", "flushed"}));
  add("--against", given.against, "OUT",
      "Check signals that another program computed, instead: .npz, .npy or .safetensors with mean_signal "
      "[T+1, n], heads_signal [H, T+1, n], mean_final [n], heads_final [H, n]");
  add("--rule", given.rule, "RULE",
      "bound (default), ulps=K, rel=X, or baseline=K: K times the error of LibTorch");
  add("--exact", given.exact, "N",
      "64-bit multiply-adds for exact values of a layer (default 4e9; all: no limit); later steps are "
      "enclosed");
  command.add_flag("--dyadic", given.dyadic,
                   "No FILE: systems whose first powers floats hold; demands 0 ulp as long as that is "
                   "certain, and an error from when it is");
  add("--junit", given.junit, "OUT", "Write the verdicts as JUnit XML");
  add_report_option(command, given.report);
}

}  // namespace

void add_crosscheck_command(CLI::App& program, GlobalOptions& options, int& exit_code) {
  const auto given = std::make_shared<CrosscheckRequest>();
  CLI::App* command = add_command(program, "crosscheck",
                                  "Floating-point signals against exact ones and a proven bound", options);
  add_input_options(*command, *given);
  add_check_options(*command, *given);
  command->footer(
      "Examples:\n"
      "  crosshead crosscheck attention.safetensors --tensor attention --layer 2\n"
      "  crosshead crosscheck 4_heads_copy.safetensors --seed 7 --device cuda --json\n"
      "  crosshead crosscheck attention.safetensors --against mine.npz --rule ulps=64 --junit out.xml\n"
      "  crosshead crosscheck --dyadic\n"
      "Exit codes: 0 every signal is accepted, 1 one is not, 4 undecided (overflow is possible, or exact "
      "values are not known closely enough), 5 the LibTorch module or the device is missing.");
  command->callback([given, &options, &exit_code] { exit_code = run_crosscheck(*given, options); });
}

}  // namespace crosshead::cli

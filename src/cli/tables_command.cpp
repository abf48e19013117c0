#include <algorithm>
#include <memory>

#include "command.hpp"
#include "interrupt.hpp"
#include "json_parts.hpp"
#include "progress.hpp"
#include "report_file.hpp"
#include "tables_output.hpp"
#include "token_rows.hpp"
#include <fmt/format.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/report/model_section.hpp"

namespace crosshead::cli {
namespace {

using crosscheck::ModelFile;

struct TablesRequest {
  std::string models, tokens, reading, task, report, device = "cpu";
  std::vector<std::string> epsilons{"1/4", "1/100"};
  std::vector<int> tables{1, 2, 3, 4, 5, 6}, heads;
  std::optional<int> samples;
  std::optional<std::uint64_t> seed;
  bool exact = false;
};

crosscheck::TableOptions options_of(const TablesRequest& given, const GlobalOptions& global) {
  crosscheck::TableOptions options;
  options.exact = given.exact;
  options.definitions = given.reading != "published";
  options.published = given.reading != "definitions";
  const auto asks = [&](int first, int second) {
    return std::any_of(given.tables.begin(), given.tables.end(),
                       [&](int table) { return table == first || table == second; });
  };
  options.parts = {asks(1, 2), asks(3, 4), asks(5, 6)};
  for (const std::string& text : given.epsilons) {
    try {
      options.epsilons.push_back(exact::parse_rational(text));
    } catch (const exact::NumberError& error) {
      throw exact::UsageError(std::string("--epsilon: ") + error.what());
    }
    if (options.epsilons.back() <= 0 || options.epsilons.back() >= 1) {
      throw exact::UsageError("--epsilon: " + text + " is not between 0 and 1");
    }
  }
  options.device = given.device == "cuda" ? attention::Device::cuda : attention::Device::cpu;
  options.threads = global.thread_count();
  options.samples = given.samples.value_or(options.samples);
  options.seed = given.seed.value_or(options.seed);
  if (given.tokens.empty()) return options;
  if (given.seed) throw exact::UsageError("--seed and --tokens exclude each other");
  options.tokens = read_token_rows(given.tokens);
  options.tokens_file = given.tokens;
  const int rows = static_cast<int>(options.tokens->size());
  if (given.samples && *given.samples > rows) {
    throw exact::UsageError(
        fmt::format("--samples {}: {} has {} sequences", *given.samples, given.tokens, rows));
  }
  options.samples = given.samples.value_or(rows);
  options.tokens->resize(static_cast<std::size_t>(options.samples));
  return options;
}

/// The tables by their numbers say the task as well: 1, 3 and 5 are the copy task's.
std::vector<ModelFile> asked_models(const TablesRequest& given) {
  std::vector<ModelFile> models = crosscheck::models_in(given.models);
  std::erase_if(models, [&](const ModelFile& model) {
    const bool copy = model.task == attention::Task::copy;
    const bool in_tables = std::any_of(given.tables.begin(), given.tables.end(),
                                       [&](int table) { return (table % 2 == 1) == copy; });
    const bool in_heads = given.heads.empty() ||
                          std::find(given.heads.begin(), given.heads.end(), model.heads) != given.heads.end();
    return !in_tables || !in_heads || (!given.task.empty() && attention::name_of(model.task) != given.task);
  });
  if (models.empty()) {
    throw exact::UsageError("no model of " + given.models + " fits --tables, --task and --heads");
  }
  return models;
}

void write_page(const TablesResult& result, const std::string& file) {
  const nlohmann::ordered_json document = tables_json(result);
  const std::string where =
      fmt::format("{} sequences for each model of {}, {}; {}.{}", result.options.samples, result.folder,
                  result.options.tokens ? "from " + result.options.tokens_file
                                        : fmt::format("drawn from seed {}", result.options.seed),
                  result.backend, result.complete ? "" : " Interrupted: models are missing.");
  write_report(page_of("The paper's tables, certified",
                       "Mixing time and fidelity of trained models, every mean in a certified interval.",
                       {report::figure4_section(report::measured_cells(document), where),
                        report::best_head_section(document)}),
               file);
}

int run_tables(const TablesRequest& given, const GlobalOptions& global) {
  const InterruptRequest interrupt;
  TablesResult result;
  result.folder = given.models;
  result.options = options_of(given, global);
  const std::vector<ModelFile> models = asked_models(given);
  const auto backend = attention::load_float_backend();
  result.backend = backend->description();

  ProgressLine line(global.quiet);
  const auto total = static_cast<std::int64_t>(models.size()) * result.options.samples;
  for (const ModelFile& model : models) {
    const std::int64_t before = static_cast<std::int64_t>(result.models.size()) * result.options.samples;
    auto samples = crosscheck::sample_model(*backend, model, result.options, [&](int done) {
      line.show(before + done, total, 0, model.path.filename().string());
      return !interrupt.made();
    });
    if (!samples) break;
    result.models.push_back(std::move(*samples));
  }
  line.clear();
  result.complete = result.models.size() == models.size();
  if (!given.report.empty() && !result.models.empty()) write_page(result, given.report);
  if (global.json) {
    print(document_text(tables_json(result)));
  } else if (!result.models.empty()) {
    print(tables_text(result));
  }
  if (result.complete) return kHolds;
  complain(fmt::format("interrupted after {} of {} models", result.models.size(), models.size()));
  return kInterrupted;
}

}  // namespace

void add_tables_command(CLI::App& program, GlobalOptions& options, int& exit_code) {
  const auto given = std::make_shared<TablesRequest>();
  CLI::App* command = add_command(
      program, "tables", "The paper's Tables 1 to 6 for trained models, with certified values", options);
  const AddOption add(*command);
  using Words = std::vector<std::string>;
  add("--models", given->models, "DIR", "Folder of models named {H}_heads_{task}.pt or .safetensors")
      ->required();
  add("--tokens", given->tokens, "FILE",
      "Sequences: integers [samples, length] (default: drawn from the seed)");
  add("--samples", given->samples, "N", "How many sequences (default 50; with --tokens all)")
      ->check(CLI::Range(1, 1'000'000));
  add("--seed", given->seed, "S", "Seed of the drawn sequences (default 1)");
  add("--reading", given->reading, "published|definitions|both", "Whose rules (default both)")
      ->check(CLI::IsMember(Words{"published", "definitions", "both"}));
  add("--tables", given->tables, "K,...", "Which tables, 1 to 6 (default all)")
      ->delimiter(',')
      ->check(CLI::Range(1, 6));
  add("--task", given->task, "copy|cycle", "Models of one task only")
      ->check(CLI::IsMember(Words{"copy", "cycle"}));
  add("--heads", given->heads, "H,...", "Models with these head counts only")
      ->delimiter(',')
      ->check(CLI::Range(1, INT32_MAX));
  add("--epsilon", given->epsilons, "E,...", "Of the definitions' mixing times (default 1/4,1/100)")
      ->delimiter(',');
  command->add_flag("--exact", given->exact, "By rationals and balls of 192 bits (slow)");
  add_report_option(*command, given->report);
  add("--device", given->device, "cpu|cuda", "Where the models run (default cpu)")
      ->check(CLI::IsMember(Words{"cpu", "cuda"}));
  command->footer(
      "Examples:\n"
      "  crosshead tables --models proofs/models\n"
      "  crosshead tables --models checkpoints --reading published --exact --json\n"
      "The published reading follows the program that made the paper's tables, with its simulation of 500 "
      "walks replaced by their exact expectation.\n"
      "Exit codes: 3 bad input, 5 LibTorch or the device is missing, 130 interrupted (what is finished is "
      "printed).");
  command->callback([given, &options, &exit_code] { exit_code = run_tables(*given, options); });
}

}  // namespace crosshead::cli

#include "shared_options.hpp"

#include <cstdint>
#include <vector>

#include "crosshead/exact/error.hpp"

namespace crosshead::cli {

namespace {

using Words = std::vector<std::string>;

}  // namespace

void add_fidelity_options(CLI::App& command, FidelityOptions& options) {
  const AddOption add(command);
  add("--first-step", options.first_step, "0|1", "First step t of a node's fidelity (default 1)")
      ->check(CLI::IsMember(std::vector<int>{0, 1}));
  add("--sink-counts", options.sink_counts, "yes|no", "Minimax fidelity includes the sink (default yes)")
      ->check(CLI::IsMember(Words{"yes", "no"}));
}

void add_reading_option(CLI::App& command, std::string& reading) {
  const AddOption add(command);
  add("--reading", reading, "as-stored|normalised", "How attention rows are read (default as-stored)")
      ->check(CLI::IsMember(Words{"as-stored", "normalised"}));
}

void add_attention_walk_option(CLI::App& command, std::string& walk) {
  const AddOption add(command);
  add("--attention-walk", walk, "successor-normalised|published",
      "Walk of heads given by diffusion or attention (default successor-normalised)")
      ->check(CLI::IsMember(Words{"successor-normalised", "published"}));
}

void add_layer_options(CLI::App& command, attention::AttentionSelection& selection) {
  const AddOption add(command);
  add("--tensor", selection.tensor, "NAME", "The tensor, when the file holds several");
  add("--layer", selection.layer, "L", "Layer, from 0, of a tensor [layer, head, query, key]")
      ->check(CLI::Range(0, INT32_MAX));
}

exact::Rational positive_number(const std::string& option, const std::string& text) {
  try {
    const exact::Rational number = exact::parse_rational(text);
    if (number > 0) return number;
  } catch (const exact::NumberError& error) {
    throw exact::UsageError(option + ": " + error.what());
  }
  throw exact::UsageError(option + ": expected a positive number, found " + text);
}

}  // namespace crosshead::cli

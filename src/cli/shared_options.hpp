#pragma once

#include <string>

#include "command.hpp"

#include "crosshead/attention/attention_tensor.hpp"
#include "crosshead/diffusion/fidelity.hpp"

namespace crosshead::cli {

// Options that several commands take, with the same words.

/// --first-step, --sink-counts.
struct FidelityOptions {
  int first_step = 1;
  std::string sink_counts = "yes";

  diffusion::FidelityConvention convention() const { return {first_step, sink_counts == "yes"}; }
};
void add_fidelity_options(CLI::App& command, FidelityOptions& options);

/// --reading: a name that heads::reading_named knows.
void add_reading_option(CLI::App& command, std::string& reading);
/// --attention-walk: a name that heads::attention_walk_named knows.
void add_attention_walk_option(CLI::App& command, std::string& walk);

/// --tensor, --layer: which attention of a tensor file.
void add_layer_options(CLI::App& command, attention::AttentionSelection& selection);

/// The number that was given with `option`. Throws exact::UsageError, which names the option, for a text that
/// is no number and for one that is not positive.
exact::Rational positive_number(const std::string& option, const std::string& text);

}  // namespace crosshead::cli

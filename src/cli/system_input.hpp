#pragma once

#include <string>

#include "crosshead/attention/attention_tensor.hpp"
#include "crosshead/heads/head_system.hpp"

namespace crosshead::cli {

/// The system that a FILE argument means: a system file, or attention from a tensor file chosen by
/// --tensor, --layer and --head. Throws exact::InputError and exact::UsageError, as the readers do; a choice
/// in a file that has nothing to choose from is a usage error.
heads::HeadSystem read_input(const std::string& file, const attention::AttentionSelection& selection);

}  // namespace crosshead::cli

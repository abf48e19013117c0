#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crosshead/heads/head_system.hpp"

namespace crosshead::heads {

// What options, documents and texts call heads, and the ways to read attention.

/// "as-stored" or "normalised".
std::string name_of(Reading reading);
/// "successor-normalised" or "published".
std::string name_of(AttentionWalk walk);

/// The choice of that name; nothing for any other name.
std::optional<Reading> reading_named(std::string_view name);
std::optional<AttentionWalk> attention_walk_named(std::string_view name);

/// A head's own name; "head 1", "head 2", ... for one without.
std::string label_of(const HeadSystem& system, int head);

}  // namespace crosshead::heads

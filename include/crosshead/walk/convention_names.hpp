#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crosshead/walk/mixing.hpp"

namespace crosshead::walk {

// What options and documents call the choices of a MixingConvention.

/// "tv" or "l1".
std::string name_of(Distance distance);
/// "worst" or "average".
std::string name_of(Start start);

/// The choice of that name; nothing for any other name.
std::optional<Distance> distance_named(std::string_view name);
std::optional<Start> start_named(std::string_view name);

}  // namespace crosshead::walk

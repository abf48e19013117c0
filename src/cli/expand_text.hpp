#pragma once

#include <string>

#include "expand_run.hpp"

namespace crosshead::cli {

/// The expansion for a terminal: at most 80 columns, numbers that do not fit rounded and marked "~".
std::string expansion_text(const Expansion& expansion, const heads::HeadSystem& system,
                           const ExpandRequest& request);

}  // namespace crosshead::cli

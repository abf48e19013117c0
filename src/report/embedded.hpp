#pragma once

#include <string_view>

namespace crosshead::report {

/// Files that the build puts into the program (embed.cmake).
extern const std::string_view kStyle;        ///< assets/page.css
extern const std::string_view kPageScript;   ///< assets/page.js
extern const std::string_view kPlotScript;   ///< assets/plots.js
extern const std::string_view kVegaScript;   ///< Vega as one script that sets crossheadVega, or empty
extern const std::string_view kVegaVersion;  ///< of Debian's package, or empty

}  // namespace crosshead::report

#pragma once

#include <cstddef>
#include <string_view>

namespace crosshead::report {

/// U+FFFD in UTF-8.
inline constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Length of the well-formed UTF-8 sequence at `at` that XML 1.0 and HTML may hold, or 0.
/// REQUIRES: at < text.size().
std::size_t sequence_length(std::string_view text, std::size_t at);

}  // namespace crosshead::report

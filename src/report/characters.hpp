#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace crosshead::report {

/// U+FFFD in UTF-8.
inline constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Length of the well-formed UTF-8 sequence at `at` that XML 1.0 and HTML may hold, or 0.
/// REQUIRES: at < text.size().
std::size_t sequence_length(std::string_view text, std::size_t at);

/// The text as XML and HTML hold it: & < > " by their names, the characters of `by_number` by their numbers
/// (&#39;), and U+FFFD for every byte that belongs to no sequence they may hold.
std::string escaped_text(std::string_view text, std::string_view by_number);

}  // namespace crosshead::report

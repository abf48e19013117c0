#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crosshead::cli {

/// Lines of a terminal are this wide.
inline constexpr std::size_t kLineWidth = 80;

/// Columns that UTF-8 text takes on a terminal: two for a wide character, none for a combining one, one for a
/// byte that belongs to no character.
std::size_t display_width(std::string_view text);

/// Breaks text at blanks, and where it breaks itself, into lines of at most `width` columns, the first one of
/// at most `first`; a single longer word stays whole. At least one line.
std::vector<std::string> lines_of(std::string_view text, std::size_t width, std::size_t first);
inline std::vector<std::string> lines_of(std::string_view text, std::size_t width) {
  return lines_of(text, width, width);
}

/// Text in lines of at most kLineWidth. The first line begins with `first`, the others with `indent` blanks
/// (default: as many as `first` is wide), with less where a word needs the room. Ends with a line break.
std::string wrapped(const std::string& first, std::string_view text, std::optional<std::size_t> indent = {});

/// Blanks before further lines of text that has no name in front.
inline constexpr std::size_t kHanging = 2;

/// A shell command, broken at blanks outside of quotes, with a backslash at the end of every line but the
/// last; further lines stand four blanks to the right of the first. Ends with a line break.
std::string wrapped_command(std::string_view command, std::size_t width = kLineWidth);

}  // namespace crosshead::cli

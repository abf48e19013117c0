#pragma once

#include <string>
#include <string_view>

namespace crosshead::attention {

/// Text from a file as it may be shown in a message: in single quotes, bytes outside printable ASCII as \xNN,
/// cut after 80 bytes. A file's contents must not be able to write escape sequences to a terminal.
std::string in_quotes(std::string_view text);

/// True for well-formed UTF-8 (no overlong forms, no surrogates, nothing beyond U+10FFFF).
bool is_utf8(std::string_view text);

}  // namespace crosshead::attention

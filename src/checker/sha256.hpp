#pragma once

#include <string>
#include <string_view>

namespace crosshead::checker {

// SHA-256 (FIPS 180-4) of the bytes, in lower-case hex.
std::string sha256(std::string_view bytes);

}  // namespace crosshead::checker

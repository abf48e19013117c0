#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace crosshead::cli {

/// The sequences of a token file: an integer array [samples, length], or [length] for one. Throws
/// exact::InputError for other types and shapes and for an empty array.
std::vector<std::vector<std::int64_t>> read_token_rows(const std::string& path);

}  // namespace crosshead::cli

#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace crosshead::exact {

/// The bytes of a file, all of them where there are at most `most`, otherwise more than `most`. Throws
/// InputError for a folder, naming what was `expected`, and where the system refuses.
std::string read_file(const std::filesystem::path& file, const std::string& expected, std::size_t most);

}  // namespace crosshead::exact

#pragma once

#include <filesystem>

namespace crosshead::cli {

/// The folder, which is made where it is missing. Throws exact::InputError if it cannot be.
std::filesystem::path made_folder(const std::filesystem::path& folder);

}  // namespace crosshead::cli

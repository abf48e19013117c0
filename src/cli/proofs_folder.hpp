#pragma once

#include <filesystem>
#include <string>

namespace crosshead::cli {

/// The folder with ledger, systems, models and certificates: the given one, or "proofs" in the working
/// folder, or beside the build folder that holds the program, or where the program is installed; empty if
/// none is there.
std::filesystem::path proofs_folder(const std::string& given);

}  // namespace crosshead::cli

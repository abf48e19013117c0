#pragma once

#include <filesystem>

#include "crosshead/claim/analysis.hpp"

namespace crosshead::cli {

/// Writes the certificate of an analysis to `file`, all of it or nothing, and tells on standard error what it
/// leaves out, unless `quiet`. Throws exact::InputError if the file cannot be written or the system has no
/// certificate (too large, or attention without the chosen reading).
void write_certificate(const claim::Analysis& analysis, const heads::HeadSystem& system,
                       const claim::AnalysisOptions& options, const std::filesystem::path& file, bool quiet);

}  // namespace crosshead::cli

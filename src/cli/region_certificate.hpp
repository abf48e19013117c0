#pragma once

#include <string>

#include "region_output.hpp"

namespace crosshead::cli {

/// Writes a certificate of the format of src/certificate/REGION.md. Throws exact::UsageError when the answer
/// is undecided or undefined, so that there is nothing to certify.
void write_region_certificate(const RegionReport& report, const std::string& path);

}  // namespace crosshead::cli

#pragma once

#include <string>

#include "region_output.hpp"

#include "crosshead/diffusion/region_simplex.hpp"

namespace crosshead::cli {

/// Writes a certificate of the format of src/certificate/REGION.md. Throws exact::UsageError when the answer
/// is undecided or undefined, so that there is nothing to certify.
void write_region_certificate(const RegionReport& report, const std::string& path);

/// The same about the best weights of all heads, met and bounded. REQUIRES: defined.
void write_best_certificate(const diffusion::SimplexMaximum& best,
                            const std::vector<exact::RationalMatrix>& matrices, int sink,
                            const diffusion::FidelityConvention& convention, const std::string& path);

}  // namespace crosshead::cli

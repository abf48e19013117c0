#pragma once

#include "region_output.hpp"

namespace crosshead::cli {

/// Series for a picture: fidelities at `samples` equidistant weights, exact and rounded, every node's curve,
/// and the signals (polynomials in b over a denominator) that decide the minimax fidelity, each with the
/// samples where it does; "time" is null for limits. REQUIRES: samples >= 2, diffusion matrices.
nlohmann::ordered_json plot_json(const RegionReport& report, int samples);

}  // namespace crosshead::cli

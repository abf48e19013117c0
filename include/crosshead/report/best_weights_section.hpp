#pragma once

#include <vector>

#include "crosshead/diffusion/region_simplex.hpp"
#include "crosshead/heads/head_system.hpp"
#include "crosshead/report/page.hpp"

namespace crosshead::report {

/// What `crosshead region --best` found.
struct BestWeights {
  heads::HeadSystem system;                     ///< its heads have graphs, or the matrices that were searched
  std::vector<exact::RationalMatrix> matrices;  ///< diffusion matrices of the heads
  diffusion::FidelityConvention convention;
  exact::Rational tolerance;
  diffusion::SimplexMaximum best;  ///< REQUIRES: defined
};

/// The best weights with the enclosure of the largest minimax fidelity, and how it falls off when the weight
/// of one head changes: exact values at 65 weights each.
Section best_weights_section(const BestWeights& found);

/// The system merged by its best weights: drawing, signals and their suprema.
Section best_signals_section(const BestWeights& found);

/// The parts of the simplex that the proof of the upper bound consists of: their sizes, and which node's
/// fidelity bounds each; of three heads a picture.
Section simplex_parts_section(const BestWeights& found);

}  // namespace crosshead::report

#pragma once

#include <vector>

#include "region_question.hpp"

namespace crosshead::diffusion {

/// Pieces that cover [0, 1] from left to right, each with proofs of the question's answer or undecided:
/// halving, and a division at a root where the answer changes.
std::vector<RegionPiece> search_pieces(const MatrixPair& pair, const RegionQuestion& question,
                                       const RegionLimits& limits);

/// The same for one weight: one piece.
std::vector<RegionPiece> search_point(const MatrixPair& pair, const RegionQuestion& question,
                                      const RegionLimits& limits, const exact::Rational& weight);

/// The set where the proofs say `wanted`, as maximal points and intervals, and what is undecided.
void join_pieces(const std::vector<RegionPiece>& pieces, bool wanted, WeightRegion& region);

}  // namespace crosshead::diffusion

#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "crosshead/diffusion/fidelity.hpp"
#include "crosshead/exact/matrix.hpp"

namespace crosshead::diffusion {

/// A part of the simplex of weights: two halves, or one node's fidelity bounded on all of it.
struct SimplexPart {
  std::array<int, 2> split{};   ///< the vertices whose middle takes the place of one and of the other
  std::array<int, 2> halves{};  ///< indices of parts; 0: not split
  int node = 0;                 ///< by its signals before the horizon and what can still arrive then
  std::int64_t horizon = 0;
};

/// What is known of the largest minimax fidelity over all weight vectors of any number of heads.
struct SimplexMaximum {
  bool defined = true;
  std::string reason;                    ///< when not defined
  std::vector<exact::Rational> weights;  ///< the best vector met, one weight per head
  exact::Rational lower;                 ///< its exact minimax fidelity
  exact::Rational upper;                 ///< certainly at least the supremum
  std::int64_t simplices = 0;            ///< looked at
  bool reached = false;                  ///< upper - lower is at most the tolerance
  std::vector<SimplexPart> parts;        ///< the whole simplex first, whose vertex h is head h
};

/// Encloses sup phi_min(sum beta_h D_h) by bisecting the simplex of weights. On a part with vertices v_i
/// every entry of the mean is at most the largest of the D(v_i), which bounds all signals and the
/// probabilities of ever reaching a node from above. Doubles do the work on entries rounded up to multiples
/// of 2^-40; the accumulated relative error is bounded and added. The lower bound is exact. Covered:
/// row-stochastic heads whose union has no cycle but self-loops, at most 64 nodes. REQUIRES: at least two
/// heads of equal size; tolerance > 0.
SimplexMaximum simplex_maximum(const std::vector<exact::RationalMatrix>& heads, int sink,
                               const FidelityConvention& convention, const exact::Rational& tolerance,
                               std::int64_t budget);

}  // namespace crosshead::diffusion

#pragma once

#include <optional>
#include <vector>

#include "crosshead/diffusion/region.hpp"

namespace crosshead::diffusion {

/// sup over b in [0, 1] of phi_min(mean)(b), and where it is attained.
struct WeightMaximum {
  bool defined = true;
  std::string reason;     ///< when not defined
  bool enclosed = false;  ///< `value` certainly contains the supremum
  exact::Interval value;  ///< equal ends: exact
  bool exact = false;     ///< `where` is complete and `value` or `algebraic` is the value
  std::optional<exact::AlgebraicNumber> algebraic;  ///< the value with its minimal polynomial, where feasible
  std::vector<RegionInterval> where;        ///< all weights that attain it; empty and exact: none does
  std::vector<exact::Rational> approached;  ///< then: the ends, 0 or 1, towards which values tend to it
  exact::Interval near;                     ///< not exact: weights that come close to it
};

/// The largest minimax fidelity that weights can give two heads. The value is enclosed by two weight regions,
/// one empty; a maximiser is exact where it is a rational value's region, a crossing of two nodes' signals or
/// limits, or a stationary point of one. A value may be approached towards an end and attained nowhere.
/// REQUIRES and refuses what weight_region does.
WeightMaximum weight_maximum(const exact::RationalMatrix& first, const exact::RationalMatrix& second,
                             int sink, const FidelityConvention& convention, const RegionLimits& limits = {});

}  // namespace crosshead::diffusion

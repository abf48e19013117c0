#pragma once

#include <optional>
#include <vector>

#include "crosshead/exact/matrix.hpp"

namespace crosshead::diffusion {

/// The nodes of matrices of one size in groups, so that every positive entry D_ij has j in the group of i or
/// in an earlier one: pairs of nodes that hear only each other first, all other nodes alone. Nothing where
/// the union has another cycle than these and self-loops.
std::optional<std::vector<std::vector<int>>> node_order(
    const std::vector<const exact::RationalMatrix*>& matrices);

}  // namespace crosshead::diffusion

#pragma once

#include <cstdint>
#include <vector>

#include "crosshead/search/space.hpp"

namespace crosshead::search {

/// For each head of the space an earlier one that is a relabelling of it (search/symmetry.hpp), or itself
/// where none is found: the heads' values need to be computed only there, for about a quarter of 7-node
/// heads.
///
/// Neighbours j and j + 1 without an edge between them, neither of them the sink, can change places and the
/// graph stays feedforward and in its family. Each head for which such an exchange makes the code smaller
/// points to the head with the smaller code; what it points to has been seen before it in ascending order.
std::vector<std::uint32_t> earlier_relabellings(const SystemSpace& space);

}  // namespace crosshead::search

#pragma once

#include <string>
#include <vector>

#include "triangular_matrix.hpp"

namespace crosshead::crosscheck {

/// Why the walk that `mean` gives does not reach the sink, the last node, with certainty from every node, or
/// nothing.
std::string obstacle(const TriangularMatrix& mean);

/// The minimum without the sink, the last node; with it where there is no other.
Minimax without_last(std::vector<Enclosure> values);

}  // namespace crosshead::crosscheck

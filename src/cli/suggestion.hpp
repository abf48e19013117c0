#pragma once

#include <string>
#include <vector>

namespace crosshead::cli {

/// "; did you mean 'analyze'?" for the known name that is nearest to what was written (fewest letters
/// inserted, dropped, replaced or swapped with their neighbour; at most a third of them); empty if none is
/// near.
std::string did_you_mean(const std::string& written, const std::vector<std::string>& known);

}  // namespace crosshead::cli

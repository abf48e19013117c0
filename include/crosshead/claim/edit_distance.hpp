#pragma once

#include <cstddef>
#include <string_view>

namespace crosshead::claim {

/// The least number of insertions, deletions, substitutions and swaps of neighbours that lead from one name
/// to the other, where no letter is touched twice (optimal string alignment).
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace crosshead::claim

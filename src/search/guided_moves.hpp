#pragma once

#include <cstdint>

#include "guided_random.hpp"
#include "guided_system.hpp"

namespace crosshead::search {

/// What a move changed: bit h for head h; the weights do not count as a change of heads.
struct Moved {
  bool made = false;  ///< false: the move was refused, and the system is to be thrown away
  std::uint32_t heads = 0;
};

/// One random local move: adds or removes an edge, redirects its target or its source (half of the time by
/// one place), hands an edge over to another head or exchanges two, copies a node's successors or
/// predecessors from another head, gives a node a single successor, moves 1/denominator of weight or
/// exchanges the weights of two heads. Refused when nothing changed or the system left the space.
/// REQUIRES: in_space(space, system).
Moved move(const GuidedSpace& space, GuidedSystem& system, GuidedRandom& random);

}  // namespace crosshead::search

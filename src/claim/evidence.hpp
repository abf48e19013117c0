#pragma once

#include <string>

#include "evaluation_machine.hpp"

namespace crosshead::claim {

/// The line of evidence for a formula that was found to be `truth`: where the leading block was decided by
/// one instance, the instance in words and the values of the comparison that decided it, otherwise what was
/// covered.
std::string evidence(Machine& machine, bool truth);

}  // namespace crosshead::claim

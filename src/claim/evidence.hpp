#pragma once

#include <string>

#include "evaluation_machine.hpp"

namespace crosshead::claim {

/// The line of evidence for a formula that was found to be `truth`: where the leading block was decided by
/// one instance, the instance in words and the values of the comparison that decided it, otherwise what was
/// covered.
std::string evidence(Machine& machine, bool truth);

/// A system in words: "n = 3, heads {1->3, 2->3}, {1->2, 2->3}, weights 1/2 1/2". Self-loops are left out
/// where every node has one.
std::string in_words(const CurrentSystem& system, bool with_weights = true);

/// An exact number, abbreviated with a decimal where it is long; an enclosure by its ends.
std::string in_words(const Number& number);

}  // namespace crosshead::claim

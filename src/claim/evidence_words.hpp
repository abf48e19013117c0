#pragma once

#include <string>
#include <vector>

#include "evaluation_machine.hpp"

namespace crosshead::claim {

/// A number as it is, or where it is long with six digits.
std::string in_words(const exact::Rational& value);

/// An exact number, abbreviated with a decimal where it is long; an enclosure by its lower end.
std::string in_words(const Number& number);

/// Where the weight of head 1 lies.
std::string in_words(const WeightCell& cell);

/// Weights with blanks between them.
std::string listed(const std::vector<exact::Rational>& weights);

/// A system in words: "n = 3, heads {1->3, 2->3}, {1->2, 2->3}, weights 1/2 1/2". Self-loops are left out
/// where every node has one.
std::string in_words(const CurrentSystem& system, bool with_weights = true);

}  // namespace crosshead::claim

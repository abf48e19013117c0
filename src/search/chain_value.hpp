#pragma once

#include <optional>
#include <string>

#include "crosshead/heads/head_system.hpp"
#include "crosshead/search/claims.hpp"

namespace crosshead::search {

/// The quantity that a built-in claim compares, of one chain, as a term of the claim language:
/// "phi_min(mean)", "t_mix(head h, 1/4)". REQUIRES: question.built_in().
std::string chain_term(const Question& question, const std::string& chain);

/// Its exact value for a head (from 0; -1 for the mean); nothing where it is undefined or undecided.
std::optional<exact::Rational> chain_value(const heads::HeadSystem& system, int head,
                                           const Question& question);

/// The heads' side of the claim: "(max h in heads: phi_min(head h))".
std::string heads_term(const Question& question);

}  // namespace crosshead::search

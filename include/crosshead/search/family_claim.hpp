#pragma once

#include <optional>
#include <string>

#include "crosshead/claim/formula.hpp"
#include "crosshead/search/claims.hpp"

namespace crosshead::search {

/// What a search can look for in a claim about the systems of a family.
struct FamilyClaim {
  std::string formula;           ///< about one system: true of what is searched for
  bool counterexamples = false;  ///< these are counterexamples of the claim; otherwise witnesses
  std::string family;            ///< as the claim has it, "unique_sink(2..4, 2)"; empty for a given system
};

/// `forall system in FAMILY(...) where C, REST: BODY` makes `C and (exists REST: not BODY)`, where a
/// comparison is negated by its mark, so that it keeps its two sides; `exists ...` makes `C and (exists REST:
/// BODY)`. A formula about the given system (`about_given`) stands for itself. Throws exact::UsageError,
/// saying what was expected, for any other.
FamilyClaim family_claim(const claim::Formula& formula, bool about_given);

/// The built-in claim that says the same as the formula, up to spaces and parentheses: searches are thousands
/// of times as fast. Nothing if there is none. REQUIRES: a formula about one system.
std::optional<Question> built_in_of(const std::string& formula);

}  // namespace crosshead::search

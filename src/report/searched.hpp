#pragma once

#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

#include "crosshead/claim/analysis.hpp"
#include "crosshead/heads/head_system.hpp"

namespace crosshead::report {

// What pages about searches, exhaustive or guided, have in common.

/// A number of the document; 0 where there is none.
std::uint64_t count_at(const nlohmann::ordered_json& document, const char* key);

/// "5159805" as "5,159,805".
std::string grouped(std::uint64_t value);

/// "<li>...</li>": a number with its words, for a list of class "tiles".
std::string tile(const std::string& count, const std::string& words);

/// "mixes-faster at 1/4".
std::string claim_words(const nlohmann::ordered_json& search);

/// How the claim of a document is read: its conventions, and whether it is about mixing times.
struct SearchedClaim {
  claim::Convention convention;
  exact::Rational epsilon{1, 4};
  bool mixing = false;
};
SearchedClaim searched_claim(const nlohmann::ordered_json& search);

/// Each convention that is not as usual, in words: "t from 0, the sink left out".
std::string convention_words(const SearchedClaim& claim);

/// A system with its drawing, its numbers and its curves. `id` begins the ids inside.
std::string shown_system(const heads::HeadSystem& system, const SearchedClaim& claim, const std::string& id);

}  // namespace crosshead::report

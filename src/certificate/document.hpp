#pragma once

#include <array>

#include <nlohmann/json.hpp>

#include "crosshead/certificate/certificate.hpp"

namespace crosshead::certificate {

/// JSON that keeps its members in the order in which they were added.
using Json = nlohmann::ordered_json;

// The objects of FORMAT.md, section 1, member by member in its order.
Json document_of(const heads::HeadSystem& system);
Json document_of(const Fact& fact);
Json document_of(const Claim& claim);
Json document_of(const Reading& reading);

/// Where a weight lies that is next to a root or at it.
inline constexpr std::array<const char*, 3> kSides{"left", "middle", "right"};

/// [name, role, text, formula, convention, printed, given], null for an absent one: what the claim's hash is
/// of.
Json identity_of(const Reading& reading);

/// White space outside strings left out: what hashes are of. Throws nlohmann::json::type_error for texts that
/// are not UTF-8.
std::string canonical_text(const Json& value);

/// The hash of a value's canonical text.
std::string hash_of(const Json& value);

/// The layout for readers: what fits on a line stands on one line, and rows, vectors and lists of edges
/// always do.
std::string laid_out(const Json& value);

}  // namespace crosshead::certificate

#pragma once

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "crosshead/claim/analysis.hpp"

// What the JSON documents of several commands have in common.
namespace crosshead::cli {

/// A document as commands print and write it. Bytes that are not UTF-8, in names of files above all, become
/// U+FFFD.
std::string document_text(const nlohmann::ordered_json& document);

/// "p/q"; null where there is no value.
nlohmann::ordered_json json_of(const exact::Rational& value);
nlohmann::ordered_json json_of(const std::optional<exact::Rational>& value);

/// The text, or null when there is nothing to say.
nlohmann::ordered_json text_or_null(const std::string& text);

/// {"first_step", "sink_counts"}: over which times suprema are taken, and over which nodes their minimum.
nlohmann::ordered_json fidelity_json(const diffusion::FidelityConvention& convention);
/// {"distance", "start"}: how mixing times are measured.
nlohmann::ordered_json mixing_json(const walk::MixingConvention& convention);
/// Both.
nlohmann::ordered_json convention_json(const claim::Convention& convention);

}  // namespace crosshead::cli

#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "crosshead/report/page.hpp"

namespace crosshead::report {

/// How many systems of each size are witnesses of each claim, from documents crosshead.search/1 of whole
/// families: shares by n as curves, one panel for each number of heads, and all counts.
Section census_section(const std::vector<nlohmann::ordered_json>& searches);

/// One search: its counts, its first witness and the one with the largest gain, drawn with their curves.
Section search_section(const nlohmann::ordered_json& search);

/// The best-known values of the document crosshead.audit/1: by n as curves, and all of them in a table.
Section records_section(const nlohmann::ordered_json& audit);

}  // namespace crosshead::report

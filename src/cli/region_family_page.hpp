#pragma once

#include "region_census.hpp"
#include "region_family.hpp"

namespace crosshead::cli {

/// Writes the page about a family into `family.report`; `document` is its crosshead.region-family/1.
void write_family_page(const RegionFamily& family, const nlohmann::ordered_json& document,
                       const RegionCensus& census);

}  // namespace crosshead::cli

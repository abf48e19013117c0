#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "crosshead/exact/rational.hpp"
#include "crosshead/report/page.hpp"

namespace crosshead::report {

/// How many systems of each size are witnesses of each claim, from documents crosshead.search/1 of whole
/// families: shares by n as curves, one panel for each number of heads, and all counts.
Section census_section(const std::vector<nlohmann::ordered_json>& searches);

/// One search: its counts, its first witness and the one with the largest gain, drawn with their curves.
Section search_section(const nlohmann::ordered_json& search);

/// One restart of a guided search.
struct SearchClimb {
  std::vector<std::pair<double, double>>
      points;                            ///< steps, and the floating value of the best system from then on
  std::optional<exact::Rational> value;  ///< exact, of the system it ended with; nothing if undecided
  double taken = 0;                      ///< steps
  bool finished = false;
};

/// A guided search, from the document crosshead.guided/1: the best system, drawn with its exact values and
/// its curves, and how the restarts got there. `climbs` are those of the first restarts, in order.
Section guided_section(const nlohmann::ordered_json& guided, const std::vector<SearchClimb>& climbs);

/// The best-known values of the document crosshead.audit/1: by n as curves, and all of them in a table.
Section records_section(const nlohmann::ordered_json& audit);

}  // namespace crosshead::report

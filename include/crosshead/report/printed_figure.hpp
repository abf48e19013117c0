#pragma once

#include <map>
#include <string>
#include <vector>

#include "crosshead/exact/rational.hpp"
#include "crosshead/report/figure.hpp"

namespace crosshead::report {

/// Tables that a source prints, as curves: one panel a table, one series a column (layer), rows in the order
/// of the paper's head counts: 1, 4, 8, 16, or without 1. Tables of other sizes are left out.
Figure printed_figure(const std::map<std::string, std::vector<std::vector<exact::Rational>>>& tables,
                      const std::string& id);

}  // namespace crosshead::report

#pragma once

#include <optional>
#include <string>

#include "crosshead/attention/sequences.hpp"

namespace crosshead::crosscheck {

/// Tables 1 to 6 of the paper (arXiv 2507.02944), as printed: decimals of so many digits.
struct PrintedCell {
  std::string mixing, mixing_deviation;      ///< Tables 1 and 2, steps
  std::string fidelity, fidelity_deviation;  ///< Tables 3 and 4, percent
  /// Tables 5 and 6, percent, of one sequence; empty for one head.
  std::string best_head, combined;
};

/// The paper takes the first sequence of each of 50 batches.
inline constexpr int kPrintedSamples = 50;

/// Nothing for head counts other than 1, 4, 8, 16 and layers other than 1 to 4.
std::optional<PrintedCell> printed_cell(attention::Task task, int heads, int layer);

}  // namespace crosshead::crosscheck

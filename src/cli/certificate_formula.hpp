#pragma once

#include <string>
#include <vector>

#include "crosshead/claim/analysis.hpp"
#include "crosshead/claim/evaluation.hpp"

namespace crosshead::cli {

/// A formula of the claim language that states what an analysis has decided, and what it leaves out.
struct AnalysisFormula {
  std::string text;
  claim::PrintedNumbers printed;      ///< long numbers and, for large systems, tables of fidelities
  std::vector<std::string> left_out;  ///< one line each, with the reason
};

/// `system` is the analysed one with attention as diffusion matrices (certificate::with_exact_entries). Left
/// out are undecided answers, suprema without a proof, replays that cost too much, and walks that the
/// published program reads off attention; whatever needs one of these is left out with it. Hitting times and
/// distance profiles are no part of the formula.
AnalysisFormula formula_of(const claim::Analysis& analysis, const heads::HeadSystem& system,
                           const claim::AnalysisOptions& options);

}  // namespace crosshead::cli

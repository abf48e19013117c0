#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crosshead/claim/evaluation.hpp"
#include "crosshead/claim/formula.hpp"
#include "crosshead/exact/interval.hpp"

namespace crosshead::claim {

/// Numbers that this program finds on the attention of trained models, for claims about them. A table has a
/// row for each head count of the paper (1, 4, 8, 16) and a column for each layer (1 to 4), or one column.
/// Entries are enclosures; an entry is absent where there is no such model, or no such number.
using MeasuredTable = std::vector<std::vector<std::optional<exact::Interval>>>;
struct MeasuredNumbers {
  std::map<std::string, MeasuredTable> tables;
};

/// One table that measured("...") may use, and what it holds. Each name exists for both tasks, as in
/// "copy_mixing".
struct MeasuredName {
  std::string name;
  std::string meaning;
};
const std::vector<MeasuredName>& measured_names();

/// parse_formula for a formula that may use measured("...") under these names. Apart from what certificates
/// can carry: no certificate holds such a formula.
Formula parse_formula(std::string_view text, const FormulaContext& context,
                      const std::vector<std::string>& measured);

/// evaluate with what measured("...") stands for; without it (null) its comparisons are undecided.
Evaluation evaluate(const Formula& formula, const EvaluationInput& input, const EvaluationOptions& options,
                    const MeasuredNumbers* measured);

}  // namespace crosshead::claim

#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "crosshead/claim/formula.hpp"

namespace crosshead::claim {

/// What `weights in simplex` governs speaks of all real weights at once. There the weights may be asked for
/// in comparisons of these shapes alone, with a bound that does not depend on them (REFERENCE.md).
struct WeightComparison {
  enum class Subject {
    weight,   ///< weight(h)
    minimax,  ///< phi_min(mean)
    node,     ///< phi(mean, j)
    nodes,    ///< phi(mean, j) against phi(mean, i)
    mixing    ///< t_mix(mean, eps)
  };
  Subject subject = Subject::weight;
  bool l1 = false;        ///< t_mix_l1
  std::size_t side = 0;   ///< which operand of the comparison is the subject; the next or last is the bound
  std::size_t other = 1;  ///< which operand is the bound, or the other node
  std::string relation;   ///< subject relation bound: ">", ">=", "<" or "<="
};

/// Whether the weights of the current system enter the expression's value.
bool depends_on_weights(const Expression& expression);

/// What operands k and k + 1 of a chain of comparisons compare; nothing where neither depends on the weights.
/// Throws FormulaError where they do in another shape.
std::optional<WeightComparison> weight_comparison(const Expression& comparison, std::size_t k);

/// Whether a binder ranges over all real weights.
bool over_simplex(const Expression& expression);

/// Requires of a quantified formula or aggregate over the simplex: a quantifier, the simplex last among its
/// binders, weights only in comparisons as above, exactly one of which is no weight's, and none that depends
/// on names bound further inside. Throws FormulaError.
void check_simplex(const Expression& expression);

}  // namespace crosshead::claim

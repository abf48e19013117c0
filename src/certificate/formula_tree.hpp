#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "document.hpp"

#include "crosshead/claim/simplex_formula.hpp"

namespace crosshead::certificate {

/// Spells formulas of the claim language out as trees (FORMAT.md, sections 2 and 8). One object spells one
/// formula: the names that it invents are used nowhere else in it.
class Speller {
 public:
  /// `literals` stand in place of names: numbers and words as trees.
  Speller(const claim::Formula& formula, const claim::Convention& convention,
          std::map<std::string, Json> literals = {});

  /// Throws std::invalid_argument for a file that the formula asks for anywhere.
  Json spell(const claim::Expression& expression);
  /// ["forall" | "exists" | ..., binder, ..., body].
  Json spell_over(const std::string& op, const std::vector<claim::Binder>& binders,
                  const claim::Expression& body);

 private:
  Json call(const claim::Expression& expression);
  Json comparison(const claim::Expression& expression);
  Json weighed(const claim::Expression& expression, const claim::WeightComparison& comparison);
  /// Whether a function is defined by others in the table of section 8; everything else keeps its name.
  static bool is_defined(const std::string& name);
  Json defined_call(const std::string& name, const std::vector<Json>& arguments);
  Json domain(const claim::Domain& domain, const std::string& name, Json& condition);
  std::string fresh(const std::string& like);

  const claim::Convention& convention_;
  std::map<std::string, Json> literals_;
  std::set<std::string> used_;
  bool over_simplex_ = false;  ///< what is spelt speaks of all real weights
};

/// A rational as a tree; integers that JSON readers may not hold are put together.
Json tree_of(const exact::Rational& value);

}  // namespace crosshead::certificate

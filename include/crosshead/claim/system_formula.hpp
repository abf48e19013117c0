#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "crosshead/claim/evaluation.hpp"

namespace crosshead::claim {

/// A formula about the given system, asked of one system after the other: what a search over a family needs.
/// Nothing is recorded for certificates. Thread-safe.
class SystemFormula {
 public:
  /// The formula speaks of a given system and of no files or printed numbers. Throws FormulaError.
  SystemFormula(std::string_view text, const Convention& convention);
  ~SystemFormula();
  SystemFormula(const SystemFormula&) = delete;
  SystemFormula& operator=(const SystemFormula&) = delete;

  const std::string& text() const;
  const Convention& convention() const { return convention_; }
  /// Whether the formula is one comparison of two numbers by <, <=, > or >=, so that it has a gain.
  bool has_sides() const;

  struct Answer {
    diffusion::Truth truth = diffusion::Truth::undecided;
    /// By how much the larger side of a comparison exceeds the smaller, where both are exact: 0 for a tie.
    std::optional<exact::Rational> difference;
    std::string note;  ///< why there is no truth value
  };
  Answer ask(const heads::HeadSystem& system) const;

 private:
  struct Prepared;
  std::unique_ptr<Prepared> prepared_;
  Convention convention_;
};

}  // namespace crosshead::claim

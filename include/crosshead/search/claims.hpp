#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crosshead/claim/analysis.hpp"
#include "crosshead/diffusion/fidelity.hpp"
#include "crosshead/search/space.hpp"
#include "crosshead/walk/mixing.hpp"

namespace crosshead::search {

/// The built-in claims, all strict and all about the mean against every head.
enum class BuiltIn {
  amplifies,     ///< phi_min(mean) > max_h phi_min(head h)
  attenuates,    ///< phi_min(mean) < min_h phi_min(head h)
  mixes_faster,  ///< t_mix(mean, eps) < min_h t_mix(head h, eps)
  mixes_slower   ///< t_mix(mean, eps) > max_h t_mix(head h, eps)
};
std::string name_of(BuiltIn claim);
/// Throws exact::UsageError listing the claims.
BuiltIn built_in_named(const std::string& name);

/// A claim with its conventions: fidelity's, or those of the mixing time with its threshold. The claim is a
/// built-in one, or a formula of the claim language about one system, which has both and no threshold.
struct Question {
  BuiltIn claim = BuiltIn::amplifies;
  diffusion::FidelityConvention fidelity;
  exact::Rational epsilon{1, 4};
  std::string formula = {};  ///< instead of `claim`; empty for a built-in one
  walk::MixingConvention mixing = {};

  bool built_in() const { return formula.empty(); }
  bool about_mixing() const { return claim == BuiltIn::mixes_faster || claim == BuiltIn::mixes_slower; }
  /// The heads' side is their maximum; otherwise their minimum.
  bool against_largest() const { return claim == BuiltIn::amplifies || claim == BuiltIn::mixes_slower; }
  /// The claim says that the mean exceeds the heads' side; otherwise that it falls below.
  bool mean_above() const { return against_largest(); }
};

/// As the claim language and certificates have it.
claim::Convention convention_of(const Question& question);

/// The built-in claim's name, or the formula.
std::string name_of(const Question& question);
/// The question whose name this is, with default conventions. Throws exact::UsageError for a text that is
/// neither the name of a built-in claim nor a formula, with its place in the text.
Question question_named(const std::string& name);

/// What a claim says of one system.
enum class Outcome {
  witness,    ///< true
  tie,        ///< false, its two sides are equal
  neither,    ///< false
  undefined,  ///< a side is undefined
  undecided   ///< not decided within the limits
};
struct Decision {
  Outcome outcome = Outcome::undecided;
  /// Of a witness: by how much the sides differ, > 0; 0 for a formula that does not compare two numbers.
  exact::Rational gain;
};

/// A claim that decides one system at a time, exactly. What a search needs to know of any claim; expressions
/// of the claim language become searchable by implementing it. Thread-safe.
class SystemClaim {
 public:
  virtual ~SystemClaim() = default;
  virtual Decision decide(const SystemSpace& space, const SystemIndex& system) const = 0;
};

/// Naive oracle of a built-in claim: the definitions in rational arithmetic, with rational matrices made from
/// the graphs, through diffusion::fidelity and walk::mixing_times_naive. Only the heads' own values are
/// computed ahead. The space must outlive it.
/// REQUIRES: question.built_in().
std::unique_ptr<SystemClaim> naive_claim(const SystemSpace& space, const Question& question);

/// A formula, by claim::SystemFormula. A tie is a false comparison whose sides are exactly equal. REQUIRES:
/// not question.built_in(), and the formula is one (question_named).
std::unique_ptr<SystemClaim> formula_claim(const Question& question);

}  // namespace crosshead::search

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crosshead/claim/analysis.hpp"
#include "crosshead/claim/formula.hpp"

namespace crosshead::claim {

/// Numbers that a source prints: single values and (rectangular) tables by rows.
struct PrintedNumbers {
  std::map<std::string, exact::Rational> values;
  std::map<std::string, std::vector<std::vector<exact::Rational>>> tables;
};

/// What a formula is evaluated against. The pointers must outlive the evaluation.
struct EvaluationInput {
  Convention convention;
  const PrintedNumbers* printed = nullptr;
  const heads::HeadSystem* given = nullptr;                         ///< the current system outside any binder
  const std::map<std::string, heads::HeadSystem>* files = nullptr;  ///< what file("...") stands for
};

struct EvaluationOptions {
  /// Systems whose facts are kept. Beyond it only those of the deciding instance are.
  std::size_t recorded_systems = 400;
  diffusion::Limits fidelity_limits;
  walk::Limits mixing_limits;
  std::int64_t limit_instances = 200'000'000;  ///< innermost evaluations before the answer is undecided
  /// Called now and then with the number of systems visited so far; may be empty. Returning false stops the
  /// evaluation: undecided.
  std::function<bool(std::int64_t)> progress;
};

struct WeightFact;

/// A value that the formula needed and that is not recomputed by a checker but proved (FORMAT.md, section 4).
struct Fact {
  enum class Kind { mixing_time, mixing_time_l1, fidelity, weight_region };
  Kind kind = Kind::fidelity;
  int head = -1;            ///< index from 0; -1 for the mean
  exact::Rational epsilon;  ///< mixing times
  std::int64_t time = 0;    ///< mixing times
  int node = 0;             ///< fidelity: index from 0
  diffusion::NodeFidelity fidelity;
  std::shared_ptr<const WeightFact> region;  ///< weight_region
};

/// A system with the facts that were needed of it, in the order of first use.
struct UsedSystem {
  heads::HeadSystem system;
  std::vector<Fact> facts;
};

/// One name of the deciding instance of the leading block.
struct WitnessValue {
  std::string name;
  std::optional<exact::Rational> number;
  std::vector<int> word;                 ///< heads from 1, for a name bound in words(t)
  std::vector<exact::Rational> weights;  ///< for the name `weights`
  /// For `weights` in simplex: the weight of head 1 lies here, at one side of a root inside or anywhere.
  std::optional<exact::Interval> between;
  int side = -1;                      ///< of the root: 0 left, 1 at it, 2 right
  std::optional<std::size_t> system;  ///< for the name `system`: index in Evaluation::systems
};

/// The answer to one reading.
struct Evaluation {
  diffusion::Truth truth = diffusion::Truth::undecided;
  /// Whether `systems` holds all facts of the whole enumeration; otherwise those of the witness alone.
  bool enumerated = true;
  /// Present when the formula starts with a quantifier that one instance decided: the first such instance.
  std::optional<std::vector<WitnessValue>> witness;
  std::vector<UsedSystem> systems;
  std::int64_t systems_visited = 0;  ///< by all quantifiers together
  std::int64_t instances = 0;        ///< evaluations of a quantifier's innermost body
  /// Systems visited, by (nodes, heads): "below the witness" is everything visited before it.
  std::map<std::pair<int, int>, std::int64_t> visited_by_size;
  /// Why there is no truth value, or why the facts do not suffice for a certificate; empty otherwise.
  std::string note;
  bool certifiable = true;
  /// In words: the sides of the comparison at the deciding instance with their values, for the evidence line.
  std::string explanation;
};

/// Decides the formula exactly, in the order of REFERENCE.md.
Evaluation evaluate(const Formula& formula, const EvaluationInput& input, const EvaluationOptions& options);

}  // namespace crosshead::claim

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crosshead/diffusion/fidelity.hpp"
#include "crosshead/exact/interval.hpp"
#include "crosshead/heads/head_system.hpp"
#include "crosshead/walk/mixing.hpp"

namespace crosshead::claim {

/// The reading of every ambiguous definition; carried by every result.
struct Convention {
  diffusion::FidelityConvention fidelity;
  walk::MixingConvention mixing;
  heads::Reading reading = heads::Reading::as_stored;
  heads::AttentionWalk attention_walk = heads::AttentionWalk::successor_normalised;
};

struct AnalysisOptions {
  Convention convention;
  std::vector<exact::Rational> epsilons;  ///< each > 0; default of the program: 1/4
  int profile_steps = -1;                 ///< length of the distance profile; -1: none
  int cutoff = 100;                       ///< of the truncated hitting time
  bool hitting_times = true;              ///< expected and truncated hitting times: costly on large attention
  diffusion::Limits fidelity_limits;
  walk::Limits mixing_limits;
};

/// Predicates that are checked, never assumed. For a single head `unique_sink` speaks of its own graph; for
/// the combined system of the union of the heads with positive weight.
struct Checks {
  bool feedforward = false;
  std::string feedforward_violation;  ///< "v -> u"
  bool unique_sink = false;
  std::string unique_sink_violation;  ///< which other node is a sink, or that the sink is left
  bool sink_self_loop = false;
};

/// Everything exact about one matrix pair: the mean system or one head.
struct SystemAnalysis {
  std::string name;
  Checks checks;
  std::optional<exact::Rational> forward_probability;
  std::string walk_reason;           ///< why there is no walk matrix, empty if there is one
  bool walk_from_diffusion = false;  ///< by the convention's attention_walk, for want of a walk of its own
  std::vector<walk::MixingTime> mixing;     ///< one per epsilon
  std::vector<walk::ProfilePoint> profile;  ///< d(0), ..., d(profile_steps); empty without certain absorption
  std::vector<std::optional<exact::Rational>> expected_hitting;  ///< per start; empty without a walk
  std::vector<exact::Interval> truncated_hitting;                ///< per start; empty without a walk
  diffusion::Fidelity fidelity;
  std::optional<heads::Defect> row_defect;  ///< of the diffusion matrix
};

/// For one epsilon: is the mean's mixing time smaller (larger) than that of every head?
struct MixingVerdict {
  exact::Rational epsilon;
  diffusion::Truth faster = diffusion::Truth::undefined;
  diffusion::Truth slower = diffusion::Truth::undefined;
};

struct Analysis {
  std::string system;
  std::vector<std::string> nodes;
  int sink = 0;
  Convention convention;
  bool common_order = false;  ///< the union is feedforward in some order of the nodes
  SystemAnalysis combined;
  std::vector<SystemAnalysis> heads;
  std::vector<int> best_heads;  ///< indices from 0; empty when not decided
  diffusion::Truth amplifies = diffusion::Truth::undefined;
  diffusion::Truth attenuates = diffusion::Truth::undefined;
  std::vector<MixingVerdict> mixing_verdicts;

  /// True when nothing that was asked for is undecided (undefined counts as decided).
  bool decided() const;
};

/// Analyses the mean system and every head.
Analysis analyze(const heads::HeadSystem& system, const AnalysisOptions& options);

}  // namespace crosshead::claim

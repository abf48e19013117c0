#pragma once

#include <memory>
#include <vector>

#include "region_estimate.hpp"
#include "region_scene.hpp"

#include "crosshead/diffusion/region.hpp"

namespace crosshead::diffusion {

/// A comparison that is put to one piece of [0, 1] after the other.
class RegionQuestion {
 public:
  RegionQuestion() = default;
  virtual ~RegionQuestion() = default;
  RegionQuestion(const RegionQuestion&) = delete;
  RegionQuestion& operator=(const RegionQuestion&) = delete;

  /// What floating point makes of a weight: what to try first there.
  struct Plan {
    bool holds = false;
    std::vector<NodeEstimate> nodes;
  };
  virtual Plan plan(double b, std::int64_t patience) const = 0;

  /// A proof on one side (0 left, 1 at, 2 right) of the scene, along the plan. `thorough` tries more times.
  virtual std::optional<RegionProof> prove(RegionScene& scene, int side, const Plan& plan,
                                           bool thorough) const = 0;

  /// Polynomials in z whose roots may separate the answers in the scene: those that the plans rest on and
  /// whose coefficients change sign.
  virtual std::vector<exact::UnivariatePolynomial> separators(RegionScene& scene,
                                                              const std::vector<Plan>& plans) const = 0;
};

/// phi_j(b) compared with a constant for each of `nodes`: holds where all of them exceed it.
std::unique_ptr<RegionQuestion> threshold_question(const RegionEstimator& estimator, std::vector<int> nodes,
                                                   const RegionClaim& claim, int first_step);

/// (M^t)_{sink j} compared with the threshold for every node j, t = claim.steps.
std::unique_ptr<RegionQuestion> mixing_question(const RegionEstimator& estimator, int nodes,
                                                const RegionClaim& claim);

/// phi_node(b) compared with phi_other(b).
std::unique_ptr<RegionQuestion> node_question(const RegionEstimator& estimator, const RegionClaim& claim,
                                              int first_step);

}  // namespace crosshead::diffusion

// One node's fidelity against another's: the larger has some s_j(t), or a limit, that no signal of the other
// exceeds, up to a horizon and in the tail there.
#include <algorithm>

#include "region_question.hpp"

namespace crosshead::diffusion {
namespace {

using Polynomial = exact::UnivariatePolynomial;
using Quotient = RegionChain::Quotient;

class NodeQuestion : public RegionQuestion {
 public:
  NodeQuestion(const RegionEstimator& estimator, const RegionClaim& claim, int first_step)
      : estimator_(estimator),
        node_(claim.node),
        other_(claim.other),
        strict_(claim.strict),
        first_(first_step) {}

  Plan plan(double b, std::int64_t patience) const override {
    Plan plan;
    plan.nodes = estimator_.at(b, 0, patience);
    const double mine = estimate(plan, node_).value, theirs = estimate(plan, other_).value;
    plan.holds = strict_ ? mine > theirs * (1 + 1e-12) : mine >= theirs * (1 - 1e-12);
    plan.nodes[static_cast<std::size_t>(plan.holds ? other_ : node_)].low = true;
    return plan;
  }

  std::optional<RegionProof> prove(RegionScene& scene, int side, const Plan& plan,
                                   bool thorough) const override {
    for (const bool holds : {plan.holds, !plan.holds}) {
      if (auto proof = proof_that(holds, scene, side, plan, thorough)) return proof;
      if (!thorough) break;
    }
    return std::nullopt;
  }

  std::vector<Polynomial> separators(RegionScene& scene, const std::vector<Plan>& plans) const override {
    std::vector<Polynomial> found;
    for (const Plan& one : plans) {
      for (const Plan& another : plans) {
        const auto mine = scene.lower(best(scene, node_, one)),
                   theirs = scene.lower(best(scene, other_, another));
        if (!mine || !theirs) continue;
        Polynomial value = difference(*mine, *theirs);
        if (coefficient_signs(value) == exact::CoefficientSigns::mixed &&
            std::find(found.begin(), found.end(), value) == found.end()) {
          found.push_back(std::move(value));
        }
      }
    }
    return found;
  }

 private:
  static const NodeEstimate& estimate(const Plan& plan, int j) {
    return plan.nodes[static_cast<std::size_t>(j)];
  }

  static RegionProof::Lower best(RegionScene& scene, int j, const Plan& plan) {
    RegionProof::Lower item;
    item.node = j;
    item.time =
        scene.chain().has_limit(j) && estimate(plan, j).limit ? RegionProof::kLimit : estimate(plan, j).time;
    return item;
  }

  /// holds: node >, >= other; otherwise other >=, > node.
  std::optional<RegionProof> proof_that(bool holds, RegionScene& scene, int side, const Plan& plan,
                                        bool thorough) const {
    const int large = holds ? node_ : other_, small = holds ? other_ : node_;
    const int least = holds == strict_ ? 1 : 0;  // sign of the difference
    RegionProof::Lower item = best(scene, large, plan);
    const std::int64_t time = item.time, around = thorough ? 6 : 1;
    std::vector<std::int64_t> times{time};
    for (std::int64_t t = time - around; time != RegionProof::kLimit && t <= time + around; ++t) {
      if (t != time && t >= first_) times.push_back(t);
    }
    for (const std::int64_t t : times) {
      item.time = t;
      const auto value = scene.lower(item);
      if (!value) continue;
      if (auto proof = dominates(*value, scene, side, small, estimate(plan, small), least)) {
        proof->holds = holds;
        proof->lower = {item};
        return proof;
      }
    }
    return std::nullopt;
  }

  std::optional<RegionProof> dominates(const Quotient& value, RegionScene& scene, int side, int j,
                                       const NodeEstimate& node, int least) const {
    if (!node.settled) return std::nullopt;
    const auto bounded = [&](const std::optional<Quotient>& other) {
      if (!other) return false;
      const auto signs = scene.signs(difference(value, *other));
      return signs && signs->at[static_cast<std::size_t>(side)] >= least;
    };
    RegionChain& chain = scene.chain();
    std::int64_t t = first_;
    for (const std::int64_t later : {0, 2, 5, 10, 20}) {
      for (; t < node.horizon + later; ++t) {
        if (!bounded(Quotient{chain.signal(j, t), chain.unit(t)})) return std::nullopt;
      }
      RegionProof proof;
      proof.node = j;
      proof.horizon = t;
      for (const RegionChain::Later& later_signals : chain.later(j, t)) {
        proof.uncertified = !later_signals.certified;
        if (std::all_of(later_signals.bounds.begin(), later_signals.bounds.end(), bounded)) return proof;
      }
      proof.uncertified = false;
      if (node.gates.empty() || chain.recurrent(j)) continue;
      const auto gated = chain.gated(j, t, node.gates, node.inflow);
      if (gated && bounded((*gated)[0]) && bounded((*gated)[1])) {
        proof.gates = node.gates;
        proof.inflow = node.inflow;
        return proof;
      }
    }
    return std::nullopt;
  }

  const RegionEstimator& estimator_;
  int node_, other_;
  bool strict_;
  int first_;
};

}  // namespace

std::unique_ptr<RegionQuestion> node_question(const RegionEstimator& estimator, const RegionClaim& claim,
                                              int first_step) {
  return std::make_unique<NodeQuestion>(estimator, claim, first_step);
}

}  // namespace crosshead::diffusion

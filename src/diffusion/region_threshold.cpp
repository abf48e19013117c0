// Fidelities against a constant. They exceed it where for every node some s_j(t), or the limit of an
// absorbing node, does; they do not where for one node no s_j(t) does up to a horizon and the tail there does
// not either.
#include <algorithm>

#include "region_question.hpp"

namespace crosshead::diffusion {
namespace {

using exact::Rational;
using Polynomial = exact::UnivariatePolynomial;

/// Pieces of at most this width that touch 0 or 1 are tried with averages over random times.
const Rational kNextToEnd(1, 32);

class ThresholdQuestion : public RegionQuestion {
 public:
  ThresholdQuestion(const RegionEstimator& estimator, std::vector<int> nodes, const RegionClaim& claim,
                    int first_step)
      : estimator_(estimator),
        nodes_(std::move(nodes)),
        strict_(claim.strict),
        bar_(claim.threshold),
        rounded_bar_(exact::to_double(claim.threshold)),
        first_(first_step) {}

  Plan plan(double b, std::int64_t patience) const override {
    Plan plan;
    plan.nodes = estimator_.at(b, rounded_bar_, patience);
    for (int j : nodes_) {
      NodeEstimate& node = plan.nodes[static_cast<std::size_t>(j)];
      node.low = strict_ ? node.value <= rounded_bar_ * (1 + 1e-12) : node.value < rounded_bar_ * (1 - 1e-12);
    }
    plan.holds = std::none_of(nodes_.begin(), nodes_.end(), [&](int j) { return estimate(plan, j).low; });
    return plan;
  }

  std::optional<RegionProof> prove(RegionScene& scene, int side, const Plan& plan,
                                   bool thorough) const override {
    const bool settled_low = std::any_of(nodes_.begin(), nodes_.end(), [&](int j) {
      return estimate(plan, j).low && estimate(plan, j).settled;
    });
    if (plan.holds || thorough || !settled_low) {
      if (auto proof = all_exceed(scene, side, plan, thorough)) return proof;
    }
    if (plan.holds && !thorough) return std::nullopt;
    std::vector<int> suspects = nodes_;
    std::stable_sort(suspects.begin(), suspects.end(), [&](int a, int b) {
      if (estimate(plan, a).low != estimate(plan, b).low) return estimate(plan, a).low;
      return estimate(plan, a).horizon < estimate(plan, b).horizon;
    });
    for (int j : suspects) {
      if (!estimate(plan, j).low && !thorough) break;
      if (!estimate(plan, j).settled) continue;
      if (auto proof = stays_low(scene, side, j, estimate(plan, j))) return proof;
    }
    for (int j : suspects) {
      if (!estimate(plan, j).low) break;
      if (auto proof = stays_below_slow(scene, side, j)) return proof;
      if (auto proof = stays_below_levels(scene, side, j)) return proof;
    }
    return std::nullopt;
  }

  std::vector<Polynomial> separators(RegionScene& scene, const std::vector<Plan>& plans) const override {
    std::vector<Polynomial> found;
    const auto consider = [&](std::optional<Polynomial> value) {
      if (value && coefficient_signs(*value) == exact::CoefficientSigns::mixed)
        found.push_back(std::move(*value));
    };
    for (int j : nodes_) {
      if (scene.chain().has_limit(j)) {
        RegionProof::Lower limit;
        limit.node = j;
        limit.time = RegionProof::kLimit;
        consider(scene.lower_above(limit, bar_));
        if (scene.chain().absorbing(j)) continue;
      }
      std::int64_t last = 0;
      for (const Plan& plan : plans) {
        const NodeEstimate& node = estimate(plan, j);
        if (node.settled) last = std::max(last, node.low ? node.horizon : node.time);
      }
      for (std::int64_t t = first_; t <= last; ++t) consider(scene.signal_above(j, t, bar_));
    }
    return found;
  }

 private:
  static const NodeEstimate& estimate(const Plan& plan, int j) {
    return plan.nodes[static_cast<std::size_t>(j)];
  }
  bool exceeds(RegionScene& scene, int side, const std::optional<Polynomial>& value) const {
    if (!value) return false;
    const auto signs = scene.signs(*value);
    return signs && signs->at[static_cast<std::size_t>(side)] >= (strict_ ? 1 : 0);
  }
  bool does_not_exceed(RegionScene& scene, int side, const std::optional<Polynomial>& value) const {
    if (!value) return false;
    const auto signs = scene.signs(*value);
    return signs && signs->at[static_cast<std::size_t>(side)] <= (strict_ ? 0 : -1);
  }

  std::optional<RegionProof> all_exceed(RegionScene& scene, int side, const Plan& plan, bool thorough) const {
    RegionProof proof;
    proof.holds = true;
    for (int j : nodes_) {
      auto item = exceeding(scene, side, j, estimate(plan, j), thorough);
      if (!item) item = exceeding_mean(scene, side, j);
      if (!item) return std::nullopt;
      proof.lower.push_back(std::move(*item));
    }
    return proof;
  }

  std::optional<RegionProof::Lower> exceeding(RegionScene& scene, int side, int j, const NodeEstimate& node,
                                              bool thorough) const {
    RegionProof::Lower item;
    item.node = j;
    const auto at = [&](std::int64_t t) {
      item.time = t;
      return exceeds(scene, side, scene.lower_above(item, bar_));
    };
    if (scene.chain().has_limit(j) && at(RegionProof::kLimit)) return item;
    if (node.limit && !scene.chain().recurrent(j)) return std::nullopt;
    if (at(node.time)) return item;
    const std::int64_t around = thorough ? node.time : 3;
    for (std::int64_t t = std::max<std::int64_t>(first_, node.time - around); t <= node.time + 3; ++t) {
      if (t != node.time && at(t)) return item;
    }
    return std::nullopt;
  }

  /// Next to an end, where the best time may grow without bound.
  std::optional<RegionProof::Lower> exceeding_mean(RegionScene& scene, int side, int j) const {
    const exact::Interval& place = scene.place();
    if (place.is_exact() || place.upper - place.lower > kNextToEnd) return std::nullopt;
    const bool right = place.upper == 1;
    if (!right && place.lower != 0) return std::nullopt;
    const double middle = exact::to_double((place.lower + place.upper) / 2);
    for (const bool square_root : {false, true}) {
      if (square_root && scene.is_divided()) break;  // another variable than the root's
      auto item = estimator_.averaging(middle, right ? 1 : 0, j, rounded_bar_, square_root);
      if (item && exceeds(scene, side, scene.lower_above(*item, bar_))) return item;
    }
    return std::nullopt;
  }

  std::optional<RegionProof> stays_low(RegionScene& scene, int side, int j, const NodeEstimate& node) const {
    std::int64_t t = first_;
    std::optional<RegionProof> uncertified;  // what certificates can say may come a little later
    for (const std::int64_t later : {0, 2, 5, 10, 20}) {
      if (later == 20 && !uncertified) break;
      for (; t < node.horizon + later; ++t) {
        if (!does_not_exceed(scene, side, scene.signal_above(j, t, bar_))) return uncertified;
      }
      RegionProof proof;
      proof.node = j;
      proof.horizon = t;
      for (const RegionChain::Later& later_signals : scene.chain().later(j, t)) {
        if (std::all_of(later_signals.bounds.begin(), later_signals.bounds.end(), [&](const auto& bound) {
              return does_not_exceed(scene, side, minus_bar(bound, bar_));
            })) {
          if (later_signals.certified) return proof;
          if (!uncertified) uncertified = proof;
          uncertified->uncertified = true;
        }
      }
      if (node.gates.empty() || scene.chain().recurrent(j)) continue;
      const auto bounds = scene.gated_above(j, t, node.gates, node.inflow, bar_);
      if (bounds && does_not_exceed(scene, side, (*bounds)[0]) &&
          does_not_exceed(scene, side, (*bounds)[1])) {
        proof.gates = node.gates;
        proof.inflow = node.inflow;
        return proof;
      }
    }
    return uncertified;
  }

  static bool next_to_end(const exact::Interval& place) {
    return !place.is_exact() && place.upper - place.lower <= kNextToEnd &&
           (place.lower <= kNextToEnd || place.upper >= 1 - kNextToEnd);
  }

  /// Next to an end, for a node that is fed as slowly as it empties.
  std::optional<RegionProof> stays_below_slow(RegionScene& scene, int side, int j) const {
    if (!next_to_end(scene.place())) return std::nullopt;
    const double middle = exact::to_double((scene.place().lower + scene.place().upper) / 2);
    RegionProof proof;
    proof.node = j;
    proof.slow = estimator_.slow_nodes(middle, j);
    if (proof.slow.empty()) return std::nullopt;
    for (const Rational& rate : scene.chain().fast_rates(proof.slow)) {
      const auto potential = scene.chain().slow_potential(j, proof.slow, rate);
      if (!potential) continue;
      proof.rate = rate;
      std::int64_t t = first_;
      for (const std::int64_t later : {4, 8, 16, 32}) {
        for (; t < first_ + later; ++t) {
          if (!does_not_exceed(scene, side, scene.signal_above(j, t, bar_))) return std::nullopt;
        }
        const RegionChain::SlowBounds bounds = scene.chain().slow_bounds(*potential, t);
        const auto rest = scene.signs(bounds.rest);
        if (!rest || rest->at[static_cast<std::size_t>(side)] < 0) continue;
        proof.horizon = t;
        if (does_not_exceed(scene, side, minus_bar(bounds.bounds[0], bar_)) &&
            does_not_exceed(scene, side, minus_bar(bounds.bounds[1], bar_))) {
          return proof;
        }
      }
    }
    return std::nullopt;
  }

  /// Next to an end, for a node that is fed slowly.
  std::optional<RegionProof> stays_below_levels(RegionScene& scene, int side, int j) const {
    const exact::Interval& place = scene.place();
    if (!next_to_end(place)) return std::nullopt;
    auto proof =
        estimator_.levels(exact::to_double(place.lower), exact::to_double(place.upper), j, rounded_bar_);
    if (!proof) return std::nullopt;
    for (std::int64_t t = first_; t < proof->horizon; ++t) {
      if (!does_not_exceed(scene, side, scene.signal_above(j, t, bar_))) return std::nullopt;
    }
    const auto excesses = scene.chain().level_excesses(*proof);
    if (excesses.empty() || !(proof->levels[0] < bar_)) return std::nullopt;
    for (const Polynomial& excess : excesses) {
      const auto signs = scene.signs(excess);
      if (!signs || signs->at[static_cast<std::size_t>(side)] > 0) return std::nullopt;
    }
    return proof;
  }

  const RegionEstimator& estimator_;
  std::vector<int> nodes_;
  bool strict_;
  Rational bar_;
  double rounded_bar_;
  int first_;
};

}  // namespace

std::unique_ptr<RegionQuestion> threshold_question(const RegionEstimator& estimator, std::vector<int> nodes,
                                                   const RegionClaim& claim, int first_step) {
  return std::make_unique<ThresholdQuestion>(estimator, std::move(nodes), claim, first_step);
}

}  // namespace crosshead::diffusion

// After a fixed number of steps everything is a polynomial: the probability (W^t)_{tau j} of having been
// absorbed is compared with 1 - eps for every start j.
#include <algorithm>

#include "region_question.hpp"

namespace crosshead::diffusion {
namespace {

using exact::Rational;
using Polynomial = exact::UnivariatePolynomial;

class MixingQuestion : public RegionQuestion {
 public:
  MixingQuestion(const RegionEstimator& estimator, int nodes, const RegionClaim& claim)
      : estimator_(estimator), nodes_(nodes), claim_(claim) {}

  Plan plan(double b, std::int64_t) const override {
    Plan plan;
    plan.nodes.resize(static_cast<std::size_t>(nodes_));
    const double bar = exact::to_double(claim_.threshold);
    const std::vector<double> row = estimator_.row(b, claim_.steps);
    plan.holds = true;
    for (std::size_t j = 0; j < row.size(); ++j) {
      NodeEstimate& node = plan.nodes[j];
      node.value = row[j];
      node.settled = true;
      node.low = claim_.strict ? row[j] <= bar * (1 + 1e-13) : row[j] < bar * (1 - 1e-13);
      plan.holds = plan.holds && !node.low;
    }
    return plan;
  }

  std::optional<RegionProof> prove(RegionScene& scene, int side, const Plan& plan,
                                   bool thorough) const override {
    RegionProof all;
    all.holds = true;
    for (int j = 0; j < nodes_; ++j) {
      if (!plan.holds && !plan.nodes[static_cast<std::size_t>(j)].low && !thorough) continue;
      const auto signs = scene.signs(excess(scene, j));
      const int sign = signs ? signs->at[static_cast<std::size_t>(side)] : 2;
      const bool exceeds = sign != 2 && sign >= (claim_.strict ? 1 : 0);
      if (sign != 2 && !exceeds) {
        RegionProof one;
        one.node = j;
        one.horizon = claim_.steps;
        return one;
      }
      all.holds = all.holds && exceeds;
      RegionProof::Lower item;
      item.node = j;
      item.time = claim_.steps;
      all.lower.push_back(item);
    }
    if (!all.holds || static_cast<int>(all.lower.size()) < nodes_) return std::nullopt;
    return all;
  }

  std::vector<Polynomial> separators(RegionScene& scene, const std::vector<Plan>&) const override {
    std::vector<Polynomial> found;
    for (int j = 0; j < nodes_; ++j) {
      Polynomial value = excess(scene, j);
      if (coefficient_signs(value) == exact::CoefficientSigns::mixed) found.push_back(std::move(value));
    }
    return found;
  }

 private:
  Polynomial excess(RegionScene& scene, int j) const {
    return *scene.signal_above(j, claim_.steps, claim_.threshold);
  }

  const RegionEstimator& estimator_;
  int nodes_;
  RegionClaim claim_;
};

}  // namespace

std::unique_ptr<RegionQuestion> mixing_question(const RegionEstimator& estimator, int nodes,
                                                const RegionClaim& claim) {
  return std::make_unique<MixingQuestion>(estimator, nodes, claim);
}

}  // namespace crosshead::diffusion

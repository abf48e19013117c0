#pragma once

#include <optional>
#include <vector>

#include "region_estimate.hpp"
#include "region_scene.hpp"

#include "crosshead/diffusion/region.hpp"
#include "crosshead/exact/algebraic_number.hpp"

namespace crosshead::diffusion {

/// A quotient of polynomials in b, the denominator positive on (0, 1).
struct WeightFunction {
  exact::UnivariatePolynomial numerator, denominator;
};

/// The value at an algebraic point. Nothing where its degree may exceed `largest_degree`.
std::optional<exact::AlgebraicNumber> value_at(const WeightFunction& function,
                                               const exact::AlgebraicNumber& point, int largest_degree);

/// Where a node's signal or limit has its largest value.
struct Peak {
  exact::AlgebraicNumber weight;
  WeightFunction height;
};

/// Proves that the smallest fidelity has exactly one largest value in an interval: at a crossing of a rising
/// and a falling signal or limit, or at a stationary point of one.
class PeakFinder {
 public:
  PeakFinder(const MatrixPair& pair, const RegionEstimator& estimator, std::vector<int> nodes, int first_step,
             std::int64_t steps);

  /// The smallest fidelity at a weight, as far as floating point sees.
  double minimax(double b) const;
  /// REQUIRES: 0 < lower < upper < 1.
  std::optional<Peak> between(const exact::Rational& lower, const exact::Rational& upper);

 private:
  /// A node with the time of its largest signal, or RegionProof::kLimit.
  using Active = RegionProof::Lower;
  std::vector<Active> active(double lower, double upper) const;
  std::optional<WeightFunction> height(const Active& item);
  std::optional<Peak> peak_of(const Active& rising, const Active& falling, const exact::Rational& lower,
                              const exact::Rational& upper);
  bool is_bound(RegionScene& scene, const Active& item, std::size_t side) const;
  bool others_are_higher(RegionScene& scene, const Active& least) const;

  const MatrixPair& pair_;
  const RegionEstimator& estimator_;
  std::vector<int> nodes_;
  int first_step_;
  std::int64_t steps_;
  RegionScene whole_;  ///< (0, 1)
};

}  // namespace crosshead::diffusion

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "reference.hpp"

#include "crosshead/crosscheck/path_check.hpp"

namespace crosshead::crosscheck {

/// One floating-point signal on its way through the steps of a Reference.
class Comparison {
 public:
  Comparison(std::shared_ptr<const MatrixShape> shape, const MeanFormation& mean, const FloatSignal& signal,
             Underflow underflow);

  /// Compares the entry at `place`. REQUIRES: bound and reference are at place.time; places come in order of
  /// time, then node.
  void compare(const Place& place, const Reference& reference);
  void step();
  SignalCheck finished(const ExactHorizon& expected);

 private:
  /// Bounds and records as extended floats that err to the safe side, to pass over entries that change
  /// nothing.
  struct Glance {
    bool within = false;       ///< certainly within its bound
    bool normal = false;       ///< certainly not below the smallest normal number
    bool nothing_new = false;  ///< certainly no new extreme of error, bound or share
  };
  Glance glance(const NearValue& expected, long double value, std::size_t node) const;
  void look_closely(const Place& place, double value, const Reference& reference);
  void count_units(const Place& place, double value, const Reference& reference);
  void violate(const Place& place);
  void refresh_bounds();
  void judge(std::optional<BoundedError>& worst, double value, const exact::Interval& expected,
             const exact::Rational& relative, const Place& place) const;

  FloatFormat format_;
  exact::Rational smallest_normal_;
  long double smallest_normal_near_;
  const std::vector<double>& values_;
  std::size_t next_ = 0;
  RoundingBound bound_;
  std::vector<long double> relative_low_, relative_high_;  ///< around the bound of each node at this time
  long double absolute_low_ = 0, absolute_high_ = 0;
  std::optional<BoundedError> signal_;
  SignalCheck result_;
};

}  // namespace crosshead::crosscheck

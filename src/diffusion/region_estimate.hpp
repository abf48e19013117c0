#pragma once

#include <cstdint>
#include <vector>

#include "region_chain.hpp"

#include "crosshead/diffusion/region.hpp"

namespace crosshead::diffusion {

/// What floating point believes of one node at one weight. It steers the search for proofs and proves
/// nothing.
struct NodeEstimate {
  double value = 0;                 ///< the largest signal seen, or the limit of an absorbing node
  std::int64_t time = 0;            ///< when it was seen
  std::int64_t horizon = 0;         ///< from here on the tail stays below `value` or the bar
  bool limit = false;               ///< the value is a limit
  bool low = false;                 ///< counts and does not reach the bar: filled in by the question
  bool settled = false;             ///< the tail was seen to get that low
  std::vector<bool> gates, inflow;  ///< how, as in RegionProof
};

/// Estimates at any weight of one pair.
class RegionEstimator {
 public:
  RegionEstimator(const MatrixPair& pair, int first_step, std::int64_t steps);

  /// All nodes at weight b, over `patience` times the steps. With a positive bar a node stops once it is
  /// clearly above it, or cannot reach it.
  std::vector<NodeEstimate> at(double b, double bar, std::int64_t patience = 1) const;

  /// The row after t steps.
  std::vector<double> row(double b, std::int64_t t) const;
  /// The fewest stages of averaging, and their rate, with which the mean of RegionProof::Lower exceeds `bar`
  /// for node j at `b` and much closer to its end.
  std::optional<RegionProof::Lower> averaging(double b, int end, int j, double bar, bool square_root) const;

  /// Nodes besides j that pass on little at a step at `b`, ascending.
  std::vector<int> slow_nodes(double b, int j) const;

  /// Levels of RegionProof::feeder, below `bar`, that seem to hold for node j between two weights near an
  /// end.
  std::optional<RegionProof> levels(double lower, double upper, int j, double bar) const;

 private:
  class Run;
  struct ClosedClass;
  int size_, sink_, first_step_;
  std::int64_t steps_;
  std::vector<double> first_, second_;
  std::vector<double> leave_first_, leave_second_;  ///< 1 - D_kk, exact before rounding
};

}  // namespace crosshead::diffusion

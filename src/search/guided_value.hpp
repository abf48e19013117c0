#pragma once

#include <cstdint>
#include <vector>

#include "guided_system.hpp"

#include "crosshead/search/guided.hpp"

namespace crosshead::search {

/// What floats say of one chain. It only steers; nothing of it is reported.
struct ChainValue {
  double value = 0;   ///< phi_min, or the mixing time
  double smooth = 0;  ///< the same, but mixing times with a fraction by interpolating the distance
};

/// Values of chains in doubles, by sums and products in a fixed order without contraction, so that a search
/// takes the same path on every machine.
///
/// phi_min: x_{t+1} = x_t D from e_tau. Nodes that hear nobody else absorb; their suprema are limits, solved
/// backwards. The others' are followed until the least of all suprema cannot grow: until some node attains it
/// that is absorbing or has no more mass left at or behind it than that. t_mix: z_{t+1} = z_t W from 1 -
/// e_tau, whose largest (average) entry is the distance.
class GuidedValues {
 public:
  /// The space must outlive it.
  GuidedValues(const GuidedSpace& space, const Objective& objective);

  ChainValue of_head(const GuidedSystem& system, int head);
  ChainValue of_mean(const GuidedSystem& system);
  /// The objective.
  double value(const std::vector<ChainValue>& heads, const ChainValue& mean) const;
  /// What steers, larger is better: the objective, to which smooth parts add a little.
  double score(const std::vector<ChainValue>& heads, const ChainValue& mean) const;

 private:
  static constexpr int kStride = GuidedSpace::kMaxNodes;

  double measured(double of_mean, double of_heads) const;
  void clear();
  void add_head(const GuidedSystem& system, int head, double weight);
  ChainValue evaluate();
  ChainValue fidelity();
  ChainValue mixing_time();
  void step();
  double* matrix_row(int i) { return matrix_.data() + static_cast<std::size_t>(i) * kStride; }

  const GuidedSpace& space_;
  Objective objective_;
  double epsilon_ = 0;  ///< the largest distance that counts as mixed
  bool average_ = false;
  std::vector<double> given_weights_;
  std::vector<double> matrix_;  ///< by rows, lower triangular
  std::vector<char> hears_;     ///< whether a row has an entry off the diagonal
  std::vector<double> row_, next_, best_, visits_;
};

}  // namespace crosshead::search

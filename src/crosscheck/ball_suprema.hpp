#pragma once

#include <vector>

#include "crosshead/crosscheck/enclosure.hpp"
#include "crosshead/exact/balls.hpp"

namespace crosshead::crosscheck {

/// Bits of every ball. What is left of an enclosure is the width of the weights and the conversion to
/// doubles.
inline constexpr slong kBallBits = 192;

/// The doubles around a ball of a number between 0 and 1.
Enclosure share_enclosing(arb_srcptr ball);

/// Shares of `whole` that lie off the diagonal, one per row k of a lower triangular [n, n] matrix of which
/// row k is divided by its sum: sum_{l < k} D_kl, exactly 0 where there are none. `matrix` becomes D, the
/// diagonal 1 minus the share. REQUIRES: every row has a positive sum.
std::vector<exact::Ball> divide_rows(exact::BallMatrix& matrix);

/// Bounds of sup over t >= 1 of s_j(t) = (D^t)_{n j} for each j, where D is `attention`, lower triangular,
/// with every row divided by its sum. The oracle of node_suprema: single steps, and after each group of them
/// the superharmonic bound s_j(t + r) <= sum_k s_k(t) h_j(k), h_j(k) the probability that the chain that
/// walks backwards from k reaches j. An absorbing node has exactly sup = h_j(n).
struct BallSuprema {
  std::vector<Enclosure> values;
  bool settled = false;  ///< whether the least before the last node is known within a relative 2^-50
};
BallSuprema ball_suprema(exact::BallMatrix attention, int most_steps);

}  // namespace crosshead::crosscheck

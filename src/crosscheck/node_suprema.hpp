#pragma once

#include <vector>

#include "triangular_matrix.hpp"

namespace crosshead::crosscheck {

/// Bounds of sup over t >= 1 of s_j(t) = (D^t)_{n j} for each j, where D is `attention` with every row
/// divided by its sum. All bounds hold; they are made narrow (a relative 10^-7, where the effort allows) for
/// the nodes that decide the least supremum among the nodes before the last.
///
/// Steps 1 to 128 are taken one by one. What is skipped afterwards, between times a < b that powers of D by
/// squaring reach, is bounded by the least of
///   s_j(b) / D_jj^(b-a)                       what is at j now is still there at b, at least in this part,
///   the mass at a that can still come to j    every row sums to 1,
///   max(s_j(a), sum over i > j of u_i D_ij / (1 - D_jj))
///                                             s_j(t+1) is the convex combination of s_j(t) and of what flows
///                                             in, over the leak; u_i bounds s_i on [a, b],
/// and everything after the last time by the mass that can still come to j. Spans whose bound is too far
/// above the largest signal found are halved. REQUIRES: every row of `attention` has a positive entry.
std::vector<Enclosure> node_suprema(const TriangularMatrix& attention);

}  // namespace crosshead::crosscheck

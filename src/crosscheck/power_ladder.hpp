#pragma once

#include <cstddef>
#include <vector>

#include "triangular_matrix.hpp"

namespace crosshead::crosscheck {

/// Bounds of B, B^2, B^4, ... for a lower triangular matrix B >= 0 whose diagonal is known as 1 - leak.
///
/// Where a node is left once in 10^9 steps, its power after 10^9 steps hangs on the tenth digit of the leak,
/// which 1 - leak has lost. So the leak is squared beside the matrix, 1 - (1 - l)^2 = l (2 - l), which keeps
/// its relative precision; the diagonal of each power is taken from it. Entries off the diagonal are sums of
/// products of nonnegative numbers. Lower and upper bounds are two matrices, each pushed outwards by the
/// roundings of its own product.
class PowerLadder {
 public:
  struct Level {
    TriangularMatrix lower, upper;
    std::vector<Enclosure> leaks;
  };
  /// A row vector between two, of length `stride`.
  struct Row {
    std::vector<double> lower, upper;
  };

  /// `matrix` counts off the diagonal only. REQUIRES: one leak per row, within [0, 1].
  PowerLadder(const TriangularMatrix& matrix, std::vector<Enclosure> leaks);

  /// Bounds of B^(2^k); made on demand.
  const Level& level(std::size_t k);

  /// Bounds of x B^(2^k) for every x in the row.
  Row step(const Row& row, std::size_t k);
  std::vector<double> step_lower(const std::vector<double>& row, std::size_t k);
  std::vector<double> step_upper(const std::vector<double>& row, std::size_t k);

 private:
  Level squared_level(const Level& level) const;

  std::vector<Level> levels_;
};

}  // namespace crosshead::crosscheck

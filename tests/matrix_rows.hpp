#pragma once

#include <vector>

#include "crosshead/exact/matrix.hpp"

namespace crosshead::testing {

/// The square matrix with these rows.
inline exact::RationalMatrix matrix(const std::vector<std::vector<exact::Rational>>& rows) {
  exact::RationalMatrix result(static_cast<int>(rows.size()));
  for (int i = 0; i < result.size(); ++i) {
    for (int j = 0; j < result.size(); ++j) {
      result.append(i, j, rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)]);
    }
  }
  return result;
}

}  // namespace crosshead::testing

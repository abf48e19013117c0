#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <gmp.h>

#include "crosshead/exact/rational.hpp"

namespace crosshead::exact {

/// A dense nonnegative n x n matrix of dyadic rationals: entry (i, j) is a_ij 2^exponent() with integers a_ij
/// of a common width. Floats times dyadic weights are summed exactly, without a gcd or an allocation for each
/// entry, so that attention of thousands of positions fits.
class DyadicMatrix {
 public:
  explicit DyadicMatrix(int size);

  /// this += weight * values. values: [n, n], row-major. REQUIRES: everything finite and >= 0.
  void add(const std::vector<double>& values, double weight = 1.0);

  int size() const { return size_; }
  /// A multiple of 64, at most 0.
  int exponent() const { return 64 * low_; }
  bool is_zero(int i, int j) const;
  Rational at(int i, int j) const;
  Rational row_sum(int i) const;
  /// Entry (i, j) is an odd multiple of 2^k; nothing for 0.
  std::optional<int> lowest_bit(int i, int j) const;

  /// The limbs of a_ij, least first; width() of them.
  const mp_limb_t* limbs(int i, int j) const { return limbs_.data() + offset(i, j); }
  std::size_t width() const { return width_; }

 private:
  std::size_t offset(int i, int j) const {
    return (static_cast<std::size_t>(i) * static_cast<std::size_t>(size_) + static_cast<std::size_t>(j)) *
           width_;
  }
  void cover(int low, int high);

  int size_ = 0, low_ = 0;
  std::size_t width_ = 1;
  std::vector<mp_limb_t> limbs_;
};

}  // namespace crosshead::exact

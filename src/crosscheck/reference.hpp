#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "crosshead/crosscheck/rounding_bound.hpp"
#include "crosshead/exact/dyadic_matrix.hpp"
#include "crosshead/exact/integer_row.hpp"
#include "crosshead/exact/interval.hpp"

namespace crosshead::crosscheck {

/// What a float may be at worst: its exact value lies within relative `slack` of `near` (0 is exactly 0).
struct NearValue {
  long double near = 0, slack = 0;
};

/// The exact signal x_{t+1} = x_t D from the last node: rationals while the budget of 64-bit multiply-adds
/// lasts, then enclosures from extended floats and the theorem of rounding_bound.hpp, started at the last
/// exact row.
class Reference {
 public:
  /// Exact at every time.
  explicit Reference(const exact::RationalMatrix& matrix);
  /// Exact until more than `limb_operations` were spent.
  Reference(const exact::DyadicMatrix& matrix, std::shared_ptr<const MatrixShape> shape,
            std::int64_t limb_operations);

  void step();
  std::int64_t time() const { return time_; }
  /// Whether the values at this time are known exactly.
  bool exact() const { return !enclosing_; }
  /// The last time with exact values, up to now.
  std::int64_t exact_through() const { return exact_through_; }

  /// Whether the value is not 0; known at every time.
  bool positive(int node) const;
  NearValue near(int node) const;
  /// Both ends are equal where exact().
  exact::Interval value(int node) const;
  /// The value rounded to the format; where the enclosure leaves two choices, the one farther from `other`,
  /// with `open` set. REQUIRES: `other` is a number of the format.
  double nearest_to(const FloatFormat& format, int node, double other, bool& open) const;

 private:
  void start_enclosing();
  long double entry_of(int i, int j) const;
  void step_enclosing();

  int nodes_;
  std::unique_ptr<exact::IntegerMatrix> matrix_;
  std::unique_ptr<exact::RowIteration> row_;
  std::int64_t limb_operations_ = std::numeric_limits<std::int64_t>::max();
  std::int64_t time_ = 0, exact_through_ = 0;
  long double denominator_ = 1;  ///< of the exact row: its 64 leading bits in [1/2, 1)
  std::int64_t denominator_exponent_ = 0;

  bool enclosing_ = false;
  const exact::DyadicMatrix* given_ = nullptr;
  std::shared_ptr<const MatrixShape> shape_;
  std::vector<long double> entries_;   ///< [n, n], cut off after 64 bits
  std::vector<std::size_t> row_ends_;  ///< one more than the last column that is not 0
  std::vector<long double> values_, next_;
  std::unique_ptr<RoundingBound> bound_;
  std::vector<long double> slack_;  ///< per node, of values_
};

}  // namespace crosshead::crosscheck

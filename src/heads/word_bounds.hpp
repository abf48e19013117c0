#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "crosshead/exact/matrix.hpp"

namespace crosshead::heads {

/// mantissa * 2^exponent: contributions of long words are far below the range of double.
struct Scaled {
  double mantissa = 0;
  std::int64_t exponent = 0;

  /// In units of 2^unit: infinite or 0 where the range of double ends.
  double in_units(std::int64_t unit) const;
};
bool operator<(const Scaled& a, const Scaled& b);
exact::Rational exact_of(const Scaled& value);
/// The largest Scaled with a 53-bit mantissa that is at most `value`. REQUIRES: value >= 0.
Scaled scaled_down(const exact::Rational& value);

/// Positive numbers below these are raised to them wherever an upper bound is computed, so that no product
/// of a prefix, a matrix and a bound underflows: 2^-400 * 2^-300 * 2^-200 is a normal number. Zeros stay 0.
inline constexpr double kRowFloor = 0x1p-400, kMatrixFloor = 0x1p-300, kBoundFloor = 0x1p-200;

/// Weighted matrices B_h = beta_h D_h on the nodes that matter, in floating point, with bounds on every
/// completion. m nodes, padded to `width` columns; letters 0..H-1.
class WordBounds {
 public:
  /// `nodes` are the nodes between the sink and the wanted node, which is nodes[target]. Matrices: at most
  /// 2^-53 relatively off, tiny entries raised to kMatrixFloor. `window`: letters.
  WordBounds(const std::vector<exact::RationalMatrix>& matrices, const std::vector<exact::Rational>& weights,
             const std::vector<int>& nodes, std::size_t target, int steps, int window, int threads);

  /// The longest window of at most `columns` words whose bounds fit in time and memory. Shapes: m nodes.
  static int affordable_window(std::size_t letters, std::size_t nodes, int steps, double columns);
  int window_letters() const { return window_; }

  std::size_t letters() const { return upper_matrices_.size(); }
  std::size_t size() const { return size_; }
  std::size_t width() const { return width_; }
  /// m x width, row-major.
  const std::vector<double>& matrix(std::size_t h) const { return upper_matrices_[h]; }
  /// What a sum over one more row of some B_h can be at most, per unit of the largest entry of a row vector.
  double largest_column_sum() const { return largest_column_sum_; }

  /// What raised matrix entries can add to an entry of a row vector with entries of at most 1; 0 when none
  /// was.
  double raised() const { return raised_; }

  /// Factor that turns any computed upper bound into one that holds exactly: every bound is a nonnegative
  /// expression of depth at most (m + 3)(t + 8) roundings.
  double margin() const { return 1 + slack_; }
  double slack() const { return slack_; }

  /// Upper and lower bounds on the completions of r letters from each node: length m, padded, in units of
  /// 2^exponent(r).
  const std::vector<double>& largest(int r) const { return largest_[static_cast<std::size_t>(r)]; }
  const std::vector<double>& least(int r) const { return least_[static_cast<std::size_t>(r)]; }
  std::int64_t exponent(int r) const { return exponents_[static_cast<std::size_t>(r)]; }

  /// Column w bounds the completions of r letters that begin with the word w of min(r, window) letters (words
  /// in lexicographic order): m x padded(columns), in units of 2^exponent(r).
  const std::vector<double>& window(int r) const { return windows_[static_cast<std::size_t>(r)]; }
  std::size_t window_columns(int r) const;
  /// The same with one more letter in front: all B_h times window(r - 1), in units of 2^exponent(r - 1).
  /// Letter h has the columns from h * window_columns(r - 1) on.
  std::vector<double> extended(int r) const { return applied(window(r - 1), window_columns(r - 1)); }

 private:
  /// All B_h times `columns` (m x count): m x padded(count * H); only the first count columns are read.
  std::vector<double> applied(const std::vector<double>& columns, std::size_t count) const;

  std::size_t size_, width_;
  double slack_ = 0, largest_column_sum_ = 0, raised_ = 0;
  std::vector<std::vector<double>> upper_matrices_, lower_matrices_;
  int window_, threads_;
  std::vector<std::vector<double>> windows_, largest_, least_;
  std::vector<std::int64_t> exponents_;
};

}  // namespace crosshead::heads

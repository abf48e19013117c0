#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crosshead/crosscheck/float_format.hpp"
#include "crosshead/exact/dyadic_matrix.hpp"
#include "crosshead/exact/matrix.hpp"

namespace crosshead::crosscheck {

// How far a floating-point signal can be from the exact one: a theorem, evaluated in rationals rounded up.
//
// Setting. Heads A_1..A_H and weights w_h are numbers of the format, all >= 0. Exactly, D = sum_h w_h A_h,
// x_0 = e_sink and x_{t+1} = x_t D. The program under test forms D' from w and A, and x'_{t+1} from x'_t and
// D', every entry as a sum of products: k products that are not exactly zero, added in any order (any binary
// tree), with or without fused multiply-add, with or without zeros added in.
//
// Assumptions. (a) Every operation rounds to nearest in the format: fl(z) = z (1 + d) + e with |d| <= u,
// where u = 2^-p, and e = 0 unless z underflows. (b) Nothing overflows; `in_range` below checks that. (c) No
// subtraction, so no fast multiplication after Strassen. (d) Underflow, see `Underflow`: the losses e in a
// sum of k terms are at most k, each |e| <= w. Gradually: additions lose nothing, each product at most half
// the smallest number, w = 2^(smallest_exponent - 1). Flushed to zero, results and operands: k products, k -
// 1 additions and k operands lose less than the smallest normal number N each, w = 3 N.
//
// One sum. Adding zero is exact, so each of the k products is rounded once as a product and at most k - 1
// times in sums. The computed sum is therefore sum_i f_i a_i b_i + g with (1 - u)^k <= f_i <= (1 + u)^k
// and |g| <= k w (1 + u)^(k-1).
//
// The mean. With m the number of heads of positive weight, D'_ij = f D_ij + g, f within m factors,
// |g| <= q = m w (1 + u)^(m-1), and D'_ij = 0 where D_ij = 0. If m = 1, its weight is 1: then D' = D and
// m = q = 0 may be taken (flushed: q = w for entries read as zero).
//
// All steps. Claim: x'_t = z_t + e_t, where (1 - u)^c x_t(j) <= z_t(j) <= (1 + u)^c x_t(j) for
// c = c_t(j), and sum_j |e_t(j)| <= a_t; c_0 = 0, a_0 = 0. Let k_j be the number of i with x_t(i) D_ij > 0, K
// the most positive entries in a column of D, r the largest row sum of D, X_t >= sum_i x_t(i) and C_t = max_j
// c_t(j). Put the claim and the mean into one sum:
//   x'_{t+1}(j) = sum_i f_i (z_t(i) + e_t(i)) D'_ij + g.
// The part sum_i f_i z_t(i) f_ij D_ij has factors within k_j + m + c_t(i) roundings of x_{t+1}(j), hence
//   c_{t+1}(j) = k_j + m + max { c_t(i) : x_t(i) D_ij > 0 }.
// What is left, |f_i e_t(i) D'_ij|, |f_i z_t(i) g_ij| and |g|, summed over j, is at most
//   a_{t+1} = (1 + u)^K [ a_t ((1 + u)^m r + n q) + n q (1 + u)^C_t X_t + n K w ].
// (Flushed: subnormal x'_t(i) read as zero adds n N to a_t first; operands read as zero inside one sum are
// among the 3 k losses.) So
//   |x'_t(j) - x_t(j)| <= ((1 + u)^c_t(j) - 1) x_t(j) + a_t,
// since 1 - (1 - u)^c <= (1 + u)^c - 1; and x'_t(j) = 0 exactly where x_t(j) = 0, because then every product
// is exactly zero. The counts depend on the support of D alone, a_t stays near T n K w: it matters only for
// signals close to the underflow threshold.

/// What becomes of results below the smallest normal number: IEEE 754's gradual underflow (processors by
/// default, CUDA's libraries), or zero, for results and operands (at::globalContext().setFlushDenormal).
enum class Underflow { gradual, flushed };
std::string name_of(Underflow underflow);

// Narrow operands (attention::FloatType::float16, bfloat16, tf32). Entries and row vector are rounded to a
// format of unit roundoff v >= u before they are multiplied, A_h and their mean once each (once in all for
// one head, never where the format holds every entry), x'_t once a step. With o such roundings of an entry,
//   x'_t = z_t + e_t,  (1 - u)^c (1 - v)^d x_t(j) <= z_t(j) <= (1 + u)^c (1 + v)^d x_t(j),  d = t (o + 1),
// and what is lost to subnormal operands adds to a_t: w' = half the format's smallest number for each entry
// (q becomes at most (q + 2 w') (1 + u)^m (1 + v)^2) and for each node before (and, where results are of the
// format, after) a step. Since all factors exceed 2 - (1 + u)^c (1 + v)^d, the same inequality bounds |x' -
// x|. Matrix units of a GPU do not round to nearest: they may cut off what is below 2^-23 of the largest term
// of a group, so there u = 2^-23, v is doubled (operands cut off), and each term counts twice.

/// What the theorem assumes of one float type on one device.
struct FloatArithmetic {
  FloatFormat sums;                     ///< products and sums
  FloatFormat results;                  ///< the signal as it is stored
  std::optional<FloatFormat> operands;  ///< nothing: those of the sums
  bool matrix_unit = false;             ///< a GPU's: see above
};
FloatArithmetic arithmetic_of(attention::FloatType type, attention::Device device);

/// What the theorem needs of D.
struct MatrixShape {
  std::vector<std::vector<int>> sources;  ///< per column j: rows i with D_ij > 0, ascending
  exact::Rational row_sum;                ///< the largest, rounded up

  int size() const { return static_cast<int>(sources.size()); }
};
MatrixShape shape_of(const exact::RationalMatrix& matrix);
MatrixShape shape_of(const exact::DyadicMatrix& matrix);

/// How D' came from the input: m heads of positive weight (0: one head, as it is), and whether the operands'
/// format holds every entry of every head, so that rounding them changes nothing.
struct MeanFormation {
  int summands = 0;
  bool operands_hold_heads = false;
};

/// The right side of the theorem, stepped along with t.
class RoundingBound {
 public:
  /// `mean`: D, all entries >= 0; start: the sink; summands: m, the number of heads of positive weight that D
  /// is a mean of, 0 when D is given as it is (one head of weight 1).
  RoundingBound(const exact::RationalMatrix& mean, int start, int summands, const FloatFormat& format,
                Underflow underflow);
  RoundingBound(std::shared_ptr<const MatrixShape> shape, int start, const MeanFormation& mean,
                const FloatArithmetic& arithmetic, Underflow underflow);

  /// Starts again at the present time from a row x_t whose positive entries are given with so many roundings
  /// of the sums' format each. `total`: at least sum_j x_t(j).
  void restart(const std::vector<bool>& positive, std::int64_t roundings, const exact::Rational& total);

  /// t -> t + 1.
  void step();

  std::int64_t time() const { return time_; }
  /// Whether x_t(j) > 0; where not, the computed signal is exactly 0.
  bool reached(int node) const { return roundings_[index(node)] >= 0; }
  /// c_t(j). REQUIRES: reached(node).
  std::int64_t roundings(int node) const { return roundings_[index(node)]; }
  /// (1 + u)^c_t(j) (1 + v)^d - 1, rounded up. REQUIRES: reached(node).
  exact::Rational relative(int node) const { return relative_of(roundings(node)); }
  /// a_t, rounded up.
  const exact::Rational& absolute() const { return absolute_; }
  /// The largest of both over the times 1..t: bounds for a maximum over t, as fidelity is; 0 for a node that
  /// was never reached.
  exact::Rational relative_so_far(int node) const;
  const exact::Rational& absolute_so_far() const { return most_absolute_; }
  /// Whether nothing can have overflowed up to now (assumption b).
  bool in_range() const { return in_range_; }

 private:
  static std::size_t index(int node) { return static_cast<std::size_t>(node); }
  /// (1 + u)^count - 1, rounded up, for count = 0, 1, ...; extends its table.
  class Growth {
   public:
    explicit Growth(exact::Rational unit) : unit_(std::move(unit)) {}
    const exact::Rational& operator()(std::int64_t count) const;

   private:
    exact::Rational unit_;
    mutable std::vector<exact::Rational> table_{exact::Rational(0)};
  };
  exact::Rational relative_of(std::int64_t roundings) const;
  void check_range();

  std::shared_ptr<const MatrixShape> shape_;
  exact::Rational largest_;  ///< of the results
  Growth growth_, operand_growth_;
  exact::Rational loss_, mean_loss_, read_loss_, store_loss_, total_ = 1, absolute_ = 0, most_absolute_ = 0;
  std::vector<std::int64_t> roundings_;  ///< c_t(j), -1 where x_t(j) = 0
  std::vector<std::int64_t> most_roundings_;
  std::int64_t largest_column_ = 0, summands_ = 0, time_ = 0;
  std::int64_t per_term_ = 1;           ///< roundings for each term of a sum
  std::int64_t operands_a_step_ = 0;    ///< o + 1, or 0
  std::int64_t operand_roundings_ = 0;  ///< d
  bool in_range_ = true;
};

}  // namespace crosshead::crosscheck

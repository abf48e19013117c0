#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "lane_filter.hpp"

#include "crosshead/exact/matrix.hpp"
#include "crosshead/search/claims.hpp"
#include "crosshead/search/space.hpp"

namespace crosshead::search {

/// Everything about the single heads that a search needs for each of their systems: integer matrices in
/// lanes, exact values of the claim's quantity, and the bars that they set.
///
/// The matrix (diffusion or walk) of each head is held times L = lcm(1, ..., n). Weights are held times their
/// common denominator W. A mean then is an integer matrix over S = L W.
class HeadTable {
 public:
  /// The space must outlive the table. `threads` compute the heads' values.
  HeadTable(const SystemSpace& space, const Question& question, int threads);

  const SystemSpace& space() const { return space_; }
  const Question& question() const { return question_; }
  int nodes() const { return space_.space().nodes; }
  const exact::Integer& scale() const { return scale_; }
  /// Steps that the lanes do without rounding; 0: S is too large for lanes, or there is one node only.
  int exact_steps() const { return exact_steps_; }
  int horizon() const { return horizon_; }
  /// The weight of the head at `place`, times W.
  std::int64_t weight(std::uint32_t vector, std::size_t place) const { return weights_[vector][place]; }

  /// The lanes from block `first` on; entries times L.
  LaneBlocks blocks(std::size_t first, const std::uint8_t* active) const;
  double entry(std::uint32_t head, int index) const {
    return matrix_[(head / kLanes * static_cast<std::size_t>(entries_of(nodes())) +
                    static_cast<std::size_t>(index)) *
                       kLanes +
                   head % kLanes];
  }
  /// Bits of the block's heads whose value is undefined, or not decided within the limits.
  std::uint8_t undefined(std::size_t block) const { return undefined_[block]; }
  std::uint8_t undecided(std::size_t block) const { return undecided_[block]; }

  /// The distinct values of the quantity in ascending order, and where a head's stands there.
  /// REQUIRES: the head's value is defined and decided.
  const std::vector<exact::Rational>& values() const { return values_; }
  std::uint32_t value_at(std::uint32_t head) const { return value_at_[head]; }
  /// entry(head, ...) of the sink's self-loop.
  double sink_entry(std::uint32_t head) const { return sink_entry_[head]; }
  /// The double nearest to values()[at], and to a head's value.
  double approximate(std::uint32_t at) const { return approximate_[at]; }
  double approximate_value(std::uint32_t head) const { return head_approximate_[head]; }
  /// Bars of values()[at]: low, then high, bar_length(exact_steps()) each.
  const double* bars(std::uint32_t at) const {
    return bars_.data() + 2 * static_cast<std::size_t>(bar_length(exact_steps_)) * at;
  }
  /// Mixing: bars of the mass that must be absorbed, in the same layout; and whether more than that must be.
  const double* absorbed_bars() const { return absorbed_bars_.data(); }
  bool strictly_within() const;

  /// The system decided in exact arithmetic.
  Decision decide(const SystemIndex& system) const;

 private:
  struct Value {
    Outcome missing = Outcome::undefined;
    std::optional<exact::Rational> number;
  };
  void fill_matrices();
  void find_values(int threads);
  void fill_bars();
  exact::Rational absorbed_mass() const;
  Value value_of(const exact::RationalMatrix& matrix) const;
  exact::RationalMatrix matrix_of(std::uint32_t head) const;

  const SystemSpace& space_;
  Question question_;
  std::int64_t unit_ = 1;  ///< L
  exact::Integer scale_;
  int exact_steps_ = 0, horizon_ = 0;
  std::vector<std::vector<std::int64_t>> weights_;
  std::vector<double> matrix_, low_, high_, time_, bars_, absorbed_bars_;
  std::vector<double> approximate_, head_approximate_, sink_entry_;
  std::vector<std::uint8_t> undefined_, undecided_;
  std::vector<exact::Rational> values_;
  std::vector<std::uint32_t> value_at_;
};

}  // namespace crosshead::search

// Minimax fidelity (25) against a bar. The mean is above the bar when every counted node's supremum is, below
// when one node's supremum certainly is, equal when none is below and some node's supremum is the bar itself.
//
// At every step and for every node j, with x the row vector and S^t the whole:
// - x_j > bar: above for good. x_j >= bar: touched.
// - No later signal exceeds x_j plus the mass on transient nodes k > j: mass comes to j only from later
//   nodes, and what an absorbing node holds stays there. Once that is below the bar and j was never touched,
//   j is below; once it is at most the bar and j was touched, j's supremum is the bar.
// - Node 1 hears only itself, so it is absorbing. If no other node is, all mass ends there and its supremum
//   is 1.
// - The sink's signal is (D_tautau)^t: its supremum is its first value.
// - A node without mass up to time n - 1 is never heard: its supremum is 0, the bar if that is 0.
//   (Paths without repeated nodes have at most n - 1 edges.)
// In steps with rounding a touch only raises doubt: such a node may still prove above, but no more below or
// equal.
#pragma once

#include "lane_step.hpp"

namespace crosshead::search::CROSSHEAD_LANES {

template <int n, bool kLong>
class FidelityPack {
 public:
  CROSSHEAD_INLINE void decide(const LaneProblem& problem, const double* matrix, const double* low_bars,
                               const double* high_bars, unsigned active) {
    mean_.read(problem, matrix);
    const Pack scale = broadcast(problem.scale);
    lone_ = all_lanes();
    for (int k = 1; k < n; ++k) {
      transient_[k] = less(mean_.entry[entry_at(k, k)], scale);
      lone_ = both(lone_, transient_[k]);
    }
    for (int j = 0; j < n; ++j) {
      x_[j] = mean_.entry[entry_at(n - 1, j)];
      above_[j] = touched_[j] = doubtful_[j] = no_lanes();
    }
    constexpr unsigned kAll = (1U << kWidth) - 1;
    unsigned done = ~active & kAll;
    whole_ = scale;
    bool exact = true;
    for (int t = 1;; ++t) {
      const int at = exact ? t : problem.exact_steps + 1;
      Pack low = load(low_bars + at * kLanes), high = load(high_bars + at * kLanes);
      const Pack prefix_low = broadcast(problem.low[at]), prefix_high = broadcast(problem.high[at]);
      if (problem.against_largest) {
        low = larger(low, prefix_low);
        high = larger(high, prefix_high);
      } else {
        low = smaller(low, prefix_low);
        high = smaller(high, prefix_high);
      }
      if (t == 1) look_at_sink(problem, low, high);
      const Verdict now = look(low, high, t, exact);
      record(now.below, done, below);
      record(now.above, done, above);
      record(now.equal, done, equal);
      if (done == kAll || t >= problem.horizon) return;
      if constexpr (kLong) {
        if (t == problem.exact_steps) {
          exact = false;
          mean_.multiply_by(1 / problem.scale);
          const Pack shrink = broadcast(reciprocal_power(problem.scale, t));
          for (int j = 0; j < n; ++j) x_[j] = multiply(x_[j], shrink);
          whole_ = broadcast(1);
        }
      }
      if (exact) {
        mean_.template step<true>(x_);
        whole_ = multiply(whole_, scale);
      } else {
        mean_.template step<false>(x_);
      }
    }
  }

  unsigned below = 0, equal = 0, above = 0;

 private:
  struct Verdict {
    Mask below, equal, above;
  };

  static CROSSHEAD_INLINE void record(Mask answer, unsigned& done, unsigned& into) {
    const unsigned fresh = bits(answer) & ~done;
    into |= fresh;
    done |= fresh;
  }

  CROSSHEAD_INLINE void look_at_sink(const LaneProblem& problem, Pack low, Pack high) {
    if (problem.sink_counts) {
      const Pack value = problem.sink_is_one ? whole_ : x_[n - 1];
      above_[n - 1] = less(low, value);
      touched_[n - 1] = at_most(high, value);
    } else {
      above_[n - 1] = touched_[n - 1] = all_lanes();
    }
  }

  CROSSHEAD_INLINE Verdict look(Pack low, Pack high, int t, bool exact) {
    const Pack inner = smaller(low, high);
    Mask some_below = without(all_lanes(), touched_[n - 1]);
    Mask all_above = above_[n - 1], all_settled = touched_[n - 1];
    Pack mass = add_where(transient_[n - 1], broadcast(0), x_[n - 1]);
    for (int j = n - 2; j >= 0; --j) {
      Pack value = x_[j], bound = add(value, mass);
      if (j == 0) {
        value = select(lone_, whole_, value);
        bound = select(lone_, whole_, bound);
      }
      above_[j] = either(above_[j], less(low, value));
      const Mask touching = at_most(high, value);
      if (!kLong || exact) {
        touched_[j] = either(touched_[j], touching);
      } else {
        doubtful_[j] = either(doubtful_[j], touching);
      }
      const Mask quiet = kLong ? without(less(bound, high), doubtful_[j]) : less(bound, high);
      some_below = either(some_below, without(quiet, touched_[j]));
      Mask settled = both(at_most(bound, inner), touched_[j]);
      if (t >= n - 1) settled = either(settled, at_most(high, broadcast(0)));
      if (kLong) settled = without(settled, doubtful_[j]);
      all_above = both(all_above, above_[j]);
      all_settled = both(all_settled, either(settled, above_[j]));
      if (j > 0) mass = add_where(transient_[j], mass, x_[j]);
    }
    return {some_below, without(all_settled, all_above), all_above};
  }

  MeanMatrices<n> mean_;
  Pack x_[n], whole_;
  Mask transient_[n], lone_, above_[n], touched_[n], doubtful_[n];
};

template <int n, bool kLong>
void fidelity_blocks(const LaneProblem& problem, const LaneBlocks& blocks, std::size_t count,
                     LaneVerdict* out) {
  const auto bars = static_cast<std::size_t>(bar_length(problem.exact_steps) * kLanes);
  for (std::size_t block = 0; block < count; ++block) {
    LaneVerdict verdict;
    for (int lane = 0; lane < kLanes; lane += kWidth) {
      const unsigned active = static_cast<unsigned>(blocks.active[block]) >> lane & ((1U << kWidth) - 1);
      if (active == 0) continue;
      FidelityPack<n, kLong> pack;
      pack.decide(problem, blocks.matrix + block * (entries_of(n) * kLanes) + lane,
                  blocks.low + block * bars + lane, blocks.high + block * bars + lane, active);
      verdict.below |= static_cast<std::uint8_t>(pack.below << lane);
      verdict.equal |= static_cast<std::uint8_t>(pack.equal << lane);
      verdict.above |= static_cast<std::uint8_t>(pack.above << lane);
    }
    out[block] = verdict;
  }
}

}  // namespace crosshead::search::CROSSHEAD_LANES

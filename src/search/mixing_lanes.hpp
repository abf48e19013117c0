// The mixing time (Def. 2.7) against a bar. The distance at t is within eps when enough mass has arrived at
// the sink: of every start at least 1 - eps, in L1 more than 1 - eps/2; for the average over starts n times
// as much of all n together. The distance never increases; so the mean's time is below the bar T when that is
// so at some t < T, equal when first at T, above when not at T. `low` and `high` bound the mass.
#pragma once

#include "lane_step.hpp"

namespace crosshead::search::CROSSHEAD_LANES {

template <int n>
class MixingPack {
 public:
  CROSSHEAD_INLINE void decide(const LaneProblem& problem, const double* matrix, const double* times,
                               unsigned active) {
    MeanMatrices<n> mean;
    mean.read(problem, matrix);
    const Pack prefix_time = broadcast(problem.time);
    const Pack bar =
        problem.against_largest ? larger(load(times), prefix_time) : smaller(load(times), prefix_time);
    Pack x[n];
    for (int j = 0; j < n; ++j) x[j] = broadcast(j == n - 1 ? 1 : 0);
    constexpr unsigned kAll = (1U << kWidth) - 1;
    unsigned done = ~active & kAll;
    bool exact = true;
    for (int t = 0;; ++t) {
      Pack mass = x[0];
      if (problem.average) {
        for (int j = 1; j < n; ++j) mass = add(mass, x[j]);
      } else {
        for (int j = 1; j < n; ++j) mass = smaller(mass, x[j]);
      }
      const int at = exact ? t : problem.exact_steps + 1;
      const Pack low = broadcast(problem.low[at]), high = broadcast(problem.high[at]), now = broadcast(t);
      const bool above_floor = problem.strict || !exact;
      const Mask outside = problem.strict && exact ? at_most(mass, low) : less(mass, high);
      const Mask within = above_floor ? less(low, mass) : at_most(high, mass);
      const Mask early = less(now, bar), late = less(bar, now);
      record(both(within, early), done, below);
      record(without(without(within, early), late), done, equal);
      record(without(outside, early), done, above);
      // A distance that cannot be told from eps leaves the lane undecided.
      done |= bits(without(without(all_lanes(), within), outside));
      if (done == kAll || t >= problem.horizon) return;
      if (t == problem.exact_steps) {
        exact = false;
        mean.multiply_by(1 / problem.scale);
        const Pack shrink = broadcast(reciprocal_power(problem.scale, t));
        for (int j = 0; j < n; ++j) x[j] = multiply(x[j], shrink);
      }
      if (exact) {
        mean.template step<true>(x);
      } else {
        mean.template step<false>(x);
      }
    }
  }

  unsigned below = 0, equal = 0, above = 0;

 private:
  static CROSSHEAD_INLINE void record(Mask answer, unsigned& done, unsigned& into) {
    const unsigned fresh = bits(answer) & ~done;
    into |= fresh;
    done |= fresh;
  }
};

template <int n>
void mixing_blocks(const LaneProblem& problem, const LaneBlocks& blocks, std::size_t count,
                   LaneVerdict* out) {
  for (std::size_t block = 0; block < count; ++block) {
    LaneVerdict verdict;
    for (int lane = 0; lane < kLanes; lane += kWidth) {
      const unsigned active = static_cast<unsigned>(blocks.active[block]) >> lane & ((1U << kWidth) - 1);
      if (active == 0) continue;
      MixingPack<n> pack;
      pack.decide(problem, blocks.matrix + block * (entries_of(n) * kLanes) + lane,
                  blocks.time + block * kLanes + lane, active);
      verdict.below |= static_cast<std::uint8_t>(pack.below << lane);
      verdict.equal |= static_cast<std::uint8_t>(pack.equal << lane);
      verdict.above |= static_cast<std::uint8_t>(pack.above << lane);
    }
    out[block] = verdict;
  }
}

}  // namespace crosshead::search::CROSSHEAD_LANES

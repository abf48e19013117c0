#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crosshead/exact/rational.hpp"
#include "crosshead/heads/head_system.hpp"
#include "crosshead/search/claims.hpp"
#include "crosshead/search/space.hpp"

namespace crosshead::search {

/// Guided search: maximises how far a built-in claim holds, over families too large to enumerate, by local
/// moves with restarts. Floats steer; every value that is reported is exact. What is found is a lower bound
/// of the maximum, never a proof that there is nothing better.

/// How the two sides of a claim are compared.
enum class Measure {
  gain,  ///< the difference: positive where the claim holds
  ratio  ///< the larger side as the claim has it over the smaller one: above 1 where the claim holds
};
std::string name_of(Measure measure);
/// Throws exact::UsageError listing the measures.
Measure measure_named(const std::string& name);

/// What is maximised. With m the mean's side of the claim (phi_min or t_mix) and s the heads' side (their
/// largest or smallest value): m - s or m / s for `amplifies` and `mixes_slower`, s - m or s / m for
/// `attenuates` and `mixes_faster`. The gain of `mixes_faster` is the number of steps saved.
struct Objective {
  Question question;
  Measure measure = Measure::gain;
};

/// The value as a term of the claim language, for example
/// "phi_min(mean) - (max h in heads: phi_min(head h))".
std::string term_of(const Objective& objective);

/// The exact value, through diffusion::fidelity or walk::mixing_times; nothing where a side is undefined or
/// undecided, or a ratio divides by zero.
std::optional<exact::Rational> exact_value(const heads::HeadSystem& system, const Objective& objective);

/// What is searched: systems of `heads` distinct graphs, feedforward with self-loops everywhere, the last
/// node the unique sink of each (FORMAT.md's unique_sink). The weights are given, or with `denominator` > 0
/// free positive multiples of 1/denominator.
struct GuidedSpace {
  static constexpr int kMaxNodes = 64, kMaxHeads = 16, kMaxDenominator = 1000;

  int nodes = 3;
  int heads = 2;
  WeightVector weights;  ///< in the order of the heads; empty for free weights
  int denominator = 0;
};
/// Throws exact::UsageError, with the bound, for sizes out of range, more heads than there are graphs, and
/// weights that are not positive with sum 1.
void check(const GuidedSpace& space);

/// Smallest epsilon that floats can steer by, 10^-30; the largest lies below 1, where mixing takes no time.
exact::Rational smallest_steerable_epsilon();

/// How long to search, in counted steps: the answer depends on nothing else.
struct GuidedEffort {
  std::uint64_t steps = 100'000;  ///< of each restart; refused moves count
  int restarts = 8;
  std::uint64_t seed = 1;
};

struct GuidedFound {
  heads::HeadSystem system;
  exact::Rational value;
  int restart = 0;  ///< the first that found this value with this system, from 0
};

/// What became of one restart.
struct GuidedClimb {
  /// Steps taken, and the floating value of the best system so far: at the start and where it changed.
  struct Point {
    std::uint64_t steps = 0;
    double value = 0;
  };
  std::vector<Point> points;
  std::optional<exact::Rational> value;  ///< of its best system; nothing if undecided
  std::uint64_t steps = 0;               ///< taken
  bool finished = false;
};

struct GuidedAnswer {
  /// Restarts whose climbs are kept: the first ones.
  static constexpr int kMostClimbs = 64;

  std::optional<GuidedFound> best;  ///< nothing if no value was decided
  std::vector<GuidedClimb> climbs;  ///< of restarts that were begun, from the first on
  int finished = 0;                 ///< restarts
  int undecided = 0;                ///< restarts whose best system has no exact value
  std::uint64_t steps = 0;
  bool complete = false;  ///< not stopped early
};

/// Runs the restarts on `threads` threads. Each restart is a walk of its own from a random system and yields
/// the system of its largest floating value, whose exact value is computed. The best of them is the one of
/// the largest exact value, then the fewest edges, then the least codes and weights: a complete answer
/// depends on the space, the objective and the effort alone. `progress` is called about ten times a second by
/// the calling thread with the steps done; when it returns false, walks end where they are. It may be empty.
/// Throws exact::UsageError as `check` does, for epsilons that cannot steer, and without a step or restart.
GuidedAnswer search_guided(const GuidedSpace& space, const Objective& objective, const GuidedEffort& effort,
                           int threads, const std::function<bool(std::uint64_t)>& progress);

}  // namespace crosshead::search

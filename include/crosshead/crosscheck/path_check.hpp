#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "crosshead/crosscheck/rounding_bound.hpp"

namespace crosshead::crosscheck {

// Letters in shapes: n nodes (the sink is the last), T steps.

/// One entry of a signal: s_node(time), nodes from 0.
struct Place {
  std::int64_t time = 0;
  int node = 0;
};

/// A number with the first place (by time, then node) that attains it.
template <typename Value>
struct Extreme {
  Value value{};
  Place place;
};

/// An error beside the bound that is proven for the same entry.
struct BoundedError {
  exact::Rational error, bound;
  Place place;
};

/// A signal s_j(t) in floating point, from anywhere: exact images of numbers of `type`.
struct FloatSignal {
  attention::FloatType type = attention::FloatType::float32;
  std::vector<double> values;                         ///< [T+1 - first, n]: t = first..T
  std::int64_t first = 0;                             ///< the first row's time
  attention::Device device = attention::Device::cpu;  ///< whose arithmetic is assumed
  std::string source = "cpu";                         ///< for reports
};

/// Fidelity within a horizon: the maximum of s_j(t) over t = 1..T, its first time, and the minimum over all
/// nodes, the sink included; with every node that attains it, ascending. (The supremum over all t is
/// diffusion::fidelity.)
template <typename Value>
struct HorizonFidelity {
  std::vector<Value> fidelity;     ///< [n]
  std::vector<std::int64_t> time;  ///< [n]
  Value minimax{};
  std::vector<int> minimax_nodes;
};

/// Fidelity within the horizon, exactly where it is decided: `fidelity` and `minimax` are lower ends, equal
/// to `upper` where exact; `time` attains the largest lower end; minimax_nodes are those that may attain the
/// minimum.
struct ExactHorizon : HorizonFidelity<exact::Rational> {
  std::vector<exact::Rational> upper;  ///< [n]
  exact::Rational minimax_upper;
  std::vector<bool> time_decided;  ///< [n]: no other time attains it before
  bool minimax_nodes_decided = true;
};

/// Units in the last place, by size: element 0 counts 0 units, element k those from 2^(k-1) to 2^k - 1.
using UnitHistogram = std::array<std::int64_t, 65>;

/// One floating-point signal against the exact one and the theorem in rounding_bound.hpp. Errors and bounds
/// are relative, |float - exact| / exact, rounded up to 64 significant bits, and taken over the entries (t =
/// 0..T, every node) whose exact value is a normal number of the type: below, floats lose whole digits to
/// underflow, and units in the last place say more. Where exact = 0 only 0 is right.
struct SignalCheck {
  attention::FloatType type = attention::FloatType::float32;
  std::string source;
  std::int64_t first = 0;           ///< the first row's time
  HorizonFidelity<double> horizon;  ///< empty minimax_nodes where first > 1

  BoundedError signal;             ///< the largest error of all entries
  Extreme<exact::Rational> bound;  ///< the largest bound of all entries
  Extreme<std::uint64_t> ulps;     ///< farthest from the correctly rounded exact value, over all entries
  /// Largest error as a share of the bound at the same place, over all entries. Its reciprocal says how tight
  /// the bound is.
  Extreme<exact::Rational> share;
  std::int64_t correctly_rounded = 0;  ///< entries equal to the correctly rounded exact value
  std::int64_t below_normal = 0;       ///< entries with 0 < exact < smallest normal number
  std::int64_t entries = 0;            ///< (T + 1 - first) n
  UnitHistogram histogram{};
  exact::Rational
      below_error;  ///< largest |float - exact| below the normal numbers, in smallest normal numbers
  std::int64_t nonzero_for_zero = 0;  ///< entries that are not 0 where the exact value is
  std::int64_t invalid = 0;           ///< NaN, infinite, negative, or no number of the type
  /// Where exact values were enclosed: entries that may or may not be within the bound, and those whose
  /// correct rounding is one of two neighbours (the farther one is counted).
  std::int64_t open = 0, rounding_open = 0;
  std::optional<Place> first_error;  ///< the first entry that certainly differs from its exact value

  bool in_range = true;                  ///< the theorem applies: nothing can have overflowed
  std::int64_t violations = 0;           ///< entries outside the bound, decided exactly
  std::optional<Place> first_violation;  ///< the first of them

  /// Fidelity within T, at the node where it is farthest off, and minimax fidelity within T; the places are
  /// those of the exact maximum. Nothing when the exact values are no normal numbers.
  std::optional<BoundedError> fidelity, minimax;

  /// The first T' steps in which floats are exact in whatever order they are added (see exact_steps), or
  /// nothing if that was not asked; the first time at which some exact value is no number of the type.
  std::optional<std::int64_t> exact_through, unrepresentable_at;
  /// Whether 0 ulp were kept as long as exactness was predicted, and an error shows as soon as it must.
  bool exactness_confirmed = true;

  [[nodiscard]] bool within() const { return in_range && violations == 0 && open == 0; }
};

/// A matrix iterated exactly, and every given signal against it.
struct PathCheck {
  ExactHorizon exact;
  std::int64_t exact_through = 0;    ///< exact values were computed up to this time, enclosures after it
  std::vector<SignalCheck> signals;  ///< as given
};

/// Checks signals of x_{t+1} = x_t D from the last node. `mean`: D exactly, entries >= 0; `summands`: see
/// RoundingBound. A NaN, an infinity, a negative number or one that the type cannot hold is a violation,
/// never an error. Throws exact::UsageError when T < 1 or a signal is not [T+1, n].
PathCheck check_path(const exact::RationalMatrix& mean, int summands, const std::vector<FloatSignal>& signals,
                     std::int64_t steps, Underflow underflow);

struct PathOptions {
  std::int64_t steps = 100;
  Underflow underflow = Underflow::gradual;
  /// 64-bit multiply-adds for exact values; afterwards enclosures take over.
  std::int64_t exact_budget = std::numeric_limits<std::int64_t>::max();
  /// For each signal: whether the float matrix equals `mean` bit for bit, so that exactness is predicted.
  std::vector<bool> matrix_exact = {};
};
/// The same for a dense matrix of any size; `formation[k]` is how signal k's matrix came about.
PathCheck check_path(const exact::DyadicMatrix& mean, const std::vector<MeanFormation>& formation,
                     const std::vector<FloatSignal>& signals, const PathOptions& options);

/// How long floats of a type stay exact on a matrix that they hold exactly.
struct ExactSteps {
  std::int64_t through = 0;  ///< all of x_0..x_through are exact, in whatever order sums are formed
  std::optional<std::int64_t>
      unrepresentable;  ///< first t <= T at which some s_j(t) is no number of the type
};
/// The prediction for each type. A step is exact for sure when all products of a column are multiples of
/// some 2^e, e not below the smallest exponent, and their sum is at most 2^p 2^e: then every partial sum is
/// a number of the format.
/// Operands must be numbers of their own format. REQUIRES: steps >= 1.
std::vector<ExactSteps> exact_steps(const exact::DyadicMatrix& matrix,
                                    const std::vector<FloatArithmetic>& arithmetics, std::int64_t steps);

}  // namespace crosshead::crosscheck

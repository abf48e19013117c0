#pragma once

#include <cstdint>
#include <optional>
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

/// A signal s_j(t) in floating point, from anywhere: [T+1, n], exact images of numbers of `type`.
struct FloatSignal {
  attention::FloatType type = attention::FloatType::float32;
  std::vector<double> values;
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

/// One floating-point signal against the exact one and the theorem in rounding_bound.hpp. Errors and bounds
/// are relative, |float - exact| / exact, rounded up to 64 significant bits, and taken over the entries (t =
/// 0..T, every node) whose exact value is a normal number of the type: below, floats lose whole digits to
/// underflow, and units in the last place say more. Where exact = 0 only 0 is right.
struct SignalCheck {
  attention::FloatType type = attention::FloatType::float32;
  HorizonFidelity<double> horizon;

  BoundedError signal;             ///< the largest error of all entries
  Extreme<exact::Rational> bound;  ///< the largest bound of all entries
  Extreme<std::uint64_t> ulps;     ///< farthest from the correctly rounded exact value, over all entries
  /// Largest error as a share of the bound at the same place, over all entries. Its reciprocal says how tight
  /// the bound is.
  Extreme<exact::Rational> share;
  std::int64_t correctly_rounded = 0;  ///< entries equal to the correctly rounded exact value
  std::int64_t below_normal = 0;       ///< entries with 0 < exact < smallest normal number
  std::int64_t entries = 0;            ///< (T + 1) n

  bool in_range = true;                  ///< the theorem applies: nothing can have overflowed
  std::int64_t violations = 0;           ///< entries outside the bound, decided exactly
  std::optional<Place> first_violation;  ///< the first of them

  /// Fidelity within T, at the node where it is farthest off, and minimax fidelity within T; the places are
  /// those of the exact maximum. Nothing when the exact values are no normal numbers.
  std::optional<BoundedError> fidelity, minimax;

  [[nodiscard]] bool within() const { return in_range && violations == 0; }
};

/// A matrix iterated exactly, and every given signal against it.
struct PathCheck {
  HorizonFidelity<exact::Rational> exact;
  std::vector<SignalCheck> signals;  ///< as given
};

/// Checks signals of x_{t+1} = x_t D from the last node. `mean`: D exactly, entries >= 0; `summands`: see
/// RoundingBound. A NaN, an infinity, a negative number or one that the type cannot hold is a violation,
/// never an error. Throws exact::UsageError when T < 1 or a signal is not [T+1, n].
PathCheck check_path(const exact::RationalMatrix& mean, int summands, const std::vector<FloatSignal>& signals,
                     std::int64_t steps, Underflow underflow);

}  // namespace crosshead::crosscheck

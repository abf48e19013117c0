#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crosshead/exact/matrix.hpp"

namespace crosshead::diffusion {

/// Readings of (23) and (25).
struct FidelityConvention {
  int first_step = 1;       ///< the supremum runs over t >= first_step, 0 or 1
  bool sink_counts = true;  ///< whether the minimum of (25) includes the sink
};

/// Work allowed before a supremum is left undecided. Counted, not timed.
struct Limits {
  std::int64_t steps = 100'000;
  std::int64_t limb_operations = 2'000'000'000;
};

/// Why the supremum is what it is: which argument bounds the tail.
enum class TailArgument {
  unreachable,    ///< the sink does not hear the node at any t >= first_step: supremum 0
  superharmonic,  ///< x_T . h <= value for a vector h >= 0 with D h <= h and h_j >= 1, so no later signal is
                  ///< larger
  absorbing_limit,  ///< D_jj = 1: the signal never decreases; its limit is an exact solve
  contraction,      ///< limit y_j plus TV(x_T, y) <= value, and the total variation never increases
  recurrence,       ///< y_j - s_j(t) >= 0 for all t >= T by nonnegative first-order factors of its recurrence
  undecided
};
std::string name_of(TailArgument argument);

/// Node fidelity (23) as a decided supremum with the data that proves it.
struct NodeFidelity {
  bool decided = false;
  bool unbounded = false;            ///< decided: the signal outgrows every bound (row sums above 1 only)
  exact::Rational supremum;          ///< when decided and bounded
  bool attained = false;             ///< when decided: some t reaches it
  std::optional<std::int64_t> time;  ///< first t attaining it
  exact::Rational lower;  ///< always: a signal value or limit that is certainly reached or approached
  std::optional<exact::Rational> upper;  ///< always >= the supremum; nothing if no finite bound is known
  TailArgument argument = TailArgument::undecided;
  std::int64_t horizon = 0;  ///< T of the argument
  exact::Rational tail;      ///< superharmonic: x_T . h; contraction: y_j + TV(x_T, y)
  std::string note;          ///< for undecided: what was tried and why it did not suffice
};

/// Minimax fidelity (25), (29): the least node fidelity, as an exact value or an interval.
struct Fidelity {
  bool defined = true;
  std::string reason;               ///< when not defined
  std::vector<NodeFidelity> nodes;  ///< length n
  bool decided = false;
  exact::Rational minimax;               ///< when decided
  bool attained = false;                 ///< at the first minimising node
  std::vector<int> minimax_nodes;        ///< when decided: every node that attains the minimum, ascending
  exact::Rational lower;                 ///< enclosure, equal when decided
  std::optional<exact::Rational> upper;  ///< nothing where no finite bound is known
  std::int64_t steps = 0;                ///< row-vector steps taken
};

/// Every node's fidelity and their minimum, for a nonnegative matrix with signal s_j(t) = (D^t)_{sink j}
/// (22). Row-stochastic matrices and nonnegative feedforward ones with any row sums ("as stored" attention)
/// are covered; closed classes of cyclic matrices where the limit argument applies. What cannot be decided
/// within the limits is left undecided with an enclosure. Integer arithmetic over common denominators, no gcd
/// in the loop.
Fidelity fidelity(const exact::RationalMatrix& diffusion, int sink, const FidelityConvention& convention,
                  const Limits& limits = {});

/// The minimum alone, without the data that proves it.
struct Minimax {
  bool defined = false;   ///< as Fidelity::defined
  bool decided = false;   ///< never when not defined
  exact::Rational value;  ///< when decided
  int node = 0;           ///< when decided: the first minimising node
  bool attained = false;  ///< when decided: whether that node's supremum is attained
};

/// Fidelity::minimax, its first node and whether it is attained there, for loops over many small systems:
/// row-stochastic matrices of at most 16 nodes in feedforward order are decided in fixed-width integers
/// without the heap; anything else goes to `fidelity`. Decided wherever `fidelity` is, and possibly within
/// fewer steps.
Minimax minimax_fidelity(const exact::RationalMatrix& diffusion, int sink,
                         const FidelityConvention& convention, const Limits& limits = {});

/// Naive oracle: dense rational row vectors and the plain tail-mass argument of a row-stochastic matrix
/// (total mass that can still reach j); nodes it cannot decide within `steps` are left undecided.
Fidelity fidelity_naive(const exact::RationalMatrix& diffusion, int sink,
                        const FidelityConvention& convention, std::int64_t steps);

/// s_j(t) for t = 0..steps: rows t, columns j (22).
std::vector<std::vector<exact::Rational>> signal(const exact::RationalMatrix& diffusion, int sink,
                                                 std::int64_t steps);

/// Three-valued comparison of minimax fidelities.
enum class Truth { no, yes, undecided, undefined };
std::string name_of(Truth truth);

/// phi_min(mean) > max_h phi_min(head h), and phi_min(mean) < min_h phi_min(head h); strict, decided exactly.
Truth amplifies(const Fidelity& mean, const std::vector<Fidelity>& heads);
Truth attenuates(const Fidelity& mean, const std::vector<Fidelity>& heads);

/// Best head (31): every head attaining the maximum of phi_min, ascending; nothing while undecided or
/// undefined.
std::vector<int> best_heads(const std::vector<Fidelity>& heads);

}  // namespace crosshead::diffusion

#pragma once

// The floating filter: many systems at once, one to a lane, each compared with its bar. This header is read
// by code that is compiled for several instruction sets; it must not bring in anything that the linker could
// merge.
//
// Every system of a run has the same first heads, the prefix, and another last head. With S the common
// denominator, the mean matrix times S is prefix + weight * (matrix of the last head), all integers. The row
// vector x_t of x_{t+1} = x_t (S M), x_0 the sink's unit vector, is S^t times the signal (22), or the
// absorbed mass of Def. 2.7.
//
// Theorem (errors). (a) While S^t <= 2^53 every product and partial sum is an integer of at most S^t, hence a
// double: nothing is rounded, fused or not. Equality is seen as equality. (b) After the exact steps x and S M
// are divided by powers of S and the iteration goes on with entries of at most 1. With u = 2^-53, a step
// multiplies each term by at most n + 2 factors 1 + d, |d| <= u (two for the entry, one for the product, at
// most n - 1 for the sum); the division brings two more once, and the sums that are compared n - 1 once. All
// terms are nonnegative, so after t steps a number v stands for a true value in v (1 +- u)^-r, r = (n + 2)(t
// + 2), up to what underflow loses: at most 2^-1074 for each of the n^2 (t + 2) operations, which matrices
// with sums at most 1 do not enlarge. With r u <= 1/4 it follows that v > bar (1 + 2 r u) + 2^-1000 proves
// "above" and v < bar (1 - 2 r u) - 2^-1000 proves "below". Bars are given as doubles low and high on the
// safe side: v > low proves "above the bar", v < high proves "below". In exact steps low is the floor and
// high the ceiling of bar * S^t, so that high <= v <= low means "equal".

#include <cstddef>
#include <cstdint>

/// Kernels for AVX2 and AVX-512 are built.
#ifdef __x86_64__
#define CROSSHEAD_X86_LANES
#endif

namespace crosshead::search {

/// Lanes of a block: matrices are stored in blocks of as many heads, entry by entry.
inline constexpr int kLanes = 8;
/// Largest number of nodes.
inline constexpr int kFilterNodes = 8;

/// Entry (row, column) of a lower triangular matrix, column <= row.
constexpr int entry_at(int row, int column) {
  return row * (row + 1) / 2 + column;
}
constexpr int entries_of(int nodes) {
  return entry_at(nodes, 0);
}

/// What the systems of a run share.
struct LaneProblem {
  int exact_steps = 0;             ///< largest t with S^t <= 2^53, at least 1, at most kMaxExactSteps
  int horizon = 0;                 ///< steps after which lanes are left undecided
  const double* prefix = nullptr;  ///< entries of the prefix's part of the mean, times S
  double weight = 0;               ///< of the lanes' matrices
  double scale = 0;                ///< S
  bool against_largest = true;     ///< a system's bar is the larger of the prefix's and the lane's
  const double* low = nullptr;     ///< the prefix's bar at t = 0, ..., exact_steps, and for all later steps;
  const double* high = nullptr;    ///< mixing: of the mass that must be absorbed, for all lanes
  double time = 0;                 ///< mixing: the prefix's bar
  bool strict = false;             ///< mixing: more than that mass
  bool average = false;            ///< mixing: of all starts together, not of each; n S^t <= 2^53
  bool sink_counts = true;         ///< fidelity
  bool sink_is_one = false;        ///< fidelity: suprema from t = 0
};
inline constexpr int kMaxExactSteps = 12;
constexpr int bar_length(int exact_steps) {
  return exact_steps + 2;
}

/// The lanes: block b at matrix + b * entries * kLanes and so on.
struct LaneBlocks {
  const double* matrix = nullptr;        ///< [block][entry][lane], integers
  const double* low = nullptr;           ///< [block][bar_length][lane], fidelity only
  const double* high = nullptr;          ///< likewise
  const double* time = nullptr;          ///< [block][lane], mixing only
  const std::uint8_t* active = nullptr;  ///< [block]: bit of each lane that is asked for
};

/// How the mean's quantity stands to the bar, a bit for each lane; undecided lanes have none.
struct LaneVerdict {
  std::uint8_t below = 0, equal = 0, above = 0;
};

/// Decides `count` blocks.
using LaneKernel = void (*)(const LaneProblem& problem, const LaneBlocks& blocks, std::size_t count,
                            LaneVerdict* out);

/// Kernels by number of nodes, 2 to kFilterNodes. Answers are the same, bit for bit, for all instruction
/// sets.
struct LaneKernels {
  const char* instructions = "";
  LaneKernel fidelity[kFilterNodes + 1] = {};       ///< exact steps only
  LaneKernel fidelity_long[kFilterNodes + 1] = {};  ///< on to the horizon
  LaneKernel mixing[kFilterNodes + 1] = {};
};

namespace baseline {
const LaneKernels& lane_kernels();
}
#ifdef CROSSHEAD_X86_LANES
namespace avx2 {
bool supported();
const LaneKernels& lane_kernels();
}  // namespace avx2
namespace avx512 {
bool supported();
const LaneKernels& lane_kernels();
}  // namespace avx512
#endif

}  // namespace crosshead::search

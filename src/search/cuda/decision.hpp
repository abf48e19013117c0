#pragma once

// The decision of one system as one thread of a device makes it: fidelity_lanes.hpp for a single lane, with
// the same tests in the same order. The very same code runs on the host in the tests.
//
// A system goes through up to three stages, each from the start.
// 1. Doubles, while S^t <= 2^53: every number is an integer of at most S^t, nothing is rounded, equality is
//    seen as equality (lane_filter.hpp, theorem (a)).
// 2. Doubles on to the horizon, divided by powers of S, with the bars of lane_filter.hpp's theorem (b):
//    r = (n + 2)(t + 2) roundings move the bar by 2 r u. No sums are fused. What touches a bar stays open.
// 3. Integers below 2^128 while S^t <= 2^127, bars as floors and ceilings: exact again,
//    for ties that show themselves only after the steps of stage 1.
// What is open then is nearly always a tie with an absorbing node whose supremum is only approached: a limit,
// which no number of steps shows.
#include "crosshead/search/device_filter.hpp"

#ifdef __CUDACC__
#define CROSSHEAD_DEVICE __host__ __device__ __forceinline__
#else
#define CROSSHEAD_DEVICE inline
#endif
#ifdef __CUDA_ARCH__
#define CROSSHEAD_UNROLL _Pragma("unroll")
#else
#define CROSSHEAD_UNROLL
#endif

namespace crosshead::search::device {

/// Where the mean's minimax fidelity is, seen from the bar.
enum class Side { open, below, equal, above };

/// Entry (row, column) of a lower triangular matrix, column <= row.
CROSSHEAD_DEVICE constexpr int place_of(int row, int column) {
  return row * (row + 1) / 2 + column;
}

/// a * b + c for integers that doubles hold.
CROSSHEAD_DEVICE double exact_fused(double a, double b, double c) {
#ifdef __CUDA_ARCH__
  return __fma_rn(a, b, c);
#else
  return a * b + c;
#endif
}
CROSSHEAD_DEVICE DeviceInteger exact_fused(DeviceInteger a, DeviceInteger b, DeviceInteger c) {
  return a * b + c;
}

/// A mean matrix times S with the row vector x_t of x_{t+1} = x_t (S M), from t = 1 on.
template <int n, typename Number>
struct RowVector {
  Number entry[place_of(n, 0)];
  Number x[n];
  Number whole;        ///< S^t
  unsigned transient;  ///< bit k: node k sends some of its mass on
  bool lone;           ///< no node but the first is absorbing

  CROSSHEAD_DEVICE void begin(Number scale) {
    transient = 0;
    CROSSHEAD_UNROLL
    for (int k = 1; k < n; ++k) transient |= (entry[place_of(k, k)] < scale ? 1U : 0U) << k;
    lone = transient == (1U << n) - 2;
    CROSSHEAD_UNROLL
    for (int j = 0; j < n; ++j) x[j] = entry[place_of(n - 1, j)];
    whole = scale;
  }

  /// Row k feeds columns up to k only, so ascending columns can be overwritten.
  template <bool kExact>
  CROSSHEAD_DEVICE void step() {
    CROSSHEAD_UNROLL
    for (int j = 0; j < n; ++j) {
      Number sum = x[j] * entry[place_of(j, j)];
      CROSSHEAD_UNROLL
      for (int k = j + 1; k < n; ++k) {
        if constexpr (kExact) {
          sum = exact_fused(x[k], entry[place_of(k, j)], sum);
        } else {
          sum = sum + x[k] * entry[place_of(k, j)];
        }
      }
      x[j] = sum;
    }
  }

  /// Mass that node k may still send on.
  CROSSHEAD_DEVICE Number moving(int k) const { return (transient >> k & 1U) != 0 ? x[k] : Number(0); }
};

/// What is known of the nodes, a bit for each.
struct Nodes {
  unsigned above = 0, touched = 0, doubtful = 0;

  template <int n, typename Number>
  CROSSHEAD_DEVICE void begin(const DeviceTable& table, const RowVector<n, Number>& row, Number low,
                              Number high) {
    const Number value = table.sink_is_one ? row.whole : row.x[n - 1];
    above = (!table.sink_counts || low < value ? 1U : 0U) << (n - 1);
    touched = (!table.sink_counts || high <= value ? 1U : 0U) << (n - 1);
  }

  /// See fidelity_lanes.hpp for why each test proves what it says.
  template <int n, bool kExact, typename Number>
  CROSSHEAD_DEVICE Side look(const RowVector<n, Number>& row, Number low, Number high, int t) {
    const Number inner = low < high ? low : high;
    bool some_below = (touched >> (n - 1) & 1U) == 0;
    bool all_settled = !some_below;
    Number mass = row.moving(n - 1);
    CROSSHEAD_UNROLL
    for (int j = n - 2; j >= 0; --j) {
      const unsigned bit = 1U << j;
      Number value = row.x[j], bound = value + mass;
      if (j == 0 && row.lone) value = bound = row.whole;
      if (low < value) above |= bit;
      if (high <= value) (kExact ? touched : doubtful) |= bit;
      const bool sure = (doubtful & bit) == 0, touches = (touched & bit) != 0;
      some_below = some_below || (bound < high && sure && !touches);
      const bool settled = sure && ((bound <= inner && touches) || (t >= n - 1 && high <= Number(0)));
      all_settled = all_settled && (settled || (above & bit) != 0);
      if (j > 0) mass = mass + row.moving(j);
    }
    if (some_below) return Side::below;
    if (above == (1U << n) - 1) return Side::above;
    return all_settled ? Side::equal : Side::open;
  }
};

/// Stages 1 and 3: `steps` steps with bars for t = 1, ..., steps.
template <int n, typename Number>
CROSSHEAD_DEVICE Side decide_exactly(const DeviceTable& table, RowVector<n, Number>& row, Number scale,
                                     const Number* low, const Number* high, int steps) {
  row.begin(scale);
  Nodes nodes;
  nodes.begin(table, row, low[1], high[1]);
  for (int t = 1;; ++t) {
    const Side side = nodes.template look<n, true>(row, low[t], high[t], t);
    if (side != Side::open || t >= steps) return side;
    row.template step<true>();
    row.whole = row.whole * scale;
  }
}

/// Divides by S^t: entries and masses of at most 1 from here on.
template <int n>
CROSSHEAD_DEVICE void normalise(RowVector<n, double>& row, double scale, int t) {
  double power = 1;
  for (int k = 0; k < t; ++k) power = power * scale;
  const double shrink = 1 / power, factor = 1 / scale;
  CROSSHEAD_UNROLL
  for (int e = 0; e < place_of(n, 0); ++e) row.entry[e] = row.entry[e] * factor;
  CROSSHEAD_UNROLL
  for (int j = 0; j < n; ++j) row.x[j] = row.x[j] * shrink;
  row.whole = 1;
}

/// Stage 2; `low` and `high` have the bars of stage 1 and one for all later steps.
template <int n>
CROSSHEAD_DEVICE Side decide_rounded(const DeviceTable& table, RowVector<n, double>& row, const double* low,
                                     const double* high) {
  row.begin(table.scale);
  Nodes nodes;
  nodes.begin(table, row, low[1], high[1]);
  for (int t = 1; t <= table.exact_steps; ++t) {
    const Side side = nodes.template look<n, true>(row, low[t], high[t], t);
    if (side != Side::open) return side;
    if (t == table.exact_steps) break;
    row.template step<true>();
    row.whole = row.whole * table.scale;
  }
  normalise(row, table.scale, table.exact_steps);
  const int later = table.exact_steps + 1;
  for (int t = later; t <= table.horizon; ++t) {
    row.template step<false>();
    const Side side = nodes.template look<n, false>(row, low[later], high[later], t);
    if (side != Side::open) return side;
  }
  return Side::open;
}

}  // namespace crosshead::search::device

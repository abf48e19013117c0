#pragma once

// What a thread does with one system: decides it and says so to an *account*, which counts, keeps the first
// witness and fills the buffers. Accounts of the host and of the device differ in how they add up.
//
//   struct Account {
//     void tie();
//     void witness(std::uint64_t key);
//     double best() const;               a lower bound of the largest gain
//     void raise_best(double gain);
//     void candidate(const DeviceCandidate&);
//     void retry(const DeviceSystem&);   for visit_again
//     void open(const DeviceSystem&);    for the host
//   };
#include "decision.hpp"

namespace crosshead::search::device {

/// Theorem (gains). Row vectors divided by S from the start have relative error at most r u / (1 - r u) after
/// r = (n + 2)(t + 2) roundings (lane_filter.hpp); with n <= 8 and t <= 64 that is less than 7.4e-14. Values
/// are at most 1 and bars are nearest doubles, so a difference of the two is off by less than this.
inline constexpr double kGainSlack = 1e-12;
inline constexpr int kGainHorizon = 64;

/// Entries of the last head.
template <int n>
struct HeadEntries {
  std::uint16_t entry[place_of(n, 0)];

  CROSSHEAD_DEVICE void read(const DeviceTable& table, std::uint32_t head) {
    CROSSHEAD_UNROLL
    for (int e = 0; e < place_of(n, 0); ++e)
      entry[e] = table.matrix[static_cast<std::size_t>(e) * table.heads + head];
  }
};

/// S times the mean: an integer of at most S <= 2^53, so nothing is rounded.
template <int n>
CROSSHEAD_DEVICE void read_mean(const DeviceRun& run, const HeadEntries<n>& own, RowVector<n, double>& row) {
  CROSSHEAD_UNROLL
  for (int e = 0; e < place_of(n, 0); ++e)
    row.entry[e] = exact_fused(run.weight, static_cast<double>(own.entry[e]), run.mean[e]);
}

CROSSHEAD_DEVICE std::uint32_t bar_of(const DeviceTable& table, const DeviceRun& run, std::uint32_t head) {
  const std::uint32_t other = table.value_at[head];
  return (run.value_at < other) == table.against_largest ? other : run.value_at;
}

/// Bounds of the gain of a witness, narrowed until it falls behind account.best() or the horizon is reached.
/// `row` is overwritten.
template <int n, typename Account>
CROSSHEAD_DEVICE void weigh(const DeviceTable& table, const DeviceRun& run, const HeadEntries<n>& own,
                            RowVector<n, double>& row, double bar, const DeviceSystem& system,
                            Account& account) {
  // The sink's own value bounds the mean's from above, the bar a fall below it.
  double most = bar;
  if (table.mean_above) {
    constexpr int kSink = place_of(n - 1, n - 1);
    const bool sink = table.sink_counts && !table.sink_is_one;
    const double value = exact_fused(run.weight, static_cast<double>(own.entry[kSink]), run.mean[kSink]);
    most = (sink ? value / table.scale : 1.0) - bar;
  }
  if (most + kGainSlack < account.best()) return;
  read_mean<n>(run, own, row);
  row.begin(table.scale);
  normalise(row, table.scale, 1);
  double top[n] = {};
  double least = 0;
  for (int t = 1; t <= kGainHorizon; ++t) {
    // Bounds of the minimum of the suprema.
    double from = 1, to = 1;
    if (table.sink_counts && !table.sink_is_one) {
      if (t == 1) top[n - 1] = row.x[n - 1];
      from = to = top[n - 1];
    }
    double mass = row.moving(n - 1);
    CROSSHEAD_UNROLL
    for (int j = n - 2; j >= 0; --j) {
      const double value = j == 0 && row.lone ? 1 : row.x[j];
      if (top[j] < value) top[j] = value;
      const double bound = row.x[j] + mass;
      const double upper = j == 0 && row.lone ? 1 : top[j] < bound ? bound : top[j];
      if (top[j] < from) from = top[j];
      if (upper < to) to = upper;
      if (j > 0) mass = mass + row.moving(j);
    }
    most = (table.mean_above ? to - bar : bar - from) + kGainSlack;
    least = (table.mean_above ? from - bar : bar - to) - kGainSlack;
    if (most < account.best()) return;
    if (most - least <= 4 * kGainSlack) break;
    row.template step<false>();
  }
  if (least > 0) account.raise_best(least);
  account.candidate({system, most});
}

/// The stages' answer goes to the account. `row` is overwritten.
template <int n, typename Account>
CROSSHEAD_DEVICE void settle(const DeviceTable& table, const DeviceRun& run, Side side,
                             const HeadEntries<n>& own, RowVector<n, double>& row, std::uint32_t bar,
                             const DeviceSystem& system, Account& account) {
  if (side == Side::equal) account.tie();
  if (side != (table.mean_above ? Side::above : Side::below)) return;
  account.witness(witness_key(run.edges + table.edges[system.head], system));
  weigh<n>(table, run, own, row, table.approximate[bar], system, account);
}

/// Stage 1.
template <int n, typename Account>
CROSSHEAD_DEVICE void visit(const DeviceTable& table, const DeviceRun& run, const HeadEntries<n>& own,
                            const DeviceSystem& system, Account& account) {
  RowVector<n, double> row;
  read_mean<n>(run, own, row);
  const std::uint32_t bar = bar_of(table, run, system.head);
  const std::size_t length = static_cast<std::size_t>(table.exact_steps) + 2;
  const double* low = table.bars + 2 * length * bar;
  const Side side = decide_exactly<n, double>(table, row, table.scale, low, low + length, table.exact_steps);
  if (side == Side::open) {
    account.retry(system);
  } else {
    settle<n>(table, run, side, own, row, bar, system, account);
  }
}

/// Stages 2 and 3, for what stage 1 leaves open.
template <int n, typename Account>
CROSSHEAD_DEVICE void visit_again(const DeviceTable& table, const DeviceRun& run, const DeviceSystem& system,
                                  Account& account) {
  HeadEntries<n> own;
  own.read(table, system.head);
  RowVector<n, double> row;
  read_mean<n>(run, own, row);
  const std::uint32_t bar = bar_of(table, run, system.head);
  const std::size_t length = static_cast<std::size_t>(table.exact_steps) + 2;
  const double* low = table.bars + 2 * length * bar;
  Side side = decide_rounded<n>(table, row, low, low + length);
  if (side == Side::open) {
    RowVector<n, DeviceInteger> wide;
    read_mean<n>(run, own, row);
    for (int e = 0; e < place_of(n, 0); ++e)
      wide.entry[e] = static_cast<DeviceInteger>(static_cast<std::uint64_t>(row.entry[e]));
    const std::size_t wide_length = static_cast<std::size_t>(table.wide_steps) + 1;
    const DeviceInteger* floors = table.wide_bars + 2 * wide_length * bar;
    const auto scale = static_cast<DeviceInteger>(static_cast<std::uint64_t>(table.scale));
    side =
        decide_exactly<n, DeviceInteger>(table, wide, scale, floors, floors + wide_length, table.wide_steps);
  }
  if (side == Side::open) {
    account.open(system);
  } else {
    settle<n>(table, run, side, own, row, bar, system, account);
  }
}

}  // namespace crosshead::search::device

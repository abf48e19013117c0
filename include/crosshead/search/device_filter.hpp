#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace crosshead::search {

/// A natural number below 2^128.
__extension__ using DeviceInteger = unsigned __int128;

/// What a filter on another device needs of a search for amplification or attenuation: the single heads and
/// the bars that they set, as plain arrays. n nodes, m heads, E = n (n + 1) / 2 entries of a lower triangular
/// matrix, row by row. S is the common denominator of all means.
struct DeviceTable {
  int nodes = 0;
  int exact_steps = 0;                             ///< largest t with S^t <= 2^53, at least 1
  int wide_steps = 0;                              ///< the same with 2^127, at most kMaxWideSteps
  int horizon = 0;                                 ///< last step of the rounded stage
  double scale = 0;                                ///< S
  bool against_largest = true, mean_above = true;  ///< of the question
  bool sink_counts = true, sink_is_one = false;    ///< of its convention
  std::uint32_t heads = 0, values = 0;             ///< m, and the number of distinct values of heads
  const std::uint16_t* matrix = nullptr;           ///< [entry][head], times lcm(1, ..., n)
  const std::uint32_t* value_at = nullptr;         ///< [head]: where its value stands
  const std::uint8_t* edges = nullptr;             ///< [head]
  const double* approximate = nullptr;             ///< [value]: the nearest double
  const double* bars = nullptr;                    ///< [value][low, high][exact_steps + 2]
  const DeviceInteger* wide_bars = nullptr;        ///< [value][floor, ceiling of value * S^t][wide_steps + 1]
};
inline constexpr int kMaxWideSteps = 31;
inline constexpr int kDeviceEntries = 36;

/// Systems that share all but the last head, whose position runs through [begin, end).
struct DeviceRun {
  std::uint32_t begin = 0, end = 0;
  std::uint32_t value_at = 0;        ///< the bar that the first heads set
  std::uint32_t edges = 0;           ///< of the first heads together
  double weight = 0;                 ///< of the last head's matrix
  double mean[kDeviceEntries] = {};  ///< the first heads' part of the mean, times S
};

/// A system: its run's number in the launch, and the last head.
struct DeviceSystem {
  std::uint32_t run = 0, head = 0;
};
/// A witness that may have the largest gain, with an upper bound of its gain.
struct DeviceCandidate {
  DeviceSystem system;
  double most = 0;
};

/// What a launch found. Everything but `open` and `candidates` is final.
struct DeviceAnswer {
  bool overflow = false;  ///< a buffer was too small: nothing else here counts
  std::uint64_t witnesses = 0, ties = 0;
  std::uint64_t retried = 0;  ///< systems that the exact steps in doubles left to the later stages
  std::uint64_t first = ~std::uint64_t{0};  ///< least witness_key of a witness
  std::vector<DeviceSystem> open;           ///< not decided, in any order
  std::vector<DeviceCandidate> candidates;  ///< in any order
};

/// Order of systems of one launch: by edges, then by run, then by last head. REQUIRES: less than 2^12 edges,
/// 2^30 runs, 2^22 heads.
constexpr std::uint64_t witness_key(std::uint32_t edges, const DeviceSystem& system) {
  return std::uint64_t{edges} << 52U | std::uint64_t{system.run} << 22U | system.head;
}
constexpr DeviceSystem system_of_key(std::uint64_t key) {
  return {static_cast<std::uint32_t>(key >> 22U) & 0x3fffffffU, static_cast<std::uint32_t>(key) & 0x3fffffU};
}

/// A device that decides many systems at once.
class DeviceFilter {
 public:
  virtual ~DeviceFilter() = default;
  /// The device, in words.
  virtual std::string name() const = 0;
  /// Copies the table.
  virtual void load(const DeviceTable& table) = 0;
  /// Decides the runs. `best_gain` >= 0: witnesses with a smaller gain need not be candidates. A run of one
  /// system never overflows. REQUIRES: load was called.
  virtual DeviceAnswer run(const std::vector<DeviceRun>& runs, double best_gain) = 0;
};

/// The CUDA module lib/libcrosshead_cuda.so beside the program's folder, or the one that
/// CROSSHEAD_CUDA_MODULE names. Throws exact::MissingComponent if there is no module or no device.
std::unique_ptr<DeviceFilter> load_cuda_filter();

/// Name of the module's factory: extern "C" DeviceFilter* (*)().
inline constexpr const char* kDeviceFilterFactory = "crosshead_device_filter";

/// The filter's own code, run by this machine's processor, one system after the other: what the tests compare
/// with the search. `capacity`: of each buffer.
std::unique_ptr<DeviceFilter> host_device_filter(std::size_t capacity);

}  // namespace crosshead::search

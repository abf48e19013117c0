#pragma once

// The kernels. A block takes a *group* of runs and a tile of last heads, one to a thread: a thread reads its
// head's entries once and meets them with every run of the group, whose means lie in shared memory.
// What stage 1 leaves open is gathered and goes through the later stages in a kernel of its own, so that few
// threads wait for long decisions.
#include "visit.hpp"

namespace crosshead::search::device {

inline constexpr unsigned kThreads = 128;
inline constexpr unsigned kGroupRuns = 16;

/// Runs first, ..., first + count - 1, whose last heads lie in [begin, end).
struct Group {
  std::uint32_t first, count, begin, end;
};

/// What all threads add up to.
struct Totals {
  unsigned long long witnesses, ties, first;
  unsigned long long best;  ///< bits of a double >= 0, which are in the order of the doubles
  unsigned long long retries, opens, candidates;
};

struct Buffers {
  DeviceSystem* retries;
  DeviceSystem* open;
  DeviceCandidate* candidates;
  unsigned long long retries_size, open_size, candidates_size;
};

class ThreadAccount {
 public:
  __device__ ThreadAccount(Totals* totals, const Buffers& buffers) : totals_(totals), buffers_(buffers) {}

  __device__ void tie() { ++ties_; }
  __device__ void witness(std::uint64_t key) {
    ++witnesses_;
    if (key < first_) first_ = key;
  }
  __device__ double best() const {
    const auto bits = *static_cast<volatile const unsigned long long*>(&totals_->best);
    return __longlong_as_double(static_cast<long long>(bits));
  }
  __device__ void raise_best(double gain) {
    atomicMax(&totals_->best, static_cast<unsigned long long>(__double_as_longlong(gain)));
  }
  __device__ void candidate(const DeviceCandidate& candidate) {
    const unsigned long long at = next_place(&totals_->candidates);
    if (at < buffers_.candidates_size) buffers_.candidates[at] = candidate;
  }
  __device__ void retry(const DeviceSystem& system) {
    const unsigned long long at = next_place(&totals_->retries);
    if (at < buffers_.retries_size) buffers_.retries[at] = system;
  }
  __device__ void open(const DeviceSystem& system) {
    const unsigned long long at = next_place(&totals_->opens);
    if (at < buffers_.open_size) buffers_.open[at] = system;
  }

  /// Adds up what a warp has counted. REQUIRES: called once by all threads of the block.
  __device__ void finish() {
    constexpr unsigned kAll = 0xffffffffU;
    for (unsigned offset = 16; offset > 0; offset /= 2) {
      witnesses_ += __shfl_down_sync(kAll, witnesses_, offset);
      ties_ += __shfl_down_sync(kAll, ties_, offset);
      const unsigned long long other = __shfl_down_sync(kAll, first_, offset);
      if (other < first_) first_ = other;
    }
    if (threadIdx.x % 32 != 0) return;
    if (witnesses_ > 0) {
      atomicAdd(&totals_->witnesses, witnesses_);
      atomicMin(&totals_->first, first_);
    }
    if (ties_ > 0) atomicAdd(&totals_->ties, ties_);
  }

 private:
  /// Places in a buffer for the threads of a warp that come here together: one addition for all of them.
  static __device__ unsigned long long next_place(unsigned long long* count) {
    const unsigned here = __activemask(), lane = threadIdx.x % 32;
    const int leader = __ffs(static_cast<int>(here)) - 1;
    unsigned long long first = 0;
    if (static_cast<int>(lane) == leader)
      first = atomicAdd(count, static_cast<unsigned long long>(__popc(here)));
    first = __shfl_sync(here, first, leader);
    return first + static_cast<unsigned>(__popc(here & ((1U << lane) - 1)));
  }

  Totals* totals_;
  const Buffers& buffers_;
  unsigned long long witnesses_ = 0, ties_ = 0, first_ = ~0ULL;
};

/// Stage 1. Block b takes tile b % tiles of group b / tiles.
template <int n>
__global__ void __launch_bounds__(kThreads)
    visit_runs(const DeviceTable table, const DeviceRun* runs, const Group* groups, const unsigned tiles,
               Totals* totals, const Buffers buffers) {
  __shared__ DeviceRun shared[kGroupRuns];
  const Group group = groups[blockIdx.x / tiles];
  const std::uint32_t start = group.begin + blockIdx.x % tiles * kThreads;
  if (start >= group.end) return;  // the same for the whole block
  constexpr unsigned kWords = sizeof(DeviceRun) / sizeof(double);
  const auto* from = reinterpret_cast<const double*>(runs + group.first);
  auto* to = reinterpret_cast<double*>(shared);
  for (unsigned k = threadIdx.x; k < group.count * kWords; k += kThreads) to[k] = from[k];
  __syncthreads();

  ThreadAccount account(totals, buffers);
  const std::uint32_t head = start + threadIdx.x;
  if (head < group.end) {
    HeadEntries<n> own;
    own.read(table, head);
    for (std::uint32_t k = 0; k < group.count; ++k) {
      if (head >= shared[k].begin && head < shared[k].end)
        visit<n>(table, shared[k], own, {group.first + k, head}, account);
    }
  }
  account.finish();
}

/// Stages 2 and 3 for the first `count` retries.
template <int n>
__global__ void __launch_bounds__(kThreads)
    visit_retries(const DeviceTable table, const DeviceRun* runs, const unsigned long long count,
                  Totals* totals, const Buffers buffers) {
  ThreadAccount account(totals, buffers);
  const unsigned long long k = blockIdx.x * static_cast<unsigned long long>(kThreads) + threadIdx.x;
  if (k < count) {
    const DeviceSystem system = buffers.retries[k];
    visit_again<n>(table, runs[system.run], system, account);
  }
  account.finish();
}

}  // namespace crosshead::search::device

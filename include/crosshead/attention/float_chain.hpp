#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace crosshead::attention {

// Letters in shapes: B samples (or layers), H heads, n positions (the sink is position n), T steps; S = H + 1
// systems of a sample: each head alone, then the heads merged.

/// A batch of attention in float32, without copies. heads: [B, H, n, n], row-major, finite and >= 0; weights:
/// [B, H].
struct ChainBatch {
  const float* heads = nullptr;
  const float* weights = nullptr;
  std::int64_t batch = 0, head_count = 0, nodes = 0, steps = 0;
};

/// How far results may be from the exact ones at time t, proven (the theorem of crosscheck/rounding_bound.hpp
/// with its counts at their largest), as long as nothing overflows: |float - exact| <= relative * exact +
/// absolute for every entry of every system.
struct ChainBound {
  double relative = 0, absolute = 0;
};

/// The row vectors x_{t+1} = x_t D from the sink, and fidelity within T: the maximum over t = 1..T with its
/// first time.
struct ChainResult {
  std::int64_t batch = 0, systems = 0, nodes = 0, steps = 0;
  std::vector<float> signal;                ///< [B, S, T+1, n], or empty when it was not asked for
  std::vector<float> fidelity;              ///< [B, S, n]
  std::vector<std::int32_t> fidelity_time;  ///< [B, S, n]
  std::vector<ChainBound> bounds;           ///< [T+1]
};

/// Float chains of a whole batch, each matrix kept in the nearest cache for all of its steps. The merged
/// matrix is formed by one multiplication and one addition for each head, in order; a step is one fused
/// multiply-add for each entry, by ascending row. So results are the same bits on every processor, with any
/// number of threads, and on the device (below). Throws exact::UsageError for sizes that are not positive, or
/// an entry that is negative or not finite.
ChainResult float_chain(const ChainBatch& batch, bool with_signal, int threads = 1);

/// The same with plain loops: the oracle.
ChainResult float_chain_naive(const ChainBatch& batch);

/// A device that keeps each matrix on chip. Results have the bits of float_chain.
class DeviceChain {
 public:
  virtual ~DeviceChain() = default;
  virtual std::string name() const = 0;
  /// Most positions whose matrix fits on chip: of causal attention (a triangle), and of any other.
  virtual std::int64_t most_causal_nodes() const = 0;
  virtual std::int64_t most_nodes() const = 0;
  /// Throws as float_chain does, and exact::UsageError for a matrix that does not fit.
  virtual ChainResult run(const ChainBatch& batch, bool with_signal) = 0;

  /// Best of `rounds` runs of the kernel alone on attention that is there already, in seconds, fidelity only;
  /// and what the device could do at most: float32 operations and bytes of its memory in a second.
  virtual double kernel_seconds(const ChainBatch& batch, int rounds) = 0;
  virtual double peak_operations() const = 0;
  virtual double peak_bytes() const = 0;
};

/// Loads the CUDA module that lies beside the running program (../lib/libcrosshead_chain.so, or the path in
/// CROSSHEAD_CHAIN_MODULE). Throws exact::MissingComponent when this build or machine has none.
std::unique_ptr<DeviceChain> load_cuda_chain();

/// The C symbol in the module that makes a DeviceChain.
inline constexpr char kDeviceChainFactory[] = "crosshead_device_chain_1";

/// Checks of every engine: sizes and entries. Returns whether no entry lies above the diagonal. Throws
/// exact::UsageError.
bool checked_chain(const ChainBatch& batch);
/// Bounds for t = 0..T, given the batch's largest row sum.
std::vector<ChainBound> chain_bounds(const ChainBatch& batch);

}  // namespace crosshead::attention

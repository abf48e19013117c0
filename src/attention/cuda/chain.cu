// The CUDA module: one block takes one chain. Its matrix is read once into shared memory, where all steps
// find it: n = 335 positions of causal attention fit the 227 KiB of one multiprocessor, and several small
// matrices share one. Thread j owns node j: its sum, its peak. Threads of a warp read neighbouring entries of
// a row (no bank conflicts) and the same x_i (a broadcast).
#include <algorithm>
#include <string>
#include <vector>

#include "chain_step.hpp"
#include <cuda_runtime.h>

#include "crosshead/attention/float_chain.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::attention {
namespace {

using chain::Layout;
using chain::Peak;

constexpr int kWarp = 32, kMostThreads = 1024;

void check(cudaError_t status, const char* action) {
  if (status == cudaSuccess) return;
  throw exact::MissingComponent(std::string("the CUDA device failed to ") + action + ": " +
                                cudaGetErrorString(status));
}

/// Owns an array on the device.
template <typename Item>
class Array {
 public:
  explicit Array(std::size_t size) : size_(size) {
    if (size > 0) check(cudaMalloc(&items_, size * sizeof(Item)), "allocate memory");
  }
  Array(const Item* from, std::size_t size) : Array(size) {
    if (size > 0)
      check(cudaMemcpy(items_, from, size * sizeof(Item), cudaMemcpyHostToDevice), "copy to its memory");
  }
  ~Array() { cudaFree(items_); }
  Array(const Array&) = delete;
  Array& operator=(const Array&) = delete;

  Item* get() const { return items_; }
  void read(std::vector<Item>& into) const {
    into.resize(size_);
    if (size_ == 0) return;
    check(cudaMemcpy(into.data(), items_, size_ * sizeof(Item), cudaMemcpyDeviceToHost),
          "copy from its memory");
  }

 private:
  Item* items_ = nullptr;
  std::size_t size_ = 0;
};

/// heads: [B, H, n, n]; weights: [B, H]; signal: [B, S, T+1, n] or null; fidelity, time: [B, S, n]. One block
/// per system.
__global__ void run_chains(const float* heads, const float* weights, int head_count, int steps, Layout layout,
                           float* signal, float* fidelity, std::int32_t* time) {
  extern __shared__ float on_chip[];
  const int n = layout.nodes, systems = head_count + 1;
  const int sample = static_cast<int>(blockIdx.x) / systems, system = static_cast<int>(blockIdx.x) % systems;
  float* matrix = on_chip;
  float* x = matrix + layout.entries();
  float* next = x + n;
  const long square = static_cast<long>(n) * n;
  const float* own = heads + static_cast<long>(sample) * head_count * square;
  const float* shares = weights + static_cast<long>(sample) * head_count;
  const int lane = static_cast<int>(threadIdx.x) % kWarp, warp = static_cast<int>(threadIdx.x) / kWarp;
  const int warps = static_cast<int>(blockDim.x) / kWarp;
  for (int i = warp; i < n; i += warps) {
    for (int j = lane; j < layout.width(i); j += kWarp) {
      matrix[layout.row(i) + j] =
          chain::entry(own, shares, head_count, system, square, static_cast<long>(i) * n + j);
    }
  }
  const int j = static_cast<int>(threadIdx.x);
  if (j < n) x[j] = j == n - 1 ? 1.0F : 0.0F;
  __syncthreads();
  Peak peak;
  peak.time = steps > 0 ? 1 : 0;
  const long first = static_cast<long>(blockIdx.x) * (steps + 1) * n;
  if (signal != nullptr && j < n) signal[first + j] = x[j];
  for (int t = 1; t <= steps; ++t) {
    if (j < n) {
      const float value = chain::step(layout, matrix, x, j);
      next[j] = value;
      peak.include(value, t);
      if (signal != nullptr) signal[first + static_cast<long>(t) * n + j] = value;
    }
    __syncthreads();
    float* spare = x;
    x = next;
    next = spare;
  }
  if (j < n) {
    fidelity[static_cast<long>(blockIdx.x) * n + j] = peak.value;
    time[static_cast<long>(blockIdx.x) * n + j] = peak.time;
  }
}

class CudaChain : public DeviceChain {
 public:
  CudaChain() {
    int devices = 0;
    const cudaError_t status = cudaGetDeviceCount(&devices);
    if (status != cudaSuccess || devices == 0) {
      throw exact::MissingComponent(
          std::string("no CUDA device was found") +
          (status != cudaSuccess ? std::string(": ") + cudaGetErrorString(status) : ""));
    }
    cudaDeviceProp properties{};
    check(cudaGetDeviceProperties(&properties, 0), "say what it is");
    name_ = properties.name;
    shared_floats_ = static_cast<std::int64_t>(properties.sharedMemPerBlockOptin / sizeof(float));
  }

  std::string name() const override { return name_; }
  std::int64_t most_causal_nodes() const override { return most(true); }
  std::int64_t most_nodes() const override { return most(false); }

  ChainResult run(const ChainBatch& batch, bool with_signal) override {
    const Launch launch(*this, batch, with_signal);
    launch.start();
    check(cudaDeviceSynchronize(), "run a kernel");
    ChainResult result{batch.batch, batch.head_count + 1, batch.nodes, batch.steps, {}, {},
                       {},          chain_bounds(batch)};
    launch.signal.read(result.signal);
    launch.fidelity.read(result.fidelity);
    launch.time.read(result.fidelity_time);
    return result;
  }

  double kernel_seconds(const ChainBatch& batch, int rounds) override {
    const Launch launch(*this, batch, false);
    cudaEvent_t begin, end;
    check(cudaEventCreate(&begin), "measure time");
    check(cudaEventCreate(&end), "measure time");
    float best = 0;
    for (int round = 0; round <= rounds; ++round) {  // the first one warms up
      check(cudaEventRecord(begin), "measure time");
      launch.start();
      check(cudaEventRecord(end), "measure time");
      check(cudaEventSynchronize(end), "run a kernel");
      float milliseconds = 0;
      check(cudaEventElapsedTime(&milliseconds, begin, end), "measure time");
      if (round == 1 || (round > 1 && milliseconds < best)) best = milliseconds;
    }
    cudaEventDestroy(begin);
    cudaEventDestroy(end);
    return static_cast<double>(best) / 1000;
  }

  /// 128 fused multiply-adds on each multiprocessor in a cycle.
  double peak_operations() const override {
    return 2.0 * 128 * attribute(cudaDevAttrMultiProcessorCount) * 1000.0 * attribute(cudaDevAttrClockRate);
  }
  /// Two transfers in a cycle of the memory's clock.
  double peak_bytes() const override {
    return 2.0 * attribute(cudaDevAttrGlobalMemoryBusWidth) / 8 * 1000.0 *
           attribute(cudaDevAttrMemoryClockRate);
  }

 private:
  /// A batch in the device's memory, and the kernel's launch on it.
  struct Launch {
    Launch(const CudaChain& chain, const ChainBatch& batch, bool with_signal)
        : layout(chain.fitting(batch)),
          systems(batch.batch * (batch.head_count + 1)),
          head_count(static_cast<int>(batch.head_count)),
          steps(static_cast<int>(batch.steps)),
          heads(batch.heads,
                static_cast<std::size_t>(batch.batch * batch.head_count * batch.nodes * batch.nodes)),
          weights(batch.weights, static_cast<std::size_t>(batch.batch * batch.head_count)),
          signal(with_signal ? static_cast<std::size_t>(systems * batch.nodes * (batch.steps + 1)) : 0),
          fidelity(static_cast<std::size_t>(systems * batch.nodes)),
          time(static_cast<std::size_t>(systems * batch.nodes)) {
      check(cudaFuncSetAttribute(run_chains, cudaFuncAttributeMaxDynamicSharedMemorySize,
                                 static_cast<int>(shared_bytes(layout))),
            "reserve shared memory");
    }

    void start() const {
      const int threads = (layout.nodes + kWarp - 1) / kWarp * kWarp;
      run_chains<<<static_cast<unsigned>(systems), threads, shared_bytes(layout)>>>(
          heads.get(), weights.get(), head_count, steps, layout, signal.get(), fidelity.get(), time.get());
      check(cudaGetLastError(), "start a kernel");
    }

    Layout layout;
    std::int64_t systems;
    int head_count, steps;
    Array<float> heads, weights, signal, fidelity;
    Array<std::int32_t> time;
  };

  Layout fitting(const ChainBatch& batch) const {
    const bool triangle = checked_chain(batch);
    if (batch.nodes <= most(triangle)) return {static_cast<int>(batch.nodes), triangle};
    throw exact::UsageError("float chain: " + std::to_string(batch.nodes) +
                            " positions do not fit on the chip; at most " + std::to_string(most(triangle)) +
                            " do");
  }

  static double attribute(cudaDeviceAttr which) {
    int value = 0;
    check(cudaDeviceGetAttribute(&value, which, 0), "say what it is");
    return value;
  }

  static std::size_t shared_bytes(const Layout& layout) {
    return (static_cast<std::size_t>(layout.entries()) + 2 * static_cast<std::size_t>(layout.nodes)) *
           sizeof(float);
  }

  /// Threads own nodes, so their number bounds them as well.
  std::int64_t most(bool triangle) const {
    std::int64_t nodes = 0;
    while (nodes < kMostThreads) {
      const Layout layout{static_cast<int>(nodes) + 1, triangle};
      if (shared_bytes(layout) > static_cast<std::size_t>(shared_floats_) * sizeof(float)) break;
      ++nodes;
    }
    return nodes;
  }

  std::string name_;
  std::int64_t shared_floats_ = 0;
};

}  // namespace
}  // namespace crosshead::attention

// The name is crosshead::attention::kDeviceChainFactory.
extern "C" __attribute__((visibility("default"))) crosshead::attention::DeviceChain*
crosshead_device_chain_1() {
  return new crosshead::attention::CudaChain();
}

// The CUDA module: a DeviceFilter on the first CUDA device.
#include <algorithm>
#include <stdexcept>

#include "kernels.cuh"
#include "memory.cuh"

namespace crosshead::search {
namespace {

using device::check;
using device::DeviceArray;
using device::Group;
using device::kGroupRuns;
using device::kThreads;
using device::Totals;

constexpr std::size_t kMostRetries = std::size_t{1} << 28U;
constexpr std::size_t kMostOpen = std::size_t{1} << 24U;

class CudaFilter : public DeviceFilter {
 public:
  CudaFilter() {
    int devices = 0;
    const cudaError_t status = cudaGetDeviceCount(&devices);
    if (status != cudaSuccess || devices == 0) {
      throw exact::MissingComponent(
          std::string("no CUDA device was found") +
          (status != cudaSuccess ? std::string(": ") + cudaGetErrorString(status) : std::string()));
    }
    check(cudaSetDevice(0), "start");
    cudaDeviceProp properties{};
    check(cudaGetDeviceProperties(&properties, 0), "say what it is");
    name_ = properties.name;
    totals_ = DeviceArray<Totals>(1);
  }

  std::string name() const override { return name_; }

  void load(const DeviceTable& table) override {
    check(cudaSetDevice(0), "start");
    table_ = table;
    const auto entries = static_cast<std::size_t>(table.nodes) * (table.nodes + 1) / 2;
    const std::size_t bars = 2 * static_cast<std::size_t>(table.values);
    matrix_ = {table.matrix, entries * table.heads};
    value_at_ = {table.value_at, table.heads};
    edges_ = {table.edges, table.heads};
    approximate_ = {table.approximate, table.values};
    bars_ = {table.bars, bars * (table.exact_steps + 2)};
    wide_bars_ = {table.wide_bars, bars * (table.wide_steps + 1)};
    table_.matrix = matrix_.get();
    table_.value_at = value_at_.get();
    table_.edges = edges_.get();
    table_.approximate = approximate_.get();
    table_.bars = bars_.get();
    table_.wide_bars = wide_bars_.get();
    // At most an eighth of the free memory for each buffer.
    std::size_t free = 0, all = 0;
    check(cudaMemGetInfo(&free, &all), "say how much memory it has");
    retries_ = DeviceArray<DeviceSystem>(std::min(kMostRetries, free / 8 / sizeof(DeviceSystem)));
    open_ = DeviceArray<DeviceSystem>(std::min(kMostOpen, free / 8 / sizeof(DeviceSystem)));
    candidates_ = DeviceArray<DeviceCandidate>(std::min(kMostOpen, free / 8 / sizeof(DeviceCandidate)));
  }

  DeviceAnswer run(const std::vector<DeviceRun>& runs, double best_gain) override {
    check(cudaSetDevice(0), "start");
    switch (table_.nodes) {
      case 2:
        return run_all<2>(runs, best_gain);
      case 3:
        return run_all<3>(runs, best_gain);
      case 4:
        return run_all<4>(runs, best_gain);
      case 5:
        return run_all<5>(runs, best_gain);
      case 6:
        return run_all<6>(runs, best_gain);
      case 7:
        return run_all<7>(runs, best_gain);
      case 8:
        return run_all<8>(runs, best_gain);
      default:
        throw std::logic_error("no table was loaded");
    }
  }

 private:
  /// Groups of neighbouring runs, and the tiles of the widest of them.
  static std::vector<Group> groups_of(const std::vector<DeviceRun>& runs, unsigned& tiles) {
    std::vector<Group> groups;
    tiles = 1;
    for (std::size_t first = 0; first < runs.size(); first += kGroupRuns) {
      Group group{static_cast<std::uint32_t>(first), 0, runs[first].begin, runs[first].end};
      for (; group.count < kGroupRuns && first + group.count < runs.size(); ++group.count) {
        const DeviceRun& run = runs[first + group.count];
        group.begin = std::min(group.begin, run.begin);
        group.end = std::max(group.end, run.end);
      }
      tiles = std::max(tiles, (group.end - group.begin + kThreads - 1) / kThreads);
      groups.push_back(group);
    }
    return groups;
  }

  Totals totals() const { return totals_.read(1).front(); }

  template <int n>
  DeviceAnswer run_all(const std::vector<DeviceRun>& runs, double best_gain) {
    DeviceAnswer answer;
    if (runs.empty()) return answer;
    unsigned tiles = 0;
    const std::vector<Group> groups = groups_of(runs, tiles);
    runs_.make_room(runs.size());
    runs_.write(runs.data(), runs.size());
    groups_.make_room(groups.size());
    groups_.write(groups.data(), groups.size());
    Totals zero{};
    zero.first = ~0ULL;
    static_assert(sizeof(zero.best) == sizeof(best_gain));
    __builtin_memcpy(&zero.best, &best_gain, sizeof(best_gain));
    totals_.write(&zero, 1);
    const device::Buffers buffers{retries_.get(),  open_.get(),  candidates_.get(),
                                  retries_.size(), open_.size(), candidates_.size()};
    // A launch has at most 2^11 groups and 2^15 tiles.
    const auto blocks = static_cast<unsigned>(groups.size()) * tiles;
    device::visit_runs<n>
        <<<blocks, kThreads>>>(table_, runs_.get(), groups_.get(), tiles, totals_.get(), buffers);
    check(cudaGetLastError(), "start a kernel");
    Totals sum = totals();
    answer.overflow = sum.retries > retries_.size();
    answer.retried = sum.retries;
    if (!answer.overflow && sum.retries > 0) {
      const auto more = static_cast<unsigned>((sum.retries + kThreads - 1) / kThreads);
      device::visit_retries<n><<<more, kThreads>>>(table_, runs_.get(), sum.retries, totals_.get(), buffers);
      check(cudaGetLastError(), "start a kernel");
      sum = totals();
    }
    answer.overflow = answer.overflow || sum.opens > open_.size() || sum.candidates > candidates_.size();
    if (answer.overflow) return answer;
    answer.witnesses = sum.witnesses;
    answer.ties = sum.ties;
    answer.first = sum.first;
    answer.open = open_.read(sum.opens);
    answer.candidates = candidates_.read(sum.candidates);
    return answer;
  }

  std::string name_;
  DeviceTable table_;
  DeviceArray<std::uint16_t> matrix_;
  DeviceArray<std::uint32_t> value_at_;
  DeviceArray<std::uint8_t> edges_;
  DeviceArray<double> approximate_, bars_;
  DeviceArray<DeviceInteger> wide_bars_;
  DeviceArray<DeviceRun> runs_;
  DeviceArray<Group> groups_;
  DeviceArray<Totals> totals_;
  DeviceArray<DeviceSystem> retries_, open_;
  DeviceArray<DeviceCandidate> candidates_;
};

}  // namespace
}  // namespace crosshead::search

extern "C" crosshead::search::DeviceFilter* crosshead_device_filter() {
  return new crosshead::search::CudaFilter;
}

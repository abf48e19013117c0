// The device's code on this machine's processor: the reference for the device, and what the tests hold
// against the search.
#include <stdexcept>

#include "cuda/visit.hpp"

namespace crosshead::search {
namespace {

class HostAccount {
 public:
  HostAccount(DeviceAnswer& answer, std::size_t capacity, double best)
      : answer_(answer), capacity_(capacity), best_(best) {}

  void tie() { ++answer_.ties; }
  void witness(std::uint64_t key) {
    ++answer_.witnesses;
    if (key < answer_.first) answer_.first = key;
  }
  double best() const { return best_; }
  void raise_best(double gain) {
    if (gain > best_) best_ = gain;
  }
  void candidate(const DeviceCandidate& candidate) { append(answer_.candidates, candidate); }
  void retry(const DeviceSystem& system) { append(retries, system); }
  void open(const DeviceSystem& system) { append(answer_.open, system); }

  std::vector<DeviceSystem> retries;

 private:
  template <typename Item>
  void append(std::vector<Item>& buffer, const Item& item) {
    if (buffer.size() < capacity_) {
      buffer.push_back(item);
    } else {
      answer_.overflow = true;
    }
  }

  DeviceAnswer& answer_;
  std::size_t capacity_;
  double best_;
};

template <int n>
DeviceAnswer run_all(const DeviceTable& table, const std::vector<DeviceRun>& runs, std::size_t capacity,
                     double best_gain) {
  DeviceAnswer answer;
  HostAccount account(answer, capacity, best_gain);
  device::HeadEntries<n> own;
  for (std::uint32_t run = 0; run < runs.size(); ++run) {
    for (std::uint32_t head = runs[run].begin; head < runs[run].end; ++head) {
      own.read(table, head);
      device::visit<n>(table, runs[run], own, {run, head}, account);
    }
  }
  answer.retried = account.retries.size();
  for (const DeviceSystem& system : account.retries) {
    device::visit_again<n>(table, runs[system.run], system, account);
  }
  return answer;
}

class HostFilter : public DeviceFilter {
 public:
  explicit HostFilter(std::size_t capacity) : capacity_(capacity) {}

  std::string name() const override { return "host"; }

  void load(const DeviceTable& table) override {
    table_ = table;
    const auto entries = static_cast<std::size_t>(table.nodes) * (table.nodes + 1) / 2;
    const std::size_t bars = 2 * std::size_t{table.values};
    matrix_.assign(table.matrix, table.matrix + entries * table.heads);
    value_at_.assign(table.value_at, table.value_at + table.heads);
    edges_.assign(table.edges, table.edges + table.heads);
    approximate_.assign(table.approximate, table.approximate + table.values);
    bars_.assign(table.bars, table.bars + bars * (table.exact_steps + 2));
    wide_bars_.assign(table.wide_bars, table.wide_bars + bars * (table.wide_steps + 1));
    table_.matrix = matrix_.data();
    table_.value_at = value_at_.data();
    table_.edges = edges_.data();
    table_.approximate = approximate_.data();
    table_.bars = bars_.data();
    table_.wide_bars = wide_bars_.data();
  }

  DeviceAnswer run(const std::vector<DeviceRun>& runs, double best_gain) override {
    switch (table_.nodes) {
      case 2:
        return run_all<2>(table_, runs, capacity_, best_gain);
      case 3:
        return run_all<3>(table_, runs, capacity_, best_gain);
      case 4:
        return run_all<4>(table_, runs, capacity_, best_gain);
      case 5:
        return run_all<5>(table_, runs, capacity_, best_gain);
      case 6:
        return run_all<6>(table_, runs, capacity_, best_gain);
      case 7:
        return run_all<7>(table_, runs, capacity_, best_gain);
      case 8:
        return run_all<8>(table_, runs, capacity_, best_gain);
      default:
        throw std::logic_error("no table was loaded");
    }
  }

 private:
  std::size_t capacity_;
  DeviceTable table_;
  std::vector<std::uint16_t> matrix_;
  std::vector<std::uint32_t> value_at_;
  std::vector<std::uint8_t> edges_;
  std::vector<double> approximate_, bars_;
  std::vector<DeviceInteger> wide_bars_;
};

}  // namespace

std::unique_ptr<DeviceFilter> host_device_filter(std::size_t capacity) {
  return std::make_unique<HostFilter>(capacity);
}

}  // namespace crosshead::search

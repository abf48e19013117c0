#pragma once

#include <cstdint>
#include <vector>

#include "head_table.hpp"
#include "lane_filter.hpp"

namespace crosshead::search {

/// Systems gathered from anywhere, each with its own mean and bar, to be run through a kernel together.
class LaneBatch {
 public:
  static constexpr std::size_t kCapacity = 32 * kLanes;

  explicit LaneBatch(const HeadTable& table);

  std::size_t size() const { return size_; }
  bool full() const { return size_ == kCapacity; }

  /// Adds the system with mean matrix (prefix + weight * head's) / S. `bars`: low, then high (fidelity);
  /// `time`: mixing.
  void add(const double* prefix, double weight, std::uint32_t head, const double* bars, double time);

  /// out[k / kLanes], lane k % kLanes: verdict of the k-th system. Empties the batch.
  void run(LaneKernel kernel, LaneProblem problem, std::vector<LaneVerdict>& out);

 private:
  const HeadTable& table_;
  std::size_t size_ = 0;
  std::vector<double> matrix_, low_, high_, time_, zeros_, neutral_;
  std::vector<std::uint8_t> active_;
};

}  // namespace crosshead::search

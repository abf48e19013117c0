#include "lane_batch.hpp"

#include <limits>

namespace crosshead::search {

LaneBatch::LaneBatch(const HeadTable& table) : table_(table) {
  const auto entries = static_cast<std::size_t>(entries_of(table.nodes()));
  const auto length = static_cast<std::size_t>(bar_length(table.exact_steps()));
  matrix_.resize(kCapacity * entries);
  low_.resize(kCapacity * length);
  high_.resize(kCapacity * length);
  time_.resize(kCapacity);
  zeros_.resize(entries);
  active_.resize(kCapacity / kLanes);
  // A prefix without a bar of its own.
  const double infinity = std::numeric_limits<double>::infinity();
  neutral_.assign(length, table.question().against_largest() ? -infinity : infinity);
}

void LaneBatch::add(const double* prefix, double weight, std::uint32_t head, const double* bars,
                    double time) {
  const std::size_t block = size_ / kLanes, lane = size_ % kLanes;
  const auto entries = static_cast<std::size_t>(entries_of(table_.nodes()));
  const auto length = static_cast<std::size_t>(bar_length(table_.exact_steps()));
  for (std::size_t e = 0; e < entries; ++e) {
    matrix_[(block * entries + e) * kLanes + lane] =
        prefix[e] + weight * table_.entry(head, static_cast<int>(e));
  }
  if (bars != nullptr) {
    for (std::size_t t = 0; t < length; ++t) {
      low_[(block * length + t) * kLanes + lane] = bars[t];
      high_[(block * length + t) * kLanes + lane] = bars[length + t];
    }
  }
  time_[size_] = time;
  ++size_;
}

void LaneBatch::run(LaneKernel kernel, LaneProblem problem, std::vector<LaneVerdict>& out) {
  const std::size_t blocks = (size_ + kLanes - 1) / kLanes;
  for (std::size_t block = 0; block < blocks; ++block) active_[block] = 0xff;
  if (size_ % kLanes != 0) active_[blocks - 1] = static_cast<std::uint8_t>((1U << size_ % kLanes) - 1);
  problem.prefix = zeros_.data();
  problem.weight = 1;
  problem.time = neutral_.front();
  if (!table_.question().about_mixing()) problem.low = problem.high = neutral_.data();
  out.resize(blocks);
  size_ = 0;
  kernel(problem, {matrix_.data(), low_.data(), high_.data(), time_.data(), active_.data()}, blocks,
         out.data());
}

}  // namespace crosshead::search

#include "crosshead/search/shard_plan.hpp"

#include <algorithm>
#include <charconv>

#include "crosshead/exact/error.hpp"

namespace crosshead::search {

ShardPart parse_part(const std::string& text) {
  const char* const end = text.data() + text.size();
  ShardPart part;
  auto read = std::from_chars(text.data(), end, part.index);
  bool good = read.ec == std::errc() && read.ptr != end && *read.ptr == '/';
  if (good) {
    read = std::from_chars(read.ptr + 1, end, part.count);
    good = read.ec == std::errc() && read.ptr == end && part.index >= 1 && part.index <= part.count;
  }
  if (!good) throw exact::UsageError("'" + text + "' is no part i/N of a search; expected 1 <= i <= N");
  return part;
}

std::string to_string(const ShardPart& part) {
  return std::to_string(part.index) + "/" + std::to_string(part.count);
}

ShardPlan::ShardPlan(RankRange slice, std::uint64_t size, ShardPart part)
    : slice_(slice), size_(size), part_(part) {
  if (slice.count == 0) throw exact::UsageError("a search of no ranks has no shards");
  constexpr std::uint64_t kMostRanks = std::uint64_t{1} << 63U;
  if (slice.first > kMostRanks || slice.count > kMostRanks - slice.first) {
    throw exact::UsageError("ranks are less than 2^63");
  }
  if (size == 0) throw exact::UsageError("a shard has at least one rank");
  shards_ = (slice.first + slice.count - 1) / size - slice.first / size + 1;
  if (shards_ > kMaxShards) {
    throw exact::UsageError(std::to_string(slice.count) + " ranks are " + std::to_string(shards_) +
                            " shards of " + std::to_string(size) + "; expected at most " +
                            std::to_string(kMaxShards) + " shards");
  }
  if (part.index < 1 || part.index > part.count || part.index > shards_) {
    throw exact::UsageError("part " + to_string(part) + " of " + std::to_string(shards_) +
                            " shards is empty; expected a part from 1 to " +
                            std::to_string(std::min(part.count, shards_)));
  }
}

RankRange ShardPlan::shard(std::uint64_t number) const {
  const std::uint64_t cut = (slice_.first / size_ + number) * size_;
  const std::uint64_t first = std::max(slice_.first, cut);
  return {first, std::min(size_ - (first - cut), slice_.first + slice_.count - first)};
}

std::uint64_t ShardPlan::number_of(const RankRange& range) const {
  if (range.first < slice_.first || range.first - slice_.first >= slice_.count) return shards_;
  const std::uint64_t number = range.first / size_ - slice_.first / size_;
  const RankRange expected = shard(number);
  return expected.first == range.first && expected.count == range.count ? number : shards_;
}

std::uint64_t ShardPlan::part_ranks() const {
  std::uint64_t ranks = 0;
  for (std::uint64_t number = part_.index - 1; number < shards_; number += part_.count) {
    ranks += shard(number).count;
    if (part_.count > shards_) break;
  }
  return ranks;
}

bool ShardSet::insert(std::uint64_t number) {
  if (done_[number]) return false;
  done_[number] = true;
  ++count_;
  return true;
}

std::vector<RankRange> missing_ranks(const ShardPlan& plan, const ShardSet& done) {
  std::vector<RankRange> missing;
  for (std::uint64_t number = 0; number < plan.shards(); ++number) {
    if (done.has(number)) continue;
    const RankRange shard = plan.shard(number);
    if (!missing.empty() && missing.back().first + missing.back().count == shard.first) {
      missing.back().count += shard.count;
    } else {
      missing.push_back(shard);
    }
  }
  return missing;
}

}  // namespace crosshead::search

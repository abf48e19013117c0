#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "crosshead/search/space.hpp"

namespace crosshead::search {

/// The index-th of `count` parts of a search, counted from 1.
struct ShardPart {
  std::uint64_t index = 1;
  std::uint64_t count = 1;

  bool operator==(const ShardPart&) const = default;
};
/// Reads "i/N"; throws exact::UsageError unless 1 <= i <= N.
ShardPart parse_part(const std::string& text);
std::string to_string(const ShardPart& part);

/// A slice of a space's ranks, cut into shards at the multiples of `size`, and the part of them that is to be
/// done. Shards are numbered 0, 1, ... in the order of ranks; part i of N has the shards i - 1, i - 1 + N,
/// ...: neighbours cost about the same, so that parts interleaved this way are balanced.
class ShardPlan {
 public:
  /// Shards of a plan: what a run can keep account of, one by one.
  static constexpr std::uint64_t kMaxShards = std::uint64_t{1} << 24U;

  /// Throws exact::UsageError for an empty slice, a size of 0, more than kMaxShards shards, or a part
  /// without a shard.
  ShardPlan(RankRange slice, std::uint64_t size, ShardPart part = {});

  const RankRange& slice() const { return slice_; }
  std::uint64_t size() const { return size_; }
  const ShardPart& part() const { return part_; }

  /// Number of shards of the whole slice.
  std::uint64_t shards() const { return shards_; }
  /// REQUIRES: number < shards().
  RankRange shard(std::uint64_t number) const;
  bool in_part(std::uint64_t number) const { return number % part_.count == part_.index - 1; }
  /// The shard's number, or shards() if the range is no shard of this plan.
  std::uint64_t number_of(const RankRange& range) const;
  /// Ranks of all shards of the part.
  std::uint64_t part_ranks() const;

 private:
  RankRange slice_;
  std::uint64_t size_;
  ShardPart part_;
  std::uint64_t shards_;
};

/// Which shards of a plan are done, each at most once.
class ShardSet {
 public:
  explicit ShardSet(const ShardPlan& plan) : done_(plan.shards()) {}

  bool has(std::uint64_t number) const { return done_[number]; }
  /// False if it was in the set before.
  bool insert(std::uint64_t number);
  std::uint64_t count() const { return count_; }

 private:
  std::vector<bool> done_;
  std::uint64_t count_ = 0;
};

/// The ranks of the plan's shards that are not in the set, neighbours joined, ascending.
std::vector<RankRange> missing_ranks(const ShardPlan& plan, const ShardSet& done);

}  // namespace crosshead::search

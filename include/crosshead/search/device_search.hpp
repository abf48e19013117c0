#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "crosshead/search/claims.hpp"
#include "crosshead/search/device_filter.hpp"
#include "crosshead/search/result.hpp"
#include "crosshead/search/space.hpp"

namespace crosshead::search {

/// ExhaustiveSearch with its filter on another device. The result of a range is the same but for the counters
/// of the filter. The device decides nearly all; what it leaves open, and the gains of the few witnesses that
/// may be extreme, are found here in exact arithmetic.
class DeviceSearch {
 public:
  /// The space must outlive the search. Throws exact::UsageError for what the device has no code for: claims
  /// about mixing, families other than unique_sink, single heads, and weights too fine for a first exact
  /// step.
  DeviceSearch(const SystemSpace& space, const Question& question, int threads,
               std::unique_ptr<DeviceFilter> filter);
  ~DeviceSearch();
  DeviceSearch(const DeviceSearch&) = delete;
  DeviceSearch& operator=(const DeviceSearch&) = delete;

  std::string device() const;
  /// Ranks of a shard: some tenths of a second's work of a large device.
  static constexpr std::uint64_t kShardSize = std::uint64_t{1} << 31U;

  /// The answer for the range. Thread-safe: the device does one thing at a time, while other threads decide
  /// what it left open. REQUIRES: the range lies within the space.
  Result run(RankRange range) const;

  /// Systems that went through the later stages so far.
  std::uint64_t retried() const;

 private:
  class Work;
  class Shard;
  std::unique_ptr<Work> work_;
};

}  // namespace crosshead::search

#pragma once

#include <cstdint>
#include <vector>

#include "head_table.hpp"

#include "crosshead/search/device_filter.hpp"

namespace crosshead::search {

/// A head table as the arrays of a DeviceTable, and runs with it.
class DeviceArrays {
 public:
  /// The head table must outlive this. REQUIRES: exact_steps() > 0, a value for every head, not about mixing.
  explicit DeviceArrays(const HeadTable& table);

  /// Points into this.
  DeviceTable view() const;
  /// REQUIRES: at least one head in the prefix.
  DeviceRun run(const Run& run) const;

 private:
  const HeadTable& table_;
  int wide_steps_ = 0;
  std::vector<std::uint16_t> matrix_;
  std::vector<std::uint32_t> value_at_;
  std::vector<std::uint8_t> edges_;
  std::vector<double> approximate_, bars_;
  std::vector<DeviceInteger> wide_bars_;
};

}  // namespace crosshead::search

#pragma once

#include <cstdint>
#include <vector>

#include <c10/core/Device.h>

#include "crosshead/attention/float_backend.hpp"

namespace crosshead::attention::module {

/// FloatBackend::run on a device that is known to exist.
FloatPath run_path(const std::vector<double>& heads, const std::vector<double>& weights, std::int64_t batch,
                   std::int64_t head_count, std::int64_t nodes, std::int64_t steps, FloatType type,
                   const c10::Device& device, bool walk);

/// FloatBackend::run_powers_naive on a device that is known to exist.
FloatPath run_powers(const std::vector<double>& heads, const std::vector<double>& weights, std::int64_t batch,
                     std::int64_t head_count, std::int64_t nodes, std::int64_t steps, FloatType type,
                     const c10::Device& device);

}  // namespace crosshead::attention::module

#pragma once

#include <functional>

#include <c10/core/Device.h>

#include "crosshead/attention/float_backend.hpp"

namespace crosshead::attention::module {

/// FloatBackend::train on a device that is known to exist.
bool train_model(const TrainOptions& options, const c10::Device& device,
                 const std::function<bool(const TrainProgress&)>& progress);

}  // namespace crosshead::attention::module

#pragma once

#include <cstdint>
#include <memory>

#include "transformer.hpp"
#include <ATen/core/Tensor.h>

namespace crosshead::attention::module {

/// Dropout masks of one epoch, determined by (seed, epoch) and the order of the calls.
/// On the CPU the masks come from RandomStream, in blocks that do not depend on the thread count; LibTorch's
/// own generator is serial there and took a third of a training step. The probability is then rounded to a
/// multiple of 2^-16, and the factors 1 / (1 - p) use the rounded value. On CUDA they come from LibTorch's
/// generator, which this reseeds.
std::unique_ptr<Dropout> dropout_of_epoch(double probability, std::uint64_t seed, std::uint64_t epoch,
                                          const at::Device& device);

}  // namespace crosshead::attention::module

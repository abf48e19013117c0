#include "dropout.hpp"

#include <algorithm>
#include <cmath>

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "crosshead/attention/sequences.hpp"

namespace crosshead::attention::module {

namespace {

constexpr std::uint64_t kDropoutPurpose = 3, kBlockPurpose = 4;
constexpr std::int64_t kBlock = 4096, kLanes = 4;

class HostDropout final : public Dropout {
 public:
  HostDropout(double probability, RandomStream calls)
      : threshold_(static_cast<std::uint64_t>(std::llround(probability * 0x1p16))),
        factor_(static_cast<float>(0x1p16 / (0x1p16 - static_cast<double>(threshold_)))),
        calls_(calls) {}

  at::Tensor factors(at::IntArrayRef shape) override {
    const at::Tensor result = at::empty(shape, at::TensorOptions().dtype(at::kFloat));
    float* values = result.data_ptr<float>();
    const std::int64_t count = result.numel(), blocks = (count + kBlock - 1) / kBlock;
    const std::uint64_t call = calls_.next();
    at::parallel_for(0, blocks, 8, [&](std::int64_t first, std::int64_t last) {
      for (std::int64_t block = first; block < last; ++block) {
        fill(RandomStream(call, kBlockPurpose, static_cast<std::uint64_t>(block)), values + block * kBlock,
             std::min(kBlock, count - block * kBlock));
      }
    });
    return result;
  }

 private:
  /// One 64-bit number decides four elements, 16 bits each.
  void fill(RandomStream stream, float* values, std::int64_t count) const {
    const auto factor_of = [&](std::uint64_t bits) {
      return (bits & 0xffffU) >= threshold_ ? factor_ : 0.0F;
    };
    std::int64_t index = 0;
    for (; index + kLanes <= count; index += kLanes) {
      const std::uint64_t bits = stream.next();
      for (std::int64_t lane = 0; lane < kLanes; ++lane)
        values[index + lane] = factor_of(bits >> (16 * lane));
    }
    for (std::uint64_t bits = stream.next(); index < count; ++index, bits >>= 16)
      values[index] = factor_of(bits);
  }

  std::uint64_t threshold_;
  float factor_;
  RandomStream calls_;
};

class DeviceDropout final : public Dropout {
 public:
  DeviceDropout(double probability, std::uint64_t seed, const at::Device& device)
      : kept_(1.0 - probability), options_(at::TensorOptions().dtype(at::kFloat).device(device)) {
    at::manual_seed(seed);
  }

  at::Tensor factors(at::IntArrayRef shape) override {
    return at::empty(shape, options_).bernoulli_(kept_).div_(kept_);
  }

 private:
  double kept_;
  at::TensorOptions options_;
};

}  // namespace

std::unique_ptr<Dropout> dropout_of_epoch(double probability, std::uint64_t seed, std::uint64_t epoch,
                                          const at::Device& device) {
  if (probability == 0) return nullptr;
  RandomStream stream(seed, kDropoutPurpose, epoch);
  if (device.is_cpu()) return std::make_unique<HostDropout>(probability, stream);
  return std::make_unique<DeviceDropout>(probability, stream.next(), device);
}

}  // namespace crosshead::attention::module

#pragma once

// Arrays on the device, and what goes wrong with them.
#include <string>
#include <utility>
#include <vector>

#include <cuda_runtime.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::search::device {

/// Throws exact::MissingComponent: a device that fails is one that the machine lacks.
inline void check(cudaError_t status, const char* action) {
  if (status == cudaSuccess) return;
  throw exact::MissingComponent(std::string("the CUDA device failed to ") + action + ": " +
                                cudaGetErrorString(status));
}

/// Owns `size` items in the device's memory.
template <typename Item>
class DeviceArray {
 public:
  explicit DeviceArray(std::size_t size = 0) : size_(size) {
    if (size > 0) check(cudaMalloc(&items_, size * sizeof(Item)), "allocate memory");
  }
  DeviceArray(const Item* from, std::size_t size) : DeviceArray(size) { write(from, size); }
  ~DeviceArray() { cudaFree(items_); }
  DeviceArray(DeviceArray&& other) noexcept { *this = std::move(other); }
  DeviceArray& operator=(DeviceArray&& other) noexcept {
    std::swap(items_, other.items_);
    std::swap(size_, other.size_);
    return *this;
  }

  Item* get() const { return items_; }
  std::size_t size() const { return size_; }

  /// REQUIRES: count <= size().
  void write(const Item* from, std::size_t count) {
    if (count == 0) return;
    check(cudaMemcpy(items_, from, count * sizeof(Item), cudaMemcpyHostToDevice), "copy to its memory");
  }
  std::vector<Item> read(std::size_t count) const {
    std::vector<Item> items(count);
    if (count == 0) return items;
    check(cudaMemcpy(items.data(), items_, count * sizeof(Item), cudaMemcpyDeviceToHost),
          "copy from its memory");
    return items;
  }
  /// Room for at least `count` items; what was there is lost.
  void make_room(std::size_t count) {
    if (count > size_) *this = DeviceArray(count);
  }

 private:
  Item* items_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace crosshead::search::device

// Finds the CUDA module when a search asks for it, so that the program runs without CUDA.
#include "crosshead/exact/module_file.hpp"
#include "crosshead/search/device_filter.hpp"

namespace crosshead::search {

std::unique_ptr<DeviceFilter> load_cuda_filter() {
  const exact::ModuleFile module{"CUDA module", "libcrosshead_cuda.so", "CROSSHEAD_CUDA_MODULE",
                                 "install CUDA's nvcc and build again"};
  void* factory = symbol_of(module, kDeviceFilterFactory);
  return std::unique_ptr<DeviceFilter>(reinterpret_cast<DeviceFilter* (*)()>(factory)());
}

}  // namespace crosshead::search

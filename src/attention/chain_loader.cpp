// Finds the CUDA module of float chains when it is asked for, so that the program runs without CUDA.
#include "crosshead/attention/float_chain.hpp"
#include "crosshead/exact/module_file.hpp"

namespace crosshead::attention {

std::unique_ptr<DeviceChain> load_cuda_chain() {
  const exact::ModuleFile module{"CUDA module of float chains", "libcrosshead_chain.so",
                                 "CROSSHEAD_CHAIN_MODULE", "install CUDA's nvcc and build again"};
  // Never unloaded: CUDA's exit handlers outlive any chain.
  void* factory = symbol_of(module, kDeviceChainFactory);
  return std::unique_ptr<DeviceChain>(reinterpret_cast<DeviceChain* (*)()>(factory)());
}

}  // namespace crosshead::attention

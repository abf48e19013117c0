#include <cstdlib>
#include <memory>

#include "crosshead/attention/float_backend.hpp"
#include "crosshead/exact/module_file.hpp"

namespace crosshead::attention {

std::shared_ptr<FloatBackend> load_float_backend() {
  // LibTorch's OpenMP threads otherwise spin while they wait: on a machine that does something else as well,
  // two threads then took ten times as long as one. A user's own choice stands.
  setenv("OMP_WAIT_POLICY", "passive", 0);
  const exact::ModuleFile module{"LibTorch module", "libcrosshead_torch.so", "CROSSHEAD_TORCH_MODULE",
                                 "install LibTorch and build again"};
  // Never unloaded: LibTorch's threads and exit handlers outlive any backend.
  void* factory = symbol_of(module, kFloatBackendFactory);
  return std::shared_ptr<FloatBackend>(reinterpret_cast<FloatBackend* (*)()>(factory)());
}

}  // namespace crosshead::attention

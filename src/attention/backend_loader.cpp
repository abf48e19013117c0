#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

#include <dlfcn.h>

#include "crosshead/attention/float_backend.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::attention {

namespace {

std::filesystem::path module_path() {
  const char* given = std::getenv("CROSSHEAD_TORCH_MODULE");
  if (given != nullptr && *given != '\0') return given;
  std::error_code unreadable;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", unreadable);
  if (unreadable) {
    throw exact::MissingComponent(
        "the place of this program is not known, so the LibTorch module cannot be found: "
        "name it in CROSSHEAD_TORCH_MODULE");
  }
  return program.parent_path().parent_path() / "lib" / "libcrosshead_torch.so";
}

}  // namespace

std::shared_ptr<FloatBackend> load_float_backend() {
  const std::filesystem::path path = module_path();
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    throw exact::MissingComponent("the LibTorch module " + path.string() +
                                  " does not exist: install LibTorch and build again, or name the module in "
                                  "CROSSHEAD_TORCH_MODULE");
  }
  // LibTorch's OpenMP threads otherwise spin while they wait: on a machine that does something else as well,
  // two threads then took ten times as long as one. A user's own choice stands.
  setenv("OMP_WAIT_POLICY", "passive", 0);
  // Never unloaded: LibTorch's threads and exit handlers outlive any backend.
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (library == nullptr) {
    const char* reason = dlerror();
    throw exact::MissingComponent("the LibTorch module cannot be loaded: " +
                                  std::string(reason != nullptr ? reason : path.c_str()));
  }
  void* symbol = dlsym(library, kFloatBackendFactory);
  if (symbol == nullptr) {
    throw exact::MissingComponent(path.string() + " has no " + kFloatBackendFactory +
                                  ": it is no LibTorch module of this version");
  }
  return std::shared_ptr<FloatBackend>(reinterpret_cast<FloatBackend* (*)()>(symbol)());
}

}  // namespace crosshead::attention

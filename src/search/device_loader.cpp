// Finds the CUDA module when a search asks for it, so that the program runs without CUDA.
#include <cstdlib>
#include <filesystem>
#include <string>

#include <dlfcn.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/search/device_filter.hpp"

namespace crosshead::search {
namespace {

std::filesystem::path module_path() {
  const char* given = std::getenv("CROSSHEAD_CUDA_MODULE");
  if (given != nullptr && *given != '\0') return given;
  std::error_code unreadable;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", unreadable);
  if (unreadable) {
    throw exact::MissingComponent(
        "the place of this program is not known, so the CUDA module cannot be found: "
        "name it in CROSSHEAD_CUDA_MODULE");
  }
  return program.parent_path().parent_path() / "lib" / "libcrosshead_cuda.so";
}

}  // namespace

std::unique_ptr<DeviceFilter> load_cuda_filter() {
  const std::filesystem::path path = module_path();
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    throw exact::MissingComponent("the CUDA module " + path.string() +
                                  " does not exist: install CUDA's nvcc and build again, or name the module "
                                  "in CROSSHEAD_CUDA_MODULE");
  }
  // Never unloaded: CUDA's exit handlers outlive any filter.
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (library == nullptr) {
    const char* reason = dlerror();
    throw exact::MissingComponent("the CUDA module cannot be loaded: " +
                                  std::string(reason != nullptr ? reason : path.c_str()));
  }
  void* symbol = dlsym(library, kDeviceFilterFactory);
  if (symbol == nullptr) {
    throw exact::MissingComponent(path.string() + " has no " + kDeviceFilterFactory +
                                  ": it is no CUDA module of this version");
  }
  return std::unique_ptr<DeviceFilter>(reinterpret_cast<DeviceFilter* (*)()>(symbol)());
}

}  // namespace crosshead::search

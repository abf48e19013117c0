#include "crosshead/exact/module_file.hpp"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <dlfcn.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::exact {
namespace {

std::filesystem::path path_of(const ModuleFile& module) {
  const char* given = std::getenv(module.variable.c_str());
  if (given != nullptr && *given != '\0') return given;
  std::error_code unreadable;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", unreadable);
  if (unreadable) {
    throw MissingComponent("the place of this program is not known, so the " + module.what +
                           " cannot be found: name it in " + module.variable);
  }
  return program.parent_path().parent_path() / "lib" / module.file;
}

}  // namespace

void* symbol_of(const ModuleFile& module, const char* name) {
  const std::filesystem::path path = path_of(module);
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    throw MissingComponent("the " + module.what + " " + path.string() + " does not exist: " + module.remedy +
                           ", or name the module in " + module.variable);
  }
  // Never unloaded: exit handlers of what the module links outlive whatever it makes.
  const int scope = module.shares_symbols ? RTLD_GLOBAL : RTLD_LOCAL;
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_NODELETE | scope);
  if (library == nullptr) {
    const char* reason = dlerror();
    throw MissingComponent("the " + module.what +
                           " cannot be loaded: " + std::string(reason != nullptr ? reason : path.c_str()));
  }
  void* symbol = dlsym(library, name);
  if (symbol == nullptr) {
    throw MissingComponent(path.string() + " has no " + name + ": it is no " + module.what +
                           " of this version");
  }
  return symbol;
}

}  // namespace crosshead::exact

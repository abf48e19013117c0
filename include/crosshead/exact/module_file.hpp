#pragma once

#include <string>

namespace crosshead::exact {

/// A shared library that is loaded on demand and never unloaded.
struct ModuleFile {
  std::string what;             ///< "LibTorch module"
  std::string file;             ///< its name in ../lib beside the running program
  std::string variable;         ///< names another file
  std::string remedy;           ///< "install LibTorch and build again"
  bool shares_symbols = false;  ///< plug-ins of the module look for its symbols among the global ones
};

/// The module's symbol `name`. Throws MissingComponent saying what is missing and how to get it.
void* symbol_of(const ModuleFile& module, const char* name);

}  // namespace crosshead::exact

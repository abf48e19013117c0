// Finds the MPI module when a launcher has started several processes, so that the program runs without MPI.
#include <cstdlib>
#include <filesystem>
#include <string>

#include <dlfcn.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/search/process_group.hpp"

namespace crosshead::search {
namespace {

/// What Open MPI's mpirun, and launchers that speak PMI, tell their processes.
int number_of(std::initializer_list<const char*> variables, int otherwise) {
  for (const char* variable : variables) {
    const char* text = std::getenv(variable);
    if (text == nullptr || *text == '\0') continue;
    char* end = nullptr;
    constexpr long kMost = 1'000'000;
    const long value = std::strtol(text, &end, 10);
    if (*end == '\0' && value >= 0 && value <= kMost) return static_cast<int>(value);
  }
  return otherwise;
}

std::filesystem::path module_path() {
  const char* given = std::getenv("CROSSHEAD_MPI_MODULE");
  if (given != nullptr && *given != '\0') return given;
  std::error_code unreadable;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", unreadable);
  if (unreadable) {
    throw exact::MissingComponent(
        "the place of this program is not known, so the MPI module cannot be found: "
        "name it in CROSSHEAD_MPI_MODULE");
  }
  return program.parent_path().parent_path() / "lib" / "libcrosshead_mpi.so";
}

}  // namespace

int launched_processes() {
  return number_of({"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"}, 1);
}

int launched_rank() {
  return number_of({"OMPI_COMM_WORLD_RANK", "PMI_RANK"}, 0);
}

std::unique_ptr<ProcessGroup> join_process_group() {
  const int launched = launched_processes();
  if (launched <= 1) return nullptr;
  const std::filesystem::path path = module_path();
  const std::string started = std::to_string(launched) + " processes were started together, but ";
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    throw exact::MissingComponent(started + "the MPI module " + path.string() +
                                  " does not exist: install Open MPI and build again, or name the module in "
                                  "CROSSHEAD_MPI_MODULE");
  }
  // MPI loads plug-ins that look for its symbols among the global ones.
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL | RTLD_NODELETE);
  if (library == nullptr) {
    const char* reason = dlerror();
    throw exact::MissingComponent(started + "the MPI module cannot be loaded: " +
                                  std::string(reason != nullptr ? reason : path.c_str()));
  }
  void* symbol = dlsym(library, kProcessGroupFactory);
  if (symbol == nullptr) {
    throw exact::MissingComponent(path.string() + " has no " + kProcessGroupFactory +
                                  ": it is no MPI module of this version");
  }
  std::unique_ptr<ProcessGroup> group(reinterpret_cast<ProcessGroup* (*)()>(symbol)());
  if (group->size() != launched) {
    throw exact::MissingComponent(started + "MPI sees " + std::to_string(group->size()) +
                                  " of them: start the program with the mpirun of the MPI it was built with");
  }
  return group;
}

}  // namespace crosshead::search

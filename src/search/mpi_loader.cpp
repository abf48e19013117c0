// Finds the MPI module when a launcher has started several processes, so that the program runs without MPI.
#include <cstdlib>
#include <string>

#include "crosshead/exact/error.hpp"
#include "crosshead/exact/module_file.hpp"
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
  const std::string started = std::to_string(launched) + " processes were started together, but ";
  void* factory = nullptr;
  try {
    factory = exact::symbol_of({"MPI module", "libcrosshead_mpi.so", "CROSSHEAD_MPI_MODULE",
                                "install Open MPI and build again", true},
                               kProcessGroupFactory);
  } catch (const exact::MissingComponent& missing) {
    throw exact::MissingComponent(started + missing.what());
  }
  std::unique_ptr<ProcessGroup> group(reinterpret_cast<ProcessGroup* (*)()>(factory)());
  if (group->size() != launched) {
    throw exact::MissingComponent(started + "MPI sees " + std::to_string(group->size()) +
                                  " of them: start the program with the mpirun of the MPI it was built with");
  }
  return group;
}

}  // namespace crosshead::search

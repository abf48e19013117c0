#pragma once

#include <memory>
#include <optional>
#include <string>

namespace crosshead::search {

/// Processes that run the same search together and send one another texts, in order between any two.
class ProcessGroup {
 public:
  struct Message {
    int from = 0;
    std::string text;
  };

  virtual ~ProcessGroup() = default;
  virtual int rank() const = 0;
  virtual int size() const = 0;
  /// Does not wait for the receiver.
  virtual void send(int to, const std::string& text) = 0;
  /// A message that has arrived; does not wait.
  virtual std::optional<Message> receive() = 0;
  /// Waits for every process of the group to call it; nothing can be sent afterwards.
  virtual void finish() = 0;
};

/// Number of processes that an MPI launcher says it has started, 1 without one; and which of them this is.
int launched_processes();
int launched_rank();

/// Joins the processes that mpirun has started, through the MPI module lib/libcrosshead_mpi.so beside the
/// program's folder, or the one that CROSSHEAD_MPI_MODULE names. Throws exact::MissingComponent if there is
/// no module, or if it belongs to another MPI than the launcher. Nothing where a single process runs.
std::unique_ptr<ProcessGroup> join_process_group();

/// Name of the module's factory: extern "C" ProcessGroup* (*)().
inline constexpr const char* kProcessGroupFactory = "crosshead_process_group";

}  // namespace crosshead::search

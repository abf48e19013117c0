// A group of processes over MPI's C interface. An error of MPI ends the job, as is MPI's default: the journal
// of a search outlives it.
#include <cstdlib>
#include <cstring>
#include <list>
#include <vector>

#include <mpi.h>

#include "crosshead/search/process_group.hpp"

namespace crosshead::search {
namespace {

/// Open MPI looks for fast networks when it starts, which takes longer (0.2 s) than many a search. Processes
/// of one machine have no use for them: there the messages take Open MPI's own transport, unless the user has
/// chosen one. All ranks see the same numbers, so that they choose alike.
void keep_to_this_machine() {
  const char* all = std::getenv("OMPI_COMM_WORLD_SIZE");
  const char* here = std::getenv("OMPI_COMM_WORLD_LOCAL_SIZE");
  if (all != nullptr && here != nullptr && std::strcmp(all, here) == 0) setenv("OMPI_MCA_pml", "ob1", 0);
}

class MpiGroup : public ProcessGroup {
 public:
  MpiGroup() {
    keep_to_this_machine();
    int given = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &given);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
  }

  int rank() const override { return rank_; }
  int size() const override { return size_; }

  void send(int to, const std::string& text) override {
    complete_sends();
    Sending& sending = sending_.emplace_back();
    sending.text = text;
    // Completed by complete_sends or finish: the analyzer does not follow a request into a list.
    // NOLINTBEGIN(clang-analyzer-optin.mpi.MPI-Checker)
    MPI_Isend(sending.text.data(), static_cast<int>(sending.text.size()), MPI_CHAR, to, 0, MPI_COMM_WORLD,
              &sending.request);
  }
  // NOLINTEND(clang-analyzer-optin.mpi.MPI-Checker)

  std::optional<Message> receive() override {
    complete_sends();
    int arrived = 0, length = 0;
    MPI_Status status;
    MPI_Iprobe(MPI_ANY_SOURCE, 0, MPI_COMM_WORLD, &arrived, &status);
    if (arrived == 0) return std::nullopt;
    MPI_Get_count(&status, MPI_CHAR, &length);
    Message message{status.MPI_SOURCE, std::string(static_cast<std::size_t>(length), '\0')};
    MPI_Recv(message.text.data(), length, MPI_CHAR, message.from, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    return message;
  }

  void finish() override {
    for (Sending& sending : sending_) {
      MPI_Wait(&sending.request, MPI_STATUS_IGNORE);  // NOLINT(clang-analyzer-optin.mpi.MPI-Checker)
    }
    sending_.clear();
    MPI_Finalize();
  }

 private:
  struct Sending {
    std::string text;
    MPI_Request request = MPI_REQUEST_NULL;
  };

  void complete_sends() {
    sending_.remove_if([](Sending& sending) {
      int done = 0;
      MPI_Test(&sending.request, &done, MPI_STATUS_IGNORE);
      return done != 0;
    });
  }

  int rank_ = 0, size_ = 1;
  std::list<Sending> sending_;
};

}  // namespace
}  // namespace crosshead::search

extern "C" __attribute__((visibility("default"))) crosshead::search::ProcessGroup* crosshead_process_group() {
  return new crosshead::search::MpiGroup();
}

#pragma once

#include <csignal>

namespace crosshead::cli {

/// Exit code of a run that was asked to stop, as shells report a program that SIGINT ended: nothing failed,
/// nothing is finished.
inline constexpr int kInterrupted = 130;

/// While alive, the first SIGINT or SIGTERM only asks to stop; a second one ends the program as usual. One at
/// a time.
class InterruptRequest {
 public:
  InterruptRequest();
  ~InterruptRequest();
  InterruptRequest(const InterruptRequest&) = delete;
  InterruptRequest& operator=(const InterruptRequest&) = delete;

  /// May be called by any thread.
  bool made() const;

 private:
  struct sigaction interrupt_before_ {
  }, terminate_before_{};
};

}  // namespace crosshead::cli

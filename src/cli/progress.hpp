#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace crosshead::cli {

/// One line on standard error that is rewritten in place: a bar, a share, what is being done, the time left.
/// Shown only when standard error is a terminal; redrawn at most ten times a second; gone in the end.
class ProgressLine {
 public:
  explicit ProgressLine(bool quiet);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// `done` of `total` units are behind us, `before` of them since before this run; `detail` says what is
  /// under way. REQUIRES: 0 <= before <= done <= total, total > 0.
  void show(std::int64_t done, std::int64_t total, std::int64_t before, const std::string& detail);
  /// Removes the line, so that messages can follow.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  bool shown_;
  bool drawn_ = false;
  Clock::time_point start_ = Clock::now(), last_;
};

/// "45 s", "3 min 20 s", "2 h 5 min".
std::string duration_text(double seconds);

}  // namespace crosshead::cli

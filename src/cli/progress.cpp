#include "progress.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "line_width.hpp"
#include <fmt/format.h>
#include <unistd.h>

namespace crosshead::cli {

std::string duration_text(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::ceil(std::max(seconds, 0.0)));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

ProgressLine::ProgressLine(bool quiet) : shown_(!quiet && isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  clear();
}

void ProgressLine::show(std::int64_t done, std::int64_t total, std::int64_t before,
                        const std::string& detail) {
  constexpr std::chrono::milliseconds kPause{100};
  const Clock::time_point now = Clock::now();
  if (!shown_ || (drawn_ && now - last_ < kPause)) return;
  last_ = now;
  drawn_ = true;
  constexpr std::size_t kBar = 20;
  const auto filled = static_cast<std::size_t>(done * static_cast<std::int64_t>(kBar) / total);
  const double seconds = std::chrono::duration<double>(now - start_).count();
  std::string left;
  if (done > before && seconds > 0) {
    const double rate = static_cast<double>(done - before) / seconds;
    left = fmt::format("{:.3g}/s, {} left", rate, duration_text(static_cast<double>(total - done) / rate));
  }
  std::string line = fmt::format("[{}{}] {:3}%  {}  {}", std::string(filled, '#'),
                                 std::string(kBar - filled, '.'), done * 100 / total, detail, left);
  line.resize(kLineWidth - 1, ' ');
  std::fprintf(stderr, "\r%s", line.c_str());
  std::fflush(stderr);
}

void ProgressLine::clear() {
  if (!drawn_) return;
  std::fprintf(stderr, "\r%s\r", std::string(kLineWidth - 1, ' ').c_str());
  std::fflush(stderr);
  drawn_ = false;
}

}  // namespace crosshead::cli

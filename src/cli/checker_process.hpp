#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace crosshead::cli {

/// What `crosshead-check` said.
struct Replay {
  int exit_code = 0;
  std::vector<std::string> lines;  ///< its standard output, one line per certificate

  bool accepted() const { return exit_code == 0; }
};

/// The checker: $CROSSHEAD_CHECK, or `crosshead-check` beside this program. Throws exact::MissingComponent if
/// there is none.
std::filesystem::path checker_program();

/// Runs the checker as a process of its own over all `certificates`; nothing of it is linked into this
/// program. Throws exact::MissingComponent if it cannot be started.
Replay replay(const std::filesystem::path& checker, const std::vector<std::filesystem::path>& certificates);

}  // namespace crosshead::cli

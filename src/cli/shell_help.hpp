#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace crosshead::cli {

/// Everything --help says, for all commands, as a manual page (roff, man(7) macros).
std::string manual_page(const CLI::App& program);

/// The shells that completion_script knows, separated by "|".
inline constexpr char kShells[] = "bash|zsh|fish";

/// A script that completes commands, options, and the values of options that name theirs ("a|b"); everything
/// else is completed as a file. Throws exact::UsageError for another shell.
std::string completion_script(const CLI::App& program, const std::string& shell);

}  // namespace crosshead::cli

#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace crosshead::cli {

/// The commands of the program or of a command, and the options with a name, in the order of --help.
std::vector<const CLI::App*> commands_of(const CLI::App& app);
std::vector<const CLI::Option*> options_of(const CLI::App& app);

/// "-h", "--help": the short names of an option, then the long ones.
std::vector<std::string> names_of(const CLI::Option& option);

/// Everything --help says, for all commands, as a manual page (roff, man(7) macros).
std::string manual_page(const CLI::App& program);

/// The shells that completion_script knows, separated by "|".
inline constexpr char kShells[] = "bash|zsh|fish";

/// A script that completes commands, options, and the values of options that name theirs ("a|b"); everything
/// else is completed as a file. Throws exact::UsageError for another shell.
std::string completion_script(const CLI::App& program, const std::string& shell);

}  // namespace crosshead::cli

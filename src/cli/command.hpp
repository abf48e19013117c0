#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace crosshead::cli {

/// Exit codes, the same for every command.
enum ExitCode : int {
  kHolds = 0,
  kFailed = 1,     ///< a check failed, or a claim is refuted where it was expected to hold
  kUsage = 2,      ///< bad usage
  kInput = 3,      ///< bad input; the message names file, line or key
  kUndecided = 4,  ///< something that was asked for is undecided
  kMissing = 5,    ///< a needed device or component is missing
  kInternal =
      70,  ///< internal error (a defect of the program, out of memory, standard output cannot be written)
};

/// Options that every command takes.
struct GlobalOptions {
  bool json = false;   ///< machine-readable on standard output, nothing else there
  bool quiet = false;  ///< no progress
  int threads = 0;     ///< 0: one per processor

  /// How many threads that is.
  int thread_count() const;
};

/// Adds a command that takes the global options; they may stand before or after its name.
CLI::App* add_command(CLI::App& program, const std::string& name, const std::string& description,
                      GlobalOptions& options);

/// Adds options to a command: the name, where the value goes, what --help shows for the value ("N", "0|1"),
/// and what it says.
class AddOption {
 public:
  explicit AddOption(CLI::App& command) : command_(command) {}

  template <typename Value>
  CLI::Option* operator()(const std::string& name, Value& value, const std::string& text,
                          const std::string& help) const {
    return command_.add_option(name, value, help)->option_text(text);
  }

 private:
  CLI::App& command_;
};

/// Writes all of `text` to standard output; throws std::runtime_error if that fails.
void print(const std::string& text);

/// Writes "crosshead: `text`" to standard error, in lines of a terminal.
void complain(const std::string& text);

// One function per command: it adds the command, whose callback runs it and sets `exit_code`. Errors are
// exceptions (exact::UsageError, exact::InputError, exact::MissingComponent), which main turns into one
// message and an exit code.
void add_analyze_command(CLI::App& program, GlobalOptions& options, int& exit_code);
void add_audit_command(CLI::App& program, GlobalOptions& options, int& exit_code);
void add_crosscheck_command(CLI::App& program, GlobalOptions& options, int& exit_code);
void add_expand_command(CLI::App& program, GlobalOptions& options, int& exit_code);
void add_golden_command(CLI::App& program, GlobalOptions& options, int& exit_code);
void add_region_command(CLI::App& program, GlobalOptions& options, int& exit_code);
void add_search_command(CLI::App& program, GlobalOptions& options, int& exit_code);
void add_tables_command(CLI::App& program, GlobalOptions& options, int& exit_code);
void add_train_command(CLI::App& program, GlobalOptions& options, int& exit_code);

}  // namespace crosshead::cli

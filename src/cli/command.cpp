#include "command.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <thread>

#include "line_width.hpp"

namespace crosshead::cli {

int GlobalOptions::thread_count() const {
  return threads > 0 ? threads : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

CLI::App* add_command(CLI::App& program, const std::string& name, const std::string& description,
                      GlobalOptions& options) {
  CLI::App* command = program.add_subcommand(name, description);
  for (CLI::App* app : {&program, command}) {
    if (app->get_option_no_throw("--json") != nullptr) continue;
    app->add_flag("--json", options.json, "Machine-readable result on standard output, nothing else there");
    app->add_flag("--quiet", options.quiet, "No progress bars");
    app->add_option("--threads", options.threads, "Threads to use (default: one per processor)")
        ->check(CLI::Range(1, 4096))
        ->option_text("N");
  }
  return command;
}

void print(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw std::runtime_error("standard output cannot be written");
  }
}

void complain(const std::string& text) {
  std::fputs(wrapped("crosshead: ", text).c_str(), stderr);
}

}  // namespace crosshead::cli

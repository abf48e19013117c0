#include <cstdio>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "command.hpp"
#include "help_formatter.hpp"
#include "shell_help.hpp"
#include "suggestion.hpp"

#include "crosshead/exact/error.hpp"

namespace crosshead::cli {
namespace {

int fail(ExitCode code, const std::string& what) {
  complain(what);
  return code;
}

/// What was meant by the first unknown option of the command that was given.
std::string option_meant(const CLI::App& program) {
  for (const CLI::App* command : program.get_subcommands()) {
    std::vector<std::string> names;
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    for (const std::string& word : command->remaining()) {
      if (word.rfind("--", 0) == 0) return did_you_mean(word.substr(0, word.find('=')), names);
    }
  }
  return "";
}

std::string usage_message(const CLI::App& program, const CLI::ParseError& error) {
  const std::vector<std::string> unread = program.remaining();
  if (program.get_subcommands().empty() && !unread.empty()) {
    std::string known;
    std::vector<std::string> names;
    for (const CLI::App* command : program.get_subcommands([](const CLI::App*) { return true; })) {
      known += (known.empty() ? "" : ", ") + command->get_name();
      names.push_back(command->get_name());
    }
    return "unknown command or option '" + unread.front() + "'; commands are " + known +
           did_you_mean(unread.front(), names) + " (see --help)";
  }
  return std::string(error.what()) + option_meant(program) + " (see --help)";
}

/// `manual` and `completion SHELL`: what the other commands offer, for man(1) and for shells.
void add_shell_commands(CLI::App& program) {
  program.add_subcommand("manual", "Print the manual page (roff)")
      ->footer("Example:\n  crosshead manual | man -l -")
      ->callback([&program] { print(manual_page(program)); });
  const auto shell = std::make_shared<std::string>();
  CLI::App* completion =
      program.add_subcommand("completion", "Print a script that completes crosshead's commands and options");
  completion->add_option("SHELL", *shell, kShells)->required()->option_text(" ");
  completion->footer(
      "Examples:\n"
      "  source <(crosshead completion bash)\n"
      "  crosshead completion fish > ~/.config/fish/completions/crosshead.fish");
  completion->callback([&program, shell] { print(completion_script(program, *shell)); });
}

int run(int argc, char** argv) {
  CLI::App program("Exact, certified answers about multi-head attention as computational graphs.",
                   "crosshead");
  program.set_version_flag("--version", "crosshead " CROSSHEAD_VERSION, "Print the version");
  program.formatter(std::make_shared<HelpFormatter>());  // which commands take over
  program.require_subcommand(1);
  program.footer(
      "Examples:\n"
      "  crosshead audit\n"
      "  crosshead analyze proofs/systems/example-3.8.json\n"
      "  crosshead analyze attention.safetensors --layer 2 --epsilon 1/4,1/100 --json\n"
      "'crosshead COMMAND --help' lists a command's options.\n"
      "Exit codes: 0 all holds, 1 a check failed, 2 bad usage, 3 bad input, 4 undecided, 5 a component is "
      "missing, 70 internal error.");
  GlobalOptions options;
  int exit_code = kHolds;
  add_audit_command(program, options, exit_code);
  add_analyze_command(program, options, exit_code);
  add_expand_command(program, options, exit_code);
  add_crosscheck_command(program, options, exit_code);
  add_golden_command(program, options, exit_code);
  add_region_command(program, options, exit_code);
  add_search_command(program, options, exit_code);
  add_tables_command(program, options, exit_code);
  add_train_command(program, options, exit_code);
  add_shell_commands(program);

  try {
    program.parse(argc, argv);
    return exit_code;
  } catch (const CLI::Success& success) {
    return program.exit(success);  // --help and --version print here
  } catch (const CLI::ParseError& error) {
    return fail(kUsage, usage_message(program, error));
  } catch (const exact::UsageError& error) {
    return fail(kUsage, error.what());
  } catch (const exact::InputError& error) {
    return fail(kInput, error.what());
  } catch (const exact::MissingComponent& error) {
    return fail(kMissing, error.what());
  } catch (const std::bad_alloc&) {
    return fail(kInternal, "out of memory");
  } catch (const std::exception& error) {
    return fail(kInternal, std::string("internal error: ") + error.what());
  }
}

}  // namespace
}  // namespace crosshead::cli

int main(int argc, char** argv) {
  try {
    return crosshead::cli::run(argc, argv);
  } catch (...) {
    std::fputs("crosshead: internal error\n", stderr);
    return crosshead::cli::kInternal;
  }
}

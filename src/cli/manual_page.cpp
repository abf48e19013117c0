#include <sstream>

#include "help_formatter.hpp"
#include "line_width.hpp"
#include "shell_help.hpp"
#include <fmt/format.h>

namespace crosshead::cli {
namespace {

/// Text without anything that roff would read as its own.
std::string plain(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else if (c == '\'' && (result.empty() || result.back() == '\n')) {
      result += "\\(aq";
    } else if (c == '.' && (result.empty() || result.back() == '\n')) {
      result += "\\&.";
    } else {
      result += c;
    }
  }
  return result;
}

/// Words that are to be broken into lines.
std::string flowing(const std::string& text) {
  std::istringstream words(text);
  std::string result;
  for (std::string word; words >> word;) result += (result.empty() ? "" : " ") + word;
  return plain(result);
}

/// "--json" of a command is that of the program.
bool is_global(const CLI::App& app, const CLI::Option& option) {
  const CLI::App* parent = app.get_parent();
  return parent != nullptr && parent->get_option_no_throw(option.get_name()) != nullptr;
}

void write_options(const CLI::App& app, std::string& page) {
  for (const CLI::Option* option :
       app.get_options([](const CLI::Option* o) { return o->get_positional(); })) {
    page += ".TP\n.I " + plain(option->get_name(true)) + "\n" + flowing(option->get_description()) + "\n";
  }
  for (const CLI::Option* option : options_of(app)) {
    if (is_global(app, *option)) continue;
    page += ".TP\n.B " + plain(fmt::format("{}", fmt::join(names_of(*option), ", ")));
    if (!option->get_option_text().empty()) page += " \\fI" + plain(option->get_option_text()) + "\\fR";
    page += "\n" + flowing(option->get_description()) + "\n";
  }
}

/// A footer's paragraphs, and its commands as they stand.
void write_footer(const std::string& footer, std::string& page) {
  constexpr std::size_t kIndented = 7;  // what man(1) indents by, and 2 columns that it leaves free
  constexpr std::size_t kWidth = kLineWidth - kIndented - 2;
  std::istringstream lines(footer);
  for (std::string line; std::getline(lines, line);) {
    page += is_command_line(line) ? ".nf\n" + plain(wrapped_command(line, kWidth)) + ".fi\n"
                                  : ".PP\n" + flowing(line) + "\n";
  }
}

void write_command(const CLI::App& command, const std::string& parent, std::string& page) {
  const std::string name = parent + " " + command.get_name();
  page += ".SS " + plain(name) + "\n" + flowing(command.get_description()) + ".\n";
  write_options(command, page);
  write_footer(command.get_footer(), page);
  for (const CLI::App* nested : commands_of(command)) write_command(*nested, name, page);
}

}  // namespace

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App* command) { return !command->get_name().empty(); });
}

std::vector<const CLI::Option*> options_of(const CLI::App& app) {
  return app.get_options([](const CLI::Option* option) { return option->nonpositional(); });
}

std::vector<std::string> names_of(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  return names;
}

std::string manual_page(const CLI::App& program) {
  const std::string& name = program.get_name();
  std::string page = ".TH CROSSHEAD 1 \"\" \"" + name + " " CROSSHEAD_VERSION "\" \"User Commands\"\n";
  page += ".SH NAME\n" + name + " \\- exact, certified answers about multi\\-head attention as graphs\n";
  page += ".SH SYNOPSIS\n.B " + name + "\n.I COMMAND\n[\\fIOPTION\\fR...] [\\fIFILE\\fR]\n";
  page += ".SH DESCRIPTION\n" + flowing(program.get_description()) + "\n";
  write_footer(program.get_footer(), page);
  page += ".SH OPTIONS OF EVERY COMMAND\n";
  write_options(program, page);
  page += ".SH COMMANDS\n";
  for (const CLI::App* command : commands_of(program)) write_command(*command, name, page);
  page += ".SH SEE ALSO\n\\fBcrosshead\\-check\\fR replays certificates: crosshead\\-check CERTIFICATE...\n";
  return page;
}

}  // namespace crosshead::cli

#include "help_formatter.hpp"

#include <set>
#include <sstream>

#include "line_width.hpp"

namespace crosshead::cli {
namespace {

std::string without_end(std::string text) {
  text.erase(text.find_last_not_of(" \n") + 1);
  return text;
}

/// " (WORD --a --b)", or nothing without options.
std::string in_parentheses(const std::string& word, const std::set<CLI::Option*>& options) {
  std::set<std::string> names;
  for (const CLI::Option* option : options) names.insert(option->get_name());
  std::string text;
  for (const std::string& name : names) text += " " + name;
  return text.empty() ? "" : " (" + word + text + ")";
}

}  // namespace

std::string HelpFormatter::make_description(const CLI::App* app) const {
  return wrapped("", without_end(CLI::Formatter::make_description(app)));
}

std::string HelpFormatter::make_usage(const CLI::App* app, std::string name) const {
  return wrapped("", without_end(CLI::Formatter::make_usage(app, std::move(name))), kHanging);
}

std::string HelpFormatter::make_option_opts(const CLI::Option* option) const {
  if (!option->get_option_text().empty()) return " " + option->get_option_text();
  if (option->get_type_size() == 0) return "";
  const bool many = option->get_expected_max() == CLI::detail::expected_max_vector_size;
  return " " + get_label(option->get_type_name()) + (many ? " ..." : "");
}

std::string HelpFormatter::make_option_desc(const CLI::Option* option) const {
  if (!option->get_option_text().empty()) return option->get_description();
  return option->get_description() + in_parentheses("with", option->get_needs()) +
         in_parentheses("not with", option->get_excludes());
}

std::string HelpFormatter::make_option(const CLI::Option* option, bool is_positional) const {
  return entry(make_option_name(option, is_positional) + make_option_opts(option), make_option_desc(option));
}

std::string HelpFormatter::make_subcommand(const CLI::App* command) const {
  return entry(command->get_display_name(true), command->get_description());
}

std::string HelpFormatter::make_footer(const CLI::App* app) const {
  std::istringstream lines(app->get_footer());
  std::string text;
  for (std::string line; std::getline(lines, line);)
    text += is_command_line(line) ? wrapped_command(line) : wrapped("", line, kHanging);
  return text;
}

std::string HelpFormatter::entry(const std::string& name, const std::string& meaning) const {
  std::string left = "  " + without_end(name);
  const std::size_t column = get_column_width();
  std::string text;
  if (display_width(left) >= column) {
    text = left + "\n";
    left.clear();
  }
  left.append(column - display_width(left), ' ');
  return text + without_end(wrapped(left, without_end(meaning))) + "\n";
}

}  // namespace crosshead::cli

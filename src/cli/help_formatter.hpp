#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace crosshead::cli {

/// --help in lines of at most kLineWidth: names in a left column, what they mean in a right one. Each line of
/// a footer is a paragraph, or a command if it begins with two blanks.
class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_description(const CLI::App* app) const override;
  std::string make_usage(const CLI::App* app, std::string name) const override;
  std::string make_option_opts(const CLI::Option* option) const override;
  std::string make_option_desc(const CLI::Option* option) const override;
  std::string make_option(const CLI::Option* option, bool is_positional) const override;
  std::string make_subcommand(const CLI::App* command) const override;
  std::string make_footer(const CLI::App* app) const override;

 private:
  std::string entry(const std::string& name, const std::string& meaning) const;
};

/// Whether a line of a footer is a command, to be typed as it stands.
inline bool is_command_line(const std::string& line) {
  return line.rfind("  ", 0) == 0;
}

}  // namespace crosshead::cli

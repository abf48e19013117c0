#include "shell_help.hpp"
#include <fmt/format.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::cli {
namespace {

/// A command (or "search merge", a command of a command) and what can follow it.
struct CommandPlace {
  std::string words;        ///< "", "search", "search merge"
  std::string description;  ///< one line
  const CLI::App* app = nullptr;
};

void collect(const CLI::App& app, const std::string& words, std::vector<CommandPlace>& places) {
  places.push_back({words, app.get_description(), &app});
  for (const CLI::App* command : commands_of(app))
    collect(*command, words.empty() ? command->get_name() : words + " " + command->get_name(), places);
}

/// "cpu|cuda" as "cpu cuda"; empty for a text that names no values.
std::string values_of(const CLI::Option& option) {
  std::string text = option.get_option_text();
  if (text.find('|') == std::string::npos) return "";
  for (char& c : text) c = c == '|' ? ' ' : c;
  return text;
}

std::string option_words(const CLI::App& app) {
  std::string words;
  for (const CLI::Option* option : options_of(app)) {
    for (const std::string& name : names_of(*option)) words += (words.empty() ? "" : " ") + name;
  }
  return words;
}

std::string command_words(const CLI::App& app) {
  std::string words;
  for (const CLI::App* command : commands_of(app)) words += (words.empty() ? "" : " ") + command->get_name();
  return words;
}

/// zsh reads bash's script through its own bashcompinit.
std::string bash_script(const CLI::App& program) {
  std::vector<CommandPlace> places;
  collect(program, "", places);
  std::string options, commands, values;
  for (const CommandPlace& place : places) {
    options += fmt::format("    '{}') options='{}' ;;\n", place.words, option_words(*place.app));
    const std::string nested = command_words(*place.app);
    if (!nested.empty()) commands += fmt::format("    '{}') commands='{}' ;;\n", place.words, nested);
    for (const CLI::Option* option : options_of(*place.app)) {
      if (values_of(*option).empty()) continue;
      for (const std::string& name : names_of(*option))
        values += fmt::format("    '{} {}') values='{}' ;;\n", place.words, name, values_of(*option));
    }
  }
  return "_crosshead() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} place='' options='' commands='' values='' k\n"
         "  for ((k = 1; k < COMP_CWORD; ++k)); do\n"
         "    commands=''\n"
         "    case $place in\n" +
         commands +
         "    esac\n"
         "    [[ \" $commands \" == *\" ${COMP_WORDS[k]} \"* ]] && place=${place:+$place }${COMP_WORDS[k]}\n"
         "  done\n"
         "  commands=''\n"
         "  case $place in\n" +
         commands +
         "  esac\n"
         "  case $place in\n" +
         options +
         "  esac\n"
         "  case \"$place ${COMP_WORDS[COMP_CWORD - 1]}\" in\n" +
         values +
         "  esac\n"
         "  if [[ -n $values ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$values\" -- \"$word\"))\n"
         "  elif [[ $word == -* ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
         "  else\n"
         "    COMPREPLY=($(compgen -W \"$commands\" -- \"$word\") $(compgen -f -- \"$word\"))\n"
         "  fi\n"
         "}\n"
         "complete -o filenames -F _crosshead crosshead\n";
}

std::string quoted_for_fish(const std::string& text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') result += '\\';
    result += c == '\n' ? ' ' : c;
  }
  return result + "'";
}

std::string fish_script(const CLI::App& program) {
  std::vector<CommandPlace> places;
  collect(program, "", places);
  std::string script;
  for (const CommandPlace& place : places) {
    std::string condition = "-n __fish_use_subcommand";
    if (!place.words.empty()) {
      condition = "-n '";
      std::string sought = place.words;
      for (std::size_t blank = 0; !sought.empty();
           sought = blank == std::string::npos ? "" : sought.substr(blank + 1)) {
        blank = sought.find(' ');
        condition += (condition == "-n '" ? "" : "; and ") +
                     fmt::format("__fish_seen_subcommand_from {}", sought.substr(0, blank));
      }
      condition += "'";
    }
    for (const CLI::App* command : commands_of(*place.app)) {
      script += fmt::format("complete -c crosshead {} -a {} -d {}\n", condition, command->get_name(),
                            quoted_for_fish(command->get_description()));
    }
    for (const CLI::Option* option : options_of(*place.app)) {
      std::string line = "complete -c crosshead " + condition;
      for (const std::string& name : option->get_snames()) line += " -s " + name;
      for (const std::string& name : option->get_lnames()) line += " -l " + name;
      const std::string values = values_of(*option);
      if (!values.empty()) {
        line += " -x -a " + quoted_for_fish(values);
      } else if (option->get_items_expected_max() > 0) {
        line += " -r";
      }
      script += line + " -d " + quoted_for_fish(option->get_description()) + "\n";
    }
  }
  return script;
}

}  // namespace

std::string completion_script(const CLI::App& program, const std::string& shell) {
  if (shell == "bash") return bash_script(program);
  if (shell == "zsh")
    return "#compdef crosshead\nautoload -U +X bashcompinit && bashcompinit\n" + bash_script(program);
  if (shell == "fish") return fish_script(program);
  throw exact::UsageError("no completion for the shell '" + shell + "'; known are " + kShells);
}

}  // namespace crosshead::cli

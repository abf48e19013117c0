#include "line_width.hpp"

#include <algorithm>
#include <clocale>
#include <cwchar>

#include <locale.h>
#include <wchar.h>

namespace crosshead::cli {
namespace {

constexpr std::size_t kLeast = 2;  // columns that lines are indented by

/// Words between single blanks; blanks in quotes are no ends of words, and an option keeps its value.
std::vector<std::string> shell_words(std::string_view command) {
  std::vector<std::string> words(1);
  char quote = 0;
  bool value = false;  // the next word may be an option's
  for (std::size_t k = 0; k < command.size(); ++k) {
    const char c = command[k];
    if (c == ' ' && quote == 0) {
      const bool option = words.back().starts_with('-') && !value;
      value = option && k + 1 < command.size() && command[k + 1] != '-';
      if (value) {
        words.back() += c;
      } else {
        words.emplace_back();
      }
      continue;
    }
    words.back() += c;
    if (quote != 0) {
      quote = c == quote ? char{0} : quote;
    } else if (c == '\'' || c == '"') {
      quote = c;
    }
  }
  return words;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  const auto ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (std::all_of(text.begin(), text.end(), ascii)) return text.size();
  // Widths are those of a locale; the program itself stays in "C".
  static const locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; };
  if (utf8 == nullptr)
    return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues));
  const locale_t before = uselocale(utf8);
  std::size_t width = 0;
  std::mbstate_t state{};
  while (!text.empty()) {
    wchar_t character = 0;
    const std::size_t bytes = std::mbrtowc(&character, text.data(), text.size(), &state);
    const bool whole = bytes > 0 && bytes <= text.size();
    if (!whole) state = {};
    const int columns = whole ? wcwidth(character) : 1;
    width += columns < 0 ? 1 : static_cast<std::size_t>(columns);
    text.remove_prefix(whole ? bytes : 1);
  }
  uselocale(before);
  return width;
}

std::vector<std::string> lines_of(std::string_view text, std::size_t width, std::size_t first) {
  std::vector<std::string> lines(1);
  bool fresh = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    const std::string_view word = text.substr(0, end);
    const std::size_t left = lines.size() == 1 ? first : width;
    if (!fresh && display_width(lines.back()) + 1 + display_width(word) > left) {
      lines.emplace_back();
      fresh = true;
    }
    if (!fresh) lines.back() += ' ';
    lines.back() += word;
    fresh = false;
    if (end < text.size() && text[end] == '\n') {
      lines.emplace_back();
      fresh = true;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string wrapped(const std::string& first, std::string_view text, std::optional<std::size_t> indent) {
  const std::size_t begin = display_width(first), further = indent.value_or(begin);
  const auto room = [](std::size_t taken) { return kLineWidth - std::min(taken, kLineWidth - 1); };
  std::string result, line = first;
  std::size_t at = begin;
  for (const std::string& piece : lines_of(text, room(further), room(begin))) {
    // A word that is too long for its place begins further left, below what stands there.
    const std::size_t width = display_width(piece);
    if (at + width > kLineWidth && at > kLeast) {
      const std::size_t left = std::max(kLeast, room(width));
      line.erase(line.find_last_not_of(' ') + 1);
      if (!line.empty()) result += line + "\n";
      line = std::string(std::min(at, left), ' ');
    }
    result += line + piece + "\n";
    line = std::string(further, ' ');
    at = further;
  }
  return result;
}

std::string wrapped_command(std::string_view command, std::size_t width) {
  const std::size_t begin = std::min(command.find_first_not_of(' '), command.size());
  if (display_width(command) <= width) return std::string(command) + "\n";
  constexpr std::size_t kDeeper = 4;
  constexpr std::string_view kGoesOn = " \\";
  std::string result, line(begin, ' ');
  bool fresh = true;
  for (const std::string& word : shell_words(command.substr(begin))) {
    if (!fresh && display_width(line) + 1 + display_width(word) + kGoesOn.size() > width) {
      result.append(line).append(kGoesOn).append("\n");
      line = std::string(begin + kDeeper, ' ');
      fresh = true;
    }
    if (!fresh) line += ' ';
    line += word;
    fresh = false;
  }
  return result + line + "\n";
}

}  // namespace crosshead::cli

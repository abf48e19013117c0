#include "colour.hpp"

#include <cstdlib>

#include <unistd.h>

namespace crosshead::cli {

bool colours_wanted() {
  const char* refused = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return isatty(STDOUT_FILENO) == 1 && (refused == nullptr || *refused == '\0') && terminal != nullptr &&
         std::string(terminal) != "dumb";
}

std::string with_tone(std::string text, const std::string& word, Tone tone) {
  const std::size_t place = text.find(word);
  if (place == std::string::npos || word.empty()) return text;
  const auto code = [&] {
    switch (tone) {
      case Tone::holds:
        return "32";  // green
      case Tone::fails:
        return "35";  // magenta
      case Tone::conditional:
        return "33";  // yellow
      case Tone::open:
        return "36";  // cyan
      case Tone::alarm:
        break;
    }
    return "1;31";  // bold red
  };
  return text.replace(place, word.size(), "\x1b[" + std::string(code()) + "m" + word + "\x1b[0m");
}

}  // namespace crosshead::cli

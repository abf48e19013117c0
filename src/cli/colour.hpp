#pragma once

#include <string>

namespace crosshead::cli {

/// How a word is meant; colour only ever repeats what the word says.
enum class Tone { holds, fails, conditional, open, alarm };

/// Whether standard output is a terminal that wants colours (https://no-color.org, TERM=dumb).
bool colours_wanted();

/// `text` with the first occurrence of `word` in the colour of its tone, or as it is if there is none.
std::string with_tone(std::string text, const std::string& word, Tone tone);

}  // namespace crosshead::cli

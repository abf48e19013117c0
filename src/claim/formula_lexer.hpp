#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crosshead/claim/formula.hpp"

namespace crosshead::claim {

enum class TokenKind { name, number, text, mark, end };

/// One token; `text` is a part of the formula (of a text without its quotes).
struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;
  TextPlace place;
};

/// The tokens of a formula, the last of kind `end`. Throws FormulaError at the first character that belongs
/// to none.
std::vector<Token> tokens_of(std::string_view text);

/// "'where'", "the text \"a\"", "the end of the formula": what a complaint says was found.
std::string shown(const Token& token);

}  // namespace crosshead::claim

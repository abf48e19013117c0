// Text to tokens. The longest token wins; white space separates. Marks of other languages are met so often
// that their complaints name the word that stands for them here.
#include "formula_lexer.hpp"

#include <array>
#include <cstdio>
#include <utility>

namespace crosshead::claim {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// The second byte and its followers of a character in UTF-8.
bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

constexpr std::array<std::string_view, 18> kMarks{"<=", ">=", "!=", "..", "<", "=", ">", "+", "-",
                                                  "*",  "/",  "^",  "(",  ")", "[", "]", "{", "}"};
constexpr std::array<std::string_view, 2> kSeparators{",", ":"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kForeign{{{"==", "="},
                                                                                  {"&&", "and"},
                                                                                  {"||", "or"},
                                                                                  {"=>", "implies"},
                                                                                  {"->", "implies"},
                                                                                  {"<>", "!="},
                                                                                  {"**", "^"},
                                                                                  {"\u2264", "<="},
                                                                                  {"\u2265", ">="},
                                                                                  {"\u2260", "!="},
                                                                                  {"&", "and"},
                                                                                  {"!", "not"}}};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    std::vector<Token> tokens;
    for (skip_space(); at_ < text_.size(); skip_space()) tokens.push_back(next());
    tokens.push_back({TokenKind::end, text_.substr(text_.size()), place_});
    return tokens;
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  void advance() {
    if (text_[at_] == '\n') {
      ++place_.line;
      place_.column = 1;
    } else if (at_ + 1 == text_.size() || !continues_character(text_[at_ + 1])) {
      ++place_.column;
    }
    ++at_;
  }

  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) advance();
  }

  Token next() {
    start_ = at_;
    start_place_ = place_;
    if (is_letter(peek())) {
      while (is_letter(peek()) || is_digit(peek())) advance();
      return token(TokenKind::name);
    }
    if (is_digit(peek())) return number();
    if (peek() == '"') return quoted();
    complain_of_foreign();
    for (const std::string_view mark : kMarks) {
      if (text_.substr(at_, mark.size()) == mark) return advanced(mark.size());
    }
    for (const std::string_view mark : kSeparators) {
      if (text_.substr(at_, 1) == mark) return advanced(1);
    }
    complain_of_stray();
  }

  Token token(TokenKind kind) const { return {kind, text_.substr(start_, at_ - start_), start_place_}; }

  Token advanced(std::size_t count) {
    for (std::size_t k = 0; k < count; ++k) advance();
    return token(TokenKind::mark);
  }

  /// Digits, and after a point at least one more; `1..3` is a range.
  Token number() {
    while (is_digit(peek())) advance();
    if (peek() == '.' && peek(1) != '.') {
      advance();
      if (!is_digit(peek())) throw FormulaError(place_, "a digit is expected after the decimal point");
      while (is_digit(peek())) advance();
    }
    if (is_letter(peek())) {
      const std::string digits(text_.substr(start_, at_ - start_));
      if ((peek() == 'e' || peek() == 'E') && (is_digit(peek(1)) || peek(1) == '-' || peek(1) == '+'))
        throw FormulaError(start_place_, "numbers have no exponent: write 25 * 10^-3 for 25e-3");
      throw FormulaError(place_, "a number ends here, but '" + std::string(1, peek()) +
                                     "' follows: write a space, or * for a product");
    }
    return token(TokenKind::number);
  }

  Token quoted() {
    advance();
    const std::size_t from = at_;
    while (at_ < text_.size() && peek() != '"' && peek() != '\n') advance();
    if (peek() != '"') throw FormulaError(start_place_, "the text that starts here is not closed by '\"'");
    const std::string_view inside = text_.substr(from, at_ - from);
    advance();
    return {TokenKind::text, inside, start_place_};
  }

  void complain_of_foreign() const {
    for (const auto& [foreign, ours] : kForeign) {
      if (text_.substr(at_, foreign.size()) != foreign) continue;
      if (foreign == "!" && peek(1) == '=') continue;
      throw FormulaError(place_, "'" + std::string(foreign) + "' is no mark of the language: write '" +
                                     std::string(ours) + "'");
    }
  }

  [[noreturn]] void complain_of_stray() const {
    const char c = peek();
    if (c == '.') throw FormulaError(place_, "a number starts with a digit: write 0.5, not .5");
    std::string name = "'" + std::string(1, c) + "'";
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F) {
      std::size_t end = at_ + 1;
      while (end < text_.size() && end < at_ + 4 && continues_character(text_[end])) ++end;
      const bool whole = end > at_ + 1 && !continues_character(c);
      std::array<char, 16> code{};
      std::snprintf(code.data(), code.size(), "byte 0x%02x", static_cast<unsigned char>(c));
      name = whole ? "'" + std::string(text_.substr(at_, end - at_)) + "'" : std::string(code.data());
    }
    throw FormulaError(place_, name + " is no mark of the language");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  TextPlace place_;
  std::size_t start_ = 0;
  TextPlace start_place_;
};

}  // namespace

std::vector<Token> tokens_of(std::string_view text) {
  return Lexer(text).run();
}

std::string shown(const Token& token) {
  constexpr std::size_t kMost = 40;
  if (token.kind == TokenKind::end) return "the end of the formula";
  std::string text(token.text);
  if (text.size() > kMost) {
    std::size_t end = kMost;
    while (end > 0 && continues_character(text[end])) --end;
    text = text.substr(0, end) + "...";
  }
  if (token.kind == TokenKind::text) return "the text \"" + text + "\"";
  return (token.kind == TokenKind::number ? "the number " : "'") + text +
         (token.kind == TokenKind::number ? "" : "'");
}

}  // namespace crosshead::claim

// Statements of the ledger are plain text with formulas in it: "T_mix(eps) <= 2^(N-1) e^-2". Signs, exponents
// and indices are set as people read them; anything that is not surely one of these stays as it is written.
#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "crosshead/report/html.hpp"

namespace crosshead::report {
namespace {

bool alphanumeric(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

std::size_t word_end(std::string_view text, std::size_t at) {
  while (at < text.size() && alphanumeric(text[at])) ++at;
  return at;
}

std::size_t word_begin(std::string_view text, std::size_t end) {
  while (end > 0 && alphanumeric(text[end - 1])) --end;
  return end;
}

/// Place after the parenthesis that closes the one at `at`; npos if there is none.
std::size_t closing(std::string_view text, std::size_t at) {
  int depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '(') ++depth;
    if (text[at] == ')' && --depth == 0) return at + 1;
  }
  return std::string_view::npos;
}

/// Length of the exponent after '^': "-2", "t", "(N-1)", "floor(2/p)"; 0 where there is none.
std::size_t exponent(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == '(') {
    const std::size_t end = closing(text, at);
    return end == std::string_view::npos ? 0 : end - at;
  }
  const std::size_t start = at < text.size() && text[at] == '-' ? at + 1 : at;
  std::size_t end = word_end(text, start);
  // "floor(2/p)" is one exponent.
  if (end - start > 2 && end < text.size() && text[end] == '(' &&
      closing(text, end) != std::string_view::npos)
    end = closing(text, end);
  return end == start ? 0 : end - at;
}

/// Whether the '_' at `at` makes an index of the word after it, and not a name of two words.
bool is_index(std::string_view text, std::size_t at) {
  static constexpr std::array<std::string_view, 5> kBases{"phi", "min", "max", "beta", "alpha"};
  static constexpr std::array<std::string_view, 6> kIndices{"ij", "mix", "min", "max", "tau", "eff"};
  const std::size_t begin = word_begin(text, at), end = word_end(text, at + 1);
  const std::string_view base = text.substr(begin, at - begin), index = text.substr(at + 1, end - at - 1);
  const bool base_fits = base.size() == 1 || std::find(kBases.begin(), kBases.end(), base) != kBases.end();
  const bool index_fits =
      index.size() == 1 || std::find(kIndices.begin(), kIndices.end(), index) != kIndices.end();
  const auto joins = [](char c) { return c == '_' || c == '"' || c == '\''; };
  const bool alone = (begin == 0 || !joins(text[begin - 1])) && (end == text.size() || !joins(text[end]));
  return base_fits && index_fits && alone;
}

/// Comparison signs and arrows.
std::string signs(std::string html) {
  for (const auto& [from, to] : {std::pair<std::string_view, std::string_view>{"-&gt;", "\xE2\x86\x92"},
                                 {"&lt;=", "\xE2\x89\xA4"},
                                 {"&gt;=", "\xE2\x89\xA5"}}) {
    for (std::size_t at = html.find(from); at != std::string::npos; at = html.find(from, at + to.size()))
      html.replace(at, from.size(), to);
  }
  return html;
}

}  // namespace

std::string prose(std::string_view text) {
  return signs(escaped(text));
}

std::string statement(std::string_view text) {
  std::string html;
  std::size_t plain = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool raised = text[at] == '^', lowered = text[at] == '_' && at > 0 && is_index(text, at);
    const std::size_t length = raised    ? exponent(text, at + 1)
                               : lowered ? word_end(text, at + 1) - at - 1
                                         : std::size_t{0};
    if (length == 0) continue;
    html += prose(text.substr(plain, at - plain));
    std::string_view inside = text.substr(at + 1, length);
    if (inside.front() == '(') inside = inside.substr(1, inside.size() - 2);
    html += fmt::format("<{0}>{1}</{0}>", raised ? "sup" : "sub", statement(inside));
    at += length;
    plain = at + 1;
  }
  return html + prose(text.substr(plain));
}

}  // namespace crosshead::report

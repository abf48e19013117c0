#include "text_table.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace crosshead::cli {
namespace {

/// Characters of UTF-8 text: the bytes that do not continue a character.
std::size_t length(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string cut(const std::string& text, std::size_t widest) {
  if (length(text) <= widest) return text;
  std::size_t bytes = 0;
  for (std::size_t kept = 0; bytes < text.size(); ++bytes) {
    const bool starts = (static_cast<unsigned char>(text[bytes]) & 0xc0) != 0x80;
    if (starts && kept++ == widest - 3) break;
  }
  return text.substr(0, bytes) + "...";
}

}  // namespace

void TextTable::add(std::vector<std::string> cells) {
  for (std::string& cell : cells) cell = cut(cell, widest_);
  rows_.push_back(std::move(cells));
}

std::string TextTable::text() const {
  std::vector<std::size_t> widths(rows_.front().size());
  for (const auto& row : rows_) {
    for (std::size_t c = 0; c < widths.size(); ++c) widths[c] = std::max(widths[c], length(row[c]));
  }
  std::string text;
  for (const auto& row : rows_) {
    std::string line;
    std::size_t wanted = 0;
    for (std::size_t c = 0; c < widths.size(); ++c) {
      line += row[c];
      wanted += widths[c] + 2;
      if (c + 1 < widths.size()) line.append(wanted - length(line), ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string wrapped(const std::string& first, std::string_view text) {
  const std::string indent(length(first), ' ');
  std::string result;
  std::string line = first;
  bool fresh = true;
  while (!text.empty()) {
    const std::size_t blank = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, blank);
    text.remove_prefix(std::min(blank + 1, text.size()));
    if (!fresh && length(line) + 1 + length(word) > kLineWidth) {
      result += line + "\n";
      line = indent;
      fresh = true;
    }
    line += fmt::format("{}{}", fresh ? "" : " ", word);
    fresh = false;
  }
  return result + line + "\n";
}

}  // namespace crosshead::cli

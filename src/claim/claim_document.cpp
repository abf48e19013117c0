// TOML with places. toml++ parses; what is added is a look at the text before that, because toml++ 3.3 cannot
// be given every text, and the way back from a place in a string's value to the place in the file.
#include "crosshead/claim/claim_document.hpp"

#include "crosshead/exact/error.hpp"

namespace crosshead::claim {
namespace {

using exact::InputError;

constexpr int kMostKeyParts = 8;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string position(TextPlace place) {
  return "line " + std::to_string(place.line) + ", column " + std::to_string(place.column);
}

TextPlace place_of(const toml::source_position& where) {
  return {static_cast<int>(where.line), static_cast<int>(where.column)};
}

/// The place of an offset; columns count characters.
TextPlace place_at(std::string_view text, std::size_t offset) {
  TextPlace place;
  for (std::size_t at = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0; at < offset; ++at) {
    if (text[at] == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U) {
      ++place.column;
    }
  }
  return place;
}

/// The quotes that open a string at an offset: `"`, `'`, `"""` or `'''`.
std::string_view opening_quotes(std::string_view text, std::size_t at) {
  const char quote = at < text.size() ? text[at] : '\0';
  if (quote != '"' && quote != '\'') return {};
  const std::string_view three = text.substr(at, 3);
  return three == std::string(3, quote) ? three : three.substr(0, 1);
}

/// Behind the string that starts at an offset; the end of the text if it is not closed.
std::size_t behind_string(std::string_view text, std::size_t at) {
  const std::string_view quotes = opening_quotes(text, at);
  const bool escapes = quotes.front() == '"';
  for (at += quotes.size(); at < text.size(); ++at) {
    if (escapes && text[at] == '\\') {
      ++at;
    } else if (quotes.size() == 1 && text[at] == '\n') {
      return at;
    } else if (text.substr(at, quotes.size()) == quotes) {
      at += quotes.size();
      // Up to two more quotes belong to the value of a string in three quotes.
      for (int extra = 0; extra < 2 && quotes.size() == 3 && at < text.size() && text[at] == quotes[0];
           ++extra)
        ++at;
      return at;
    }
  }
  return text.size();
}

/// Complains of keys with many parts, before the parser builds tables in tables of them.
void check_key_depth(std::string_view text, const std::string& file) {
  int dots = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '.' && ++dots == kMostKeyParts) {
      throw InputError(file, position(place_at(text, at)),
                       "a key may have at most " + std::to_string(kMostKeyParts) + " parts");
    }
    if (c == '\n' || c == ',' || c == '=' || c == '[' || c == ']' || c == '{' || c == '}') dots = 0;
    if (c == '"' || c == '\'') {
      at = behind_string(text, at);
    } else {
      at = c == '#' ? std::min(text.find('\n', at), text.size()) : at + 1;
    }
  }
}

/// Offset of a place whose column counts characters; the end of the text if it lies behind.
std::size_t offset_of(std::string_view text, TextPlace place) {
  std::size_t at = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  for (int line = 1; line < place.line && at < text.size(); ++line) {
    const std::size_t end = text.find('\n', at);
    at = end == std::string_view::npos ? text.size() : end + 1;
  }
  for (int column = 1; column < place.column && at < text.size(); ++column) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
  }
  return at;
}

}  // namespace

ClaimDocument parse_document(std::string_view text, const std::string& file) {
  check_key_depth(text, file);
  try {
    return {file, text, toml::parse(text, file)};
  } catch (const toml::parse_error& error) {
    throw InputError(file, position(place_of(error.source().begin)), std::string(error.description()));
  } catch (const BrokenToml& error) {
    throw InputError(file, "", error.what());
  }
}

std::optional<TextPlace> place_in_file(std::string_view file_text, TextPlace begin, TextPlace inside) {
  const std::size_t at = offset_of(file_text, begin);
  const std::string_view quotes = opening_quotes(file_text, at);
  if (quotes.empty()) return std::nullopt;
  const std::string_view raw = file_text.substr(at, behind_string(file_text, at) - at);
  if (quotes.front() == '"' && raw.find('\\') != std::string_view::npos) return std::nullopt;
  TextPlace first{begin.line, begin.column + static_cast<int>(quotes.size())};
  const std::string_view value = raw.substr(quotes.size());
  // A line break right behind three quotes is no part of the value.
  if (quotes.size() == 3 && (value.starts_with('\n') || value.starts_with("\r\n")))
    first = {begin.line + 1, 1};
  if (inside.line == 1) return TextPlace{first.line, first.column + inside.column - 1};
  return TextPlace{first.line + inside.line - 1, inside.column};
}

void TableReader::fail_at(const toml::source_position& where, const std::string& message) const {
  throw InputError(document_.file, where ? position(place_of(where)) : "", message);
}

void TableReader::fail(const toml::node& node, const std::string& message) const {
  fail_at(node.source().begin, message);
}

void TableReader::fail(const std::string& message) const {
  fail_at(&table_ == &document_.table ? toml::source_position{} : table_.source().begin, message);
}

void TableReader::fail_inside(const toml::node& node, const FormulaError& error) const {
  const TextPlace begin = place_of(node.source().begin);
  if (const auto place = place_in_file(document_.text, begin, error.place()))
    throw InputError(document_.file, position(*place), error.what());
  throw InputError(
      document_.file, position(begin),
      "at " + position(error.place()) +
          " of the formula (the string has escapes, so places are counted inside of it): " + error.what());
}

void TableReader::only(const std::set<std::string>& known) const {
  for (const auto& [key, node] : table_) {
    if (known.count(std::string(key.str())) != 0) continue;
    std::string list;
    for (const std::string& name : known) list += (list.empty() ? "" : ", ") + name;
    fail_at(key.source().begin, "unknown key '" + std::string(key.str()) + "' (known keys: " + list + ")");
  }
}

std::optional<std::string> TableReader::text(const std::string& key) const {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (!node->is_string()) fail(*node, "'" + key + "' must be a string");
  return **node->as_string();
}

std::string TableReader::required(const std::string& key) const {
  auto value = text(key);
  if (!value) fail("the key '" + key + "' is missing");
  if (value->empty()) fail(*find(key), "'" + key + "' must not be empty");
  return *value;
}

std::optional<bool> TableReader::flag(const std::string& key) const {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (!node->is_boolean()) fail(*node, "'" + key + "' must be true or false");
  return **node->as_boolean();
}

const toml::table* TableReader::table(const std::string& key) const {
  const toml::node* node = find(key);
  if (node == nullptr) return nullptr;
  if (!node->is_table()) fail(*node, "'" + key + "' must be a table");
  return node->as_table();
}

exact::Rational TableReader::number(const toml::node& node) const {
  if (!node.is_string()) fail(node, "numbers are written as strings, for example \"1/4\"");
  try {
    return exact::parse_rational(**node.as_string());
  } catch (const exact::NumberError& error) {
    fail(node, error.what());
  }
}

}  // namespace crosshead::claim

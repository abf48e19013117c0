#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

#include "crosshead/claim/formula.hpp"
#include "crosshead/claim/toml.hpp"
#include "crosshead/exact/rational.hpp"

namespace crosshead::claim {

/// A claim file as TOML, with the places of its parts for complaints.
struct ClaimDocument {
  std::string file;
  std::string_view text;  ///< must outlive the document
  toml::table table;
};

/// Throws exact::InputError with line and column for anything that is not TOML, and for keys of more than
/// eight parts.
ClaimDocument parse_document(std::string_view text, const std::string& file);

/// Where a place inside of a string's value stands in the file: `begin` is the place of the string's opening
/// quotes. Nothing if the string is written with escapes, so that values and file do not run in parallel.
std::optional<TextPlace> place_in_file(std::string_view file_text, TextPlace begin, TextPlace inside);

/// Reads typed values out of one table and complains with the place.
class TableReader {
 public:
  TableReader(const ClaimDocument& document, const toml::table& table) : document_(document), table_(table) {}

  [[noreturn]] void fail(const toml::node& node, const std::string& message) const;
  /// At the table's own heading.
  [[noreturn]] void fail(const std::string& message) const;
  /// At a place inside of a formula that is the value of `node`.
  [[noreturn]] void fail_inside(const toml::node& node, const FormulaError& error) const;

  void only(const std::set<std::string>& known) const;
  const toml::node* find(const std::string& key) const { return table_.get(key); }
  std::optional<std::string> text(const std::string& key) const;
  std::string required(const std::string& key) const;
  std::optional<bool> flag(const std::string& key) const;
  /// The table under the key, if there is one.
  const toml::table* table(const std::string& key) const;

  /// The value of `value_named(text)` for the text under the key; what it throws as std::invalid_argument
  /// becomes a complaint at the text.
  template <typename Parse>
  auto named(const std::string& key, Parse value_named) const {
    std::optional<decltype(value_named(std::string()))> value;
    if (const auto name = text(key)) {
      try {
        value = value_named(*name);
      } catch (const std::invalid_argument& error) {
        fail(*find(key), error.what());
      }
    }
    return value;
  }

  exact::Rational number(const toml::node& node) const;

 private:
  [[noreturn]] void fail_at(const toml::source_position& where, const std::string& message) const;

  const ClaimDocument& document_;
  const toml::table& table_;
};

}  // namespace crosshead::claim

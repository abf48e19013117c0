#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
// Some malformed files (1979-05-27Tx) only meet an assertion of toml++ 3.3. It is made an exception here, in
// every kind of build.
#define TOML_ASSERT(expression) crosshead::claim::expect_toml(static_cast<bool>(expression))
#define TOML_EXCEPTIONS 1
// Claim files nest two levels of values (rows of a table); the parser recurses once for each level.
#define TOML_MAX_NESTED_VALUES 16
namespace crosshead::claim {
struct BrokenToml : std::runtime_error {
  BrokenToml() : std::runtime_error("a value in the file is not TOML") {}
};
constexpr void expect_toml(bool holds) {
  if (!holds) throw BrokenToml();
}
}  // namespace crosshead::claim
#pragma push_macro("NDEBUG")
#undef NDEBUG
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")

#include "crosshead/claim/formula.hpp"
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

  /// The value of `name_of_value(text)` for the text under the key; what it throws as std::invalid_argument
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

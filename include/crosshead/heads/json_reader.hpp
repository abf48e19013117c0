#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "crosshead/exact/error.hpp"
#include "crosshead/exact/rational.hpp"

namespace crosshead::heads {

/// Deepest nesting of arrays and objects that is read; a system file needs five levels.
inline constexpr std::size_t kMaxJsonDepth = 64;

/// Parses one JSON document more strictly than RFC 8259 asks: duplicate keys, numbers that are not written as
/// integers (their value would depend on a rounding) and deep nesting are errors. Throws exact::InputError
/// with line and column for broken JSON, and with the key path ("heads[1].edges[0]") for the rest.
nlohmann::json parse_strict_json(std::string_view text, const std::filesystem::path& file);

/// `text` fit for one line of a message: control characters replaced, the middle of a long text left out.
std::string shown(std::string_view text);
/// The exact value, and for a very long one its beginning with a decimal approximation.
std::string shown(const exact::Rational& value);

/// A value of a parsed document together with its place in it, so that every complaint names file and key
/// path. Borrows the document, which must outlive it; the place is its own.
class JsonView {
 public:
  JsonView(const nlohmann::json& document, const std::filesystem::path& file)
      : value_(&document), file_(file.string()) {}

  const nlohmann::json& value() const { return *value_; }
  const std::string& path() const { return path_; }
  [[noreturn]] void fail(const std::string& message) const;

  /// REQUIRES: an array and an index inside it, or an object that has the key.
  JsonView operator[](std::size_t index) const;
  JsonView operator[](const std::string& key) const;
  bool has(const std::string& key) const { return value_->contains(key); }

  /// Complains unless the value is an object whose keys are all among `known`.
  void expect_object(const std::vector<std::string>& known) const;
  /// Complains unless the value is an array; `expected` says of what. Returns its length.
  std::size_t expect_array(const std::string& expected) const;
  /// The string, or a complaint that asks for `expected`.
  const std::string& expect_string(const std::string& expected) const;
  bool expect_boolean() const;
  /// An integer in [least, greatest], or a complaint that asks for `expected`.
  std::int64_t expect_integer(std::int64_t least, std::int64_t greatest, const std::string& expected) const;
  /// An exact number: a JSON integer, or a string read by exact::parse_rational.
  exact::Rational expect_number() const;

  /// "the string \"abc\"", "the integer 7", "an array": what a complaint says was found.
  std::string found() const;

 private:
  JsonView(const nlohmann::json& value, std::string file, std::string path)
      : value_(&value), file_(std::move(file)), path_(std::move(path)) {}

  const nlohmann::json* value_;
  std::string file_;
  std::string path_;
};

/// The number that a JSON value says, as expect_number; throws exact::NumberError without a place.
exact::Rational exact_number(const nlohmann::json& value);

}  // namespace crosshead::heads

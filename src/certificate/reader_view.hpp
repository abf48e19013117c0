#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "document.hpp"

namespace crosshead::certificate {

/// A value of a parsed certificate with its place, for complaints that say where. Places are chains of views
/// on the stack and are only spelled out when needed. Borrows document, file and parent.
class View {
 public:
  View(const Json& document, const std::string& file) : value_(document), file_(file) {}

  const Json& value() const { return value_; }
  [[noreturn]] void fail(const std::string& message) const;

  /// Complains unless the value is an object with these keys in this order; "key?" may be absent.
  void expect_members(std::initializer_list<std::string_view> keys) const;
  bool has(const std::string& key) const { return value_.contains(key); }
  /// REQUIRES: has(key).
  View at(const std::string& key) const { return View(value_.at(key), file_, this, key, 0); }

  /// Complains unless the value is an object of at least one member with names in ascending order.
  void expect_names() const;
  /// Complains unless the value is an array; returns its length.
  std::size_t expect_array(const std::string& expected) const;
  /// The same for an array of `length` values.
  void expect_array(const std::string& expected, std::size_t length) const;
  View at(std::size_t index) const { return View(value_[index], file_, this, {}, index); }

  const std::string& expect_string(const std::string& expected) const;
  bool expect_boolean() const;
  std::int64_t expect_integer(std::int64_t least, std::int64_t greatest) const;
  /// A string with a rational in canonical form.
  exact::Rational expect_rational() const;

 private:
  View(const Json& value, const std::string& file, const View* parent, std::string_view key,
       std::size_t index)
      : value_(value), file_(file), parent_(parent), key_(key), index_(index) {}

  std::string place() const;

  const Json& value_;
  const std::string& file_;
  const View* parent_ = nullptr;
  std::string key_;  ///< in an object; empty in an array
  std::size_t index_ = 0;
};

/// A value in words, for "expected ..., found ...".
std::string found(const Json& value);

// Sections 1 and 3 of FORMAT.md; each complains as View does.
heads::HeadSystem read_system(const View& view);
Fact read_fact(const View& view, const heads::HeadSystem& system);
std::vector<exact::Rational> read_vector(const View& view);

}  // namespace crosshead::certificate

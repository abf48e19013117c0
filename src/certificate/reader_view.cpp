#include "reader_view.hpp"

#include "crosshead/exact/error.hpp"
#include "crosshead/heads/json_reader.hpp"

namespace crosshead::certificate {

using heads::shown;

std::string found(const Json& value) {
  if (value.is_string()) return "the string \"" + shown(value.get<std::string>()) + "\"";
  if (value.is_number()) return "the integer " + value.dump();
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  if (value.is_array()) return "an array of " + std::to_string(value.size());
  return value.is_object() ? "an object" : "null";
}

std::string View::place() const {
  if (parent_ == nullptr) return "";
  const std::string before = parent_->place();
  if (parent_->value_.is_array()) return before + "[" + std::to_string(index_) + "]";
  return before + (before.empty() ? "" : ".") + shown(key_);
}

void View::fail(const std::string& message) const {
  throw exact::InputError(file_, place(), message);
}

void View::expect_members(std::initializer_list<std::string_view> keys) const {
  if (!value_.is_object()) fail("expected an object, found " + found(value_));
  auto member = value_.begin();
  for (std::string_view key : keys) {
    const bool optional = key.back() == '?';
    if (optional) key.remove_suffix(1);
    if (member != value_.end() && member.key() == key) {
      ++member;
    } else if (!optional) {
      fail("expected the key \"" + std::string(key) + "\" " +
           (member == value_.end() ? "at the end" : "where \"" + shown(member.key()) + "\" stands"));
    }
  }
  if (member != value_.end()) fail("the key \"" + shown(member.key()) + "\" has no place here");
}

void View::expect_names() const {
  if (!value_.is_object() || value_.empty()) {
    fail("expected an object with at least one name, found " + found(value_));
  }
  std::string previous;
  for (auto member = value_.begin(); member != value_.end(); ++member) {
    if (member != value_.begin() && member.key() <= previous) {
      fail("the name \"" + shown(member.key()) + "\" is not in ascending order");
    }
    previous = member.key();
  }
}

std::size_t View::expect_array(const std::string& expected) const {
  if (!value_.is_array()) fail("expected " + expected + ", found " + found(value_));
  return value_.size();
}

void View::expect_array(const std::string& expected, std::size_t length) const {
  if (expect_array(expected) != length) {
    fail("expected " + expected + " (" + std::to_string(length) + " values), found " + found(value_));
  }
}

const std::string& View::expect_string(const std::string& expected) const {
  if (!value_.is_string()) fail("expected " + expected + ", found " + found(value_));
  return value_.get_ref<const std::string&>();
}

bool View::expect_boolean() const {
  if (!value_.is_boolean()) fail("expected true or false, found " + found(value_));
  return value_.get<bool>();
}

std::int64_t View::expect_integer(std::int64_t least, std::int64_t greatest) const {
  // Above 2^63 - 1 the value would be unsigned.
  const bool fits =
      value_.is_number_integer() &&
      (!value_.is_number_unsigned() || value_.get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX));
  if (!fits || value_.get<std::int64_t>() < least || value_.get<std::int64_t>() > greatest) {
    const std::string most = greatest == INT64_MAX ? "" : " and at most " + std::to_string(greatest);
    fail("expected an integer, at least " + std::to_string(least) + most + ", found " + found(value_));
  }
  return value_.get<std::int64_t>();
}

exact::Rational View::expect_rational() const {
  const std::string expected = "a number \"p\" or \"p/q\" in lowest terms";
  const std::string& text = expect_string(expected);
  try {
    exact::Rational value = exact::parse_rational(text);
    if (exact::to_string(value) == text) return value;
  } catch (const exact::NumberError&) {
  }
  fail("expected " + expected + ", found " + found(value_));
}

}  // namespace crosshead::certificate

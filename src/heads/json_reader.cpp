#include "crosshead/heads/json_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace crosshead::heads {
namespace {

using nlohmann::json;

std::string child_path(const std::string& path, const std::string& key) {
  return path.empty() ? shown(key) : path + "." + shown(key);
}

std::string child_path(const std::string& path, std::size_t index) {
  return path + "[" + std::to_string(index) + "]";
}

/// Complains about the byte at `offset`, by line and column.
[[noreturn]] void broken(std::string_view text, std::size_t offset, const std::string& file,
                         const std::string& what) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t newline = before.rfind('\n');
  const std::size_t column = before.size() - (newline == std::string_view::npos ? 0 : newline + 1) + 1;
  throw exact::InputError(file, "line " + std::to_string(line) + ", column " + std::to_string(column),
                          "not valid JSON: " + what);
}

/// Builds the document value by value and knows, at every moment, the key path of the value to come.
class StrictBuilder : public nlohmann::json_sax<json> {
 public:
  StrictBuilder(std::string_view text, std::string file) : text_(text), file_(std::move(file)) {}

  json take() { return std::move(document_); }

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(std::int64_t value) override { return add(value); }
  bool number_unsigned(std::uint64_t value) override { return add(value); }
  bool string(std::string& value) override { return add(std::move(value)); }
  bool binary(json::binary_t&) override { fail("binary values are not JSON"); }

  bool number_float(double, const std::string& written) override {
    fail("the number " + shown(written) +
         " is not written as an integer (or exceeds 64 bits); put exact numbers in quotes: \"" +
         shown(written) + "\"");
  }

  bool start_object(std::size_t) override { return open(json::object()); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(std::string& name) override {
    Level& level = levels_.back();
    level.key = name;
    if (level.value->contains(name)) fail("the key appears twice in the same object; keep one of them");
    return true;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    // The library's text ends in "...line 1, column 2: what happened"; only the last part is kept.
    std::string what = error.what();
    if (const std::size_t column_text = what.find(", column "); column_text != std::string::npos) {
      what = what.substr(what.find(": ", column_text) + 2);
    }
    // It quotes what was read last, which need not be UTF-8.
    std::replace_if(
        what.begin(), what.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
    broken(text_, position > 0 ? position - 1 : 0, file_, shown(what));
  }

 private:
  struct Level {
    json* value;
    std::string key;
    std::string path;
  };

  std::string path() const {
    if (levels_.empty()) return "";
    const Level& level = levels_.back();
    return level.value->is_array() ? child_path(level.path, level.value->size())
                                   : child_path(level.path, level.key);
  }

  [[noreturn]] void fail(const std::string& message) const {
    throw exact::InputError(file_, path(), message);
  }

  json* place(json value) {
    if (levels_.empty()) {
      document_ = std::move(value);
      return &document_;
    }
    Level& level = levels_.back();
    if (level.value->is_array()) return &level.value->emplace_back(std::move(value));
    return &((*level.value)[level.key] = std::move(value));
  }

  template <typename Value>
  bool add(Value&& value) {
    place(json(std::forward<Value>(value)));
    return true;
  }

  bool open(json container) {
    if (levels_.size() >= kMaxJsonDepth) {
      fail("nested deeper than " + std::to_string(kMaxJsonDepth) + " levels");
    }
    std::string here = path();
    json* value = place(std::move(container));
    levels_.push_back({value, "", std::move(here)});
    return true;
  }

  bool close() {
    levels_.pop_back();
    return true;
  }

  std::string_view text_;
  std::string file_;
  json document_;
  std::vector<Level> levels_;
};

}  // namespace

json parse_strict_json(std::string_view text, const std::filesystem::path& file) {
  // The library takes a zero byte for the end of the input.
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
    broken(text, zero, file.string(), "a zero byte");
  }
  StrictBuilder builder(text, file.string());
  json::sax_parse(text.begin(), text.end(), &builder);
  return builder.take();
}

std::string shown(std::string_view text) {
  constexpr std::size_t kLongest = 240;
  // Cuts in front of a continuation byte of UTF-8 move to the start of that character.
  const auto boundary = [&](std::size_t cut) {
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xc0) == 0x80) --cut;
    return cut;
  };
  std::string result;
  for (const char c : text.size() > kLongest ? text.substr(0, boundary(kLongest - 60)) : text) {
    const auto byte = static_cast<unsigned char>(c);
    result += byte < 0x20 || byte == 0x7f ? '?' : c;
  }
  if (text.size() > kLongest) result += "... " + shown(text.substr(boundary(text.size() - 40)));
  return result;
}

std::string shown(const exact::Rational& value) {
  std::string text = exact::to_string(value);
  if (text.size() <= 80) return text;
  std::array<char, 32> decimal{};
  const auto end =
      std::to_chars(decimal.data(), decimal.data() + decimal.size(), exact::to_double(value)).ptr;
  return text.substr(0, 40) + "... (about " + std::string(decimal.data(), end) + ")";
}

void JsonView::fail(const std::string& message) const {
  throw exact::InputError(file_, path_, message);
}

JsonView JsonView::operator[](std::size_t index) const {
  return {(*value_)[index], file_, child_path(path_, index)};
}

JsonView JsonView::operator[](const std::string& key) const {
  return {(*value_)[key], file_, child_path(path_, key)};
}

std::string JsonView::found() const {
  if (value_->is_string()) return "the string \"" + shown(value_->get_ref<const std::string&>()) + "\"";
  if (value_->is_number()) return "the integer " + value_->dump();
  if (value_->is_boolean() || value_->is_null()) return value_->dump();
  return value_->is_array() ? "an array" : "an object";
}

void JsonView::expect_object(const std::vector<std::string>& known) const {
  std::string list;
  for (const std::string& key : known) list += (list.empty() ? "" : ", ") + key;
  if (!value_->is_object()) fail("expected an object with keys among " + list + ", found " + found());
  for (const auto& [key, member] : value_->items()) {
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      (*this)[key].fail("unknown key; known keys here are " + list);
    }
  }
}

std::size_t JsonView::expect_array(const std::string& expected) const {
  if (!value_->is_array()) fail("expected " + expected + ", found " + found());
  return value_->size();
}

const std::string& JsonView::expect_string(const std::string& expected) const {
  if (!value_->is_string()) fail("expected " + expected + ", found " + found());
  return value_->get_ref<const std::string&>();
}

bool JsonView::expect_boolean() const {
  if (!value_->is_boolean()) fail("expected true or false, found " + found());
  return value_->get<bool>();
}

std::int64_t JsonView::expect_integer(std::int64_t least, std::int64_t greatest,
                                      const std::string& expected) const {
  const bool fits = value_->is_number_unsigned() ? value_->get<std::uint64_t>() <= std::uint64_t{INT64_MAX}
                                                 : value_->is_number_integer();
  if (!fits || value_->get<std::int64_t>() < least || value_->get<std::int64_t>() > greatest) {
    fail("expected " + expected + ", found " + found());
  }
  return value_->get<std::int64_t>();
}

exact::Rational exact_number(const json& value) {
  if (value.is_string()) return exact::parse_rational(value.get_ref<const std::string&>());
  if (value.is_number_unsigned()) return exact::Rational(value.get<std::uint64_t>());
  if (value.is_number_integer()) return exact::Rational(value.get<std::int64_t>());
  throw exact::NumberError(
      std::string("expected a number as a string (\"3/8\", \"0.25\", \"0x1.8p-3\") or an "
                  "integer, found a value of type ") +
      value.type_name());
}

exact::Rational JsonView::expect_number() const {
  try {
    return exact_number(*value_);
  } catch (const exact::NumberError& error) {
    fail(shown(error.what()));
  }
}

}  // namespace crosshead::heads

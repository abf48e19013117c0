#include "npy_header.hpp"

#include <limits>
#include <optional>
#include <utility>

#include "layout.hpp"
#include "quoted_text.hpp"

namespace crosshead::attention {
namespace {

constexpr std::pair<const char*, DType> kNpyTypes[] = {
    {"<f2", DType::f16}, {"<f4", DType::f32},    {"<f8", DType::f64}, {"|i1", DType::i8},
    {"<i2", DType::i16}, {"<i4", DType::i32},    {"<i8", DType::i64}, {"|u1", DType::u8},
    {"<u2", DType::u16}, {"|b1", DType::boolean}};

class DictLiteral {
 public:
  DictLiteral(std::string_view text, std::uint64_t begin, const ByteStream& stream)
      : text_(text), begin_(begin), stream_(stream) {}

  NpyHeader parse() {
    expect('{', "'{', the start of the header's dict");
    while (!accept('}')) {
      const std::size_t at = at_;
      const std::string key = text("a key in quotes");
      expect(':', "':' after the key");
      if (key == "descr") {
        once(dtype_, at, key) = descr();
      } else if (key == "fortran_order") {
        once(column_major_, at, key) = truth();
      } else if (key == "shape") {
        once(shape_, at, key) = shape();
      } else {
        fail(at, "unknown key " + in_quotes(key) + "; expected 'descr', 'fortran_order' and 'shape'");
      }
      if (!accept(',')) {
        expect('}', "',' or '}' after a value");
        break;
      }
    }
    skip_blanks();
    if (at_ < text_.size()) fail(at_, "text after the header's dict; expected blanks");
    if (!dtype_) fail(at_, "key 'descr' is missing");
    if (!column_major_) fail(at_, "key 'fortran_order' is missing");
    if (!shape_) fail(at_, "key 'shape' is missing");
    return {{*dtype_, std::move(*shape_)}, *column_major_};
  }

 private:
  template <class Value>
  std::optional<Value>& once(std::optional<Value>& slot, std::size_t at, const std::string& key) {
    if (slot) fail(at, "key '" + key + "' occurs twice");
    return slot;
  }

  DType descr() {
    skip_blanks();
    const std::size_t at = at_;
    if (next() == '[') fail(at, "structured dtypes are not supported; expected a plain one such as '<f4'");
    const std::string found = text("a dtype in quotes, such as '<f4'");
    for (const auto& [name, dtype] : kNpyTypes) {
      // One byte has no order, so every mark of order means the same.
      const bool one_byte = name[0] == '|' && found.size() == 3 && (found[0] == '<' || found[0] == '>');
      if (found == name || (one_byte && found.substr(1) == name + 1)) return dtype;
    }
    if (found.find('O') != std::string::npos)
      fail(at, "dtype 'object' holds Python objects; expected numbers");
    if (!found.empty() && found[0] == '>') {
      fail(at, "dtype " + in_quotes(found) + " is big-endian; expected little-endian ('<" +
                   found.substr(1, 8) + "')");
    }
    fail(at, "dtype " + in_quotes(found) +
                 " is not supported; expected <f2, <f4, <f8, |i1, <i2, <i4, <i8, |u1, <u2 or |b1");
  }

  bool truth() {
    skip_blanks();
    for (const auto& [word, value] : {std::pair<std::string_view, bool>{"True", true}, {"False", false}}) {
      if (text_.substr(at_, word.size()) == word) {
        at_ += word.size();
        return value;
      }
    }
    fail(at_, "expected True or False");
  }

  std::vector<std::int64_t> shape() {
    expect('(', "'(', the start of the shape");
    std::vector<std::int64_t> dimensions;
    while (!accept(')')) {
      if (dimensions.size() == kMaxDimensions) fail(at_, "more than 64 dimensions");
      dimensions.push_back(whole_number());
      if (accept(',')) continue;
      // (3) is the number 3 in Python; only (3,) is a tuple.
      if (dimensions.size() == 1) fail(at_, "expected ',' after the only dimension");
      expect(')', "',' or ')' after a dimension");
      break;
    }
    return dimensions;
  }

  std::int64_t whole_number() {
    skip_blanks();
    const std::size_t at = at_;
    std::int64_t value = 0;
    while (next() >= '0' && next() <= '9') {
      const int digit = text_[at_++] - '0';
      if (value > (std::numeric_limits<std::int64_t>::max() - digit) / 10)
        fail(at, "a dimension beyond 2^63");
      value = 10 * value + digit;
    }
    if (at_ == at) fail(at, "expected a dimension, a whole number in decimal digits");
    if (text_[at] == '0' && at_ > at + 1) fail(at, "a dimension with a leading zero");
    return value;
  }

  /// A string literal in either kind of quotes. NumPy writes none with a backslash, so none is accepted.
  std::string text(const char* expected) {
    skip_blanks();
    const char quote = next();
    if (quote != '\'' && quote != '"') fail(at_, std::string("expected ") + expected);
    const std::size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) fail(at_, "a string without its closing quote");
    std::string found(text_.substr(at_ + 1, end - at_ - 1));
    if (found.find('\\') != std::string::npos) fail(at_, "a string with a backslash");
    at_ = end + 1;
    return found;
  }

  void skip_blanks() {
    while (next() == ' ' || next() == '\n') ++at_;
  }
  char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool accept(char c) {
    skip_blanks();
    if (next() != c) return false;
    ++at_;
    return true;
  }
  void expect(char c, const std::string& expected) {
    if (!accept(c)) fail(at_, "expected " + expected);
  }
  [[noreturn]] void fail(std::size_t at, const std::string& message) const {
    stream_.fail(begin_ + at, message);
  }

  std::string_view text_;
  std::uint64_t begin_;
  const ByteStream& stream_;
  std::size_t at_ = 0;
  std::optional<DType> dtype_;
  std::optional<bool> column_major_;
  std::optional<std::vector<std::int64_t>> shape_;
};

}  // namespace

NpyHeader parse_npy_dict(std::string_view text, std::uint64_t begin, const ByteStream& stream) {
  return DictLiteral(text, begin, stream).parse();
}

std::string npy_name_of(DType dtype) {
  for (const auto& [name, named] : kNpyTypes) {
    if (named == dtype) return name;
  }
  return "";
}

}  // namespace crosshead::attention

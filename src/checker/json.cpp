#include "src/checker/json.hpp"

#include <algorithm>

#include "src/checker/limits.hpp"

namespace crosshead::checker {
namespace {

class Reader {
 public:
  Reader(std::string_view bytes, std::string& canonical) : bytes_(bytes), canonical_(canonical) {}

  Json document() {
    Json root = value(0);
    skip_space();
    if (at_ != bytes_.size()) fail("bytes after the end of the document");
    return root;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw Rejected{nullptr, "not JSON: " + what + " at byte " + std::to_string(at_)};
  }
  char peek() const { return at_ < bytes_.size() ? bytes_[at_] : '\0'; }
  char take() {
    if (at_ == bytes_.size()) fail("the text ends early");
    return bytes_[at_++];
  }
  void skip_space() {
    while (at_ < bytes_.size() && std::string_view(" \t\n\r").find(bytes_[at_]) != std::string_view::npos)
      ++at_;
  }
  bool accept(char mark) {
    skip_space();
    if (peek() != mark) return false;
    canonical_ += bytes_[at_++];
    return true;
  }
  void expect(char mark) {
    if (!accept(mark)) fail(at_ == bytes_.size() ? "the text ends early" : std::string("expected ") + mark);
  }

  Json value(int depth) {
    if (++values_ > max_values) refuse("more than " + std::to_string(max_values) + " JSON values");
    if (depth > max_json_depth) refuse("JSON nested deeper than " + std::to_string(max_json_depth));
    Json result;
    skip_space();
    std::size_t begin = canonical_.size();
    if (accept('{')) {
      result.kind = Json::Kind::object;
      while (!accept('}')) {
        if (!result.items.empty()) expect(',');
        skip_space();
        if (peek() != '"') fail("expected a key");
        result.items.push_back(value(depth + 1));
        expect(':');
        result.items.push_back(value(depth + 1));
      }
    } else if (accept('[')) {
      result.kind = Json::Kind::array;
      while (!accept(']')) {
        if (!result.items.empty()) expect(',');
        result.items.push_back(value(depth + 1));
      }
    } else if (accept('"')) {
      result.kind = Json::Kind::string;
      while (peek() != '"') character();
      canonical_ += take();
    } else if (peek() == '-' || (peek() >= '0' && peek() <= '9')) {
      result.kind = Json::Kind::integer;
      if (peek() == '-') canonical_ += take();
      if (peek() < '0' || peek() > '9') fail("expected a digit");
      if (peek() == '0' && at_ + 1 < bytes_.size() && bytes_[at_ + 1] >= '0' && bytes_[at_ + 1] <= '9')
        fail("a number with a leading zero");
      while (peek() >= '0' && peek() <= '9') canonical_ += take();
      if (peek() == '.' || peek() == 'e' || peek() == 'E') fail("a number that is no integer");
    } else {
      for (std::string_view word : {"null", "true", "false"})
        if (bytes_.substr(at_, word.size()) == word) {
          result.kind = word == "null" ? Json::Kind::null : Json::Kind::boolean;
          canonical_ += word;
          at_ += word.size();
          break;
        }
      if (canonical_.size() == begin) fail(at_ == bytes_.size() ? "the text ends early" : "expected a value");
    }
    result.text = std::string_view(canonical_).substr(begin);
    return result;
  }

  // One character of a string, written in its canonical form.
  void character() {
    unsigned char c = static_cast<unsigned char>(take());
    if (c < 0x20) fail("a control character in a string");
    if (c == '\\') return escape();
    canonical_ += static_cast<char>(c);
    if (c < 0x80) return;
    int more = c >= 0xc2 && c < 0xe0 ? 1 : c >= 0xe0 && c < 0xf0 ? 2 : c >= 0xf0 && c < 0xf5 ? 3 : 0;
    if (more == 0) fail("a byte that is not UTF-8");
    for (int k = 0; k < more; ++k) {
      unsigned char next = static_cast<unsigned char>(take());
      bool overlong = k == 0 && ((c == 0xe0 && next < 0xa0) || (c == 0xf0 && next < 0x90));
      bool beyond = k == 0 && ((c == 0xed && next >= 0xa0) || (c == 0xf4 && next >= 0x90));
      if ((next & 0xc0) != 0x80 || overlong || beyond) fail("a byte that is not UTF-8");
      canonical_ += static_cast<char>(next);
    }
  }
  void escape() {
    char c = take();
    (canonical_ += '\\') += c;
    if (std::string_view("\"\\bfnrt").find(c) != std::string_view::npos) return;
    std::string_view code = bytes_.substr(at_, 4);
    bool control = code.size() == 4 && (code.substr(0, 3) == "000" || code.substr(0, 3) == "001") &&
                   std::string_view("0123456789abcdef").find(code[3]) != std::string_view::npos;
    bool has_short_form =
        code == "0008" || code == "0009" || code == "000a" || code == "000c" || code == "000d";
    if (c != 'u' || !control || has_short_form) fail("an escape that section 1 does not use");
    canonical_ += code;
    at_ += 4;
  }

  std::string_view bytes_;
  std::string& canonical_;
  std::size_t at_ = 0;
  std::size_t values_ = 0;
};

}  // namespace

std::unique_ptr<Document> read_json(std::string_view bytes) {
  auto document = std::make_unique<Document>();
  document->canonical.reserve(
      bytes.size());  // never longer than the input, so that the values may point into it
  document->root = Reader(bytes, document->canonical).document();
  return document;
}

const std::vector<Json>& Json::array() const {
  if (kind != Kind::array) throw Rejected{this, "expected an array"};
  return items;
}

std::vector<const Json*> Json::members(std::initializer_list<std::string_view> keys) const {
  if (kind != Kind::object) throw Rejected{this, "expected an object"};
  std::vector<const Json*> values;
  std::size_t at = 0;
  for (std::string_view key : keys) {
    bool optional = key.back() == '?';
    if (optional) key.remove_suffix(1);
    bool here = at < items.size() && items[at].string() == key;
    if (!here && !optional) throw Rejected{this, "expected the key \"" + std::string(key) + "\" next"};
    values.push_back(here ? &items[at + 1] : nullptr);
    if (here) at += 2;
  }
  if (at < items.size())
    throw Rejected{this, "the key " + std::string(items[at].text) + " is not expected here"};
  return values;
}

const std::vector<Json>& Json::named() const {
  if (kind != Kind::object || items.empty()) throw Rejected{this, "expected at least one name"};
  for (std::size_t k = 2; k < items.size(); k += 2)
    if (items[k].string() <= items[k - 2].string())
      throw Rejected{this, "the names are not in ascending order"};
  return items;
}

bool Json::boolean() const {
  if (kind != Kind::boolean) throw Rejected{this, "expected true or false"};
  return text == "true";
}

long Json::integer(long least) const {
  if (kind != Kind::integer || text == "-0") throw Rejected{this, "expected an integer"};
  if (text.size() > 18) refuse("an integer of more than 18 digits");
  long value = std::stol(std::string(text));
  if (value < least) throw Rejected{this, "expected an integer of at least " + std::to_string(least)};
  return value;
}

std::string Json::string() const {
  if (kind != Kind::string) throw Rejected{this, "expected a string"};
  std::string plain;
  for (std::size_t k = 1; k + 1 < text.size(); ++k) {
    if (text[k] != '\\') {
      plain += text[k];
    } else if (text[++k] == 'u') {
      plain += static_cast<char>(std::stoi(std::string(text.substr(k + 1, 4)), nullptr, 16));
      k += 4;
    } else {
      plain += "\"\\\b\f\n\r\t"[std::string_view("\"\\bfnrt").find(text[k])];
    }
  }
  return plain;
}

std::size_t Json::choice(std::initializer_list<std::string_view> allowed) const {
  auto found = std::find(allowed.begin(), allowed.end(), string());
  if (found == allowed.end())
    throw Rejected{this, std::string(text) + " is not one of the words allowed here"};
  return static_cast<std::size_t>(found - allowed.begin());
}

mpq_class Json::rational() const {
  std::string digits = string();
  if (digits.size() > max_digits) refuse("a number of more than " + std::to_string(max_digits) + " digits");
  spend(40 + 20 * digits.size());
  mpq_class value;
  bool good = mpq_set_str(value.get_mpq_t(), digits.c_str(), 10) == 0 && value.get_den() != 0;
  if (good) value.canonicalize();
  if (!good || value.get_str() != digits)
    throw Rejected{this, std::string(text) + " is not a canonical rational"};
  return value;
}

std::string place_of(const Json& root, const Json* value) {
  for (std::size_t k = 0; k < root.items.size() && &root != value; ++k) {
    const Json& item = root.items[k];
    if (value->text.data() >= item.text.data() + item.text.size()) continue;
    bool object = root.kind == Json::Kind::object;
    return (object ? "." + root.items[k - k % 2].string() : "[" + std::to_string(k) + "]") +
           place_of(item, value);
  }
  return "";
}

}  // namespace crosshead::checker

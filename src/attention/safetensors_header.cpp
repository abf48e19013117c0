#include "safetensors_header.hpp"

#include <limits>
#include <optional>
#include <unordered_set>
#include <utility>

#include "layout.hpp"
#include "quoted_text.hpp"
#include <nlohmann/json.hpp>

#include "crosshead/exact/error.hpp"

namespace crosshead::attention {
namespace {

using nlohmann::json;

constexpr std::pair<const char*, DType> kTypeNames[] = {
    {"F16", DType::f16}, {"BF16", DType::bf16}, {"F32", DType::f32},     {"F64", DType::f64},
    {"I8", DType::i8},   {"I16", DType::i16},   {"I32", DType::i32},     {"I64", DType::i64},
    {"U8", DType::u8},   {"U16", DType::u16},   {"BOOL", DType::boolean}};

/// Receives the header event by event instead of as a document: a document keeps the last of two equal keys
/// and nests as deep as the text does, and neither may pass here.
class HeaderEvents final : public nlohmann::json_sax<json> {
 public:
  explicit HeaderEvents(const std::string& file) : file_(file) {}

  SafetensorsHeader take() { return std::move(header_); }

  bool start_object(std::size_t) override {
    switch (state_) {
      case State::document:
        state_ = State::top;
        return true;
      case State::tensor:
        state_ = State::tensor_keys;
        return true;
      case State::metadata:
        state_ = State::metadata_keys;
        return true;
      default:
        unexpected("an object");
    }
  }

  bool key(std::string& text) override {
    if (state_ == State::top) {
      if (!names_.insert(text).second) fail("key " + in_quotes(text), "occurs twice in the header");
      if (text == "__metadata__") {
        state_ = State::metadata;
      } else {
        state_ = State::tensor;
        header_.entries.push_back({text, {}, 0, 0});
        dtype_.reset(), shape_.reset(), offsets_.reset();
      }
    } else if (state_ == State::tensor_keys) {
      tensor_key(text);
    } else {
      if (header_.metadata.count(text)) fail("__metadata__", "key " + in_quotes(text) + " occurs twice");
      metadata_key_ = text;
      state_ = State::metadata_value;
    }
    return true;
  }

  bool string(std::string& text) override {
    if (state_ == State::metadata_value) {
      header_.metadata.emplace(metadata_key_, text);
      state_ = State::metadata_keys;
      return true;
    }
    if (state_ != State::dtype) unexpected("a string");
    for (const auto& [name, dtype] : kTypeNames) {
      if (text == name) dtype_ = dtype;
    }
    if (!dtype_) {
      fail(place(), "dtype " + in_quotes(text) +
                        " is not supported; expected F16, BF16, F32, F64, I8, I16, I32, I64, U8 "
                        "or BOOL");
    }
    state_ = State::tensor_keys;
    return true;
  }

  bool start_array(std::size_t) override {
    if (state_ == State::shape && !shape_) {
      shape_.emplace();
    } else if (state_ == State::offsets && !offsets_) {
      offsets_.emplace();
    } else {
      unexpected("an array");
    }
    return true;
  }

  bool number_unsigned(number_unsigned_t value) override {
    constexpr auto limit = static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max());
    if (state_ == State::shape && shape_ && value <= limit && shape_->size() < kMaxDimensions) {
      shape_->push_back(static_cast<std::int64_t>(value));
    } else if (state_ == State::offsets && offsets_ && offsets_->size() < 2) {
      offsets_->push_back(value);
    } else {
      unexpected("the number " + std::to_string(value));
    }
    return true;
  }

  bool end_array() override {
    if (state_ == State::offsets && offsets_->size() != 2) fail(place(), "data_offsets are not [begin, end]");
    state_ = State::tensor_keys;
    return true;
  }

  bool end_object() override {
    if (state_ == State::tensor_keys) {
      if (!dtype_) fail(place(), "key 'dtype' is missing");
      if (!shape_) fail(place(), "key 'shape' is missing");
      if (!offsets_) fail(place(), "key 'data_offsets' is missing");
      header_.entries.back().info = {*dtype_, std::move(*shape_)};
      header_.entries.back().begin = (*offsets_)[0];
      header_.entries.back().end = (*offsets_)[1];
    }
    state_ = state_ == State::top ? State::document : State::top;
    return true;
  }

  bool null() override { unexpected("null"); }
  bool boolean(bool) override { unexpected("a boolean"); }
  bool number_integer(number_integer_t value) override { unexpected("the number " + std::to_string(value)); }
  bool number_float(number_float_t, const string_t&) override {
    unexpected("a number that is not an integer below 2^64");
  }
  bool binary(binary_t&) override { unexpected("a binary value"); }
  bool parse_error(std::size_t position, const std::string&, const json::exception&) override {
    // The parser counts from 1, the header follows the 8 bytes of its length.
    fail("byte " + std::to_string(position + 7), "the header is not valid JSON in UTF-8");
  }

 private:
  enum class State {
    document,
    top,
    tensor,
    tensor_keys,
    dtype,
    shape,
    offsets,
    metadata,
    metadata_keys,
    metadata_value
  };

  void tensor_key(const std::string& text) {
    const bool again =
        (text == "dtype" && dtype_) || (text == "shape" && shape_) || (text == "data_offsets" && offsets_);
    if (again) fail(place(), "key '" + text + "' occurs twice");
    if (text == "dtype") {
      state_ = State::dtype;
    } else if (text == "shape") {
      state_ = State::shape;
    } else if (text == "data_offsets") {
      state_ = State::offsets;
    } else {
      fail(place(), "unknown key " + in_quotes(text) + "; expected 'dtype', 'shape' and 'data_offsets'");
    }
  }

  std::string place() const {
    const bool in_tensor = state_ >= State::tensor && state_ <= State::offsets;
    if (in_tensor) return "tensor " + in_quotes(header_.entries.back().name);
    return state_ >= State::metadata ? "__metadata__" : "header";
  }

  [[noreturn]] void unexpected(const std::string& what) const {
    const char* expected = "an object of tensors";
    switch (state_) {
      case State::tensor:
        expected = "an object with 'dtype', 'shape' and 'data_offsets'";
        break;
      case State::dtype:
        expected = "dtype as a string";
        break;
      case State::shape:
        expected = "shape as an array of at most 64 whole numbers below 2^63";
        break;
      case State::offsets:
        expected = "data_offsets as an array [begin, end] of whole numbers";
        break;
      case State::metadata:
        expected = "an object of strings";
        break;
      case State::metadata_value:
        expected = "a string";
        break;
      default:
        break;
    }
    fail(place(), "found " + what + "; expected " + expected);
  }

  [[noreturn]] void fail(const std::string& where, const std::string& message) const {
    throw exact::InputError(file_, where, message);
  }

  const std::string& file_;
  State state_ = State::document;
  SafetensorsHeader header_;
  std::unordered_set<std::string> names_;
  std::string metadata_key_;
  std::optional<DType> dtype_;
  std::optional<std::vector<std::int64_t>> shape_;
  std::optional<std::vector<std::uint64_t>> offsets_;
};

}  // namespace

std::string safetensors_name_of(DType dtype) {
  for (const auto& [name, named] : kTypeNames) {
    if (named == dtype) return name;
  }
  return "";
}

SafetensorsHeader parse_safetensors_header(const std::string& json_text, const std::string& file) {
  HeaderEvents events(file);
  json::sax_parse(json_text, &events);
  return events.take();
}

}  // namespace crosshead::attention

#include "layout.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <limits>

#include "float_bits.hpp"
#include "quoted_text.hpp"

#include "crosshead/exact/error.hpp"

namespace crosshead::attention {
namespace {

constexpr std::uint64_t kMaxElements =
    static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) / 8;
constexpr std::size_t kChunkElements = std::size_t{1} << 16;

std::string shown(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.17g", value);
  return text;
}

}  // namespace

std::optional<std::uint64_t> count_elements(const std::vector<std::int64_t>& shape) {
  if (shape.size() > kMaxDimensions) return std::nullopt;
  std::uint64_t nonzero = 1;
  bool empty = false;
  for (std::int64_t dimension : shape) {
    if (dimension < 0) return std::nullopt;
    if (dimension == 0) {
      empty = true;
      continue;
    }
    if (nonzero > kMaxElements / static_cast<std::uint64_t>(dimension)) return std::nullopt;
    nonzero *= static_cast<std::uint64_t>(dimension);
  }
  return empty ? 0 : nonzero;
}

std::string describe(const std::vector<std::int64_t>& shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size() && i <= kMaxDimensions; ++i) {
    text += (i == 0 ? "" : ", ") + (i == kMaxDimensions ? std::string("...") : std::to_string(shape[i]));
  }
  return text + "]";
}

std::string gather(std::string_view bytes, std::size_t item, std::uint64_t offset,
                   const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& stride) {
  const std::uint64_t count = count_elements(shape).value_or(0);
  std::string result(count * item, '\0');
  std::vector<std::int64_t> index(shape.size(), 0);
  std::uint64_t at = offset;
  for (std::uint64_t i = 0; i < count; ++i) {
    std::memcpy(result.data() + i * item, bytes.data() + at * item, item);
    for (std::size_t d = shape.size(); d-- > 0;) {
      at += static_cast<std::uint64_t>(stride[d]);
      if (++index[d] < shape[d]) break;
      at -= static_cast<std::uint64_t>(stride[d]) * static_cast<std::uint64_t>(shape[d]);
      index[d] = 0;
    }
  }
  return result;
}

std::size_t append_decoded(DType dtype, std::string_view bytes, std::vector<double>& values) {
  const std::size_t count = bytes.size() / static_cast<std::size_t>(size_of(dtype));
  const std::size_t old = values.size();
  values.resize(old + count);
  return decode_elements(dtype, bytes.data(), count, values.data() + old);
}

const char* refusal(DType dtype) {
  return dtype == DType::boolean ? "a boolean byte is neither 0 nor 1"
                                 : "an integer lies beyond 2^53; expected integers that doubles hold exactly";
}

std::vector<double> read_elements(ByteStream& stream, DType dtype, std::uint64_t left) {
  std::vector<double> values;
  const auto item = static_cast<std::size_t>(size_of(dtype));
  values.reserve(left);
  std::string chunk;
  while (left > 0) {
    const std::size_t count = static_cast<std::size_t>(std::min<std::uint64_t>(left, kChunkElements));
    chunk.resize(count * item);
    const std::uint64_t begin = stream.position();
    stream.read(chunk.data(), chunk.size());
    const std::size_t decoded = append_decoded(dtype, chunk, values);
    if (decoded < count) stream.fail(begin + decoded * item, refusal(dtype));
    left -= count;
  }
  return values;
}

Tensor read_row_major(ByteStream& stream, const TensorInfo& info) {
  return {info.dtype, info.shape, read_elements(stream, info.dtype, count_elements(info.shape).value_or(0))};
}

std::string encode_tensor(const Tensor& tensor, const std::string& file, const std::string& name) {
  const std::string place = name.empty() ? "" : "tensor " + in_quotes(name);
  const auto count = count_elements(tensor.shape);
  if (!count || *count != tensor.values.size()) {
    throw exact::InputError(file, place,
                            "shape " + describe(tensor.shape) + " does not hold its " +
                                std::to_string(tensor.values.size()) + " values");
  }
  std::string bytes(*count * static_cast<std::size_t>(size_of(tensor.dtype)), '\0');
  const std::size_t encoded = encode_elements(tensor.dtype, tensor.values.data(), *count, bytes.data());
  if (encoded < *count) {
    throw exact::InputError(file, place,
                            "element " + std::to_string(encoded) + " is " + shown(tensor.values[encoded]) +
                                ", which " + name_of(tensor.dtype) + " cannot hold exactly");
  }
  return bytes;
}

}  // namespace crosshead::attention

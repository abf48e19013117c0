#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "byte_stream.hpp"

#include "crosshead/attention/tensor_file.hpp"

namespace crosshead::attention {

/// More dimensions than any framework supports; a longer shape is a damaged file.
inline constexpr std::size_t kMaxDimensions = 64;

/// The product of a shape; nullopt for a negative dimension, more than kMaxDimensions dimensions, or a
/// product of the nonzero dimensions so large that its bytes could not be counted in 63 bits.
std::optional<std::uint64_t> count_elements(const std::vector<std::int64_t>& shape);

/// "[2, 3]".
std::string describe(const std::vector<std::int64_t>& shape);

/// Elements of `item` bytes picked from `bytes` into row-major order: element (i_1, ..., i_k) lies at element
/// number offset + sum i_d stride_d. REQUIRES: every such element lies inside `bytes`, shape and strides have
/// equal length.
std::string gather(std::string_view bytes, std::size_t item, std::uint64_t offset,
                   const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& stride);

/// The next elements of `stream` as a tensor of the given dtype and row-major shape, a chunk at a time.
/// REQUIRES: count_elements(info.shape) elements fit in what remains of the stream.
Tensor read_row_major(ByteStream& stream, const TensorInfo& info);

/// The next `count` elements of `stream`, a chunk at a time. REQUIRES: so many fit in what remains of it.
std::vector<double> read_elements(ByteStream& stream, DType dtype, std::uint64_t count);

/// The bytes of a tensor in row-major order. Throws InputError(file, "tensor <name>", ...) when the values
/// are not as many as the shape says or one of them is not exact in tensor.dtype.
std::string encode_tensor(const Tensor& tensor, const std::string& file, const std::string& name);

/// Appends the elements in `bytes` to `values` and returns how many; fewer than there are when the next one
/// is refused, for the reason that `refusal` words.
[[nodiscard]] std::size_t append_decoded(DType dtype, std::string_view bytes, std::vector<double>& values);
const char* refusal(DType dtype);

}  // namespace crosshead::attention

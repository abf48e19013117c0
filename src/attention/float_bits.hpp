#pragma once

#include <cstddef>

#include "crosshead/attention/tensor_file.hpp"

namespace crosshead::attention {

/// Elements as little-endian bytes <-> doubles, without rounding in either direction.
///
/// Decodes `count` elements; returns how many were decoded. Fewer than `count` means that the next one has no
/// exact double here: a 64-bit integer beyond 2^53 in absolute value, or a boolean byte other than 0 and 1.
[[nodiscard]] std::size_t decode_elements(DType dtype, const char* bytes, std::size_t count, double* values);

/// Encodes `count` values; returns how many were encoded. Fewer than `count` means that `dtype` cannot hold
/// the next value exactly. Every float type holds the infinities and NaN (a NaN whose payload does not fit
/// becomes the quiet NaN of its sign); integers hold neither. The zero of an integer type stands for both
/// zeros.
[[nodiscard]] std::size_t encode_elements(DType dtype, const double* values, std::size_t count, char* bytes);

}  // namespace crosshead::attention

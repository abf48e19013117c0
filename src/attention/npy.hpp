#pragma once

#include <string>

#include "byte_stream.hpp"

#include "crosshead/attention/tensor_file.hpp"

namespace crosshead::attention {

/// What the header of an .npy file declares.
struct NpyHeader {
  TensorInfo info;
  bool column_major = false;  ///< "fortran_order": the first index runs fastest
};

/// Reads magic, version and header from the start of `stream`, leaving it at the first element. The elements
/// declared fill the rest of the stream exactly. Throws exact::InputError through the stream.
NpyHeader read_npy_header(ByteStream& stream);

/// The elements that follow the header, transposed to row-major order when necessary, up to the stream's
/// checked end.
Tensor read_npy_elements(ByteStream& stream, const NpyHeader& header);

/// Elements [begin, begin + count), in row-major order, of those that follow the header; others are skipped
/// unless they are column-major. REQUIRES: there are so many.
std::vector<double> read_npy_part(ByteStream& stream, const NpyHeader& header, std::uint64_t begin,
                                  std::uint64_t count);

/// A whole .npy file, version 1.0, byte for byte as NumPy writes it. `file` and `name` are for messages.
/// bfloat16 has no .npy form and throws exact::InputError.
std::string npy_bytes(const Tensor& tensor, const std::string& file, const std::string& name);

}  // namespace crosshead::attention

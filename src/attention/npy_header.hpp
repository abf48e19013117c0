#pragma once

#include <string>
#include <string_view>

#include "byte_stream.hpp"
#include "npy.hpp"

namespace crosshead::attention {

/// Parses the Python dict literal of an .npy header: the keys 'descr', 'fortran_order' and 'shape', each
/// once, in any order, then blanks. Nothing else of Python is understood. `begin` is the literal's offset in
/// `stream`, which is used to report what does not fit.
NpyHeader parse_npy_dict(std::string_view text, std::uint64_t begin, const ByteStream& stream);

/// "<f4", "|b1", ...: a dtype as .npy spells it; empty for bfloat16, which it cannot spell.
std::string npy_name_of(DType dtype);

}  // namespace crosshead::attention

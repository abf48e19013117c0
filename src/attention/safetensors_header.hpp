#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "crosshead/attention/tensor_file.hpp"

namespace crosshead::attention {

/// One tensor as the JSON header of a safetensors file declares it; offsets count from the end of the header.
struct SafetensorsEntry {
  std::string name;
  TensorInfo info;
  std::uint64_t begin = 0, end = 0;
};

struct SafetensorsHeader {
  std::vector<SafetensorsEntry> entries;  ///< in the order of the header
  std::map<std::string, std::string> metadata;
};

/// "F32", "BOOL", ...: the names used by the format.
std::string safetensors_name_of(DType dtype);

/// Reads the JSON text, which starts at byte 8 of `file`. Accepts only the format's own vocabulary, each key
/// once. Shapes and offsets are as declared: comparing them with the file is the caller's task. Throws
/// exact::InputError.
SafetensorsHeader parse_safetensors_header(const std::string& json, const std::string& file);

}  // namespace crosshead::attention

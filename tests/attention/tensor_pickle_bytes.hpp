#pragma once

#include <initializer_list>
#include <string>

#include "tensor_test_files.hpp"

/// Pickle operations, spelt out as torch.save writes them.
namespace crosshead::attention::pickle_bytes {

inline std::string text(const std::string& value) {
  return std::string("X") + little_endian(value.size(), 4) + value;
}
inline std::string number(std::uint64_t value) {
  return std::string("J") + little_endian(value, 4);
}
inline std::string global(const std::string& module, const std::string& name) {
  return std::string("c") + module + "\n" + name + "\n";
}
inline std::string tuple(std::initializer_list<std::uint64_t> values) {
  std::string bytes = "(";
  for (std::uint64_t value : values) bytes += number(value);
  return bytes + "t";
}

inline const std::string kProtocol = "\x80\x02";
inline const std::string kDict = global("collections", "OrderedDict") + ")R";
inline const std::string kRebuild = global("torch._utils", "_rebuild_tensor_v2");

inline std::string storage(const std::string& type, const std::string& key, std::uint64_t elements) {
  return std::string("(") + text("storage") + global("torch", type) + text(key) + text("cuda:5") +
         number(elements) + "tQ";
}
inline std::string view(const std::string& storage, std::uint64_t offset,
                        std::initializer_list<std::uint64_t> shape,
                        std::initializer_list<std::uint64_t> stride) {
  return kRebuild + "(" + storage + number(offset) + tuple(shape) + tuple(stride) + "\x89" + kDict + "tR";
}
/// A pickle of one dict with the given keys and values.
inline std::string pickle(const std::string& items) {
  return kProtocol + kDict + "(" + items + "u.";
}

}  // namespace crosshead::attention::pickle_bytes

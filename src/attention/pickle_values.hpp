#pragma once

#include <cstdint>
#include <deque>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crosshead/attention/tensor_file.hpp"

namespace crosshead::attention {

/// The callables and types that a state dict may name.
enum class PickleGlobal : std::uint8_t { ordered_dict, rebuild_tensor, storage_type };

/// A value on the pickle machine. Everything but small scalars lives in PickleHeap and is named by its number
/// there, so that values can be copied freely and a dict that contains itself costs nothing to destroy.
struct PickleValue {
  enum class Kind : std::uint8_t { none, boolean, integer, text, tuple, dict, global, storage, tensor };
  Kind kind = Kind::none;
  PickleGlobal global = PickleGlobal::ordered_dict;  ///< for Kind::global
  DType dtype = DType::f32;                          ///< for a storage type
  std::int64_t number = 0;                           ///< the integer, or the number of the value in its list
};

/// "a tuple", "an integer", ...: for messages.
const char* describe(PickleValue::Kind kind);

/// Everything a pickle builds, kept until it has been run to its end.
struct PickleHeap {
  struct Tuple {
    std::size_t begin = 0, length = 0;  ///< in `elements`
  };
  struct Item {
    std::int64_t dict = 0;
    std::string_view key;
    PickleValue value;
    std::uint64_t byte = 0;
  };
  struct Storage {
    DType dtype = DType::f32;
    std::string_view key;
    std::uint64_t elements = 0;
  };
  struct View {
    std::int64_t storage = 0;
    std::uint64_t offset = 0;
    Tuple shape, stride;
    std::uint64_t byte = 0;
  };

  std::vector<std::string_view> texts;  ///< into the pickle itself
  std::vector<PickleValue> elements;    ///< of all tuples
  std::vector<Tuple> tuples;
  std::int64_t dicts = 0;
  std::vector<Item> items;  ///< of all dicts, in the order they were set
  std::set<std::pair<std::int64_t, std::string_view>> keys;
  std::vector<Storage> storages;
  std::vector<View> views;
};

}  // namespace crosshead::attention

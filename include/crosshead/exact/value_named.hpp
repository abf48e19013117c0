#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

namespace crosshead::exact {

/// The first of the values whose name_of is `name`; nothing if none has that name.
template <typename Value>
std::optional<Value> value_named(std::string_view name, std::initializer_list<Value> values) {
  for (const Value value : values) {
    if (name == name_of(value)) return value;
  }
  return std::nullopt;
}

}  // namespace crosshead::exact

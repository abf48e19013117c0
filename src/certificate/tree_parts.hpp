#pragma once

#include <string>
#include <utility>

#include "document.hpp"

namespace crosshead::certificate {

// Pieces that trees are made of.

inline Json tree(const std::string& op, std::initializer_list<Json> parts) {
  Json result = Json::array({op});
  for (const Json& part : parts) result.push_back(part);
  return result;
}

/// a op b; what a joins already by the same op stays in one list.
inline Json joined(const std::string& op, Json a, Json b) {
  if (!a.is_array() || a[0] != op) return tree(op, {std::move(a), std::move(b)});
  a.push_back(std::move(b));
  return a;
}

inline Json both(Json a, Json b) {
  return joined("and", std::move(a), std::move(b));
}

inline Json minus(Json x, Json y) {
  return tree("-", {std::move(x), std::move(y)});
}

inline Json range(Json least, Json most) {
  return tree("..", {std::move(least), std::move(most)});
}

inline Json all_nodes() {
  return range(1, "n");
}

inline Json is_not_sink(const std::string& name) {
  return tree("not", {tree("=", {name, "tau"})});
}

}  // namespace crosshead::certificate

#pragma once

#include <string>

namespace crosshead::testing {

inline bool has(const std::string& html, const std::string& part) {
  return html.find(part) != std::string::npos;
}

}  // namespace crosshead::testing

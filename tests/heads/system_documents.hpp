#pragma once

#include <string>
#include <string_view>

#include "crosshead/exact/error.hpp"
#include "crosshead/heads/system_file.hpp"

namespace crosshead::heads {

inline const char* const kExample = R"({ "schema": "crosshead.system/1",
  "name": "example-3.8",
  "nodes": ["u", "v", "tau"],
  "self_loops": true,
  "heads": [ {"name": "first", "edges": [["u","v"]]}, {"edges": [["v","tau"]]} ],
  "weights": ["1/3", "2/3"] })";

inline AttentionLoader no_attention() {
  return [](const AttentionReference&) -> AttentionMatrix {
    throw exact::InputError("a.npy", "", "unexpected");
  };
}

inline HeadSystem parse(std::string_view text) {
  return parse_system(text, "folder/system.json", no_attention());
}

/// A document with the given members after the schema.
inline std::string document(const std::string& members) {
  return R"({"schema":"crosshead.system/1",)" + members + "}";
}

/// What the parser says of a document, "accepted" when it takes it.
inline std::string complaint(std::string_view text) {
  try {
    parse(text);
  } catch (const exact::InputError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace crosshead::heads

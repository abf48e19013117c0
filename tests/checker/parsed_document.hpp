#pragma once

#include <memory>
#include <string>

#include "src/checker/values.hpp"
#include <gtest/gtest.h>

/// JSON of any kind, as the checker reads it.
struct ParsedDocument {
  explicit ParsedDocument(const std::string& text)
      : root(json_loadb(text.data(), text.size(), JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, nullptr),
             json_decref) {
    EXPECT_NE(root, nullptr) << text;
  }
  crosshead::checker::Json json() const { return {root.get()}; }
  std::unique_ptr<json_t, void (*)(json_t*)> root;
};

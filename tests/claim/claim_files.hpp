#pragma once

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "crosshead/claim/ledger.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::claim {

// Claim files that the tests of reading them start from, and what is said of damaged ones.

inline heads::HeadSystem two_nodes() {
  heads::HeadSystem system;
  system.name = "two nodes";
  system.nodes = {"1", "2"};
  system.sink = 1;
  system.heads.resize(1);
  system.heads[0].graph = graph::Digraph(2, true);
  system.weights = {1};
  return system;
}

/// Knows the one name "two.json".
inline heads::HeadSystem shelf(const std::string& name) {
  if (name == "two.json") return two_nodes();
  throw std::invalid_argument("there is no system file '" + name + "' here");
}

inline LedgerEntry parsed(const std::string& text) {
  return parse_claim(text, "C1.toml", shelf);
}

/// Place and message of the complaint; empty if there is none.
inline std::string complaint(const std::string& text) {
  try {
    parsed(text);
  } catch (const exact::InputError& error) {
    EXPECT_EQ(error.file(), "C1.toml");
    return error.place() + ": " + error.message();
  }
  return "";
}

inline const std::string kLabels =
    "id = \"C1\"\nsection = \"3\"\nsource = \"s\"\nstatement = \"t\"\n";  // 4 lines
inline const std::string kHead = kLabels + "expected = \"verified\"\n";   // 5 lines
inline const std::string kReading =
    "[[reading]]\nname = \"r\"\nexpected = true\nformula = \"1 < 2\"\n";  // 4 lines
inline const std::string kGood = kHead + kReading;

inline std::string replaced(std::string text, const std::string& old, const std::string& by) {
  const std::size_t at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  return text.replace(at, old.size(), by);
}

}  // namespace crosshead::claim

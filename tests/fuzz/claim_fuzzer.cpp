// The readers of claim files and formulas. Any bytes are taken once as a claim file and once as a formula:
// both answer with a value or with their own error, places lie inside of the text, and a formula that is
// accepted reads back from its own text.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

#include "crosshead/claim/ledger.hpp"
#include "crosshead/exact/error.hpp"

namespace {

using namespace crosshead;

/// The one system that claims find; there are no files.
heads::HeadSystem system_named(const std::string& name) {
  if (name != "small.json") throw std::invalid_argument("there is no system '" + name + "'");
  heads::HeadSystem system;
  system.nodes = {"1", "2", "3"};
  system.sink = 2;
  system.heads.resize(1);
  system.heads[0].graph = graph::Digraph(3, true);
  system.weights = {1};
  return system;
}

void check(bool holds) {
  if (!holds) std::abort();
}

/// Formulas near the bounds may exceed them by the parentheses of their text.
void check_text(const claim::Formula& formula, const claim::FormulaContext& context) {
  constexpr int kMostDepth = 60;
  constexpr std::size_t kMostBytes = 4096;
  if (formula.root->depth > kMostDepth || formula.text.size() > kMostBytes) return;
  const std::string text = claim::to_text(*formula.root);
  const claim::Formula again = claim::parse_formula(text, context);
  check(claim::to_text(*again.root) == text);
  check(again.root->depth == formula.root->depth);
}

void read_formula(std::string_view text) {
  const claim::FormulaContext context{true, {"small.json"}, {{"a", false}, {"b", true}}};
  claim::mentioned_files(text);
  try {
    check_text(claim::parse_formula(text, context), context);
  } catch (const claim::FormulaError& error) {
    const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
    check(error.what()[0] != '\0' && error.place().line >= 1 && error.place().line <= lines);
    check(error.place().column >= 1 && error.place().column <= static_cast<int>(text.size()) + 1);
  }
}

void read_claim(std::string_view text) {
  try {
    const claim::LedgerEntry entry = claim::parse_claim(text, "claim.toml", system_named);
    for (const claim::ClaimReading& reading : entry.readings) {
      claim::FormulaContext context;
      context.has_system = reading.given.has_value();
      for (const auto& [name, system] : reading.files) context.files.push_back(name);
      for (const auto& [name, value] : entry.printed.values) context.printed.emplace(name, false);
      for (const auto& [name, table] : entry.printed.tables) context.printed.emplace(name, true);
      check_text(reading.formula, context);
    }
  } catch (const exact::InputError& error) {
    check(error.file() == "claim.toml" && !error.message().empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  read_claim(text);
  read_formula(text);
  return 0;
}

// The guide LANGUAGE.md: its claims have the verdicts that they state, its errors the messages that it shows,
// and its tables list the language. FORMAT.md names every function and family as well.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "formula_words.hpp"
#include <gtest/gtest.h>
#include <unistd.h>

#include "crosshead/claim/decision.hpp"
#include "crosshead/claim/ledger.hpp"

namespace crosshead::claim {
namespace {

const std::filesystem::path kRoot = CROSSHEAD_SOURCE_DIR;

std::string contents(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  EXPECT_TRUE(stream) << file;
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t from = 0;
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', from)) {
    lines.push_back(text.substr(from, at - from));
    from = at + 1;
  }
  return lines;
}

/// The fenced blocks of one kind, in order.
std::vector<std::string> blocks(const std::string& kind) {
  std::vector<std::string> found;
  bool inside = false;
  for (const std::string& line : lines_of(contents(kRoot / "src/claim/LANGUAGE.md"))) {
    if (line.starts_with("```")) {
      inside = line == "```" + kind;
      if (inside) found.emplace_back();
    } else if (inside) {
      found.back() += line + "\n";
    }
  }
  return found;
}

/// The rows `| `code` | text |` of all tables of a page, as they stand there.
std::set<std::string> rows(const std::string& page) {
  std::set<std::string> found;
  for (const std::string& line : lines_of(contents(kRoot / page))) {
    if (line.starts_with("| `")) found.insert(line);
  }
  return found;
}

TEST(LanguageExamples, HaveTheVerdictsThatTheyState) {
  const std::vector<std::string> claims = blocks("toml");
  EXPECT_GE(claims.size(), 7U);
  const auto folder =
      std::filesystem::path(::testing::TempDir()) / ("language_examples." + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::set<std::string> verdicts;
  for (const std::string& text : claims) {
    const auto file = folder / "example.toml";
    std::ofstream(file, std::ios::binary) << text;
    const LedgerEntry entry = read_claim(file, kRoot / "proofs");
    const Decision decision = decide(entry, EvaluationOptions{});
    EXPECT_EQ(name_of(decision.verdict), name_of(entry.expected)) << entry.id;
    for (const DecidedReading& reading : decision.readings)
      EXPECT_TRUE(reading.as_expected()) << entry.id << ": " << reading.reading->name;
    verdicts.insert(name_of(decision.verdict));
  }
  EXPECT_EQ(verdicts, (std::set<std::string>{"verified", "refuted", "holds-if", "ambiguous", "not-a-claim"}));
  std::filesystem::remove_all(folder);
}

TEST(LanguageExamples, ErrorsHaveTheMessagesShown) {
  const std::vector<std::string> errors = blocks("error");
  EXPECT_GE(errors.size(), 10U);
  for (const std::string& block : errors) {
    // The last line is the complaint, the lines before it are the formula.
    const std::size_t split = block.rfind('\n', block.size() - 2);
    ASSERT_NE(split, std::string::npos) << block;
    std::string said = "no complaint";
    try {
      parse_formula(block.substr(0, split), {});
    } catch (const FormulaError& error) {
      said = "line " + std::to_string(error.place().line) + ", column " +
             std::to_string(error.place().column) + ": " + error.what();
    }
    EXPECT_EQ(said + "\n", block.substr(split + 1));
  }
}

TEST(LanguageExamples, TablesListTheWholeLanguage) {
  const std::set<std::string> guide = rows("src/claim/LANGUAGE.md");
  const std::string definition =
      contents(kRoot / "src/claim/REFERENCE.md") + contents(kRoot / "src/certificate/FORMAT.md");
  const auto expect = [&](const std::string& signature, std::string_view meaning) {
    const std::string code = "`" + signature + "`";
    EXPECT_EQ(guide.count("| " + code + " | " + std::string(meaning) + " |"), 1U) << code;
    EXPECT_NE(definition.find(code), std::string::npos) << code;
  };
  for (const FunctionSignature& signature : functions()) expect(to_text(signature), signature.meaning);
  for (const FamilySignature& signature : families()) expect(to_text(signature), signature.meaning);
}

}  // namespace
}  // namespace crosshead::claim

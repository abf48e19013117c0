// Claim files with every kind of damage, and the place that is named for it.
#include "claim_files.hpp"
#include <gtest/gtest.h>

namespace crosshead::claim {
namespace {

TEST(ClaimFile, DamagedLabels) {
  for (const std::string key : {"id", "section", "source", "statement", "expected"}) {
    const std::size_t at = kGood.find(key + " = ");
    std::string missing = kGood, empty = kGood;
    missing.erase(at, kGood.find('\n', at) + 1 - at);
    EXPECT_EQ(complaint(missing), ": the key '" + key + "' is missing");
    empty.replace(at, kGood.find('\n', at) - at, key + " = \"\"");
    EXPECT_NE(complaint(empty).find("'" + key + "' must not be empty"), std::string::npos)
        << complaint(empty);
  }
  EXPECT_EQ(complaint(replaced(kGood, "\"C1\"", "1")), "line 1, column 6: 'id' must be a string");
  EXPECT_EQ(
      complaint(replaced(kGood, "\"C1\"", "\"../C1\"")),
      "line 1, column 6: an id consists of at most 64 letters, digits, '-', '_' and '.', and does not start "
      "with '.'");
  EXPECT_NE(complaint(replaced(kGood, "C1", std::string(65, 'a'))), "");
  EXPECT_EQ(complaint(replaced(kGood, "\"verified\"", "\"true\"")),
            "line 5, column 12: 'true' is no verdict (expected one of proved, verified, refuted, holds-if, "
            "ambiguous, "
            "undecided, not-a-claim)");
  EXPECT_EQ(
      complaint("colour = \"red\"\n" + kGood),
      "line 1, column 1: unknown key 'colour' (known keys: breaks, corrected, expected, hypotheses, id, "
      "kind, model, models, printed, reading, section, source, statement, system, theorem)");
  EXPECT_EQ(complaint("kind = \"theorem\"\n" + kGood),
            "line 1, column 8: 'theorem' is no kind (expected one of claim, definition)");
  for (const char* theorem : {"a#b", "a.v#", ".v#b", "a.v#b c", "a.v"})
    EXPECT_EQ(complaint("theorem = \"" + std::string(theorem) + "\"\n" + kGood),
              "line 1, column 11: a theorem is written as \"file.v#name\"");
  EXPECT_EQ(complaint("hypotheses = [\"h\"]\n" + kGood),
            "line 1, column 14: hypotheses are those of a theorem: name it");
  EXPECT_EQ(complaint("theorem = \"a.v#b\"\nhypotheses = \"h\"\n" + kGood),
            "line 2, column 14: hypotheses are written as an array of texts");
  EXPECT_EQ(complaint("system = \"none.json\"\n" + kGood),
            "line 1, column 10: there is no system file 'none.json' here");
}

TEST(ClaimFile, DamagedToml) {
  EXPECT_NE(complaint("id = \n").find("line 1, "), std::string::npos);
  EXPECT_NE(complaint(kGood + "[printed\n").find("line 10, "), std::string::npos);
  EXPECT_NE(complaint("id = \"\xff\"\n").find("line 1, "), std::string::npos);
  EXPECT_NE(complaint(kGood + kGood).find("line 14, "), std::string::npos);  // a second `expected`
  EXPECT_NE(complaint(std::string("id = \"a\0b\"", 10)).find("line 1, "), std::string::npos);
  EXPECT_EQ(complaint("a = 1979-05-27T*07:32:00\n"), ": a value in the file is not TOML");
  EXPECT_EQ(complaint(""), ": the key 'id' is missing");
  EXPECT_NE(complaint("a = " + std::string(100'000, '[')).find("nested value depth"), std::string::npos);
  EXPECT_EQ(complaint("\n[a" +
                      [] {
                        std::string parts;
                        for (int k = 0; k < 100'000; ++k) parts += ".a";
                        return parts;
                      }() +
                      "]"),
            "line 2, column 17: a key may have at most 8 parts");
  EXPECT_EQ(complaint(std::string(kMostClaimBytes + 1, ' ')),
            ": a claim file may have at most 1048576 bytes");
  // Letters and blanks beyond ASCII stand only in strings and comments.
  for (const char* text : {"\xC3\xA4 = 1\n", "# \xC3\xA4\na = '\xC3\xA4'\xC3\xA4\n", "a =\xC2\xA0\"x\"\n",
                           "\xC8\x9E", "a = 1x'|A\xC4\x94,"})
    EXPECT_NE(complaint(text).find("line "), std::string::npos) << text << complaint(text);
  EXPECT_EQ(complaint(replaced(kGood, "\"t\"", "\"\"\"\xC3\xA4\\\n \n  \xC3\xA4\"\"\"")), "");
  // Points inside of strings and comments are no parts of keys.
  EXPECT_EQ(
      complaint(replaced(kGood, "\"t\"", "\"\"\"a.b.c.d.e\"f.g.h.i\\\"\"\"\"\"") + "# a.b.c.d.e.f.g.h.i.j"),
      "");
}

TEST(ClaimFile, DamagedPrintedNumbers) {
  EXPECT_EQ(complaint(kHead + "[printed]\na = 0.5\n" + kReading),
            "line 7, column 5: numbers are written as strings, for example \"1/4\"");
  EXPECT_NE(complaint(kHead + "[printed]\na = \"1/0\"\n" + kReading)
                .find("line 7, column 5: '1/0' is not a number"),
            std::string::npos);
  EXPECT_EQ(complaint(kHead + "[printed]\na = [[\"1\", \"0\"], [\"1\"]]\n" + kReading),
            "line 7, column 18: this row has 1 entries, the first has 2");
  EXPECT_EQ(complaint(kHead + "[printed]\na = []\n" + kReading),
            "line 7, column 5: a printed table needs a row");
  for (const char* rows : {"[[]]", "[\"1\"]", "[[\"1\"], 2]", "[[\"1\"], []]"}) {
    EXPECT_NE(
        complaint(kHead + "[printed]\na = " + rows + "\n" + kReading).find("consists of rows of numbers"),
        std::string::npos)
        << rows;
  }
  EXPECT_EQ(complaint("printed = 3\n" + kGood), "line 1, column 11: 'printed' must be a table");
}

TEST(ClaimFile, DamagedReadings) {
  EXPECT_EQ(complaint(kHead), ": there is nothing to decide: a claim needs a [[reading]] with a formula");
  EXPECT_EQ(complaint("reading = []\n" + kHead).substr(0, 18), "line 1, column 11:");
  EXPECT_EQ(complaint("reading = 3\n" + kHead),
            "line 1, column 11: readings are written as [[reading]] tables");
  EXPECT_EQ(complaint(replaced(kGood, "name = \"r\"\n", "")), "line 6, column 1: the key 'name' is missing");
  EXPECT_EQ(complaint(replaced(kGood, "expected = true\n", "")),
            "line 6, column 1: the key 'expected' is missing: true or false");
  EXPECT_EQ(complaint(replaced(kGood, "expected = true", "expected = \"yes\"")),
            "line 8, column 12: 'expected' must be true or false");
  EXPECT_EQ(complaint(replaced(kGood, "formula = \"1 < 2\"\n", "")),
            "line 6, column 1: the key 'formula' is missing");
  EXPECT_EQ(complaint(kGood + kReading), "line 11, column 8: another reading has the name 'r'");
  EXPECT_EQ(complaint(kGood + "role = \"main\"\n"),
            "line 10, column 8: 'main' is no role (expected one of stated, hypothesis, fact)");
  EXPECT_EQ(complaint(kGood + "certify = false\n"),
            "line 10, column 11: a reading without a certificate needs a 'reason'");
  EXPECT_EQ(complaint(kGood + "reason = \"r\"\n"),
            "line 10, column 10: 'reason' belongs to 'certify = false'");
  EXPECT_EQ(
      complaint(kGood + "shape = 1\n"),
      "line 10, column 1: unknown key 'shape' (known keys: certify, convention, expected, formula, name, "
      "reason, role, system)");
  EXPECT_EQ(complaint(kGood + "system = \"none.json\"\n"),
            "line 10, column 10: there is no system file 'none.json' here");
}

TEST(ClaimFile, DamagedConventions) {
  const auto convention = [](const std::string& line) {
    return complaint(kGood + "[reading.convention]\n" + line + "\n");
  };
  EXPECT_EQ(convention("first_step = 2"), "line 11, column 14: 'first_step' must be 0 or 1");
  EXPECT_EQ(convention("first_step = true"), "line 11, column 14: 'first_step' must be 0 or 1");
  EXPECT_EQ(convention("first_step = 1.0"), "line 11, column 14: 'first_step' must be 0 or 1");
  EXPECT_EQ(convention("sink_counts = 1"), "line 11, column 15: 'sink_counts' must be true or false");
  EXPECT_EQ(convention("distance = \"L1\""), "line 11, column 12: 'distance' must be \"tv\" or \"l1\"");
  EXPECT_EQ(convention("start = \"best\""), "line 11, column 9: 'start' must be \"worst\" or \"average\"");
  EXPECT_EQ(
      convention("epsilon = \"1/4\""),
      "line 11, column 1: unknown key 'epsilon' (known keys: distance, first_step, sink_counts, start)");
  EXPECT_EQ(complaint(kGood + "convention = 1\n"), "line 10, column 14: 'convention' must be a table");
}

}  // namespace
}  // namespace crosshead::claim

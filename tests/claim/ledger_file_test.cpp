// Claim files: every key, every kind of damage with its place, and the way from a place in a formula to the
// place in the file.
#include <stdexcept>

#include <gtest/gtest.h>

#include "crosshead/claim/ledger.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::claim {
namespace {

using exact::Rational;

heads::HeadSystem two_nodes() {
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
heads::HeadSystem shelf(const std::string& name) {
  if (name == "two.json") return two_nodes();
  throw std::invalid_argument("there is no system file '" + name + "' here");
}

LedgerEntry parsed(const std::string& text) {
  return parse_claim(text, "C1.toml", shelf);
}

/// Place and message of the complaint; empty if there is none.
std::string complaint(const std::string& text) {
  try {
    parsed(text);
  } catch (const exact::InputError& error) {
    EXPECT_EQ(error.file(), "C1.toml");
    return error.place() + ": " + error.message();
  }
  return "";
}

const std::string kLabels = "id = \"C1\"\nsection = \"3\"\nsource = \"s\"\nstatement = \"t\"\n";   // 4 lines
const std::string kHead = kLabels + "expected = \"verified\"\n";                                   // 5 lines
const std::string kReading = "[[reading]]\nname = \"r\"\nexpected = true\nformula = \"1 < 2\"\n";  // 4 lines
const std::string kGood = kHead + kReading;

std::string replaced(std::string text, const std::string& old, const std::string& by) {
  const std::size_t at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  return text.replace(at, old.size(), by);
}

/// A formula in its string: what the complaint of the word `oops` in it says of its place.
std::string place_of_oops(const std::string& string) {
  const std::string said = complaint(replaced(kGood, "\"1 < 2\"", string));
  EXPECT_NE(said.find("'oops' is not bound"), std::string::npos) << said;
  return said.substr(0, said.find(':'));
}

TEST(ClaimFile, TheLeastOne) {
  const LedgerEntry entry = parsed(kGood);
  EXPECT_EQ(entry.id, "C1");
  EXPECT_EQ(entry.section, "3");
  EXPECT_EQ(entry.source, "s");
  EXPECT_EQ(entry.statement, "t");
  EXPECT_EQ(entry.expected, Verdict::verified);
  EXPECT_EQ(entry.kind, ClaimKind::claim);
  EXPECT_EQ(entry.text, kGood);
  EXPECT_FALSE(entry.system);
  ASSERT_EQ(entry.readings.size(), 1U);
  const ClaimReading& reading = entry.readings[0];
  EXPECT_EQ(reading.name, "r");
  EXPECT_EQ(reading.role, Role::stated);
  EXPECT_TRUE(reading.expected);
  EXPECT_TRUE(reading.certify);
  EXPECT_FALSE(reading.given);
  EXPECT_EQ(reading.formula.text, "1 < 2");
  EXPECT_EQ(reading.convention.fidelity.first_step, 1);
  EXPECT_TRUE(reading.convention.fidelity.sink_counts);
  EXPECT_EQ(reading.convention.mixing.distance, walk::Distance::total_variation);
  EXPECT_EQ(reading.convention.mixing.start, walk::Start::worst);
}

TEST(ClaimFile, EveryKey) {
  const LedgerEntry entry = parsed(kLabels + R"(expected = "holds-if"
kind = "claim"
system = "two.json"
theorem = "Mixing.v#eq_5'"
breaks = "b"
corrected = "c"
[printed]
half = "0.5"
rows = [["1", "1/3"], ["0", "2"], ["-1", "7"]]
[[reading]]
name = "as printed"
expected = false
formula = 'printed("half") = 1 and n > 1'
[reading.convention]
first_step = 0
sink_counts = false
distance = "l1"
start = "average"
[[reading]]
name = "with a hypothesis"
role = "hypothesis"
expected = true
formula = 'forall system in file("two.json"): printed("rows", 3, 2) = 7'
certify = false
reason = "too long"
[[reading]]
name = "beside"
role = "fact"
expected = false
system = "two.json"
formula = "n = 3"
)");
  EXPECT_EQ(entry.expected, Verdict::holds_if);
  EXPECT_EQ(entry.theorem, "Mixing.v#eq_5'");
  EXPECT_EQ(entry.breaks, "b");
  EXPECT_EQ(entry.corrected, "c");
  EXPECT_EQ(entry.system.value().size(), 2);
  EXPECT_EQ(entry.printed.values.at("half"), Rational(1, 2));
  const std::vector<std::vector<Rational>> rows{{1, Rational(1, 3)}, {0, 2}, {-1, 7}};
  EXPECT_EQ(entry.printed.tables.at("rows"), rows);
  ASSERT_EQ(entry.readings.size(), 3U);
  const Convention& convention = entry.readings[0].convention;
  EXPECT_EQ(convention.fidelity.first_step, 0);
  EXPECT_FALSE(convention.fidelity.sink_counts);
  EXPECT_EQ(convention.mixing.distance, walk::Distance::l1);
  EXPECT_EQ(convention.mixing.start, walk::Start::average);
  EXPECT_EQ(entry.readings[0].system_name, "two.json");
  EXPECT_TRUE(entry.readings[0].given);
  EXPECT_TRUE(entry.readings[0].files.empty());
  EXPECT_EQ(entry.readings[1].role, Role::hypothesis);
  EXPECT_FALSE(entry.readings[1].certify);
  EXPECT_EQ(entry.readings[1].reason, "too long");
  EXPECT_EQ(entry.readings[1].convention.fidelity.first_step, 1);
  EXPECT_EQ(entry.readings[1].files.count("two.json"), 1U);
  EXPECT_EQ(entry.readings[2].role, Role::fact);
  const EvaluationInput input = evaluation_input(entry, entry.readings[1]);
  EXPECT_EQ(input.given, &*entry.readings[1].given);
  EXPECT_EQ(input.files, &entry.readings[1].files);
  EXPECT_EQ(input.printed, &entry.printed);
}

TEST(ClaimFile, AModelStandsForReadings) {
  EXPECT_EQ(parsed(kHead + "model = \"m.safetensors\"\n").model, "m.safetensors");
  EXPECT_EQ(complaint(kHead + "model = \"m\"\n" + kReading),
            "line 7, column 1: a claim about a model has no readings of its own");
}

TEST(ClaimFile, DamagedLabels) {
  for (const std::string key : {"id", "section", "source", "statement", "expected"}) {
    const std::size_t at = kGood.find(key + " = ");
    std::string missing = kGood, empty = kGood;
    missing.erase(at, kGood.find('\n', at) + 1 - at);
    if (key == "expected") {
      EXPECT_EQ(complaint(missing), ": the key 'expected' is missing");
    } else {
      EXPECT_EQ(complaint(missing), ": the key '" + key + "' is missing");
    }
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
      "line 1, column 1: unknown key 'colour' (known keys: breaks, corrected, expected, id, kind, model, "
      "models, printed, reading, section, source, statement, system, theorem)");
  EXPECT_EQ(complaint("kind = \"theorem\"\n" + kGood),
            "line 1, column 8: 'theorem' is no kind (expected one of claim, definition)");
  for (const char* theorem : {"a#b", "a.v#", ".v#b", "a.v#b c", "a.v"})
    EXPECT_EQ(complaint("theorem = \"" + std::string(theorem) + "\"\n" + kGood),
              "line 1, column 11: a theorem is written as \"file.v#name\"");
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

TEST(ClaimFile, ExpectationsMustAgree) {
  const auto expecting = [](const std::string& verdict, const std::string& more = "") {
    return complaint(replaced(kGood, "verified", verdict) + more);
  };
  EXPECT_EQ(
      expecting("refuted"),
      "line 5, column 12: the verdict 'refuted' does not follow from what the readings expect: they give "
      "'verified'");
  EXPECT_EQ(expecting("proved"), "line 5, column 12: 'proved' needs the key 'theorem'");
  EXPECT_EQ(complaint("theorem = \"a.v#b\"\n" + replaced(kGood, "verified", "proved")), "");
  EXPECT_EQ(expecting("undecided"), "");
  EXPECT_NE(expecting("not-a-claim"), "");
  EXPECT_EQ(complaint("kind = \"definition\"\n" + replaced(kGood, "verified", "not-a-claim")), "");
  EXPECT_NE(complaint("kind = \"definition\"\n" + kGood), "");
  EXPECT_EQ(expecting("ambiguous", "[[reading]]\nname = \"q\"\nexpected = false\nformula = \"1 > 2\"\n"), "");
  EXPECT_EQ(complaint(kGood + "role = \"fact\"\n"), ": no reading has the role 'stated'");
}

TEST(ClaimFile, PlacesInFormulasArePlacesInTheFile) {
  // formula = " stands in line 9; the quotes are its eleventh character.
  EXPECT_EQ(place_of_oops("\"1 < oops\""), "line 9, column 16");
  EXPECT_EQ(place_of_oops("'1 < oops'"), "line 9, column 16");
  EXPECT_EQ(place_of_oops("\"\"\"1 < oops\"\"\""), "line 9, column 18");
  EXPECT_EQ(place_of_oops("'''1 < oops'''"), "line 9, column 18");
  EXPECT_EQ(place_of_oops("\"\"\"\n1 < oops\"\"\""), "line 10, column 5");
  EXPECT_EQ(place_of_oops("\"\"\"\r\n1 <\r\n  oops\"\"\""), "line 11, column 3");
  EXPECT_EQ(place_of_oops("'''\n\n\n   1 <\n\toops'''"), "line 13, column 2");
  EXPECT_EQ(place_of_oops("'''1 <\n oops'''"), "line 10, column 2");
}

TEST(ClaimFile, PlacesInFormulasWithEscapesAreCountedInside) {
  EXPECT_EQ(
      complaint(replaced(kGood, "\"1 < 2\"", "\"1 <\\n oops\"")),
      "line 9, column 11: at line 2, column 2 of the formula (the string has escapes, so places are counted "
      "inside of it): 'oops' is not bound (no name is bound here)");
  // In single quotes a backslash is itself.
  EXPECT_EQ(complaint(replaced(kGood, "\"1 < 2\"", "'1 < \\'")),
            "line 9, column 16: '\\' is no mark of the language");
}

TEST(ClaimFile, ColumnsCountCharacters) {
  EXPECT_EQ(complaint(replaced(kGood, "\"1 < 2\"", "'1 \xE2\x89\xA4 2'")),
            "line 9, column 14: '\xE2\x89\xA4' is no mark of the language: write '<='");
  EXPECT_EQ(complaint(replaced(kGood, "\"1 < 2\"", "'printed(\"\xC3\xA4\") < oops'")),
            "line 9, column 20: nothing is printed under \"\xC3\xA4\" (the claim has no printed numbers)");
  EXPECT_EQ(complaint(replaced(kGood, "\"1 < 2\"", "'1 < 2 and file(\"no.json\") < 2'")),
            "line 9, column 22: 'file' is a family: write 'system in file(\"name\")' after forall or exists");
  EXPECT_EQ(complaint(replaced(kGood, "\"1 < 2\"", "'forall system in file(\"no.json\"): n > 1'")),
            "line 9, column 34: there is no system file \"no.json\"");
}

}  // namespace
}  // namespace crosshead::claim

// Claim files: every key, and the way from a place in a formula to the place in the file.
#include "claim_files.hpp"
#include <gtest/gtest.h>

namespace crosshead::claim {
namespace {

using exact::Rational;

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

#include "crosshead/claim/ledger.hpp"

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::claim {
namespace {

using diffusion::Truth;
using exact::Rational;

std::filesystem::path proofs() {
  return std::filesystem::path(CROSSHEAD_SOURCE_DIR) / "proofs";
}

LedgerEntry entry_of(const std::string& id) {
  return read_claim(proofs() / "ledger" / (id + ".toml"), proofs());
}

/// A changed statement of the claim must change the computed verdict: the evaluators really look at the
/// numbers.
Verdict evaluate(const LedgerEntry& entry) {
  return verdict_of(example_evaluators().at(entry.id)(entry));
}

/// Writes a claim file into a fresh folder and reads it.
class ClaimFile : public ::testing::Test {
 protected:
  LedgerEntry read(const std::string& text, const std::string& name = "C1") {
    const auto folder = std::filesystem::path(::testing::TempDir()) / "claims";
    std::filesystem::create_directories(folder);
    const auto file = folder / (name + ".toml");
    std::ofstream(file) << text;
    return read_claim(file, proofs());
  }
  std::string complaint(const std::string& text, const std::string& name = "C1") {
    try {
      read(text, name);
    } catch (const exact::InputError& error) {
      return error.what();
    }
    return "";
  }
  const std::string good_ =
      "id = \"C1\"\nsection = \"3\"\nsource = \"s\"\nstatement = \"t\"\nexpected = \"verified\"\n";
};

TEST(Ledger, EveryVerdictIsTheCheckedInOne) {
  const auto evaluators = example_evaluators();
  int evaluated = 0;
  for (const LedgerEntry& entry : read_ledger(proofs())) {
    const auto found = evaluators.find(entry.id);
    if (found == evaluators.end()) continue;
    ++evaluated;
    const Outcome outcome = found->second(entry);
    EXPECT_EQ(name_of(verdict_of(outcome)), name_of(entry.expected)) << entry.id;
    EXPECT_FALSE(outcome.domain.empty());
    for (const ReadingOutcome& reading : outcome.readings) {
      EXPECT_FALSE(reading.reading.empty());
      EXPECT_FALSE(reading.evidence.empty()) << entry.id << ": " << reading.reading;
    }
  }
  EXPECT_EQ(evaluated, static_cast<int>(evaluators.size()));
}

TEST(Ledger, IsListedInTheOrderOfThePaper) {
  const auto ledger = read_ledger(proofs());
  const auto place = [&](const std::string& id) {
    return std::find_if(ledger.begin(), ledger.end(),
                        [&](const LedgerEntry& entry) { return entry.id == id; }) -
           ledger.begin();
  };
  EXPECT_LT(place("E3.8-sum"), place("E3.13-attained"));
  EXPECT_LT(place("E3.8-cross"), place("E3.8-sum"));
  EXPECT_LT(place("E3.13-values"), place("FLOAT-4_heads_copy"));
}

TEST(Ledger, AChangedMatrixEntryIsNoticed) {
  for (const char* id : {"E3.8-matrices", "E3.13-matrices"}) {
    LedgerEntry entry = entry_of(id);
    exact::DenseMatrix matrix = exact::to_dense(entry.printed_matrices.at("head_2"));
    matrix(1, 0) += Rational(1, 1000);
    entry.printed_matrices["head_2"] = exact::from_dense(matrix);
    EXPECT_EQ(evaluate(entry), Verdict::refuted) << id;
  }
}

TEST(Ledger, AChangedPrintedValueIsNoticed) {
  for (const auto& [id, key] : std::vector<std::pair<std::string, std::string>>{{"E3.8-cross", "cross"},
                                                                                {"E3.8-sum", "coefficient"},
                                                                                {"E3.13-values", "combined"},
                                                                                {"E3.13-values", "head_1"}}) {
    LedgerEntry entry = entry_of(id);
    entry.printed_values[key] += Rational(1, 1000000);
    EXPECT_EQ(evaluate(entry), Verdict::refuted) << id << " " << key;
  }
  LedgerEntry singles = entry_of("E3.8-singles");
  singles.printed_values["single"] = 1;
  EXPECT_EQ(evaluate(singles), Verdict::ambiguous);
}

TEST(Ledger, AChangedGraphIsNoticed) {
  LedgerEntry cross = entry_of("E3.8-cross");
  cross.system->heads[0].graph = graph::Digraph(3, true);  // without u -> v
  EXPECT_EQ(evaluate(cross), Verdict::refuted);
  LedgerEntry paths = entry_of("E3.13-paths");
  paths.system->heads[1].graph = graph::Digraph(4, true);
  EXPECT_EQ(evaluate(paths), Verdict::refuted);
  // With both heads equal to head 1 the example is feedforward and the values change.
  LedgerEntry hypotheses = entry_of("E3.13-hypotheses");
  hypotheses.system->heads[1] = hypotheses.system->heads[0];
  EXPECT_EQ(evaluate(hypotheses), Verdict::verified);
  LedgerEntry values = entry_of("E3.13-values");
  values.system->heads[1] = values.system->heads[0];
  EXPECT_EQ(evaluate(values), Verdict::refuted);
  // Heads that satisfy Def. 2.2 make the hypotheses of Example 3.8 true.
  LedgerEntry example = entry_of("E3.8-hypotheses");
  graph::Digraph line(3, true);
  line.add_edge(0, 1);
  line.add_edge(1, 2);
  example.system->heads[0].graph = line;
  example.system->heads[1].graph = line;
  EXPECT_EQ(evaluate(example), Verdict::verified);
}

TEST(Ledger, MaximaThatExistVerifyTheAttainmentClaim) {
  // Without a self-loop at u nothing is only approached: u -> v -> tau, and tau keeps nothing.
  LedgerEntry entry = entry_of("E3.13-attained");
  graph::Digraph graph(4);
  graph.add_edge(0, 0);
  graph.add_edge(0, 1);
  graph.add_edge(1, 2);
  graph.add_edge(2, 3);
  entry.system->heads[0].graph = graph;
  entry.system->heads[1].graph = graph;
  EXPECT_EQ(evaluate(entry), Verdict::verified);
}

TEST(Verdict, FollowsFromTheReadings) {
  const auto outcome = [](std::vector<Truth> truths) {
    Outcome result;
    for (const Truth truth : truths) result.readings.push_back({"r", truth, "e"});
    return result;
  };
  EXPECT_EQ(verdict_of(outcome({})), Verdict::undecided);  // vacuous success is no success
  EXPECT_EQ(verdict_of(outcome({Truth::yes, Truth::yes})), Verdict::verified);
  EXPECT_EQ(verdict_of(outcome({Truth::no})), Verdict::refuted);
  EXPECT_EQ(verdict_of(outcome({Truth::yes, Truth::no})), Verdict::ambiguous);
  EXPECT_EQ(verdict_of(outcome({Truth::yes, Truth::undecided})), Verdict::undecided);
  EXPECT_EQ(verdict_of(outcome({Truth::undefined})), Verdict::undecided);
  EXPECT_THROW(verdict_named("true"), std::invalid_argument);
  EXPECT_EQ(verdict_named("holds-if"), Verdict::holds_if);
}

TEST_F(ClaimFile, IsReadAndChecked) {
  EXPECT_EQ(read(good_).id, "C1");
  EXPECT_EQ(read(good_ + "[printed]\na = \"1/3\"\n").value("a"), Rational(1, 3));
  EXPECT_NE(complaint(good_ + "colour = \"red\"\n").find("line 6, column 10: unknown key 'colour'"),
            std::string::npos)
      << complaint(good_ + "colour = \"red\"\n");
  EXPECT_NE(complaint("id = \"C1\"\n").find("'section' is missing"), std::string::npos);
  EXPECT_NE(complaint(good_, "other").find("must equal the file's name"), std::string::npos);
  EXPECT_NE(complaint("id = \n").find("line 1"), std::string::npos);
  EXPECT_NE(complaint(good_ + "[printed]\na = 0.5\n").find("line 7"), std::string::npos);
  EXPECT_NE(complaint(good_ + "[printed]\na = \"1/0\"\n").find("denominator is zero"), std::string::npos);
  EXPECT_NE(complaint(good_ + "[printed]\na = [[\"1\", \"0\"], [\"1\"]]\n").find("entries"),
            std::string::npos);
  EXPECT_NE(complaint(good_ + "system = \"absent.json\"\n").find("absent.json"), std::string::npos);
  EXPECT_NE(
      complaint("id = \"C1\"\nsection = \"3\"\nsource = \"s\"\nstatement = \"t\"\nexpected = \"true\"\n")
          .find("'true' is no verdict"),
      std::string::npos);
  EXPECT_NE(complaint(good_ + good_).find("line 6"), std::string::npos);
  EXPECT_THROW(read_ledger(std::filesystem::path(::testing::TempDir()) / "nothing"), exact::InputError);
}

}  // namespace
}  // namespace crosshead::claim

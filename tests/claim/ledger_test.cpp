// The checked-in ledger: it reads, in its order, and its examples have the expected verdicts because of the
// numbers and graphs in them: a change of any is noticed.
#include "crosshead/claim/ledger.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "crosshead/claim/decision.hpp"

namespace crosshead::claim {
namespace {

using exact::Rational;

std::filesystem::path proofs() {
  return std::filesystem::path(CROSSHEAD_SOURCE_DIR) / "proofs";
}

LedgerEntry entry_of(const std::string& id) {
  return read_claim(proofs() / "ledger" / (id + ".toml"), proofs());
}

Verdict decided(const LedgerEntry& entry) {
  return decide(entry, EvaluationOptions{}).verdict;
}

/// Gives all readings the same two graphs.
void use_graphs(LedgerEntry& entry, const graph::Digraph& first, const graph::Digraph& second) {
  for (ClaimReading& reading : entry.readings) {
    ASSERT_TRUE(reading.given);
    reading.given->heads.at(0).graph = first;
    reading.given->heads.at(1).graph = second;
  }
}

graph::Digraph line(int nodes) {
  graph::Digraph graph(nodes, true);
  for (int j = 0; j + 1 < nodes; ++j) graph.add_edge(j, j + 1);
  return graph;
}

TEST(Ledger, IsListedInTheOrderOfThePaper) {
  const auto ledger = read_ledger(proofs());
  const auto place = [&](const std::string& id) {
    const auto found =
        std::find_if(ledger.begin(), ledger.end(), [&](const LedgerEntry& entry) { return entry.id == id; });
    EXPECT_NE(found, ledger.end()) << id;
    return found - ledger.begin();
  };
  EXPECT_LT(place("E3.8-sum"), place("E3.13-attained"));
  EXPECT_LT(place("E3.8-cross"), place("E3.8-sum"));
  EXPECT_LT(place("E3.13-values"), place("FLOAT-4_heads_copy"));
}

TEST(Ledger, TheExamplesHaveTheExpectedVerdicts) {
  int examples = 0;
  for (const LedgerEntry& entry : read_ledger(proofs())) {
    if (!entry.id.starts_with("E3.")) continue;
    ++examples;
    const Decision decision = decide(entry, EvaluationOptions{});
    EXPECT_TRUE(decision.as_expected()) << entry.id << ": " << name_of(decision.verdict);
    for (const DecidedReading& reading : decision.readings)
      EXPECT_TRUE(reading.as_expected()) << entry.id << ": " << reading.reading->name;
  }
  EXPECT_EQ(examples, 12);
}

TEST(Ledger, AChangedMatrixEntryIsNoticed) {
  for (const char* id : {"E3.8-matrices", "E3.13-matrices"}) {
    LedgerEntry entry = entry_of(id);
    entry.printed.tables.at("head_2").at(1).at(0) += Rational(1, 1000);
    EXPECT_EQ(decided(entry), Verdict::refuted) << id;
  }
}

TEST(Ledger, AChangedPrintedValueIsNoticed) {
  for (const auto& [id, key] : std::vector<std::pair<std::string, std::string>>{{"E3.8-singles", "single"},
                                                                                {"E3.8-cross", "cross"},
                                                                                {"E3.8-sum", "coefficient"},
                                                                                {"E3.13-values", "combined"},
                                                                                {"E3.13-values", "head_1"}}) {
    LedgerEntry entry = entry_of(id);
    entry.printed.values.at(key) += Rational(1, 1000000);
    EXPECT_EQ(decided(entry), Verdict::refuted) << id << " " << key;
  }
}

TEST(Ledger, AChangedGraphIsNoticed) {
  LedgerEntry cross = entry_of("E3.8-cross");
  use_graphs(cross, graph::Digraph(3, true), graph::Digraph(3, true));  // without u -> v
  EXPECT_EQ(decided(cross), Verdict::refuted);
  LedgerEntry paths = entry_of("E3.13-paths");
  use_graphs(paths, line(4), graph::Digraph(4, true));
  EXPECT_EQ(decided(paths), Verdict::refuted);
  // With both heads equal the example is feedforward and the values change.
  LedgerEntry hypotheses = entry_of("E3.13-hypotheses");
  use_graphs(hypotheses, line(4), line(4));
  EXPECT_EQ(decided(hypotheses), Verdict::verified);
  LedgerEntry values = entry_of("E3.13-values");
  use_graphs(values, line(4), line(4));
  EXPECT_EQ(decided(values), Verdict::refuted);
  // Heads that satisfy Def. 2.2 make the hypotheses of Example 3.8 true.
  LedgerEntry example = entry_of("E3.8-hypotheses");
  use_graphs(example, line(3), line(3));
  EXPECT_EQ(decided(example), Verdict::verified);
}

TEST(Ledger, MaximaThatExistVerifyTheAttainmentClaim) {
  // Without self-loops but at u nothing is only approached: u -> v -> w -> tau, and tau keeps nothing.
  LedgerEntry entry = entry_of("E3.13-attained");
  graph::Digraph graph(4);
  graph.add_edge(0, 0);
  for (int j = 0; j < 3; ++j) graph.add_edge(j, j + 1);
  use_graphs(entry, graph, graph);
  EXPECT_EQ(decided(entry), Verdict::verified);
}

}  // namespace
}  // namespace crosshead::claim

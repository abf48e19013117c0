#include "crosshead/claim/ledger.hpp"

#include <algorithm>

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
    entry.printed.tables.at("head_2")[1][0] += Rational(1, 1000);
    EXPECT_EQ(evaluate(entry), Verdict::refuted) << id;
  }
}

TEST(Ledger, AChangedPrintedValueIsNoticed) {
  for (const auto& [id, key] : std::vector<std::pair<std::string, std::string>>{{"E3.8-cross", "cross"},
                                                                                {"E3.8-sum", "coefficient"},
                                                                                {"E3.13-values", "combined"},
                                                                                {"E3.13-values", "head_1"}}) {
    LedgerEntry entry = entry_of(id);
    entry.printed.values[key] += Rational(1, 1000000);
    EXPECT_EQ(evaluate(entry), Verdict::refuted) << id << " " << key;
  }
  LedgerEntry singles = entry_of("E3.8-singles");
  singles.printed.values["single"] = 1;
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

}  // namespace
}  // namespace crosshead::claim

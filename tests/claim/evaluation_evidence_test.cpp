// The line of evidence: the deciding instance in words, both sides of the comparison with their values.
#include "evaluation_case.hpp"

namespace crosshead::claim {
namespace {

using testing::EvaluationCase;
using testing::graph_system;

std::string evidence(const std::string& text) {
  return EvaluationCase()(text).explanation;
}

TEST(Evidence, SystemsInWords) {
  EXPECT_EQ(evidence("exists system in unique_sink(3, 2), eps in {1/4}: edges(mean) >= 5"),
            "n = 3, heads {1->3, 2->3}, {1->2, 2->3}, weights 1/2 1/2, eps = 1/4: edges(mean) = 6, 5");
  EXPECT_EQ(evidence("exists system in optional_loops(2, 1): edges(mean) = 1"),
            "n = 2, head {2->2}: edges(mean) = 1, 1");
  EXPECT_EQ(evidence("exists system in lazy_line(2, 1/3): n = 2"),
            "n = 2, head W = [2/3 0; 1/3 1]: n = 2, 2");
  EXPECT_EQ(evidence("exists system in line(20): H = 1"), "n = 20, H = 1: H = 1, 1");
  EXPECT_EQ(evidence("exists system in unique_sink(3, 2), weights in grid(3): weight(1) > 0"),
            "n = 3, heads {1->3, 2->3}, {1->2, 2->3}, weights 1/3 2/3: weight(1) = 1/3, 0");
  EvaluationCase given;
  given.given = graph_system(2, {{{0, 1}}, {}});
  EXPECT_EQ(
      given("exists weights in grid(2), w in words(2): weight(1) > 0 and letters(w, 2) = 1").explanation,
      "weights = 1/2 1/2, w = [1, 2]: weight(1) = 1/2, 0; letters(w, 2) = 1, 1");
}

TEST(Evidence, WhatDecides) {
  EXPECT_EQ(evidence("forall k in 1..5: k < 3 and k < 9"), "k = 3: k = 3, 3");
  EXPECT_EQ(evidence("forall k in 1..5: k > 9 or k < 2"), "k = 2: k = 2, 9; k = 2, 2");
  EXPECT_EQ(evidence("forall k in 1..5: k > 2 implies k + 1 < 4"), "k = 3: k + 1 = 4, 4");
  EXPECT_EQ(evidence("forall k in 1..5: 0 < k < 2"), "k = 2: k = 2, 2");
  EXPECT_EQ(evidence("exists k in 1..5: forall l in 1..3: l <= k"), "k = 3: true: forall l in 1..3: l <= k");
  EXPECT_EQ(evidence("forall k in 1..5: forall l in 1..3: l + k < 5"), "k = 2: l = 3: l + k = 5, 5");
  EXPECT_EQ(evidence("not 2 < 1"), "2, 1");
  EXPECT_EQ(evidence("(1/3) ^ 60 < 1"), "(1 / 3)^60 = about 2.35898e-29, 1");
}

TEST(Evidence, Coverage) {
  EXPECT_EQ(evidence("forall system in unique_sink(2..4, 1..2): edges(mean) > n"),
            "holds for all 238 systems (n = 2..4, H = 1..2)");
  EXPECT_EQ(evidence("exists system in unique_sink(3, 2): edges(mean) > 100"),
            "fails for all 3 systems (n = 3, H = 2)");
  EXPECT_EQ(evidence("forall k in 1..5: k < 6"), "holds for all 5 instances");
  EXPECT_EQ(evidence("forall k in {5}: k < 6"), "k = 5: k = 5, 6");
  EXPECT_EQ(evidence("exists system in line(2): n = 3"), "n = 2, head {1->2}: n = 2, 3");
}

}  // namespace
}  // namespace crosshead::claim

// The claim language spelt out: trees written by hand from FORMAT.md, section 8.
#include "certificate/example_certificates.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crosshead::certificate {
namespace {

using ::testing::HasSubstr;
using testing::lazy_pair;

/// A reading of a formula about the lazy pair that needs no facts.
ReadingOrReason reading_of(const std::string& formula, const claim::Convention& convention = {}) {
  Statement statement;
  statement.formula = formula;
  statement.convention = convention;
  statement.given = lazy_pair();
  statement.files.emplace("pair", lazy_pair());
  statement.printed.values["x"] = 3;
  statement.printed.tables["rows"] = {{1, 2}};
  claim::Evaluation evaluation;
  evaluation.truth = diffusion::Truth::yes;
  return certify(statement, evaluation);
}

std::string tree_of_text(const std::string& formula, const claim::Convention& convention = {}) {
  const ReadingOrReason answer = reading_of(formula, convention);
  return answer.reading ? answer.reading->tree : answer.reason;
}

TEST(FormulaTree, NumbersAndNames) {
  EXPECT_EQ(tree_of_text("0.25 = n"), R"(["=",["/",1,4],"n"])");
  EXPECT_EQ(tree_of_text("-2.5 = N"), R"(["=",["-",0,["/",5,2]],["-","n",1]])");
  EXPECT_EQ(tree_of_text("H = tau"), R"(["=","H","tau"])");
  // 12345678901234567890123 = (12345678 * 10^15 + 901234567890123).
  EXPECT_EQ(tree_of_text("1 = 12345678901234567890123"),
            R"(["=",1,["+",["*",12345678,1000000000000000],901234567890123]])");
  EXPECT_EQ(tree_of_text("printed(\"x\") = printed(\"rows\", 1, 2)"),
            R"(["=",["printed","x"],["printed","rows",1,2]])");
  EXPECT_EQ(tree_of_text("true"), R"("true")");
}

TEST(FormulaTree, Comparisons) {
  EXPECT_EQ(tree_of_text("1 > 2"), R"(["<",2,1])");
  EXPECT_EQ(tree_of_text("1 >= 2"), R"(["<=",2,1])");
  EXPECT_EQ(tree_of_text("1 != 2"), R"(["not",["=",1,2]])");
  EXPECT_EQ(tree_of_text("1 < 2 <= 3 = 4"), R"(["and",["<",1,2],["<=",2,3],["=",3,4]])");
}

TEST(FormulaTree, Connectives) {
  EXPECT_EQ(tree_of_text("true implies false"), R"(["or",["not","true"],"false"])");
  EXPECT_EQ(tree_of_text("true iff false"),
            R"(["or",["and","true","false"],["and",["not","true"],["not","false"]]])");
}

TEST(FormulaTree, Domains) {
  EXPECT_EQ(tree_of_text("(sum j in others where j > 1, h in heads, x in {1, 2}: j) = 3"),
            R"(["=",["sum",["j",["..",1,"n"],["and",["not",["=","j","tau"]],["<",1,"j"]]],)"
            R"(["h",["..",1,"H"]],["x",["list",1,2]],"j"],3])");
  EXPECT_EQ(
      tree_of_text("1 = (min w in words(2): product(w, 1, tau)) + max weights in inner_grid(3): weight(1)"),
      R"(["=",1,["+",["min_over",["w",["words",2]],["product","w",1,"tau"]],)"
      R"(["max_over",["weights",["inner_grid",3]],["weight",1]]]])");
  EXPECT_EQ(tree_of_text("forall system in unique_sink(2..3, 2): true"),
            R"(["forall",["system",["unique_sink",["..",2,3],2]],"true"])");
}

TEST(FormulaTree, Functions) {
  EXPECT_EQ(tree_of_text("max(1, 2, 3) = abs(ceil(4))"),
            R"(["=",["max",["max",1,2],3],["max",["-",0,["floor",["-",0,4]]],)"
            R"(["-",0,["-",0,["floor",["-",0,4]]]]]])");
  EXPECT_EQ(tree_of_text("product([1, 1], 1, 2) = W(head 1, 2, 1)"),
            R"(["=",["product",["word",1,1],1,2],["W",["head",1],2,1]])");
  EXPECT_EQ(tree_of_text("edges(union) = 3 and reaches(mean, 1) and stationary_at_sink(mean)"),
            R"(["and",["=",["sum",["j",["..",1,"n"]],["i",["..",1,"n"]],["edge","mean","j","i"]],3],)"
            R"(["path","mean",1,"tau"],["absorbing","mean"]])");
  EXPECT_EQ(tree_of_text("p(mean) = 1"), R"(["=",["min_over",["j",["..",1,"n"],["not",["=","j","tau"]]],)"
                                         R"(["sum",["i",["..",["+","j",1],"n"]],["W","mean","i","j"]]],1])");
  EXPECT_EQ(tree_of_text("outdegree(mean, 1) = indegree(mean, 2)"),
            R"(["=",["sum",["i",["..",1,"n"]],["edge","mean",1,"i"]],)"
            R"(["sum",["j",["..",1,"n"]],["edge","mean","j",2]]])");
}

TEST(FormulaTree, ConventionIsSpeltOut) {
  claim::Convention other;
  other.fidelity.sink_counts = false;
  other.mixing.distance = walk::Distance::l1;
  EXPECT_EQ(tree_of_text("phi_min(mean) = t_mix(mean, 1)"),
            R"(["=",["min_over",["j",["..",1,"n"]],["phi","mean","j"]],["t_mix","mean",1]])");
  EXPECT_EQ(tree_of_text("phi_min(mean) = t_mix(mean, 1)", other),
            R"(["=",["min_over",["j",["..",1,"n"],["not",["=","j","tau"]]],["phi","mean","j"]],)"
            R"(["t_mix_l1","mean",1]])");
}

/// Invented names are used nowhere else, not even inside what they are written around.
TEST(FormulaTree, InventedNamesAreNew) {
  EXPECT_EQ(tree_of_text("forall j in nodes, j1 in nodes: outdegree(mean, j) = indegree(mean, j1)"),
            R"(["forall",["j",["..",1,"n"]],["j1",["..",1,"n"]],["=",["sum",["i",["..",1,"n"]],)"
            R"(["edge","mean","j","i"]],["sum",["j2",["..",1,"n"]],["edge","mean","j2","j1"]]]])");
}

TEST(FormulaTree, OnlyAQuantifierOfTheTextLeads) {
  EXPECT_EQ(
      tree_of_text("feedforward(mean)"),
      R"(["and",["forall",["j",["..",1,"n"]],["i",["..",1,["-","j",1]]],["=",["edge","mean","j","i"],0]]])");
}

TEST(FormulaTree, AFileBecomesTheGivenSystem) {
  const ReadingOrReason answer = reading_of("forall system in file(\"pair\"), k in 1..2: k <= n");
  ASSERT_TRUE(answer.reading) << answer.reason;
  EXPECT_EQ(answer.reading->tree, R"(["forall",["k",["..",1,2]],["<=","k","n"]])");
  EXPECT_TRUE(answer.reading->statement.given);
  EXPECT_TRUE(answer.reading->statement.files.empty());
  EXPECT_THAT(tree_of_text("true and forall system in file(\"pair\"): n = 2"),
              HasSubstr("within the formula"));
}

/// Too many facts for the enumeration: the instance alone.
TEST(FormulaTree, TheDecidingInstance) {
  Statement statement;
  statement.formula =
      "exists system in unique_sink(2..9, 1), w in words(2), k in 1..9 where k > 3: product(w, tau, k) < n";
  claim::Evaluation evaluation;
  evaluation.truth = diffusion::Truth::yes;
  evaluation.enumerated = false;
  evaluation.systems = {{lazy_pair(), {}}};
  evaluation.witness.emplace(3);
  (*evaluation.witness)[0].name = "system";
  (*evaluation.witness)[0].system = 0;
  (*evaluation.witness)[1].name = "w";
  (*evaluation.witness)[1].word = {1, 1};
  (*evaluation.witness)[2].name = "k";
  (*evaluation.witness)[2].number = 4;
  const ReadingOrReason answer = certify(statement, evaluation);
  ASSERT_TRUE(answer.reading) << answer.reason;
  EXPECT_EQ(answer.reading->tree, R"(["and",["<",3,4],["<",["product",["word",1,1],"tau",4],"n"]])");
  EXPECT_EQ(answer.reading->statement.given->size(), 2);
  EXPECT_FALSE(answer.reading->witness);
  evaluation.witness.reset();
  EXPECT_THAT(certify(statement, evaluation).reason, HasSubstr("too many facts"));
}

}  // namespace
}  // namespace crosshead::certificate

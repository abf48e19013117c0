// Every offence with its place and its words.
#include <string>

#include "formula_shape.hpp"
#include <gtest/gtest.h>

namespace crosshead::claim {
namespace {

std::string repeated(const std::string& text, int count) {
  std::string result;
  for (int k = 0; k < count; ++k) result += text;
  return result;
}

/// forall x1 in 1..2 where forall x2 in 1..2 where ...
std::string nested_conditions(int count) {
  std::string result;
  for (int k = 1; k <= count; ++k) result += "forall x" + std::to_string(k) + " in 1..2 where ";
  return result;
}

TEST(FormulaError, Tokens) {
  EXPECT_EQ(offence("1 < 2 ?"), "1:7: '?' is no mark of the language");
  EXPECT_EQ(offence("1 == 2"), "1:3: '==' is no mark of the language: write '='");
  EXPECT_EQ(offence("true && true"), "1:6: '&&' is no mark of the language: write 'and'");
  EXPECT_EQ(offence("true || true"), "1:6: '||' is no mark of the language: write 'or'");
  EXPECT_EQ(offence("!true"), "1:1: '!' is no mark of the language: write 'not'");
  EXPECT_EQ(offence("true => true"), "1:6: '=>' is no mark of the language: write 'implies'");
  EXPECT_EQ(offence("2 ** 2 = 4"), "1:3: '**' is no mark of the language: write '^'");
  EXPECT_EQ(offence("1 <> 2"), "1:3: '<>' is no mark of the language: write '!='");
  EXPECT_EQ(offence("1 \xE2\x89\xA4 2"), "1:3: '\xE2\x89\xA4' is no mark of the language: write '<='");
  EXPECT_EQ(offence("1 < \xCE\xB5"), "1:5: '\xCE\xB5' is no mark of the language");
  EXPECT_EQ(offence("1 < \xFF"), "1:5: byte 0xff is no mark of the language");
  EXPECT_EQ(offence(std::string("1 \0 2", 5)), "1:3: byte 0x00 is no mark of the language");
  EXPECT_EQ(offence("1.x < 2"), "1:3: a digit is expected after the decimal point");
  EXPECT_EQ(offence(".5 < 2"), "1:1: a number starts with a digit: write 0.5, not .5");
  EXPECT_EQ(offence("2n < 2"), "1:2: a number ends here, but 'n' follows: write a space, or * for a product");
  EXPECT_EQ(offence("1e-3 < 2"), "1:1: numbers have no exponent: write 25 * 10^-3 for 25e-3");
  EXPECT_EQ(offence("printed(\"a) = 1"), "1:9: the text that starts here is not closed by '\"'");
  EXPECT_EQ(offence("printed(\"a\n\") = 1"), "1:9: the text that starts here is not closed by '\"'");
}

TEST(FormulaError, SomethingIsMissing) {
  const std::string operand = "expected a number, a name, a function or '(', found ";
  EXPECT_EQ(offence(""), "1:1: " + operand + "the end of the formula");
  EXPECT_EQ(offence("\n\n "), "3:2: " + operand + "the end of the formula");
  EXPECT_EQ(offence("1 < "), "1:5: " + operand + "the end of the formula");
  EXPECT_EQ(offence("1 + * 2 = 3"), "1:5: " + operand + "'*'");
  EXPECT_EQ(offence("true and or true"), "1:10: " + operand + "'or'");
  EXPECT_EQ(offence("(1 < 2"),
            "1:7: expected ')' after what stands in parentheses, found the end of the formula");
  EXPECT_EQ(offence("1 < 2)"), "1:6: expected an operator or the end of the formula, found ')'");
  EXPECT_EQ(offence("1 < 2 3"), "1:7: expected an operator or the end of the formula, found the number 3");
  EXPECT_EQ(offence("forall x nodes: true"), "1:10: expected 'in' after the name 'x', found 'nodes'");
  EXPECT_EQ(offence("forall 1 in nodes: true"), "1:8: expected a name to bind, found the number 1");
  EXPECT_EQ(offence("forall x in nodes, : true"), "1:20: expected a name to bind, found ':'");
  EXPECT_EQ(offence("forall x in nodes true"),
            "1:19: expected ':' between the names that 'forall' binds and its body, found 'true'");
  EXPECT_EQ(offence("(sum x in nodes) = 1"),
            "1:16: expected ':' between the names that 'sum' binds and its body, found ')'");
  EXPECT_EQ(offence("forall x in 1: true"),
            "1:14: expected '..' and the upper end of a range (other domains: {a, b}, nodes, others, heads, "
            "words(t)), found ':'");
  EXPECT_EQ(offence("forall x in {1, 2: true"), "1:18: expected '}' at the end of the list, found ':'");
  EXPECT_EQ(offence("forall x in {}: true"), "1:14: " + operand + "'}'");
  EXPECT_EQ(offence("product([], 1, 1) = 1"), "1:10: " + operand + "']'");
  EXPECT_EQ(offence("forall w in words: true"), "1:18: expected '(' after 'words', found ':'");
  EXPECT_EQ(offence("forall weights in grid(3: true"),
            "1:25: expected ')' after the argument of 'grid', found ':'");
  EXPECT_EQ(offence("phi(mean, 1 = 1"),
            "1:16: expected ',' or ')' after an argument of phi(C, j), found the end of the formula");
  EXPECT_EQ(offence("exists system in line(3: true"),
            "1:24: expected ',' or ')' after an argument of line(n), found ':'");
  EXPECT_EQ(offence("1 < 2 where true"), "1:7: 'where' stands only after the domain of a bound name");
}

TEST(FormulaError, Names) {
  EXPECT_EQ(offence("x > 1"), "1:1: 'x' is not bound (no name is bound here)");
  EXPECT_EQ(offence("forall i in nodes, j in nodes: k > j"),
            "1:32: 'k' is not bound (bound here: 'i' and 'j')");
  EXPECT_EQ(offence("forall node in nodes: nod > 1"),
            "1:23: 'nod' is not bound (bound here: 'node'); did you mean 'node'?");
  EXPECT_EQ(offence("(forall x in nodes: true) and x > 1"), "1:31: 'x' is not bound (no name is bound here)");
  EXPECT_EQ(offence("forall x in 1..x: true"), "1:16: 'x' is not bound (no name is bound here)");
  EXPECT_EQ(offence("forall j in nodes, j in nodes: true"), "1:20: 'j' is bound already (line 1, column 8)");
  EXPECT_EQ(offence("forall j in nodes:\n 1 < sum j in heads: j"),
            "2:10: 'j' is bound already (line 1, column 8)");
  EXPECT_EQ(offence("forall p in nodes: true"), "1:8: 'p' is a word of the language and cannot be bound");
  for (const std::string word :
       {"n", "N", "H", "tau", "phi", "where", "mean", "line", "nodes", "min", "if", "true"})
    EXPECT_EQ(offence("forall " + word + " in 1..2: true"),
              "1:8: '" + word + "' is a word of the language and cannot be bound");
  EXPECT_EQ(offence("phy(mean, 1) = 1"), "1:1: there is no function 'phy'; did you mean 'phi'?");
  EXPECT_EQ(offence("tmix(mean, 1/4) = 1"), "1:1: there is no function 'tmix'; did you mean 't_mix'?");
  EXPECT_EQ(offence("eigenvalue(mean) = 1"), "1:1: there is no function 'eigenvalue'");
  EXPECT_EQ(offence("forall j in nodes: j(1) = 1"), "1:20: 'j' is a bound name, not a function");
  EXPECT_EQ(offence("phi = 1"), "1:1: 'phi' needs arguments: write phi(C, j)");
  EXPECT_EQ(offence("n(1) = 1"), "1:1: 'n' takes no arguments: write n");
  EXPECT_EQ(offence("nodes = 1"), "1:1: 'nodes' is a domain and stands after 'in'; its size is n");
  EXPECT_EQ(offence("words(2) = 1"), "1:1: 'words' is a domain and stands after 'in'");
  EXPECT_EQ(offence("line(3) = 1"),
            "1:1: 'line' is a family: write 'system in line(n)' after forall or exists");
  EXPECT_EQ(offence("mean = 1"),
            "1:1: 'mean' is a chain: chains stand only as an argument of a function, as in phi(mean, j)");
  EXPECT_EQ(
      offence("system = 1"),
      "1:1: 'system' is not bound, and has no value of its own: write 'system in unique_sink(3, 2)' after "
      "forall or exists");
  EXPECT_EQ(offence("forall weights in grid(2): weights = 1"),
            "1:28: 'weights' has no value of its own: ask for W(mean, i, j), weight(h) and so on");
  EXPECT_EQ(offence("1 + forall x in nodes: true"),
            "1:5: 'forall' inside of a number or comparison needs parentheses");
}

TEST(FormulaError, Types) {
  EXPECT_EQ(offence("1 + 2"), "1:1: a formula must be a truth value, but this is a number");
  EXPECT_EQ(offence("[1]"), "1:1: a formula must be a truth value, but this is a word");
  EXPECT_EQ(offence("true = true"),
            "1:1: the left side of '=' must be a number, but this is a truth value ('iff' "
            "and 'implies' compare truth values)");
  EXPECT_EQ(offence("1 < (1 < 2)"),
            "1:6: the right side of '<' must be a number, but this is a truth value ('iff' "
            "and 'implies' compare truth values)");
  EXPECT_EQ(offence("[1] = [1]"), "1:1: the left side of '=' must be a number, but this is a word");
  EXPECT_EQ(offence("1 and true"), "1:1: the left side of 'and' must be a truth value, but this is a number");
  EXPECT_EQ(offence("true or 2"), "1:9: the right side of 'or' must be a truth value, but this is a number");
  EXPECT_EQ(offence("true implies 2"),
            "1:14: the right side of 'implies' must be a truth value, but this is a number");
  EXPECT_EQ(offence("2 iff true"), "1:1: the left side of 'iff' must be a truth value, but this is a number");
  EXPECT_EQ(offence("not 2"), "1:5: the operand of 'not' must be a truth value, but this is a number");
  EXPECT_EQ(offence("-true = 1"), "1:2: the operand of '-' must be a number, but this is a truth value");
  EXPECT_EQ(offence("1 + true = 1"),
            "1:5: the right side of '+' must be a number, but this is a truth value");
  EXPECT_EQ(offence("true * 1 = 1"), "1:1: the left side of '*' must be a number, but this is a truth value");
  EXPECT_EQ(offence("true ^ 2 = 1"), "1:1: the base of '^' must be a number, but this is a truth value");
  EXPECT_EQ(offence("2 ^ true = 1"), "1:5: the exponent of '^' must be a number, but this is a truth value");
  EXPECT_EQ(offence("forall x in nodes: x"),
            "1:20: the body of 'forall' must be a truth value, but this is a number");
  EXPECT_EQ(offence("(sum x in nodes: true) = 1"),
            "1:18: the body of 'sum' must be a number, but this is a truth value");
  EXPECT_EQ(offence("forall x in nodes where x: true"),
            "1:25: the condition after 'where' must be a truth value, but this is a number");
  EXPECT_EQ(offence("forall x in true..3: true"),
            "1:13: the lower end of a range must be a number, but this is a truth value");
  EXPECT_EQ(offence("forall x in 1..[1]: true"),
            "1:16: the upper end of a range must be a number, but this is a word");
  EXPECT_EQ(offence("forall x in {true}: true"),
            "1:14: an element of a list must be a number, but this is a truth value");
  EXPECT_EQ(offence("forall w in words(true): true"),
            "1:19: the argument of 'words' must be a number, but this is a truth value");
  EXPECT_EQ(offence("forall w in words(1): w = 1"),
            "1:23: the left side of '=' must be a number, but this is a word");
  EXPECT_EQ(offence("phi(head true, 1) = 1"),
            "1:10: the number of a head must be a number, but this is a truth value");
  EXPECT_EQ(offence("\"one\" = 1"),
            "1:1: a text stands only in printed(\"...\"), measured(\"...\") and file(\"...\")");
  EXPECT_EQ(offence("true iff true iff true"),
            "1:15: 'iff' does not chain: put one of them into parentheses");
}

TEST(FormulaError, Arguments) {
  EXPECT_EQ(offence("phi(mean) = 1"), "1:1: 'phi' does not take 1 argument: write phi(C, j)");
  EXPECT_EQ(offence("phi() = 1"), "1:1: 'phi' does not take 0 arguments: write phi(C, j)");
  EXPECT_EQ(offence("min() = 1"), "1:1: 'min' does not take 0 arguments: write min(x, ...)");
  EXPECT_EQ(offence("printed(\"table\", 1) = 1"),
            "1:1: 'printed' does not take 2 arguments: write printed(\"k\") or printed(\"k\", i, j)");
  EXPECT_EQ(offence("phi(1, 1) = 1"),
            "1:5: argument 1 of phi(C, j) must be a chain ('mean' or 'head k'), but this is a number");
  EXPECT_EQ(offence("phi(union, 1) = 1"),
            "1:5: argument 1 of phi(C, j) must be a chain ('mean' or 'head k'), but this is 'union'");
  EXPECT_EQ(
      offence("edges(2) = 1"),
      "1:7: argument 1 of edges(C) must be a chain ('mean', 'union' or 'head k'), but this is a number");
  EXPECT_EQ(offence("phi(mean, mean) = 1"),
            "1:11: argument 2 of phi(C, j) must be a number, but this is 'mean'");
  EXPECT_EQ(offence("max(1, 2, true) = 1"),
            "1:11: argument 3 of max(x, ...) must be a number, but this is a truth "
            "value");
  EXPECT_EQ(offence("product(1, 1, 1) = 1"),
            "1:9: argument 1 of product(w, i, j) must be a word ([h, ...] or a name bound in words(t)), but "
            "this is a "
            "number");
  EXPECT_EQ(offence("printed(1) = 1"),
            "1:9: argument 1 of printed(\"k\") must be a text in double quotes, but this is a number");
  EXPECT_EQ(offence("printed(\"two\") = 1"),
            "1:9: nothing is printed under \"two\" (printed: \"one\" and \"table\")");
  EXPECT_EQ(offence("printed(\"two\") = 1", {}),
            "1:9: nothing is printed under \"two\" (the claim has no printed numbers)");
  EXPECT_EQ(offence("printed(\"one\", 1, 1) = 1"), "1:1: \"one\" is one number: write printed(\"one\")");
  EXPECT_EQ(offence("printed(\"table\") = 1"), "1:1: \"table\" is a table: write printed(\"table\", i, j)");
}

TEST(FormulaError, Systems) {
  const std::string remedy =
      " needs a system: bind one with 'system in ...' or give one with the key 'system'";
  EXPECT_EQ(offence("n = 1", {}), "1:1: 'n'" + remedy);
  EXPECT_EQ(offence("1 < phi(mean, 1)", {}), "1:5: 'phi'" + remedy);
  EXPECT_EQ(offence("forall j in nodes: true", {}), "1:13: 'nodes'" + remedy);
  EXPECT_EQ(offence("forall w in words(2): true", {}), "1:13: 'words'" + remedy);
  EXPECT_EQ(offence("forall weights in grid(2): true", {}), "1:19: 'grid'" + remedy);
  EXPECT_EQ(offence("(forall system in line(3): n = 3) and n = 3", {}), "1:39: 'n'" + remedy);
  EXPECT_EQ(offence("forall system in line(n): true", {}), "1:23: 'n'" + remedy);
  EXPECT_EQ(offence("forall system in line(3) where n = 3, j in nodes: true", {}), "");
  EXPECT_EQ(offence("forall system in line(2): exists system in star(2): true"),
            "1:34: 'system' is bound already (line 1, column 8): a formula ranges over one system at a time");
  EXPECT_EQ(offence("forall weights in grid(2), weights in grid(3): true"),
            "1:28: 'weights' is bound already (line 1, column 8)");
}

TEST(FormulaError, Families) {
  const std::string families =
      "'system' ranges over a family: unique_sink(n, H), feedforward(n, H), optional_loops(n, H), "
      "digraphs(n, H), "
      "chains(n, H, d), diffusions(n, H, d), line(n), star(n), full(n), local(n, w), lazy_line(n, p, ...) or "
      "file(\"name\")";
  EXPECT_EQ(offence("forall system in unique_sinks(2, 2): true"),
            "1:18: " + families + "; did you mean 'unique_sink'?");
  EXPECT_EQ(offence("forall system in nodes: true"), "1:18: " + families);
  EXPECT_EQ(offence("forall system in line: true"), "1:18: " + families + "; did you mean 'line'?");
  EXPECT_EQ(offence("forall s in line(2): true"), "1:8: a family binds the name 'system', not 's'");
  EXPECT_EQ(offence("forall weights in nodes: true"),
            "1:19: 'weights' ranges over grid(d), inner_grid(d) or simplex");
  EXPECT_EQ(offence("forall a in grid(3): true"), "1:8: 'grid' binds the name 'weights', not 'a'");
  EXPECT_EQ(offence("forall system in unique_sink(3): true"),
            "1:18: 'unique_sink' does not take 1 argument: write unique_sink(n, H)");
  EXPECT_EQ(offence("forall system in lazy_line(3): true"),
            "1:18: 'lazy_line' does not take 1 argument: write lazy_line(n, p, ...)");
  EXPECT_EQ(offence("forall system in line(): true"),
            "1:18: 'line' does not take 0 arguments: write line(n)");
  EXPECT_EQ(offence("forall system in chains(2, 2, 1..3): true"),
            "1:32: argument 3 of chains(n, H, d) is one number, not a range");
  EXPECT_EQ(offence("forall system in line(true): true"),
            "1:23: argument 1 of line(n) must be a number, but this is a truth value");
  EXPECT_EQ(offence("forall system in file(a): true"),
            "1:23: expected a text in double quotes as argument 1 of file(\"name\"), found 'a'");
  EXPECT_EQ(offence("forall system in file(\"c.json\"): true"),
            "1:23: there is no system file \"c.json\" (files: \"a.json\" and \"b.json\")");
}

TEST(FormulaError, Bounds) {
  EXPECT_EQ(offence(repeated("(", 199) + "true" + repeated(")", 199)), "");
  EXPECT_EQ(offence(repeated("(", 200) + "true" + repeated(")", 200)),
            "1:201: the formula is nested deeper than 200 levels");
  for (const std::string& deep :
       {repeated("(", 50000), repeated("not ", 15000), "1 < " + repeated("-", 50000),
        "1 < " + repeated("2^", 25000), repeated("true implies ", 4000), "1 < " + repeated("abs(", 10000),
        "1 < " + repeated("[", 50000), nested_conditions(2000)}) {
    EXPECT_NE(offence(deep).find("levels"), std::string::npos) << deep.substr(0, 20) << offence(deep);
  }
  EXPECT_EQ(offence("1" + repeated(" + 1", 198) + " = 1"), "");
  EXPECT_EQ(offence("1" + repeated(" + 1", 199) + " = 1"),
            "1:1: the formula is a tree of more than 200 levels from here on: group long sums and lists with "
            "parentheses");
  EXPECT_NE(offence("true" + repeated(" and true", 7000)).find("levels"), std::string::npos);
  std::string binders = "forall x0 in {1}";
  for (int k = 1; k < 250; ++k) binders += ", x" + std::to_string(k) + " in {1}";
  EXPECT_NE(offence(binders + ": true").find("levels"), std::string::npos);
  EXPECT_EQ(offence("min(1" + repeated(", 1", 20000) + ") = 1"), "");
  EXPECT_EQ(offence(std::string(65537, ' ')), "1:1: the formula has 65537 bytes; at most 65536 are read");
}

TEST(FormulaError, LongNamesAreShortened) {
  const std::string said = offence("forall x in nodes: true " + repeated("a", 60000));
  EXPECT_LT(said.size(), 200U);
  EXPECT_NE(said.find("'" + repeated("a", 40) + "...'"), std::string::npos) << said;
}

}  // namespace
}  // namespace crosshead::claim

// What a formula means: precedence, associativity, reach of quantifiers and aggregates, types and places.
#include <algorithm>
#include <map>
#include <set>

#include "formula_shape.hpp"
#include "formula_words.hpp"
#include <gtest/gtest.h>

#include "crosshead/claim/measured.hpp"

namespace crosshead::claim {
namespace {

std::string parsed(const std::string& text) {
  return shape(parse_formula(text, full_context()).root);
}

/// The shape of a number, taken out of `NUMBER = 0`.
std::string parsed_number(const std::string& text) {
  const Formula formula = parse_formula(text + " = 0", full_context());
  EXPECT_EQ(formula.root->name, "compare");
  return shape(formula.root->arguments.front());
}

bool accepted(const std::string& text) {
  try {
    parse_formula(text, full_context(), {"table"});
    return true;
  } catch (const FormulaError&) {
    return false;
  }
}

TEST(FormulaParser, ArithmeticPrecedence) {
  EXPECT_EQ(parsed_number("1 + 2 * 3"), "(+ 1 (* 2 3))");
  EXPECT_EQ(parsed_number("1 * 2 + 3"), "(+ (* 1 2) 3)");
  EXPECT_EQ(parsed_number("(1 + 2) * 3"), "(* (+ 1 2) 3)");
  EXPECT_EQ(parsed_number("-1 + 2"), "(+ (negate 1) 2)");
  EXPECT_EQ(parsed_number("-1 * 2"), "(* (negate 1) 2)");
  EXPECT_EQ(parsed_number("-2^2"), "(negate (^ 2 2))");
  EXPECT_EQ(parsed_number("2^-1"), "(^ 2 (negate 1))");
  EXPECT_EQ(parsed_number("2^-1^2"), "(^ 2 (negate (^ 1 2)))");
  EXPECT_EQ(parsed_number("2 * 3^2 / 4"), "(/ (* 2 (^ 3 2)) 4)");
  EXPECT_EQ(parsed_number("1 - -2"), "(- 1 (negate 2))");
  EXPECT_EQ(parsed_number("--2"), "(negate (negate 2))");
}

TEST(FormulaParser, Associativity) {
  EXPECT_EQ(parsed_number("1 - 2 - 3"), "(- (- 1 2) 3)");
  EXPECT_EQ(parsed_number("1 - 2 + 3"), "(+ (- 1 2) 3)");
  EXPECT_EQ(parsed_number("8 / 4 / 2"), "(/ (/ 8 4) 2)");
  EXPECT_EQ(parsed_number("8 / 4 * 2"), "(* (/ 8 4) 2)");
  EXPECT_EQ(parsed_number("2^3^2"), "(^ 2 (^ 3 2))");
  EXPECT_EQ(parsed("true and true and false"), "(and (and true true) false)");
  EXPECT_EQ(parsed("true or true or false"), "(or (or true true) false)");
  EXPECT_EQ(parsed("true implies true implies false"), "(implies true (implies true false))");
}

TEST(FormulaParser, LogicalPrecedence) {
  EXPECT_EQ(parsed("true or true and false"), "(or true (and true false))");
  EXPECT_EQ(parsed("true and true or false"), "(or (and true true) false)");
  EXPECT_EQ(parsed("not true and false"), "(and (not true) false)");
  EXPECT_EQ(parsed("not not true"), "(not (not true))");
  EXPECT_EQ(parsed("not 1 < 2"), "(not (compare < 1 2))");
  EXPECT_EQ(parsed("true or false implies true and false"), "(implies (or true false) (and true false))");
  EXPECT_EQ(parsed("true implies false iff false implies true"),
            "(iff (implies true false) (implies false true))");
  EXPECT_EQ(parsed("1 < 2 and 2 + 1 < 3"), "(and (compare < 1 2) (compare < (+ 2 1) 3))");
  EXPECT_EQ(parsed("(true iff true) iff false"), "(iff (iff true true) false)");
}

TEST(FormulaParser, ComparisonsChain) {
  EXPECT_EQ(parsed("1 < 2 <= 3 = 3 != 4 >= 2 > 1"), "(compare < <= = != >= > 1 2 3 3 4 2 1)");
}

TEST(FormulaParser, QuantifiersReachToTheRight) {
  EXPECT_EQ(parsed("forall x in nodes: x = 1 implies false iff true"),
            "(forall x=(nodes) (iff (implies (compare = $x 1) false) true))");
  EXPECT_EQ(parsed("true and forall x in nodes: x = 1 or false"),
            "(and true (forall x=(nodes) (or (compare = $x 1) false)))");
  EXPECT_EQ(parsed("true implies exists x in nodes: x = 1 iff false"),
            "(implies true (exists x=(nodes) (iff (compare = $x 1) false)))");
  EXPECT_EQ(parsed("not forall x in nodes: x = 1 and false"),
            "(not (forall x=(nodes) (and (compare = $x 1) false)))");
  EXPECT_EQ(parsed("(forall x in nodes: x = 1) and false"),
            "(and (forall x=(nodes) (compare = $x 1)) false)");
  EXPECT_EQ(parsed("forall x in nodes: exists y in 1..x: true"),
            "(forall x=(nodes) (exists y=(range 1 $x) true))");
}

TEST(FormulaParser, AggregatesReachToTheEndOfTheSum) {
  EXPECT_EQ(parsed("sum x in nodes: x + 1 < 2"), "(compare < (sum x=(nodes) (+ $x 1)) 2)");
  EXPECT_EQ(parsed("2 * min x in nodes: x * x + 1 < 2 and true"),
            "(and (compare < (* 2 (min x=(nodes) (+ (* $x $x) 1))) 2) true)");
  EXPECT_EQ(parsed("(sum x in nodes: x) + 1 < 2"), "(compare < (+ (sum x=(nodes) $x) 1) 2)");
  EXPECT_EQ(parsed("1 < max x in nodes: sum y in 1..x: y - x"),
            "(compare < 1 (max x=(nodes) (sum y=(range 1 $x) (- $y $x))))");
}

TEST(FormulaParser, MinAndMaxAreFunctionsBeforeAParenthesis) {
  EXPECT_EQ(parsed_number("min(1, 2)"), "(min 1 2)");
  EXPECT_EQ(parsed_number("max (1)"), "(max 1)");
  EXPECT_EQ(parsed_number("min j in nodes: max(j, 2)"), "(min j=(nodes) (max $j 2))");
  EXPECT_EQ(parse_formula("min(1, 2) = 1", {}).root->arguments[0]->kind, ExpressionKind::call);
  EXPECT_EQ(parse_formula("(min j in {1}: j) = 1", {}).root->arguments[0]->kind, ExpressionKind::aggregate);
}

TEST(FormulaParser, Binders) {
  EXPECT_EQ(parsed("forall x in 1..3, y in x..2 * x where x + y = 4: true"),
            "(forall x=(range 1 3) y=(range $x (* 2 $x))|(compare = (+ $x $y) 4) true)");
  EXPECT_EQ(parsed("forall x in nodes where exists y in others: y = x, z in heads: true"),
            "(forall x=(nodes)|(exists y=(others) (compare = $y $x)) z=(heads) true)");
  EXPECT_EQ(parsed("forall x in nodes where x = 1 iff true: true"),
            "(forall x=(nodes)|(iff (compare = $x 1) true) true)");
  // A name is free again behind its quantifier.
  EXPECT_EQ(parsed("(forall x in nodes: true) and (exists x in heads: true)"),
            "(and (forall x=(nodes) true) (exists x=(heads) true))");
}

TEST(FormulaParser, Domains) {
  EXPECT_EQ(parsed("forall x in {1, 1/2, 0.25}: true"), "(forall x=(list 1 (/ 1 2) 1/4) true)");
  EXPECT_EQ(parsed("forall w in words(N - 1): product(w, 1, 1) = 1"),
            "(forall w=(words (- (N) 1)) (compare = (product $w 1 1) 1))");
  EXPECT_EQ(parsed("exists weights in grid(6): true"), "(exists weights=(grid 6) true)");
  EXPECT_EQ(parsed("exists weights in inner_grid(2 * H): true"),
            "(exists weights=(inner_grid (* 2 (H))) true)");
  EXPECT_EQ(parsed("forall j in 1..3: j = 1"), "(forall j=(range 1 3) (compare = $j 1))");
}

TEST(FormulaParser, Families) {
  EXPECT_EQ(parsed("forall system in unique_sink(2..4, 1..2): true"),
            "(forall system=(family unique_sink 2..4 1..2) true)");
  EXPECT_EQ(parsed("forall system in chains(3, 2, 4), weights in grid(2) where n = 3: true"),
            "(forall system=(family chains 3 2 4) weights=(grid 2)|(compare = (n) 3) true)");
  EXPECT_EQ(parsed("forall k in 1..3, system in lazy_line(2..5, 1/k, 1): true"),
            "(forall k=(range 1 3) system=(family lazy_line 2..5 (/ 1 $k) 1) true)");
  EXPECT_EQ(parsed("exists system in file(\"b.json\"): true"), "(exists system=(family file 'b.json') true)");
}

TEST(FormulaParser, Primaries) {
  EXPECT_EQ(parsed_number("0.125"), "1/8");
  EXPECT_EQ(parsed_number("007.50"), "15/2");
  EXPECT_EQ(parsed_number("n + N + H + tau"), "(+ (+ (+ (n) (N)) (H)) (tau))");
  EXPECT_EQ(parsed_number("product([1, H], tau, 1)"), "(product (word 1 (H)) (tau) 1)");
  EXPECT_EQ(parsed_number("phi(head 2, 1)"), "(phi (head 2) 1)");
  EXPECT_EQ(parsed_number("phi(head (1 + 1), 1)"), "(phi (head (+ 1 1)) 1)");
  EXPECT_EQ(parsed("forall h in heads: edges(head h) = 1"),
            "(forall h=(heads) (compare = (edges (head $h)) 1))");
  EXPECT_EQ(parsed_number("if(forall x in nodes: true, 1, 2)"), "(if (forall x=(nodes) true) 1 2)");
  EXPECT_EQ(parsed_number("printed(\"table\", 1, 2) + printed(\"one\")"),
            "(+ (printed 'table' 1 2) (printed 'one'))");
  EXPECT_EQ(parsed("defined(1 / 0) and true"), "(and (defined (/ 1 0)) true)");
}

TEST(FormulaParser, WhiteSpaceIsIgnored) {
  EXPECT_EQ(parsed("\n forall\tx in{1,2}\r\n:x<=(2)and true"),
            "(forall x=(list 1 2) (and (compare <= $x 2) true))");
}

TEST(FormulaParser, PlacesAreThoseOfTheFirstToken) {
  const Formula formula = parse_formula("forall x in nodes:\n  x + 1 <\n    phi(mean, x)", full_context());
  const auto place = [](const ExpressionPtr& e) { return std::make_pair(e->place.line, e->place.column); };
  EXPECT_EQ(place(formula.root), std::make_pair(1, 1));
  EXPECT_EQ(formula.root->binders[0].place.column, 8);
  EXPECT_EQ(formula.root->binders[0].domain.place.column, 13);
  EXPECT_EQ(place(formula.root->body), std::make_pair(2, 3));
  EXPECT_EQ(place(formula.root->body->arguments[0]->arguments[1]), std::make_pair(2, 7));
  EXPECT_EQ(place(formula.root->body->arguments[1]), std::make_pair(3, 5));
}

TEST(FormulaParser, DepthCountsLevelsAndBinders) {
  EXPECT_EQ(parse_formula("true", {}).root->depth, 1);
  EXPECT_EQ(parse_formula("1 < 2", {}).root->depth, 2);
  EXPECT_EQ(parse_formula("1 + 2 + 3 < 4", {}).root->depth, 4);
  EXPECT_EQ(parse_formula("forall x in {1}, y in {1}, z in {1}: true", {}).root->depth, 5);
}

/// One call of a signature, with arguments of the right kind.
std::string example_of(const FunctionSignature& signature) {
  static const std::map<ArgumentKind, std::string> arguments{
      {ArgumentKind::number, "1"},   {ArgumentKind::numbers, "1, 2, 3"}, {ArgumentKind::truth, "true"},
      {ArgumentKind::chain, "mean"}, {ArgumentKind::graph, "union"},     {ArgumentKind::word, "[1]"}};
  std::string text(signature.name);
  for (std::size_t k = 0; k < signature.parameters.size(); ++k) {
    const ArgumentKind kind = signature.parameters[k].kind;
    const std::string argument = kind != ArgumentKind::text         ? arguments.at(kind)
                                 : signature.parameters.size() == 1 ? "\"one\""
                                                                    : "\"table\"";
    text += (k == 0 ? "(" : ", ") + argument;
  }
  if (!signature.parameters.empty()) text += ")";
  return signature.result == Type::number ? text + " = 1" : text;
}

TEST(FormulaParser, TakesEveryFunctionBySignature) {
  std::set<std::string> needing;
  for (const FunctionSignature& signature : functions()) {
    const std::string call = example_of(signature);
    EXPECT_TRUE(accepted(call)) << call;
    // The result has the declared type: a number is no formula, a truth value no number.
    const std::string other =
        signature.result == Type::number ? call.substr(0, call.size() - 4) : call + " = 1";
    EXPECT_FALSE(accepted(other)) << other;
    // Without a system those that need one are refused, and only those.
    bool alone = true;
    try {
      FormulaContext context = full_context();
      context.has_system = false;
      parse_formula(call, context, {"table"});
    } catch (const FormulaError& error) {
      alone = false;
      EXPECT_NE(std::string(error.what()).find("needs a system"), std::string::npos) << error.what();
    }
    EXPECT_EQ(alone, !signature.needs_system) << call;
    if (signature.needs_system) needing.insert(std::string(signature.name));
  }
  EXPECT_EQ(needing.count("phi"), 1U);
  EXPECT_EQ(needing.count("choose"), 0U);
}

TEST(FormulaParser, RefusesEveryArgumentOfAnotherType) {
  const std::map<std::string, std::vector<ArgumentKind>> of_another_type{
      {"1",
       {ArgumentKind::truth, ArgumentKind::chain, ArgumentKind::graph, ArgumentKind::word,
        ArgumentKind::text}},
      {"true",
       {ArgumentKind::number, ArgumentKind::numbers, ArgumentKind::chain, ArgumentKind::graph,
        ArgumentKind::word, ArgumentKind::text}},
      {"mean",
       {ArgumentKind::number, ArgumentKind::numbers, ArgumentKind::truth, ArgumentKind::word,
        ArgumentKind::text}},
      {"union",
       {ArgumentKind::number, ArgumentKind::numbers, ArgumentKind::truth, ArgumentKind::chain,
        ArgumentKind::word, ArgumentKind::text}},
      {"[1]",
       {ArgumentKind::number, ArgumentKind::numbers, ArgumentKind::truth, ArgumentKind::chain,
        ArgumentKind::graph, ArgumentKind::text}},
      {"\"one\"",
       {ArgumentKind::number, ArgumentKind::numbers, ArgumentKind::truth, ArgumentKind::chain,
        ArgumentKind::graph, ArgumentKind::word}}};
  int refused = 0;
  for (const FunctionSignature& signature : functions()) {
    for (std::size_t wrong = 0; wrong < signature.parameters.size(); ++wrong) {
      for (const auto& [argument, kinds] : of_another_type) {
        if (std::find(kinds.begin(), kinds.end(), signature.parameters[wrong].kind) == kinds.end()) continue;
        std::string text(signature.name);
        for (std::size_t k = 0; k < signature.parameters.size(); ++k) {
          FunctionSignature one = signature;
          one.parameters = {signature.parameters[k]};
          std::string good = example_of(one);
          good = good.substr(good.find('(') + 1);
          good = good.substr(0, good.rfind(')'));
          text += (k == 0 ? "(" : ", ") + (k == wrong ? argument : good);
        }
        text += signature.result == Type::number ? ") = 1" : ")";
        try {
          parse_formula(text, full_context());
          ADD_FAILURE() << text;
        } catch (const FormulaError& error) {
          ++refused;
          EXPECT_EQ(std::string(error.what()).find("argument " + std::to_string(wrong + 1) + " of "), 0U)
              << text << ": " << error.what();
        }
      }
    }
  }
  EXPECT_GT(refused, 300);
}

TEST(FormulaParser, FilesAreFoundInAnyText) {
  EXPECT_EQ(mentioned_files("forall system in file(\"x\"): exists y in file ( \"z\" : file(\"x\")"),
            (std::vector<std::string>{"x", "z"}));
  EXPECT_TRUE(mentioned_files("printed(\"x\") = file(3) and file").empty());
  EXPECT_TRUE(mentioned_files("file(\"x\") ?").empty());
}

}  // namespace
}  // namespace crosshead::claim

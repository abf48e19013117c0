// Trees and texts: what is printed reads back to the same tree, and no mixture of tokens does harm.
#include <random>
#include <vector>

#include "formula_shape.hpp"
#include "formula_words.hpp"
#include <gtest/gtest.h>

namespace crosshead::claim {
namespace {

std::string text_of(const std::string& text) {
  return to_text(*parse_formula(text, full_context()).root);
}

TEST(FormulaText, HasNoParenthesesToSpare) {
  for (const char* text :
       {"forall system in unique_sink(2..4, 1..2), eps in {1 / 4, 0.1}: t_mix(mean, eps) <= 2 * N / p(mean)",
        "1 + 2 * 3 - 4 < -2^2^3 = (1 + 2) * 3 != 1 - (2 - 3)", "(1 / 2) / 3 = 1 / (2 / 3)", "2^-1 < (-2)^2",
        "not (true and false) or true implies false iff true", "(true implies false) implies true",
        "(forall x in nodes: x = 1) and (exists x in others where x > 1: true)",
        "min j in others: phi(mean, j) < 1 + (sum w in words(2): product(w, tau, 1))",
        "exists system in file(\"a.json\"), weights in inner_grid(6): edges(head (1 + 1)) = printed(\"one\")",
        "product([1, H], tau, 1) >= if(true, 0.125, min(1, 2))", "sum x in 1..(sum y in 1..3: y): x = 3"}) {
    const std::string printed = text_of(text);
    // Exactly the text, up to the one pair that the grammar does not need.
    EXPECT_EQ(printed, std::string(text) == "(1 / 2) / 3 = 1 / (2 / 3)" ? "1 / 2 / 3 = 1 / (2 / 3)" : text);
  }
}

TEST(FormulaText, DecimalsAreExact) {
  EXPECT_EQ(text_of("000.0500 < 12.5"), "0.05 < 12.5");
  EXPECT_EQ(text_of("1.0 < 0.000001"), "1 < 0.000001");
}

/// A random formula as text with all parentheses, so that its shape is known without precedence.
class Grower {
 public:
  explicit Grower(std::uint32_t seed) : dice_(seed) {}

  std::string truth(int depth) {
    if (depth <= 0) return below(2) == 0 ? "true" : "1 < 2";
    switch (below(8)) {
      case 0:
        return "(not (" + truth(depth - 1) + "))";
      case 1:
      case 2: {
        const char* word = pick({"and", "or", "implies", "iff"});
        return "((" + truth(depth - 1) + ") " + word + " (" + truth(depth - 1) + "))";
      }
      case 3:
      case 4:
        return "(" + bound(pick({"forall", "exists"}), depth) + "(" + truth(depth - 1) + "))";
      case 5:
        return "((" + number(depth - 1) + ") <= (" + number(depth - 1) + ") < (" + number(depth - 1) + "))";
      case 6:
        return "defined(" + number(depth - 1) + ")";
      default:
        return "((" + number(depth - 1) + ") = (" + number(depth - 1) + "))";
    }
  }

 private:
  std::string number(int depth) {
    if (depth <= 0) return pick({"1", "0.25", "n", "tau", "17.5"});
    switch (below(6)) {
      case 0:
        return "(-(" + number(depth - 1) + "))";
      case 1:
      case 2: {
        const char* mark = pick({"+", "-", "*", "/", "^"});
        return "((" + number(depth - 1) + ") " + mark + " (" + number(depth - 1) + "))";
      }
      case 3:
        return "(" + bound(pick({"min", "max", "sum"}), depth) + "(" + number(depth - 1) + "))";
      case 4:
        return "if(" + truth(depth - 1) + ", " + number(depth - 1) + ", phi(head (" + number(depth - 1) +
               "), 1))";
      default:
        return "max(" + number(depth - 1) + ", product([" + number(depth - 1) + ", 1], 1, 2))";
    }
  }

  std::string bound(const std::string& word, int depth) {
    std::string name = "x";
    name += std::to_string(++names_);
    std::string text = word + " " + name + " in ";
    switch (below(4)) {
      case 0:
        text += "{(" + number(depth - 1) + "), 2}";
        break;
      case 1:
        text += "(" + number(depth - 1) + ")..(" + number(depth - 1) + ")";
        break;
      default:
        text += pick({"nodes", "others", "heads"});
    }
    if (below(2) == 0) text += " where (" + truth(depth - 1) + ")";
    return text + ": ";
  }

  std::size_t below(std::size_t count) { return dice_() % count; }
  const char* pick(const std::vector<const char*>& from) { return from[below(from.size())]; }

  std::mt19937 dice_;
  int names_ = 0;
};

TEST(FormulaText, ReadsBackToTheSameTree) {
  for (std::uint32_t seed = 1; seed <= 3000; ++seed) {
    const std::string full = Grower(seed).truth(1 + static_cast<int>(seed % 5));
    const Formula formula = parse_formula(full, full_context());
    const std::string text = to_text(*formula.root);
    const Formula again = parse_formula(text, full_context());
    ASSERT_EQ(shape(again.root), shape(formula.root)) << full << "\n" << text;
    ASSERT_LE(text.size(), full.size());
  }
}

/// Every word and mark of the language in any order: a tree or a complaint with a place, never anything else.
TEST(FormulaText, TokenSoupDoesNoHarm) {
  std::vector<std::string> tokens{
      "<=",      "<",      "=",          "!=",   ">=",      ">",          "+",     "-",      "*",
      "/",       "^",      "(",          ")",    "[",       "]",          "{",     "}",      ",",
      ":",       "..",     "1",          "0.5",  "\"one\"", "\"a.json\"", "x",     "y",      "system",
      "weights", "forall", "exists",     "in",   "where",   "and",        "or",    "not",    "implies",
      "iff",     "true",   "false",      "mean", "union",   "head",       "nodes", "others", "heads",
      "words",   "grid",   "inner_grid", "sum"};
  for (const std::string_view name : function_names()) tokens.emplace_back(name);
  for (const std::string_view name : family_names()) tokens.emplace_back(name);
  // Openings that get the parser past the first token.
  const std::vector<std::string> openings{
      "",     "forall x in nodes: ", "forall x in ", "1 < ",         "sum x in ",
      "phi(", "exists system in ",   "not (",        "product([1], "};
  std::mt19937 dice(11);
  int formulas = 0, complaints = 0;
  for (int run = 0; run < 40000; ++run) {
    std::string text = openings[dice() % openings.size()];
    for (std::size_t count = 1 + dice() % 12; count > 0; --count)
      text += tokens[dice() % tokens.size()] + " ";
    try {
      const Formula formula = parse_formula(text, full_context());
      ASSERT_EQ(formula.root->type, Type::truth);
      ++formulas;
    } catch (const FormulaError& error) {
      ++complaints;
      ASSERT_EQ(error.place().line, 1);
      ASSERT_GE(error.place().column, 1);
      ASSERT_LE(error.place().column, static_cast<int>(text.size()) + 1);
      ASSERT_FALSE(std::string(error.what()).empty());
    }
  }
  EXPECT_GT(formulas, 20);
  EXPECT_GT(complaints, 30000);
}

}  // namespace
}  // namespace crosshead::claim

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formula_lexer.hpp"
#include "formula_words.hpp"

#include "crosshead/claim/formula.hpp"

namespace crosshead::claim {

/// Recursive descent over the grammar of REFERENCE.md, one function for each of its rules. Types are
/// checked as the tree is built: a node that exists is well typed and its names are bound.
class FormulaParser {
 public:
  FormulaParser(std::string_view text, const FormulaContext& context,
                const std::vector<std::string>& measured);

  /// The whole text as one truth value.
  ExpressionPtr run();

 private:
  /// A name with what it stands for: a number or a word; `system` and `weights` are bound but stand for no
  /// value.
  struct Bound {
    std::string name;
    Type type;
    TextPlace place;
  };
  /// Counts one level of recursion for as long as it lives.
  class Level {
   public:
    /// Throws FormulaError at the next token if it is one too many.
    explicit Level(FormulaParser& parser);
    ~Level() { --level_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    int& level_;
  };

  // formula_parser.cpp: truth values
  ExpressionPtr formula();
  ExpressionPtr equivalence();
  ExpressionPtr implication();
  ExpressionPtr disjunction();
  ExpressionPtr conjunction();
  ExpressionPtr negation();
  ExpressionPtr comparison();
  /// forall, exists, min, max or sum with its binders and body.
  ExpressionPtr binding(ExpressionKind kind);

  // formula_numbers.cpp: numbers
  ExpressionPtr sum();
  ExpressionPtr product();
  ExpressionPtr factor();
  ExpressionPtr power();
  ExpressionPtr primary();
  ExpressionPtr word();
  ExpressionPtr variable();

  // formula_calls.cpp: functions and chains
  ExpressionPtr call();
  ExpressionPtr constant();
  ExpressionPtr argument();
  ExpressionPtr chain();
  void check_arguments(const FunctionSignature& signature, const Expression& call) const;
  void check_printed(const Expression& call) const;
  void check_measured(const Expression& call) const;
  [[noreturn]] void complain_of_name() const;
  std::string name_complaint() const;

  // formula_domains.cpp: binders, domains and families
  Binder binder();
  void check_binder_name(const Token& name) const;
  Domain domain(const Token& bound);
  Domain family(const FamilySignature& signature);
  FamilyArgument family_argument(const FamilySignature& signature, std::size_t index);
  Domain range();
  std::vector<ExpressionPtr> number_list(std::string_view close);

  const Token& peek(std::size_t ahead = 0) const;
  Token take();
  bool at_name(std::string_view name) const;
  bool at_mark(std::string_view mark) const;
  bool at_mark(std::string_view mark, std::size_t ahead) const;
  /// Takes the mark or complains: "expected ')' after ..., found ...".
  void expect_mark(std::string_view mark, const std::string& where);
  [[noreturn]] void fail_expected(const std::string& expected) const;
  void require_system(const std::string& what, TextPlace place) const;

  const FormulaContext& context_;
  const std::vector<std::string>& measured_;  ///< names that measured("...") may use
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::vector<Bound> scope_;
  bool has_system_;
  int level_ = 0;
};

/// Complains at the operand unless it has the type: "the left side of '<' must be a number, but ...".
void require_type(const ExpressionPtr& operand, Type type, const std::string& what);

/// A node over operands that are well typed. Throws FormulaError if the tree becomes too high.
ExpressionPtr operation(std::string_view name, Type type, std::vector<ExpressionPtr> operands);
/// Sets the height from the children and complains if it is too much.
ExpressionPtr finished(Expression node);

}  // namespace crosshead::claim

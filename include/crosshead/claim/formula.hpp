#pragma once

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "crosshead/exact/rational.hpp"

namespace crosshead::claim {

/// The syntax tree of the claim language (src/claim/REFERENCE.md is its definition). A parsed
/// formula is immutable, well typed, and every name in it is bound.

/// What an expression stands for. A chain is the mean, one head or the union; a word a list of heads.
enum class Type { number, truth, chain, word, text };

/// A place in the formula's text, both counted from 1.
struct TextPlace {
  int line = 1;
  int column = 1;
};

/// The text is not a formula: what() says what was expected, `place()` where.
class FormulaError : public std::runtime_error {
 public:
  FormulaError(TextPlace place, const std::string& message) : std::runtime_error(message), place_(place) {}
  TextPlace place() const { return place_; }

 private:
  TextPlace place_;
};

enum class ExpressionKind {
  number,      ///< literal `value`
  truth,       ///< literal `flag`
  text,        ///< literal `name`
  variable,    ///< bound name `name`; n, N, H and tau are calls without arguments
  call,        ///< `name` applied to `arguments`; operators too, see below
  word,        ///< [h_1, ..., h_t]: `arguments`
  chain,       ///< name "mean", "union" or "head" with the head's number as only argument
  aggregate,   ///< name "min", "max" or "sum" over `binders` of `body`
  quantified,  ///< name "forall" or "exists" over `binders` of `body`
};

enum class DomainKind { range, list, nodes, others, heads, words, grid, inner_grid, simplex, family };

struct Expression;
using ExpressionPtr = std::shared_ptr<const Expression>;

/// One argument of a family: text, one number, or a range lower..upper.
struct FamilyArgument {
  std::string text;
  ExpressionPtr lower;
  ExpressionPtr upper;  ///< null unless a range
};

struct Domain {
  DomainKind kind = DomainKind::list;
  std::vector<ExpressionPtr> arguments;  ///< range: 2; list: all; words, grid, inner_grid: 1
  std::string family;
  std::vector<FamilyArgument> family_arguments;
  TextPlace place;
};

struct Binder {
  std::string name;
  Domain domain;
  ExpressionPtr where;  ///< null if there is none
  TextPlace place;
};

/// Operators are calls named "+", "-", "*", "/", "^", "negate", "and", "or", "not", "implies", "iff"; a chain
/// of comparisons is one call named "compare" whose operands are `arguments` and whose `operators` stand
/// between them.
struct Expression {
  ExpressionKind kind = ExpressionKind::number;
  Type type = Type::number;
  TextPlace place;
  exact::Rational value;
  bool flag = false;
  std::string name;
  std::vector<ExpressionPtr> arguments;
  std::vector<std::string> operators;
  std::vector<Binder> binders;
  ExpressionPtr body;
  int depth = 1;  ///< height of this tree, where every binder counts as a level; at most kMaxFormulaDepth
};

/// What a formula may refer to besides its own binders.
struct FormulaContext {
  bool has_system = false;              ///< whether a system is given
  std::vector<std::string> files;       ///< names that file("...") may use
  std::map<std::string, bool> printed;  ///< names that printed("...") may use; true for a matrix
};

/// A formula with its text. `root` has type truth.
struct Formula {
  std::string text;
  ExpressionPtr root;
};

/// Bounds on what is parsed: nesting (of parentheses and of the tree; `a + b + c` is a tree of height 3) and
/// bytes.
inline constexpr int kMaxFormulaDepth = 200;
inline constexpr std::size_t kMaxFormulaLength = std::size_t{64} * 1024;

/// Parses and type-checks. Throws FormulaError at the first offence; columns count characters, not bytes.
Formula parse_formula(std::string_view text, const FormulaContext& context);

/// The expression as text, with no more parentheses than it needs; parse_formula reads it back to an equal
/// tree.
std::string to_text(const Expression& expression);
std::string to_text(const Binder& binder);

/// The names of all files that file("...") mentions in a text that need not be well formed otherwise; for
/// readers that load the files before parsing.
std::vector<std::string> mentioned_files(std::string_view text);

}  // namespace crosshead::claim

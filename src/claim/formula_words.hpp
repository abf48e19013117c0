#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crosshead/claim/formula.hpp"

namespace crosshead::claim {

/// The words of the claim language. One table of functions and one of families are what the parser, the type
/// checker and the documentation's test go by.

/// What one argument may be. A `graph` is any chain; a `chain` is not the union, which has no matrices.
/// `numbers` stands last and takes one or more.
enum class ArgumentKind { number, numbers, truth, chain, graph, word, text };

struct Parameter {
  std::string_view name;
  ArgumentKind kind;
};

/// One way to call a function; functions without parameters are written without parentheses.
struct FunctionSignature {
  std::string_view name;
  std::vector<Parameter> parameters;
  Type result;
  bool needs_system;
  std::string_view meaning;
};
const std::vector<FunctionSignature>& functions();
/// All ways to call the function of that name, empty if there is none.
std::vector<const FunctionSignature*> signatures_of(std::string_view name);

/// "phi(C, j)", "n", "printed(\"k\", i, j)", "min(x, ...)".
std::string to_text(const FunctionSignature& signature);
/// "a number", "a chain ('mean' or 'head k')", ...
std::string description(ArgumentKind kind);
std::string description(Type type);

/// One argument of a family: `range` may be one number or a..b, `rest` stands last and takes one or more.
enum class FamilyArgumentKind { text, range, number, rest };

struct FamilyParameter {
  std::string_view name;
  FamilyArgumentKind kind;
};

struct FamilySignature {
  std::string_view name;
  std::vector<FamilyParameter> parameters;
  std::string_view meaning;
};
const std::vector<FamilySignature>& families();
const FamilySignature* family_named(std::string_view name);
std::string to_text(const FamilySignature& signature);

/// Whether the name has a meaning of its own and so cannot be bound.
bool is_reserved(std::string_view name);
/// Domains that are one word: nodes, others, heads.
bool is_domain_word(std::string_view name);

/// "; did you mean 'phi'?" for the candidate nearest to a name, or nothing if none is near.
std::string suggestion(std::string_view name, const std::vector<std::string_view>& candidates);
std::vector<std::string_view> function_names();
std::vector<std::string_view> family_names();

/// "a", "a or b", "a, b or c".
std::string listed(const std::vector<std::string>& names, std::string_view last = "or");

}  // namespace crosshead::claim

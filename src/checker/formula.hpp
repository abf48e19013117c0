// Formulas (section 2): their syntax tree, with types checked while reading.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <gmpxx.h>

namespace crosshead::checker {

enum class Type { number, truth, chain, graph_chain, word, text };

struct Function;
struct Node;

struct Binder {
  std::string name;
  std::string domain;        // "..", "{", "nodes", ..., or the name of a family
  std::vector<Node> bounds;  // the expressions of the domain; a range in a family is one with two parts
  std::vector<Node> where;   // none or one
};

struct Node {
  std::string op;  // a mark or word of the grammar; "number", "variable", "constant", "call", "[", "text"
  Type type = Type::truth;
  std::vector<Node> parts = {};
  std::vector<std::string> marks = {};  // between the parts of a comparison, sum or product
  std::vector<Binder> binders = {};
  mpq_class number = 0;
  std::string name = {};
  std::size_t slot = 0;  // of a variable
  const Function* function = nullptr;
};

// Throws Rejected{nullptr, ...} on malformed formulas; `has_system`: whether there is a given system.
Node read_formula(std::string_view text, bool has_system);

}  // namespace crosshead::checker

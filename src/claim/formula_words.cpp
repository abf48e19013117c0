// The tables of functions and families, and what complaints need of them: signatures as text, nearest names.
#include "formula_words.hpp"

#include <algorithm>
#include <array>

#include "crosshead/claim/edit_distance.hpp"

namespace crosshead::claim {
namespace {

using Kind = ArgumentKind;

constexpr Parameter kChain{"C", Kind::chain};
constexpr Parameter kGraph{"C", Kind::graph};
constexpr Parameter kI{"i", Kind::number};
constexpr Parameter kJ{"j", Kind::number};
constexpr Parameter kT{"t", Kind::number};
constexpr Parameter kX{"x", Kind::number};
constexpr Parameter kWord{"w", Kind::word};
constexpr Parameter kEpsilon{"eps", Kind::number};

std::vector<FunctionSignature> all_functions() {
  constexpr Type number = Type::number, truth = Type::truth;
  return {
      {"n", {}, number, true, "the number of nodes"},
      {"N", {}, number, true, "n - 1"},
      {"H", {}, number, true, "the number of heads"},
      {"tau", {}, number, true, "the number of the sink"},
      {"weight", {{"h", Kind::number}}, number, true, "the weight of head h"},
      {"word_weight", {kWord}, number, true, "the product of the weights of the word's letters"},
      {"letters", {kWord, {"h", Kind::number}}, number, true, "how often head h occurs in the word"},
      {"W", {kChain, kI, kJ}, number, true, "entry (i, j) of the walk matrix"},
      {"D", {kChain, kI, kJ}, number, true, "entry (i, j) of the diffusion matrix"},
      {"signal", {kChain, kJ, kT}, number, true, "what the sink holds of node j after t diffusion steps"},
      {"absorbed",
       {kChain, kJ, kT},
       number,
       true,
       "probability that the walk from j is at tau after t steps"},
      {"distance", {kChain, kT}, number, true, "distance of the walk's law to the sink after t steps"},
      {"t_mix", {kChain, kEpsilon}, number, true, "mixing time"},
      {"t_mix_l1", {kChain, kEpsilon}, number, true, "mixing time in L1, whatever the convention"},
      {"p", {kChain}, number, true, "forward probability"},
      {"phi", {kChain, kJ}, number, true, "fidelity of node j"},
      {"phi_min", {kChain}, number, true, "minimax fidelity"},
      {"product",
       {kWord, kI, kJ},
       number,
       true,
       "entry (i, j) of the product of the heads' diffusion matrices"},
      {"rollout", {kWord, kI, kJ}, number, true, "the same with half of the identity mixed into each factor"},
      {"moves",
       {kChain, kJ, kT, {"k", Kind::number}},
       number,
       true,
       "probability that exactly k of the first t steps of the walk from j change the node"},
      {"walks", {kGraph, kJ, kT}, number, true, "number of walks of length t in the graph from j to tau"},
      {"all_walks", {kGraph, kJ, kT}, number, true, "number of walks of length t in the graph from j"},
      {"edges", {kGraph}, number, true, "number of edges, self-loops included"},
      {"indegree", {kGraph, kJ}, number, true, "number of edges into node j, self-loop included"},
      {"outdegree", {kGraph, kJ}, number, true, "number of edges out of node j, self-loop included"},
      {"choose", {{"a", Kind::number}, {"b", Kind::number}}, number, false, "binomial coefficient"},
      {"printed", {{"\"k\"", Kind::text}}, number, false, "the number that the source prints under k"},
      {"printed", {{"\"k\"", Kind::text}, kI, kJ}, number, false, "an entry of the table printed under k"},
      {"measured",
       {{"\"k\"", Kind::text}, kI, kJ},
       number,
       false,
       "an entry of the table measured on trained models"},
      {"floor", {kX}, number, false, "the greatest integer that is at most x"},
      {"ceil", {kX}, number, false, "the least integer that is at least x"},
      {"abs", {kX}, number, false, "the absolute value"},
      {"exp", {kX}, number, false, "e to the power x, as a real number"},
      {"min", {{"x", Kind::numbers}}, number, false, "the least of the numbers"},
      {"max", {{"x", Kind::numbers}}, number, false, "the greatest of the numbers"},
      {"if", {{"c", Kind::truth}, kX, {"y", Kind::number}}, number, false, "x where c is true, else y"},
      {"feedforward", {kGraph}, truth, true, "no edge j -> i has j > i"},
      {"acyclic", {kGraph}, truth, true, "no cycle but self-loops"},
      {"unique_sink", {kGraph}, truth, true, "tau is the only node without an edge to another node"},
      {"reaches", {kGraph, kJ}, truth, true, "some path leads from j to tau"},
      {"has_walk", {kChain}, truth, true, "the walk matrix is defined and its columns sum to 1"},
      {"has_diffusion", {kChain}, truth, true, "the diffusion matrix is defined and its rows sum to 1"},
      {"stationary_at_sink", {kChain}, truth, true, "the point mass at tau is the only stationary law"},
      {"attained", {kChain, kJ}, truth, true, "the supremum phi(C, j) is a value of the signal"},
      {"defined", {kX}, truth, false, "the number has a value"}};
}

std::vector<FamilySignature> all_families() {
  using Family = FamilyArgumentKind;
  constexpr FamilyParameter n{"n", Family::range}, heads{"H", Family::range}, d{"d", Family::number};
  return {{"unique_sink", {n, heads}, "graphs: feedforward, self-loops everywhere, node n the only sink"},
          {"feedforward", {n, heads}, "graphs: feedforward, self-loops everywhere"},
          {"optional_loops", {n, heads}, "graphs: feedforward, each self-loop present or not"},
          {"digraphs", {n, heads}, "graphs: self-loops everywhere and any other edges"},
          {"chains", {n, heads, d}, "walk matrices with entries in multiples of 1/d"},
          {"diffusions", {n, heads, d}, "diffusion matrices with entries in multiples of 1/d"},
          {"line", {n}, "one head: self-loops and j -> j+1"},
          {"star", {n}, "one head: self-loops and j -> n"},
          {"full", {n}, "one head: self-loops and j -> i for all j < i"},
          {"local", {n, {"w", Family::number}}, "one head: self-loops and j -> j+1, ..., j+w"},
          {"lazy_line", {n, {"p", Family::rest}}, "one head for each p: a step j -> j+1 with probability p"},
          {"file", {{"\"name\"", Family::text}}, "the system in that file, with its own weights"}};
}

constexpr std::array<std::string_view, 25> kWords{
    "forall", "exists", "in",    "where", "and",        "or",      "not", "implies", "iff",
    "true",   "false",  "mean",  "union", "head",       "min",     "max", "sum",     "nodes",
    "others", "heads",  "words", "grid",  "inner_grid", "simplex", "if"};

std::string text_of(std::string_view name, const std::vector<std::string>& parameters) {
  if (parameters.empty()) return std::string(name);
  std::string text = std::string(name) + "(";
  for (std::size_t k = 0; k < parameters.size(); ++k) text += (k == 0 ? "" : ", ") + parameters[k];
  return text + ")";
}

template <typename Table>
std::vector<std::string_view> names_in(const Table& table) {
  std::vector<std::string_view> names;
  for (const auto& row : table) {
    if (names.empty() || names.back() != row.name) names.push_back(row.name);
  }
  return names;
}

}  // namespace

const std::vector<FunctionSignature>& functions() {
  static const std::vector<FunctionSignature> table = all_functions();
  return table;
}

std::vector<const FunctionSignature*> signatures_of(std::string_view name) {
  std::vector<const FunctionSignature*> found;
  for (const FunctionSignature& row : functions()) {
    if (row.name == name) found.push_back(&row);
  }
  return found;
}

std::string to_text(const FunctionSignature& signature) {
  std::vector<std::string> names;
  for (const Parameter& parameter : signature.parameters) {
    names.emplace_back(parameter.name);
    if (parameter.kind == Kind::numbers) names.emplace_back("...");
  }
  return text_of(signature.name, names);
}

std::string description(ArgumentKind kind) {
  switch (kind) {
    case Kind::number:
    case Kind::numbers:
      return "a number";
    case Kind::truth:
      return "a truth value";
    case Kind::chain:
      return "a chain ('mean' or 'head k')";
    case Kind::graph:
      return "a chain ('mean', 'union' or 'head k')";
    case Kind::word:
      return "a word ([h, ...] or a name bound in words(t))";
    case Kind::text:
      return "a text in double quotes";
  }
  return "";
}

std::string description(Type type) {
  switch (type) {
    case Type::number:
      return "a number";
    case Type::truth:
      return "a truth value";
    case Type::chain:
      return "a chain";
    case Type::word:
      return "a word";
    case Type::text:
      return "a text";
  }
  return "";
}

const std::vector<FamilySignature>& families() {
  static const std::vector<FamilySignature> table = all_families();
  return table;
}

const FamilySignature* family_named(std::string_view name) {
  const auto found =
      std::find_if(families().begin(), families().end(), [&](const auto& row) { return row.name == name; });
  return found == families().end() ? nullptr : &*found;
}

std::string to_text(const FamilySignature& signature) {
  std::vector<std::string> names;
  for (const FamilyParameter& parameter : signature.parameters) {
    names.emplace_back(parameter.name);
    if (parameter.kind == FamilyArgumentKind::rest) names.emplace_back("...");
  }
  return text_of(signature.name, names);
}

bool is_reserved(std::string_view name) {
  return std::find(kWords.begin(), kWords.end(), name) != kWords.end() || !signatures_of(name).empty() ||
         family_named(name) != nullptr;
}

bool is_domain_word(std::string_view name) {
  return name == "nodes" || name == "others" || name == "heads";
}

std::string suggestion(std::string_view name, const std::vector<std::string_view>& candidates) {
  constexpr std::size_t kLongest = 40;  // of a name worth a comparison
  if (name.size() > kLongest) return "";
  std::string_view nearest;
  std::size_t least = std::max<std::size_t>(1, name.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(name, candidate);
    if (distance >= least || distance >= candidate.size()) continue;
    least = distance;
    nearest = candidate;
  }
  return nearest.empty() ? "" : "; did you mean '" + std::string(nearest) + "'?";
}

std::vector<std::string_view> function_names() {
  return names_in(functions());
}

std::vector<std::string_view> family_names() {
  return names_in(families());
}

std::string listed(const std::vector<std::string>& names, std::string_view last) {
  std::string text;
  for (std::size_t k = 0; k < names.size(); ++k) {
    if (k > 0) text += k + 1 == names.size() ? " " + std::string(last) + " " : ", ";
    text += names[k];
  }
  return text;
}

}  // namespace crosshead::claim

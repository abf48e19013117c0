// Comparisons over all weights of two heads in formulas and facts (FORMAT.md, sections 2 and 4).
#pragma once

#include "src/checker/region.hpp"

namespace crosshead::checker {

// The arguments of comparisons of the mean by letters: a node, a time, an exact number.
inline constexpr const char* simplex_operations =
    " minimax> x minimax>= x others> x others>= x node> ix node>= ix nodes> ii nodes>= ii absorbed> tx "
    "absorbed>= tx ";

// A comparison of the mean of a system over all weights.
struct Comparison {
  // Of `minimax>` and so on; nodes count from 0. The system has two heads.
  Comparison(const string& op, const vector<long>& k, const mpq_class& x, System& its_system)
      : system(its_system), name(op.substr(0, op.find('>'))), text(op) {
    const bool strict = op.back() == '>';
    statement.relation = strict ? Statement::more : Statement::at_least;
    statement.kind = name == "node"       ? Statement::single
                     : name == "nodes"    ? Statement::nodes
                     : name == "absorbed" ? Statement::absorbed
                                          : Statement::minimax;
    statement.threshold = x;
    if (!k.empty()) (name == "absorbed" ? statement.steps = k[0] : statement.node = k[0]);
    if (k.size() > 1) statement.other = k[1];
    spend(1000 + 4 * system.text.size() + 20 * limbs(x));
    for (const long number : k) text += " " + std::to_string(number);
    text += " " + x.get_str() + " of " + system.text;
    for (const int h : {1, 2}) {
      Chain& head = system.chain(h);
      const Head& made = *system.heads[h - 1];
      const bool walks = x < 1 && (made.edges || made.matrices[walk]) && head.absorption_is_certain();
      defined = defined && (name == "absorbed" ? walks : head.matrix(diffusion) != nullptr);
    }
    defined = defined && (name != "nodes" || statement.node != statement.other);
  }
  vector<Cell> cells(const Json& order, const Json& pieces, long first_step) const {
    const Kind kind = name == "absorbed" ? walk : diffusion;
    vector<int> counted;
    for (int j = 0; j < system.n; ++j)
      if (name != "others" || j != system.sink) counted.push_back(j);
    Region region(system.n, system.sink, order, *system.chain(1).matrix(kind), *system.chain(2).matrix(kind),
                  first_step, counted);
    return region.cells(pieces, statement);
  }
  System& system;
  string name, text;  // which tells facts apart
  Statement statement = {};
  bool defined = true;
};

// The regions that a reading lists, by the comparisons that they answer.
class Regions {
 public:
  // False for a fact of another kind.
  bool verify(const Json& fact, System& system, long first_step) {
    if (!json_object_get(fact.value, "weights")) return false;
    place = fact.place;
    const auto parts = fact.members({"of", "weights", "order", "pieces"});
    fact.require(parts[0].string() == "mean" && system.heads.size() == 2, "not of the mean of two heads");
    const string op = parts[1][0].string(), known = simplex_operations;
    const size_t at = known.find(" " + op + " ");
    const bool good = op.find('>') != string::npos && at != string::npos;
    parts[1][0].require(good, "no comparison of the mean");
    const string letters =
        known.substr(at + op.size() + 2, known.find(' ', at + op.size() + 2) - at - op.size() - 2);
    parts[1].require(parts[1].size() == letters.size() + 1, "another number of arguments");
    vector<long> k;
    mpq_class x = 0;
    for (size_t p = 0; p < letters.size(); ++p) {
      const Json argument = parts[1][p + 1];
      if (letters[p] == 'x') x = argument.rational();
      if (letters[p] == 't') k.push_back(argument.integer(0));
      if (letters[p] == 'i') k.push_back(node_below(system.n, argument));
    }
    const Comparison comparison(op, k, x, system);
    parts[1].require(comparison.defined, "undefined for this system");
    fact.require(!known_.contains(comparison.text), "a fact that is listed before");
    known_[comparison.text] = comparison.cells(parts[2], parts[3], first_step);
    return true;
  }
  const vector<Cell>& about(const string& key) const {
    const auto found = known_.find(key);
    return found != known_.end() ? found->second
                                 : throw Rejected{place, "a fact is needed that is not listed: " + key};
  }

 private:
  std::map<string, vector<Cell>> known_ = {};
};

// The first operation in the order of the text that compares the mean, if any.
inline const json_t* comparison_in(const json_t* tree) {
  if (!json_is_array(tree)) return nullptr;
  const json_t* first = json_array_get(tree, 0);
  const std::string_view op = json_is_string(first) ? json_string_value(first) : "";
  if (op.find('>') != op.npos && !op.starts_with("weight")) return tree;
  for (size_t k = 0; k < json_array_size(tree); ++k)
    if (const json_t* found = comparison_in(json_array_get(tree, k))) return found;
  return nullptr;
}

// Whether the weight of a head (from 0) is above x, or at least x, everywhere on the cell.
inline bool weighs(const Cell& cell, long head, const mpq_class& x, bool strict) {
  const mpq_class least = head == 0 ? cell.from : mpq_class(1 - cell.to),
                  most = head == 0 ? cell.to : mpq_class(1 - cell.from);
  require(least == most || x <= least || x >= most,
          "a cell of weights on both sides of what they are compared with");
  return least == most ? (strict ? least > x : least >= x) : x <= least;
}

// What a witness says of a cell.
inline string described(const Cell& cell) {
  static const char* const sides[] = {"", ",\"side\":\"left\"", ",\"side\":\"middle\"",
                                      ",\"side\":\"right\""};
  return "\"between\":[\"" + cell.from.get_str() + "\",\"" + cell.to.get_str() + "\"]" + sides[cell.part] +
         "}";
}

[[noreturn]] inline void malformed(const json_t* tree) {
  throw Rejected{place, "malformed formula: " + Json{tree}.text()};
}

// The simplex that a part of a formula is under, if any.
struct UnderSimplex {
  // Visits the cells that the comparison in the k-th binder's condition, or else in the body, tells apart,
  // until `visit` returns false, which it then returns. Without that comparison's value `good` becomes false.
  bool visit(const json_t* tree, size_t k, System& system, bool& good, const std::function<bool()>& visit) {
    const json_t *binder = json_array_get(tree, k), *body = json_array_get(tree, k + 1);
    const string name = Json{json_array_get(binder, 0)}.string(), op = Json{json_array_get(tree, 0)}.string();
    const bool last = k + 2 == json_array_size(tree) && (op == "forall" || op == "exists");
    const json_t* found = comparison_in(json_array_get(binder, 2));
    if (!found) found = comparison_in(body);
    const bool apt = name == "weights" && json_array_size(json_array_get(binder, 1)) == 1 && last && found;
    if (!apt || cell || system.heads.size() != 2) malformed(binder);
    const Cell nowhere{};
    cell = &nowhere, asked = "", sought = 0;
    evaluate(found);
    sought = -1;
    bool more = true;
    good = good && !asked.empty();
    const vector<Cell> none, &cells = asked.empty() ? none : regions.about(asked);
    for (size_t c = 0; more && c < cells.size(); ++c) cell = &cells[c], more = visit();
    cell = nullptr;
    return more;
  }
  // Whether an operation asks for weights, where it stands.
  bool takes(std::string_view op) const {
    return op.find('>') != op.npos || (cell && op.ends_with("weight"));
  }
  // What an operation over the simplex says on the cell. `good`: all its arguments have values.
  Number answer(const json_t* tree, bool good, const vector<long>& k, const vector<Number>& x,
                System& system) {
    const string op = Json{json_array_get(tree, 0)}.string();
    if (!cell || op.find('>') == op.npos) malformed(tree);
    if (sought >= 0 && !op.starts_with("weight") && sought++ > 0) malformed(tree);
    if (!good) return {};
    const mpq_class bound = x.empty() ? mpq_class(0) : x[0].lower;
    if (op.starts_with("weight")) return mpq_class(weighs(*cell, k[0], bound, op.back() == '>'));
    const Comparison comparison(op, k, bound, system);
    if (!comparison.defined) return {};
    if (asked.empty()) asked = comparison.text;
    if (asked != comparison.text) malformed(tree);
    return mpq_class(cell->holds);
  }
  const Regions& regions;
  std::function<void(const json_t*)> evaluate;
  const Cell* cell = nullptr;
  string asked = {};  // the comparison that the cells are of
  int sought = -1;    // comparisons met in the first one, which tells the cells; negative once that is done
};

}  // namespace crosshead::checker

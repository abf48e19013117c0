// The functions of section 2, by name and types of arguments: c a chain, g a chain or `union`, x a number, w
// a word, t a truth value, s a string, and * for one or more of the last.
#include <algorithm>

#include "src/checker/evaluator.hpp"
#include "src/checker/limits.hpp"

namespace crosshead::checker {

using Arguments = std::vector<Value>;

struct Function {
  const char* name;
  const char* arguments;
  Type result;
  Value (*apply)(Evaluator&, Arguments&);
};

namespace {

// The index from 0 of a node or head counted from 1; -1 if there is none.
int index(const Value& x, std::size_t count) {
  if (!is_integer(x.number) || x.number.lower < 1 || x.number.lower > static_cast<unsigned long>(count))
    return -1;
  return static_cast<int>(to_long(x.number)) - 1;
}

// A time or length; -1 if undefined.
long duration(const Value& x) {
  return is_integer(x.number) && x.number.lower >= 0 ? to_long(x.number) : -1;
}

template <Chain::Start start>
Value power_entry(Evaluator& e, Arguments& a) {
  int j = index(a[1], e.system->n);
  long t = duration(a[2]);
  Powers* powers = a[0].chain ? e.chain(a[0]).powers(start) : nullptr;
  return powers && j >= 0 && t >= 0 ? Value(powers->at(t, j)) : Value();
}

template <bool walk>
Value matrix_entry(Evaluator& e, Arguments& a) {
  int i = index(a[1], e.system->n), j = index(a[2], e.system->n);
  if (!a[0].chain || i < 0 || j < 0) return {};
  const auto& matrix = walk ? e.chain(a[0]).walk() : e.chain(a[0]).diffusion();
  return matrix ? Value(matrix->at(i, j)) : Value();
}

Value distance(Evaluator& e, Arguments& a) {
  long t = duration(a[1]);
  if (!a[0].chain || t < 0 || !e.chain(a[0]).absorption_is_certain()) return {};
  return e.chain(a[0]).distance(t, e.evidence.convention.average);
}

template <bool l1>
Value mixing_time(Evaluator& e, Arguments& a) {
  const Number& epsilon = a[1].number;
  if (!a[0].chain || !epsilon.exact() || epsilon.lower <= 0 || !e.chain(a[0]).absorption_is_certain())
    return {};
  return e.evidence.mixing_time(*e.system, *a[0].chain, epsilon.lower, l1);
}

Value forward_probability(Evaluator& e, Arguments& a) {
  if (!a[0].chain || !e.chain(a[0]).walk()) return {};
  Chain& chain = e.chain(a[0]);
  Value least;
  for (int j = 0; j < chain.n; ++j) {
    mpq_class sum = 0;
    for (int i = j + 1; i < chain.n; ++i) sum += chain.walk()->at(i, j);
    if (j != chain.sink) least = least.number.defined ? smaller(least.number, sum) : Number(sum);
  }
  return least;
}

const Supremum* supremum(Evaluator& e, const Value& chain, int j) {
  return chain.chain && j >= 0 && e.chain(chain).diffusion()
             ? &e.evidence.supremum(*e.system, *chain.chain, j)
             : nullptr;
}

Value phi(Evaluator& e, Arguments& a) {
  const Supremum* found = supremum(e, a[0], index(a[1], e.system->n));
  return found ? Value(found->value) : Value();
}

Value attained(Evaluator& e, Arguments& a) {
  const Supremum* found = supremum(e, a[0], index(a[1], e.system->n));
  return found ? truth_of(found->attained) : Truth::unknown;
}

Value phi_min(Evaluator& e, Arguments& a) {
  Value least;
  for (int j = 0; j < e.system->n; ++j) {
    if (j == e.system->sink && !e.evidence.convention.sink_counts) continue;
    const Supremum* found = supremum(e, a[0], j);
    if (!found) return {};
    least = least.number.defined ? smaller(least.number, found->value) : Number(found->value);
  }
  return least;
}

// Row i of the product of the matrices of the word's letters, (I + D) / 2 in place of D for the rollout.
template <bool rollout>
Value word_product(Evaluator& e, Arguments& a) {
  int i = index(a[1], e.system->n), j = index(a[2], e.system->n);
  if (!a[0].word || i < 0 || j < 0) return {};
  Row row(e.system->n);
  row[i] = 1;
  mpz_class denominator = 1;
  for (int letter : *a[0].word) {
    const auto& d = e.system->chain(letter).diffusion();
    if (!d) return {};
    Row next = d->row_times(row);
    for (std::size_t k = 0; rollout && k < row.size(); ++k) next[k] += row[k] * d->denominator;
    denominator *= rollout ? 2 * d->denominator : d->denominator;
    row = std::move(next);
  }
  return Number(mpq_class(row[j])) / Number(mpq_class(denominator));
}

Value moves(Evaluator& e, Arguments& a) {
  int j = index(a[1], e.system->n);
  long t = duration(a[2]);
  if (!a[0].chain || j < 0 || t < 0 || !is_integer(a[3].number) || !e.chain(a[0]).walk()) return {};
  return e.chain(a[0]).moves(j, t, to_long(a[3].number));
}

// The number or truth value of `count` over the graph of a chain.
template <class Count>
Value of_graph(Evaluator& e, const Value& chain, Count count) {
  return chain.chain ? Value(count(e.chain(chain))) : Value();
}

Value edges(Evaluator& e, Arguments& a) {
  return of_graph(e, a[0], [](Chain& c) {
    std::size_t count = 0;
    for (const auto& row : c.graph.rows) count += row.size();
    return mpq_class(static_cast<unsigned long>(count));
  });
}

template <bool outgoing>
Value degree(Evaluator& e, Arguments& a) {
  int j = index(a[1], e.system->n);
  return j < 0 ? Value() : of_graph(e, a[0], [j](Chain& c) { return mpq_class(c.graph.sums(outgoing)[j]); });
}

Value feedforward(Evaluator& e, Arguments& a) {
  return of_graph(e, a[0], [](Chain& c) {
    bool forward = true;
    for (int i = 0; i < c.n; ++i)
      for (const auto& edge : c.graph.rows[i]) forward = forward && edge.first <= i;
    return truth_of(forward);
  });
}

Value acyclic(Evaluator& e, Arguments& a) {
  return of_graph(e, a[0], [](Chain& c) {
    bool cycle = false;
    for (int i = 0; i < c.n; ++i) {
      std::vector<bool> before = c.graph.reach(i);
      for (int k = 0; k < c.n; ++k)
        for (const auto& edge : c.graph.rows[k]) cycle = cycle || (before[k] && k != i && edge.first == i);
    }
    return truth_of(!cycle);
  });
}

Value unique_sink(Evaluator& e, Arguments& a) {
  return of_graph(e, a[0], [](Chain& c) {
    std::vector<bool> leaves(c.n);
    for (int i = 0; i < c.n; ++i)
      for (const auto& edge : c.graph.rows[i])
        if (edge.first != i) leaves[edge.first] = true;
    bool unique = true;
    for (int j = 0; j < c.n; ++j) unique = unique && leaves[j] == (j != c.sink);
    return truth_of(unique);
  });
}

Value reaches(Evaluator& e, Arguments& a) {
  int j = index(a[1], e.system->n);
  return j < 0 ? Value() : of_graph(e, a[0], [j](Chain& c) { return truth_of(c.graph.reach(c.sink)[j]); });
}

Value has_walk(Evaluator& e, Arguments& a) {
  return of_graph(e, a[0], [](Chain& c) { return truth_of(c.has_walk()); });
}

Value has_diffusion(Evaluator& e, Arguments& a) {
  return of_graph(e, a[0], [](Chain& c) {
    return truth_of(c.diffusion() && c.diffusion()->sums(false) == Row(c.n, c.diffusion()->denominator));
  });
}

// The point mass at the sink is the only stationary law exactly if absorption is certain: a walk that cannot
// reach the sink from somewhere has a closed class, and so a stationary law, without it.
Value stationary_at_sink(Evaluator& e, Arguments& a) {
  return of_graph(e, a[0], [](Chain& c) { return truth_of(c.absorption_is_certain()); });
}

Value weight(Evaluator& e, Arguments& a) {
  int h = index(a[0], e.system->heads.size());
  return h < 0 ? Value() : Value(e.system->weights[h]);
}

Value word_weight(Evaluator& e, Arguments& a) {
  if (!a[0].word) return {};
  Number product(1);
  for (int letter : *a[0].word) product = product * e.system->weights[letter - 1];
  return product;
}

Value letters(Evaluator& e, Arguments& a) {
  int h = index(a[1], e.system->heads.size());
  if (!a[0].word || h < 0) return {};
  return mpq_class(std::count(a[0].word->begin(), a[0].word->end(), h + 1));
}

Value printed(Evaluator& e, Arguments& a) {
  const Json* found = e.printed(a[0].text);
  bool rows = found && found->kind == Json::Kind::array;
  if (!found || rows != (a.size() == 3))
    throw Rejected{nullptr, "malformed formula: printed(\"" + a[0].text + "\")"};
  if (!rows) return found->rational();
  int i = index(a[1], found->items.size()), j = i < 0 ? -1 : index(a[2], found->items[i].array().size());
  return j < 0 ? Value() : Value(found->items[i].items[j].rational());
}

Value extreme(Arguments& a, bool least) {
  Number result = least ? a[0].number : -a[0].number;
  for (const Value& x : a) result = smaller(result, least ? x.number : -x.number);
  return least ? result : -result;
}

constexpr Type number = Type::number, truth = Type::truth;
const Function functions[] = {
    {"weight", "x", number, weight},
    {"word_weight", "w", number, word_weight},
    {"letters", "wx", number, letters},
    {"W", "cxx", number, matrix_entry<true>},
    {"D", "cxx", number, matrix_entry<false>},
    {"signal", "cxx", number, power_entry<Chain::signal>},
    {"absorbed", "cxx", number, power_entry<Chain::absorbed>},
    {"distance", "cx", number, distance},
    {"t_mix", "cx", number, mixing_time<false>},
    {"t_mix_l1", "cx", number, mixing_time<true>},
    {"p", "c", number, forward_probability},
    {"phi", "cx", number, phi},
    {"phi_min", "c", number, phi_min},
    {"product", "wxx", number, word_product<false>},
    {"rollout", "wxx", number, word_product<true>},
    {"moves", "cxxx", number, moves},
    {"walks", "gxx", number, power_entry<Chain::walks>},
    {"all_walks", "gxx", number, power_entry<Chain::all_walks>},
    {"edges", "g", number, edges},
    {"indegree", "gx", number, degree<false>},
    {"outdegree", "gx", number, degree<true>},
    {"choose", "xx", number,
     [](Evaluator&, Arguments& a) { return Value(binomial(a[0].number, a[1].number)); }},
    {"printed", "s", number, printed},
    {"printed", "sxx", number, printed},
    {"floor", "x", number, [](Evaluator&, Arguments& a) { return Value(floor_of(a[0].number)); }},
    {"ceil", "x", number, [](Evaluator&, Arguments& a) { return Value(-floor_of(-a[0].number)); }},
    {"abs", "x", number, [](Evaluator&, Arguments& a) { return Value(absolute(a[0].number)); }},
    {"exp", "x", number, [](Evaluator&, Arguments& a) { return Value(exponential(a[0].number)); }},
    {"min", "x*", number, [](Evaluator&, Arguments& a) { return extreme(a, true); }},
    {"max", "x*", number, [](Evaluator&, Arguments& a) { return extreme(a, false); }},
    {"if", "txx", number, nullptr},  // evaluates one branch: see Evaluator::value
    {"feedforward", "g", truth, feedforward},
    {"acyclic", "g", truth, acyclic},
    {"unique_sink", "g", truth, unique_sink},
    {"reaches", "gx", truth, reaches},
    {"has_walk", "c", truth, has_walk},
    {"has_diffusion", "c", truth, has_diffusion},
    {"stationary_at_sink", "c", truth, stationary_at_sink},
    {"attained", "cx", truth, attained},
    {"defined", "x", truth, [](Evaluator&, Arguments& a) { return Value(truth_of(a[0].number.defined)); }}};

bool takes(const Function& function, const std::vector<Node>& arguments) {
  std::string types = function.arguments;
  if (types.back() == '*')
    types.pop_back(), types.resize(std::max(types.size(), arguments.size()), types.back());
  bool good = types.size() == arguments.size();
  for (std::size_t k = 0; good && k < types.size(); ++k) {
    Type type = arguments[k].type;
    good = types[k] == 'x'   ? type == Type::number
           : types[k] == 't' ? type == Type::truth
           : types[k] == 'c' ? type == Type::chain
           : types[k] == 'g' ? type == Type::chain || type == Type::graph_chain
           : types[k] == 'w' ? type == Type::word
                             : type == Type::text;
  }
  return good;
}

}  // namespace

bool is_function(std::string_view name) {
  for (const Function& function : functions)
    if (function.name == name) return true;
  return false;
}

void resolve(Node& call, bool has_system) {
  for (const Function& function : functions)
    if (function.name == call.name && takes(function, call.parts)) call.function = &function;
  if (!call.function) throw Rejected{nullptr, "malformed formula: the call of " + call.name};
  if (call.name == "weight" && !has_system)
    throw Rejected{nullptr, "malformed formula: weight without a system"};
  if (call.name == "if") call.op = "if";
  call.type = call.function->result;
}

Value apply(const Function& function, Evaluator& evaluator, std::vector<Value>& arguments) {
  return function.apply(evaluator, arguments);
}

}  // namespace crosshead::checker

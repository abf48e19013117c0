// Head systems and families of them (section 3), their matrices and the powers of these. Nodes and heads
// count from 0 here.
#pragma once

#include <functional>
#include <map>
#include <numeric>

#include "src/checker/values.hpp"

namespace crosshead::checker {

using Vector = vector<mpq_class>;
using Matrix = vector<Vector>;
enum Kind { diffusion, walk, graph };  // the graph has a 1 at (i, j) for an edge j -> i

inline mpq_class sum_of(const Vector& x) {
  return std::accumulate(x.begin(), x.end(), mpq_class(0));
}

inline Vector product(const Matrix& m, const Vector& x, bool row) {  // x M for a row x, M x for a column
  Vector result(x.size());
  spend(400 * x.size() + x.size() * x.size());
  for (size_t i = 0; i < m.size(); ++i)
    for (size_t j = 0; j < m.size(); ++j)
      if (x[row ? i : j] != 0 && m[i][j] != 0) add_product(result[row ? j : i], m[i][j], x[row ? i : j]);
  return result;
}

// The nodes with a path of positive entries M_ij, M_jl, ... from i.
inline vector<bool> reach(const Matrix& m, size_t i) {
  vector<bool> seen(m.size());
  vector<size_t> open = {i};
  for (seen[i] = true; !open.empty();) {
    const Vector& row = m[open.back()];
    open.pop_back();
    spend(10 * m.size());
    for (size_t j = 0; j < m.size(); ++j)
      if (row[j] > 0 && !seen[j]) seen[j] = true, open.push_back(j);
  }
  return seen;
}

// Each column or row divided by its sum; nothing if a sum is zero.
inline optional<Matrix> normalized(Matrix m, bool columns) {
  const Vector sums = product(m, Vector(m.size(), 1), columns);
  if (std::count(sums.begin(), sums.end(), 0) > 0) return {};
  for (size_t i = 0; i < m.size(); ++i)
    for (size_t j = 0; j < m.size(); ++j) m[i][j] /= sums[columns ? j : i];
  return m;
}

struct Head {
  Head(const Json& json, int n) : text(json.text()), edges(text.starts_with("{\"edges\":")) {
    Matrix& links = matrices[graph].emplace(n, Vector(n));
    const auto given = edges ? json.members({"edges"}) : json.members({"diffusion?", "walk?"});
    pair<long, long> last;
    for (size_t k = 0; edges && k < given[0].size(); ++k) {
      const Json edge = given[0][k];
      edge.require(edge.size() == 2, "expected an edge [from, to]");
      const pair<long, long> next(edge[0].integer(1), edge[1].integer(1));
      edge.require(next.first <= n && next.second <= n && last < next, "no edge, or out of order");
      last = next;
      links[next.second - 1][next.first - 1] = 1;
    }
    if (edges) matrices[diffusion] = normalized(links, false), matrices[walk] = normalized(links, true);
    json.require(edges || given[diffusion] || given[walk], "expected edges, a diffusion or a walk");
    for (const Kind kind : {diffusion, walk}) {
      if (edges || !given[kind]) continue;
      given[kind].require(given[kind].size() == links.size(), "expected a row for each node");
      matrices[kind].emplace();
      for (int i = 0; i < n; ++i) {
        matrices[kind]->push_back(given[kind][i].rationals(n));
        for (int j = 0; j < n; ++j)
          if (matrices[kind]->back()[j] > 0) links[i][j] = 1;
      }
    }
  }
  string text;  // canonical
  bool edges;
  optional<Matrix> matrices[3] = {};  // by kind; always the graph
};

// A head or the mean. What it consists of is made when first needed.
struct Chain {
  const Matrix* matrix(Kind kind) {  // null where undefined
    auto [found, fresh] = matrices.try_emplace(kind);
    if (!fresh) return found->second ? &*found->second : nullptr;
    Kind from = kind;  // of a walk: the diffusion, unless all parts have edges or a walk of their own
    for (const auto& [head, weight] : parts)
      if (kind == walk && !head->edges && !head->matrices[walk]) from = diffusion;
    spend((400 + parts.size()) * n * n);
    Matrix sum(n, Vector(n));
    for (const auto& [head, weight] : parts) {
      if (!head->matrices[from]) return nullptr;
      for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j) {
          const mpq_class& x = (*head->matrices[from])[i][j];
          if (kind == graph ? x > sum[i][j] : x > 0) add_product(sum[i][j], x, kind == graph ? 1 : weight);
        }
    }
    found->second = from == kind ? sum : normalized(sum, true);
    return found->second ? &*found->second : nullptr;
  }
  const Vector& power(Kind kind, long t, bool from_all = false) {  // e_tau M^t or 1 M^t, if M is defined
    vector<Vector>& rows = powers[{kind, from_all}];
    if (rows.empty()) rows.emplace_back(n, from_all)[sink] = 1;
    while (static_cast<long>(rows.size()) <= t)
      for (const auto& x : rows.emplace_back(product(*matrix(kind), rows.back(), true))) spend(32 * limbs(x));
    return rows[t];
  }
  bool absorption_is_certain() {
    if (certain) return *certain;
    certain = matrix(walk) && product(*matrix(walk), Vector(n, 1), true) == Vector(n, 1);
    if (!*certain || (*matrix(walk))[sink][sink] != 1) return *(certain = false);
    const vector<bool> reached = reach(*matrix(walk), sink);
    return *(certain = std::count(reached.begin(), reached.end(), false) == 0);
  }
  mpq_class distance(long t, bool average) {  // if absorption is certain
    const Vector& absorbed = power(walk, t);
    spend(50 * n);
    if (!average) return 1 - *std::min_element(absorbed.begin(), absorbed.end());
    return 1 - sum_of(absorbed) / n;
  }
  // Its bounds: rows rounded down to multiples of 2^-256, by less than that at each step.
  Number rounded_distance(long t, bool average) {
    Vector row(n);
    row[sink] = 1;
    for (long s = 0; s < t; ++s)
      for (mpq_class& x : row = product(*matrix(walk), row, true)) x = mpq_class(floor_of(x << 256)) >> 256;
    const mpq_class least = average ? sum_of(row) / n : *std::min_element(row.begin(), row.end());
    return {1 - least - (mpq_class(t) >> 256), 1 - least};
  }
  int n, sink;
  vector<pair<std::shared_ptr<Head>, mpq_class>> parts = {};  // heads of positive weight
  std::map<Kind, optional<Matrix>> matrices = {};
  optional<bool> certain = {};  // whether absorption is
  std::map<pair<Kind, bool>, vector<Vector>> powers = {};
};

struct System {
  System(long size, long its_sink, vector<std::shared_ptr<Head>> its_heads, Vector its_weights)
      : n(size), sink(its_sink), heads(std::move(its_heads)), weights(std::move(its_weights)) {
    for (const auto& head : heads) text += (text.empty() ? "" : ",") + head->text;
    text = "{\"nodes\":" + std::to_string(n) + ",\"sink\":" + std::to_string(sink + 1) + ",\"heads\":[" +
           text + "],\"weights\":[";
    for (const mpq_class& weight : weights) text += "\"" + weight.get_str() + "\",";
    text.replace(text.size() - 1, 1, "]}");
    spend(text.size() + 40 * heads.size());
  }
  static std::shared_ptr<System> read(const Json& json) {
    const auto given = json.members({"nodes", "sink", "heads", "weights"});
    const long n = given[0].integer(1), sink = given[1].integer(1);
    given[0].require(n <= 1000, "beyond a limit: more than 1000 nodes");
    given[1].require(sink <= n, "the sink is no node");
    vector<std::shared_ptr<Head>> heads;
    for (size_t h = 0; h < given[2].size(); ++h)
      spend(2000 + 1000 * n * n), heads.push_back(std::make_shared<Head>(given[2][h], n));
    const Vector weights = given[3].rationals(heads.size());
    given[3].require(sum_of(weights) == 1, "the weights do not sum to 1");
    return std::make_shared<System>(n, sink - 1, heads, weights);
  }
  Chain& chain(int k) {  // 0 for the mean, k for the k-th head
    auto [found, fresh] = chains.try_emplace(k, Chain{n, sink});
    for (int h = std::max(k - 1, 0), end = k == 0 ? heads.size() : k; fresh && h < end; ++h)
      if (k > 0 || weights[h] > 0) found->second.parts.emplace_back(heads[h], k > 0 ? 1 : weights[h]);
    return found->second;
  }
  int n, sink;
  vector<std::shared_ptr<Head>> heads;
  Vector weights;
  string text = {};  // canonical
  std::map<int, Chain> chains = {};
};
using SystemPointer = std::shared_ptr<System>;

// Visits the lists of a length in lexicographic order, until `visit` returns false. `range` gives the least
// and the most that may follow a shorter list.
using List = vector<long>;
using Range = std::function<pair<long, long>(const List&)>;
using Visit = std::function<bool(const List&)>;
inline bool visit_lists(size_t length, const Range& range, const Visit& visit) {
  require(length <= 10000, "beyond a limit: lists of more than 10000 elements");
  List list, last;
  while (true) {
    spend(20 + list.size());
    if (list.size() == length && !visit(list)) return false;
    if (list.size() < length) {
      const auto [least, most] = range(list);
      list.push_back(least), last.push_back(most);
      if (least <= most) continue;
    }
    while (!list.empty() && list.back() >= last.back()) list.pop_back(), last.pop_back();
    if (list.empty()) return true;
    ++list.back();
  }
}

// The heads of a family with n nodes, and sets of them in the declared order.
class Family {
 public:
  Family(const string& its_name, int its_n, long its_parameter, Vector its_probabilities)
      : name(its_name), n(its_n), d(its_parameter), probabilities(std::move(its_probabilities)) {
    kind = name == "chains" || name == "lazy_line" ? walk : name == "diffusions" ? diffusion : graph;
    single = name == "line" || name == "star" || name == "full" || name == "local" || name == "lazy_line";
    for (int a = 1; a <= n && !single; ++a)
      for (int b = 1; b <= n; ++b)
        if (kind == diffusion ? b <= a : kind == walk ? b >= a : name == "digraphs" ? b != a : b > a)
          places.emplace_back(kind == diffusion ? b : a, kind == diffusion ? a : b);
    for (int j = 1; name == "optional_loops" && j <= n; ++j) places.emplace_back(j, j);
    auto range = [&](const List& begun) -> pair<long, long> {
      if (kind == graph) return {0, 1};
      auto [j, i] = places[begun.size()];
      long left = d;  // of the column or row, whose last entry takes all of it
      for (size_t p = 0; p < begun.size(); ++p)
        if (kind == walk ? places[p].first == j : places[p].second == i) left -= begun[p];
      return {i == (kind == walk ? n : j) ? left : 0, left};
    };
    auto keep = [&](const List& whole) {
      spend(500 + 64 * whole.size());
      vector<bool> leaves(n + 1, kind == graph && name != "unique_sink");  // as all but n must
      for (size_t p = 0; p < whole.size(); ++p)
        if (whole[p] > 0 && places[p].first != places[p].second) leaves[places[p].first] = true;
      if (std::count(leaves.begin() + 1, leaves.end() - 1, false) > 0) return true;
      codes.push_back(whole);
      codes.back().push_back(whole.size() - std::count(whole.begin(), whole.end(), 0));
      return true;
    };
    codes.resize(!single ? 0 : name == "lazy_line" ? probabilities.size() : 1, List{0});
    if (!single) visit_lists(places.size(), range, keep);
  }
  long heads_there() const { return static_cast<long>(codes.size()); }
  // Visits the systems of so many heads, no more than there are, until `visit` returns false.
  bool visit(long count, const std::function<bool(SystemPointer)>& visit) {
    auto later = [&](const List& l) { return pair(l.empty() ? 0 : l.back() + 1, heads_there() - 1); };
    for (long all = 0; all <= count * static_cast<long>(places.size()); ++all)
      if (!visit_lists(count, later, [&](const List& chosen) {
            long sum = 0;
            vector<std::shared_ptr<Head>> set;
            for (const long k : chosen) sum += codes[k].back();
            for (size_t k = 0; sum == all && k < chosen.size(); ++k) set.push_back(head(chosen[k]));
            return sum != all ||
                   visit(std::make_shared<System>(n, n - 1, set, Vector(count, mpq_class(1, count))));
          }))
        return false;
    return true;
  }

 private:
  // The entry of the head with the k-th code, or the k-th head of a single system.
  mpq_class entry(int j, int i, long k) const {
    if (name == "lazy_line" && i == j) return 1 - (j == n ? mpq_class(0) : probabilities[k]);
    if (name == "lazy_line") return i == j + 1 ? probabilities[k] : mpq_class(0);
    if (kind == graph && i == j && name != "optional_loops") return 1;
    if (name == "star") return i == n;
    if (single) return i > j && i - j <= (name == "line" ? 1 : name == "full" ? n : d);
    const auto place = std::find(places.begin(), places.end(), pair(j, i));
    const long code = place == places.end() ? 0 : codes[k][place - places.begin()];
    return kind == graph ? mpq_class(code) : mpq_class(code) / d;
  }
  std::shared_ptr<Head> head(long k) {  // read from its text
    if (heads.contains(k)) return heads[k];
    if (heads.size() > 2000) heads.clear();
    spend((200 + places.size()) * n * n);
    string text;
    for (int a = 1; a <= n; ++a) {
      string row;
      for (int b = 1; b <= n; ++b)
        if (const mpq_class x = kind == graph ? entry(a, b, k) : entry(b, a, k); kind != graph)
          row += ",\"" + x.get_str() + "\"";
        else if (x != 0)
          row += ",[" + std::to_string(a) + "," + std::to_string(b) + "]";
      text += kind == graph ? row : ",[" + row.substr(1) + "]";
    }
    const string key = kind == graph ? "edges" : kind == walk ? "walk" : "diffusion";
    text = "{\"" + key + "\":[" + text.substr(text.empty() ? 0 : 1) + "]}";
    const std::unique_ptr<json_t, void (*)(json_t*)> json(json_loads(text.c_str(), 0, nullptr), json_decref);
    return heads[k] = std::make_shared<Head>(Json{json.get()}, n);
  }

  string name;
  int n;
  long d;                // of the matrices; the width of `local`
  Vector probabilities;  // of `lazy_line`
  Kind kind;
  bool single;
  vector<pair<int, int>> places = {};  // j and i
  vector<List> codes = {};             // each followed by its number of nonzero entries
  std::map<long, std::shared_ptr<Head>> heads = {};
};

}  // namespace crosshead::checker

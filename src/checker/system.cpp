#include "src/checker/system.hpp"

#include <algorithm>

#include "src/checker/limits.hpp"

namespace crosshead::checker {
namespace {

mpq_class distance_of(const Row& absorbed, const mpz_class& denominator, bool average) {
  mpz_class sum = 0;
  for (const mpz_class& x : absorbed) sum += x;
  return 1 - (average ? fraction(sum, denominator * absorbed.size())
                      : fraction(*std::min_element(absorbed.begin(), absorbed.end()), denominator));
}

// Each column divided by its sum; nothing if a column is zero.
std::optional<std::vector<Entry>> by_columns(int n, const std::vector<Entry>& entries) {
  std::vector<mpq_class> sums(n);
  for (const Entry& e : entries) sums[e.column] += e.value;
  std::vector<Entry> result = entries;
  for (Entry& e : result) e.value /= sums[e.column];
  if (std::count(sums.begin(), sums.end(), 0)) return std::nullopt;
  return result;
}

std::vector<Entry> transposed(std::vector<Entry> entries) {
  for (Entry& e : entries) std::swap(e.row, e.column);
  return entries;
}

std::shared_ptr<Head> read_head(const Json& json, int n) {
  bool edges = json.kind == Json::Kind::object && !json.items.empty() && json.items[0].text == "\"edges\"";
  auto head = std::make_shared<Head>(Head{n, std::string(json.text), edges});
  if (edges) {
    std::pair<long, long> last;
    for (const Json& edge : json.members({"edges"})[0]->array()) {
      if (edge.array().size() != 2) throw Rejected{&edge, "expected an edge [from, to]"};
      std::pair<long, long> now(edge.items[0].integer(1), edge.items[1].integer(1));
      if (std::max(now.first, now.second) > n || now <= last)
        throw Rejected{&edge, "no edge, or out of order"};
      head->graph.push_back({static_cast<int>(now.second) - 1, static_cast<int>(now.first) - 1, 1});
      last = now;
    }
    return head;
  }
  auto given = json.members({"diffusion?", "walk?"});
  if (!given[0] && !given[1]) throw Rejected{&json, "expected edges, a diffusion or a walk"};
  for (int k = 0; k < 2; ++k) {
    if (!given[k]) continue;
    auto& entries = (k == 0 ? head->diffusion : head->walk).emplace();
    if (given[k]->array().size() != static_cast<std::size_t>(n))
      throw Rejected{given[k], "expected a row for each node"};
    for (int i = 0; i < n; ++i) {
      auto row = read_rationals(given[k]->items[i], n);
      for (int j = 0; j < n; ++j)
        if (row[j] > 0) entries.push_back({i, j, row[j]});
    }
    for (const Entry& e : entries) head->graph.push_back({e.row, e.column, 1});
  }
  return head;
}

}  // namespace

std::optional<std::vector<Entry>> Head::entries(bool of_walk) const {
  if (!has_edges) return of_walk ? walk : diffusion;
  if (of_walk) return by_columns(n, graph);
  auto columns = by_columns(n, transposed(graph));
  return columns ? std::optional(transposed(*columns)) : columns;
}

Chain::Chain(int n, int sink, const std::vector<std::pair<std::shared_ptr<Head>, mpq_class>>& parts)
    : n(n), sink(sink), graph(n, {}) {
  std::vector<Entry> edges;
  for (const auto& part : parts)
    if (part.second > 0) {
      parts_.push_back(part);
      edges.insert(edges.end(), part.first->graph.begin(), part.first->graph.end());
    }
  graph = Matrix(n, edges);
  for (auto& row : graph.rows)
    for (auto& [j, a] : row) a = 1;
}

const std::optional<Matrix>& Chain::matrix(bool of_walk) {
  if (matrices_[of_walk]) return *matrices_[of_walk];
  bool own = of_walk;  // whether all parts have edges or a walk of their own
  for (const auto& part : parts_) own = own && (part.first->has_edges || part.first->walk);
  std::optional<std::vector<Entry>> sum(std::in_place);
  for (const auto& [head, weight] : parts_) {
    auto entries = head->entries(own);
    if (!entries) sum.reset();
    for (std::size_t e = 0; sum && e < entries->size(); ++e)
      sum->push_back({(*entries)[e].row, (*entries)[e].column, weight * (*entries)[e].value});
  }
  if (of_walk && !own && sum) sum = by_columns(n, *sum);
  return matrices_[of_walk].emplace(sum ? std::optional(Matrix(n, *sum)) : std::nullopt);
}

Powers* Chain::powers(Start start) {
  if (start <= absorbed && !matrix(start == absorbed)) return nullptr;
  Row row(n, start == all_walks);
  row[sink] = 1;
  return &powers_.try_emplace(start, start <= absorbed ? *matrix(start == absorbed) : graph, row)
              .first->second;
}

bool Chain::has_walk() {
  return walk() && walk()->sums(true) == Row(n, walk()->denominator);
}

bool Chain::absorption_is_certain() {
  if (!has_walk() || walk()->at(sink, sink) != 1) return false;
  auto reached = walk()->reach(sink);
  return std::count(reached.begin(), reached.end(), true) == n;
}

mpq_class Chain::distance(long t, bool average) {
  return distance_of(powers(absorbed)->row(t), powers(absorbed)->denominator(t), average);
}

Number Chain::enclosed_distance(long t, bool average) {
  mpq_class bound[2];
  for (bool up : {false, true}) {
    Matrix step = walk()->rounded(up);
    Row row(n);
    row[sink] = step.denominator;
    for (long r = 0; r < t; ++r) {
      row = step.row_times(row);
      for (mpz_class& x : row)
        (up ? mpz_cdiv_q_2exp : mpz_fdiv_q_2exp)(x.get_mpz_t(), x.get_mpz_t(), bound_bits);
    }
    bound[up] = distance_of(row, step.denominator, average);
  }
  return {bound[1], bound[0]};
}

mpq_class Chain::moves(int j, long t, long k) {
  if (static_cast<long>(moved_.size()) > t + 1) moved_.clear();
  if (moved_.empty()) moved_.push_back(Row(n, 1));
  while (static_cast<long>(moved_.size()) <= t) {  // the first step stays, or moves and leaves one move fewer
    std::vector<Row> next(moved_.size() + 1, Row(n));
    for (std::size_t m = 0; m < moved_.size(); ++m)
      for (int i = 0; i < n; ++i)
        for (const auto& [from, a] : walk()->rows[i]) {
          spend(20 + limbs(moved_[m][i]) * limbs(a));
          next[m + (from != i)][from] += moved_[m][i] * a;
        }
    moved_ = std::move(next);
  }
  mpz_class denominator;
  mpz_pow_ui(denominator.get_mpz_t(), walk()->denominator.get_mpz_t(), t);
  return k < 0 || k > t ? mpq_class(0) : fraction(moved_[k][j], denominator);
}

Chain& System::chain(int k) {
  chains.resize(heads.size() + 1);
  std::vector<std::pair<std::shared_ptr<Head>, mpq_class>> parts;
  for (std::size_t h = 0; !chains[k] && h < heads.size(); ++h)
    if (k == 0 || static_cast<int>(h) + 1 == k)
      parts.emplace_back(heads[h], k == 0 ? weights[h] : mpq_class(1));
  if (!chains[k]) chains[k] = std::make_shared<Chain>(n, sink, parts);
  return *chains[k];
}

std::string System::text() const {
  std::string result =
      "{\"nodes\":" + std::to_string(n) + ",\"sink\":" + std::to_string(sink + 1) + ",\"heads\":[";
  for (const auto& head : heads) result += (&head == &heads[0] ? "" : ",") + head->text;
  return result + "],\"weights\":" + rationals_text(weights) + "}";
}

SystemPointer System::with_weights(std::vector<mpq_class> replaced) const {
  auto result = std::make_shared<System>(*this);
  result->weights = std::move(replaced);
  if (!chains.empty()) result->chains[0].reset();
  return result;
}

std::vector<mpq_class> read_rationals(const Json& json, std::size_t count) {
  if (json.array().size() != count) throw Rejected{&json, "expected " + std::to_string(count) + " numbers"};
  std::vector<mpq_class> values;
  for (const Json& item : json.items)
    if (values.push_back(item.rational()); values.back() < 0)
      throw Rejected{&item, "expected no negative number"};
  return values;
}

std::string rationals_text(const std::vector<mpq_class>& values) {
  std::string text;
  for (const mpq_class& value : values) text += (text.empty() ? "[\"" : ",\"") + value.get_str() + "\"";
  return (text.empty() ? "[" : text) + "]";
}

SystemPointer read_system(const Json& json) {
  auto given = json.members({"nodes", "sink", "heads", "weights"});
  if (given[0]->integer(1) > max_nodes) refuse("more than " + std::to_string(max_nodes) + " nodes");
  auto system = std::make_shared<System>();
  system->n = static_cast<int>(given[0]->integer(1));
  if (given[1]->integer(1) > system->n) throw Rejected{given[1], "the sink is no node"};
  system->sink = static_cast<int>(given[1]->integer(1)) - 1;
  for (const Json& head : given[2]->array()) system->heads.push_back(read_head(head, system->n));
  system->weights = read_rationals(*given[3], system->heads.size());
  mpq_class sum = 0;
  for (const mpq_class& weight : system->weights) sum += weight;
  if (sum != 1) throw Rejected{given[3], "the weights do not sum to 1"};
  return system;
}

}  // namespace crosshead::checker

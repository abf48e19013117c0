// The layout of a certificate of weights (REGION.md, sections 1 and 4).
#pragma once

#include "src/checker/region.hpp"

namespace crosshead::checker {

// An end of a set of weights as the document writes it, and as it is printed.
inline pair<string, string> end_of(const Cell& cell, bool right) {
  const string from = cell.from.get_str(), to = cell.to.get_str(), end = right ? to : from;
  if (cell.part != Cell::middle && cell.part != (right ? Cell::left : Cell::right))
    return {"\"" + end + "\"", end};
  string json, line;
  for (size_t k = 0; k < cell.root.size(); ++k) {
    const string a = cell.root[k].get_str(), power = k < 2 ? string(k, 'b') : "b^" + std::to_string(k);
    spend(500 + 9 * a.size());
    json += (k == 0 ? "\"" : ",\"") + a + "\"";
    if (a == "0") continue;
    line += line.empty() ? "" : " + ";
    line += a;
    line += k == 0 ? "" : " ";
    line += power;
  }
  return {"{\"root\":[" + json + "],\"from\":\"" + from + "\",\"to\":\"" + to + "\"}",
          "the root of " + line + " in (" + from + ", " + to + ")"};
}

// What a document is about, as far as it does not depend on its claim: these keys, then others.
inline vector<string> with_keys(const vector<string>& others) {
  vector<string> keys = {"format", "nodes", "sink", "order", "diffusion?", "walk?", "convention?"};
  keys.insert(keys.end(), others.begin(), others.end());
  return keys;
}
struct Weights {
  Weights(const Json& root, const vector<string>& others) : given(root.members(with_keys(others))) {
    const long size = given[1].integer(1);
    given[1].require(size <= 1000, "beyond a limit: more than 1000 nodes");
    n = static_cast<int>(size), sink = node_below(n, given[2]);
    root.require(bool(given[4]) != bool(given[5]), "expected either diffusion or walk");
    const Json& all = given[given[4] ? 4 : 5];
    all.require(all.size() > 1, "expected two matrices");
    for (size_t h = 0; h < all.size(); ++h) {
      all[h].require(all[h].size() == size_t(n), "expected a row for each node");
      matrices.emplace_back();
      for (int i = 0; i < n; ++i) matrices[h].push_back(all[h][i].rationals(n));
      // Walks must be absorbed at the sink, from everywhere.
      if (given[4]) continue;
      const bool whole = product(matrices[h], Vector(n, 1), true) == Vector(n, 1);
      const vector<bool> reached = checker::reach(matrices[h], sink);
      const bool certain =
          std::count(reached.begin(), reached.end(), false) == 0 && matrices[h][sink][sink] == 1;
      all[h].require(whole && certain, "a walk that is not absorbed at the sink for certain");
    }
    root.require(bool(given[4]) == bool(given[6]), "a convention belongs to diffusion, and only there");
    const auto convention = given[4] ? given[6].members({"first_step", "sink_counts"}) : vector<Json>();
    first_step = given[4] ? convention[0].integer(0) : 0;
    given[6].require(first_step <= 1, "expected the first step 0 or 1");
    for (int k = 0; k < n; ++k)
      if (given[5] || convention[1].boolean() || k != sink) counted.push_back(k);
  }
  vector<Json> given;
  int n, sink;
  long first_step;
  vector<int> counted = {};
  vector<Matrix> matrices = {};
};

// Reads the claim, and checks what it says of the heads alone; `line` becomes its text.
inline Statement read_claim(const Weights& w, Region& region, string& line) {
  static const vector<string> kinds = {"minimax",    "node",  "nodes",       "amplifies",
                                       "attenuates", "t_mix", "mixes-faster"};
  static const vector<vector<string>> keys = {{"kind", "relation", "threshold"},
                                              {"kind", "node", "relation", "threshold"},
                                              {"kind", "node", "relation", "other"},
                                              {"kind"},
                                              {"kind"},
                                              {"kind", "epsilon", "relation", "steps"},
                                              {"kind", "epsilon"}};
  const Json &given = w.given[7], &heads = w.given[8];
  const Json named{json_object_get(given.value, "kind"), given.place + ".kind"};
  const size_t kind = named.choice(kinds);
  const auto claim = given.members(keys[kind]);
  const bool two = kind == 3 || kind == 4 || kind == 6, mixing = kind > 4;
  given.require(mixing == bool(w.given[5]), "a claim about other matrices than are given");
  given.require(bool(heads) == two, "heads belong to a claim that compares with them, and only there");
  Statement s;
  line = named.string();
  auto phi = [&](int node) { return "phi(mean, " + std::to_string(node + 1) + ")"; };
  if (mixing) {
    const mpq_class epsilon = claim[1].rational();
    claim[1].require(epsilon > 0, "expected a positive number");
    s = {Statement::absorbed, 0, 0, Statement::at_least, 1 - epsilon};
    line = two ? line + ", epsilon " + epsilon.get_str() : "t_mix(mean, " + epsilon.get_str() + ")";
    if (kind == 5 && claim[2].choice({"<=", ">"}) == 1) s.relation = Statement::less;
    if (kind == 5) s.steps = claim[3].integer(0);
    if (kind == 5) line += " " + claim[2].string() + " " + claim[3].text();
  } else if (!two) {
    const Json& relation = claim[kind == 0 ? 1 : 2];
    s.kind = Statement::Kind(kind);
    s.relation = Statement::Relation(relation.choice({">", ">=", "<", "<="}));
    if (kind > 0) s.node = node_below(w.n, claim[1]);
    if (kind == 2) s.other = node_below(w.n, claim[3]);
    given.require(kind != 2 || s.node != s.other, "a node compared with itself");
    if (kind != 2) s.threshold = claim.back().rational();
    line = (kind == 0 ? "phi_min(mean)" : phi(s.node)) + " " + relation.string() + " ";
    line += kind == 2 ? phi(s.other) : s.threshold.get_str();
  }
  if (!two) return s;
  heads.require(heads.size() == 2, "expected two heads");
  vector<mpq_class> alone;
  for (const int h : {0, 1}) {
    const auto head = heads[h].members(mixing ? vector<string>{"t_mix", "node"}
                                              : vector<string>{"minimax", "above", "below"});
    alone.push_back(mixing ? mpq_class(head[0].integer(1)) : head[0].rational());
    place = heads[h].place;
    if (mixing) region.require_mixing_time(1 - h, head[0].integer(1), head[1], s);
    for (const bool at_most : {false, true})
      if (!mixing) region.require_minimax(1 - h, at_most, alone[h], head[at_most ? 2 : 1]);
  }
  const auto [least, most] = std::minmax(alone[0], alone[1]);
  if (mixing) s.steps = mpz_class(least).get_si() - 1;
  if (!mixing) s.threshold = kind == 3 ? most : least;
  if (!mixing) s.relation = kind == 3 ? Statement::more : Statement::less;
  return s;
}

// The line of an accepted certificate.
inline string check_region(const Json& root) {
  const Weights w(root, {"claim", "heads?", "holds", "pieces"});
  w.given[3].require(w.matrices.size() == 2, "expected two matrices");
  Region region(w.n, w.sink, w.given[3], w.matrices[0], w.matrices[1], w.first_step, w.counted);
  string line, holds, weights;
  const Statement statement = read_claim(w, region, line);
  const vector<Cell> cells = region.cells(w.given[10], statement);
  auto closed = [](const Cell& cell) { return cell.part == Cell::middle || cell.from == cell.to; };
  for (size_t k = 0; k < cells.size(); ++k) {
    if (!cells[k].holds) continue;
    const Cell& first = cells[k];
    while (k + 1 < cells.size() && cells[k + 1].holds) ++k;
    const auto from = end_of(first, false), to = end_of(cells[k], true);
    const string from_closed = closed(first) ? "true" : "false",
                 to_closed = closed(cells[k]) ? "true" : "false";
    holds += (holds.empty() ? "" : ",") + ("{\"from\":" + from.first) + ",\"from_closed\":" + from_closed;
    holds += ",\"to\":" + to.first + ",\"to_closed\":" + to_closed + "}";
    weights += (weights.empty() ? "for b in " : ", ") + string(closed(first) ? "[" : "(") + from.second;
    weights += ", " + to.second + (closed(cells[k]) ? "]" : ")");
  }
  w.given[9].require(w.given[9].text() == "[" + holds + "]", "the pieces give ", "[" + holds + "]");
  return "accepted: " + line + " holds exactly " + (weights.empty() ? "for no b in [0, 1]" : weights);
}

}  // namespace crosshead::checker

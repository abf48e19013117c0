// Statements about all weights (b, 1 - b) of two heads, and what proves them (REGION.md, section 3). Nodes
// count from 0 here.
#pragma once

#include "src/checker/region_scene.hpp"

namespace crosshead::checker {

// What is asked of a weight: the least fidelity of all nodes that count, or one node's, against a threshold;
// one node's against another's; or what is absorbed after some steps, from every node, against a threshold
// (by the relations at_least and less).
struct Statement {
  enum Kind { minimax, single, nodes, absorbed } kind = minimax;
  int node = 0, other = 0;
  enum Relation { more, at_least, less, at_most } relation = more;  // > >= < <=
  mpq_class threshold = 0;
  long steps = 0;
};

// A point or an open interval of weights with one answer. With a root it is the part of (from, to) left of,
// at or right of the only root there of a polynomial in b.
struct Cell {
  mpq_class from, to;
  enum Part { whole, left, middle, right } part;
  Polynomial root;
  bool holds;
};

class Region {
 public:
  // The matrices are n x n, without negative entries; the order is that of REGION.md, section 1. Signals
  // start at the first step, and a minimum is over the nodes that count.
  Region(int n, int sink, const Json& order, const Matrix& first, const Matrix& second, long first_step,
         vector<int> counted)
      : heads_(n, sink, order, first, second), first_(first_step), counted_(std::move(counted)) {}

  // The answers on [0, 1] from left to right (a point, an interval, a point, ...), with their proofs checked.
  vector<Cell> cells(const Json& pieces, const Statement& statement) {
    vector<Cell> all;
    mpq_class last = 0;
    pieces.require(pieces.size() % 2 == 1, "points and intervals do not alternate");
    for (size_t k = 0; k < pieces.size(); ++k) {
      const auto parts =
          pieces[k].members({"at?", "from?", "to?", "proof?", "root?", "left?", "middle?", "right?"});
      const size_t keys = pieces[k].entries().size();
      const bool point = k % 2 == 0, root = bool(parts[4]);
      bool good = point ? parts[0] && parts[3] && keys == 2 : parts[1] && parts[2] && keys == (root ? 6 : 3);
      for (size_t p = 4; p < 8; ++p) good = good && bool(parts[p]) == root;
      pieces[k].require(good, "not one of the pieces of section 1");
      const mpq_class from = parts[point ? 0 : 1].rational(), to = point ? from : parts[2].rational();
      pieces[k].require(from == last && (point || from < to) && to <= 1, "a gap between pieces");
      place = pieces[k].place, last = to;
      Scene scene(heads_, from, to);
      if (!root) all.push_back({from, to, Cell::whole, {}, holds(scene, 0, parts[3], statement)});
      if (!root) continue;
      Polynomial given;
      for (size_t p = 0; p < parts[4].size(); ++p) {
        const mpq_class a = parts[4][p].rational();
        parts[4][p].require(a.get_den() == 1, "expected an integer");
        given.push_back(a.get_num());
      }
      parts[4].require(!given.empty() && given.back() != 0, "a leading coefficient that is 0");
      scene.divide_at(given);
      for (const size_t side : {0, 1, 2})
        all.push_back(
            {from, to, Cell::Part(side + 1), given, holds(scene, side, parts[5 + side], statement)});
    }
    pieces.require(last == 1, "the last piece is not the point 1");
    return all;
  }
  // Requires what proves that the least fidelity at one weight is at least, or at most, a value.
  void require_minimax(const mpq_class& b, bool at_most, const mpq_class& value, const Json& proof) {
    Scene scene(heads_, b, b);
    const Statement statement{Statement::minimax, 0, 0, Statement::at_least, value};
    at_most ? require_below(scene, 0, proof, statement, true)
            : require_above(scene, 0, proof, statement, false);
  }
  // Requires that a mixing time at one weight is `time` > 0; from the node, it has not mixed before.
  void require_mixing_time(const mpq_class& b, long time, const Json& late, const Statement& statement) {
    Scene scene(heads_, b, b);
    for (int j = 0; j < heads_.n; ++j)
      require(absorbs(scene, 0, j, time, statement.threshold), "a head that has not mixed by then");
    late.require(!absorbs(scene, 0, node(late), time - 1, statement.threshold),
                 "mixed before, from the node");
  }

 private:
  // Whether as much as the threshold is absorbed from node j.
  static bool absorbs(Scene& scene, size_t side, int j, long steps, const mpq_class& threshold,
                      bool strictly = false) {
    return scene.sign((scene.signal(steps, j) - threshold).over, side) >= (strictly ? 1 : 0);
  }
  bool holds(Scene& scene, size_t side, const Json& proof, const Statement& statement) {
    place = proof.place;
    const bool strict = statement.relation == Statement::more || statement.relation == Statement::at_most;
    bool exceeds = false;
    if (statement.kind == Statement::nodes) {
      exceeds = node_exceeds_other(scene, side, proof, statement, strict);
    } else if (statement.kind == Statement::absorbed) {
      const auto given = proof.members({"mixed", "node?"});
      exceeds = given[0].boolean();
      proof.require(exceeds != bool(given[1]), "expected a node where not mixed, and only there");
      for (int j = exceeds ? 0 : node(given[1]), end = exceeds ? heads_.n : j + 1; j < end; ++j) {
        const bool here = absorbs(scene, side, j, statement.steps, statement.threshold, strict);
        proof.require(here == exceeds, here ? "mixed from the node" : "not mixed from some node");
      }
    } else {
      const auto given = proof.members({"above?", "below?"});
      exceeds = bool(given[0]);
      proof.require(exceeds != bool(given[1]), "expected either above or below");
      if (exceeds) require_above(scene, side, given[0], statement, strict);
      if (!exceeds) require_below(scene, side, given[1], statement, strict);
    }
    return exceeds != (statement.relation == Statement::less || statement.relation == Statement::at_most);
  }
  void require_above(Scene& scene, size_t side, const Json& above, const Statement& statement, bool strict) {
    const vector<int> nodes = statement.kind == Statement::minimax ? counted_ : vector{statement.node};
    above.require(!nodes.empty() && above.size() == nodes.size(), "not one item for each node that counts");
    for (size_t k = 0; k < nodes.size(); ++k) {
      const Quotient more = from_below(scene, above[k], nodes[k], true) - statement.threshold;
      above[k].require(scene.sign(more.over, side) >= (strict ? 1 : 0), "a bound from below that is too low");
    }
  }
  void require_below(Scene& scene, size_t side, const Json& below, const Statement& statement, bool strict) {
    const int j = node(Json{json_object_get(below.value, "node"), below.place + ".node"});
    const bool counts = std::count(counted_.begin(), counted_.end(), j) > 0;
    below.require(statement.kind == Statement::minimax ? counts : j == statement.node,
                  "a node that does not count");
    check_below(scene, side, below, j, &statement.threshold, [&](const Quotient& bound) {
      const int sign = scene.sign((bound - statement.threshold).over, side);
      below.require(sign <= (strict ? 0 : -1), "a bound from above that is too high");
    });
  }
  // The larger node's bound from below against everything that bounds the smaller one from above.
  bool node_exceeds_other(Scene& scene, size_t side, const Json& proof, const Statement& s, bool strict) {
    const auto given = proof.members({"holds", "above", "below"});
    const bool holds = given[0].boolean();
    given[1].require(given[1].size() == 1, "expected one bound from below");
    const Quotient value = from_below(scene, given[1][0], holds ? s.node : s.other, false);
    check_below(scene, side, given[2], holds ? s.other : s.node, nullptr, [&](const Quotient& bound) {
      const int sign = scene.sign((value - bound).over, side);
      given[2].require(sign >= (holds == strict ? 1 : 0), "a bound from above that is too high");
    });
    return holds;
  }

  // A bound from below of the fidelity of node j.
  Quotient from_below(Scene& scene, const Json& item, int j, bool constant) {
    place = item.place;
    const auto given = item.members({"node", "limit?", "time?", "mean?"});
    given[0].require(node(given[0]) == j, "another node");
    item.require(bool(given[1]) != bool(given[2]) && !(given[1] && given[3]), "expected a limit, or a time");
    if (given[1]) given[1].require(given[1].boolean(), "expected true");
    if (given[1]) return scene.limit(j);
    const long time = given[2].integer(first_);
    if (!given[3]) return scene.signal(time, j);
    const auto mean = given[3].members({"stages", "rate", "end", "square_root"});
    const long stages = mean[0].integer(1), end = mean[2].integer(0);
    mean[2].require(end <= 1, "expected 0 or 1");
    mean[3].require(!mean[3].boolean() || constant, "a square root is compared with thresholds alone");
    return scene.mean(j, time, stages, mean[1].rational(), end == 1, mean[3].boolean());
  }
  // Requires `low` of all that bounds the fidelity of node j from above.
  using Low = std::function<void(const Quotient&)>;
  void check_below(Scene& scene, size_t side, const Json& below, int j, const mpq_class* threshold,
                   const Low& low) {
    place = below.place;
    const auto given =
        below.members({"node", "horizon", "feeder?", "gates?", "slow?", "inflow?", "levels?", "rate?"});
    given[0].require(node(given[0]) == j, "another node");
    const bool levels = bool(given[2]), gates = bool(given[3]), slow = bool(given[4]),
               plain = !levels && !gates && !slow;
    below.require(
        levels + gates + slow <= 1 && bool(given[5]) == (levels || gates) && bool(given[6]) == levels &&
            bool(given[7]) == slow,
        "expected gates and inflow, or feeder, inflow and levels, or slow and rate, or nothing more");
    const long horizon = given[1].integer(first_);
    for (long t = first_; t < horizon; ++t) low(scene.signal(t, j));
    const int other = scene.partner[j];
    below.require(other < 0 || plain, "more than a horizon for a node of a pair");
    below.require((!levels && !slow) || threshold, "an argument for thresholds alone");
    if (plain && other < 0) return low(scene.tail(horizon, scene.reach(j)));
    if (plain) {
      const Polynomial &p = scene.entry(j, other), &q = scene.entry(other, j);
      below.require((scene.one - p - q).sign().value_or(-1) >= 0, "a pair that exchanges more than it holds");
      const Quotient settled = scene.limit(j) + scene.tail(horizon, scene.reach(j), j, other);
      const Quotient excess = scene.signal(horizon, j) * p - scene.signal(horizon, other) * q;
      low(settled);
      return low(settled + excess * Quotient({1}, Scene::positive(p + q)));
    }
    if (slow) {
      const vector<bool> set = set_of(given[4]);
      const mpq_class rate = given[7].rational();
      given[4].require(!set[j] && given[4].size() > 0, "no slow nodes, or the node itself");
      given[7].require(rate >= 0, "expected no negative number");
      const vector<Quotient> found = scene.slow_bounds(j, horizon, set, rate);
      below.require(scene.sign(found[0].over, side) >= 0, "a rest that is negative");
      low(found[1]);
      return low(found[2]);
    }
    vector<bool> gate = levels ? vector<bool>(heads_.n) : set_of(given[3]);
    const int feeder = levels ? node(given[2]) : -1;
    if (levels) gate[feeder] = true;
    below.require(!gate[j], "a gate at the node itself");
    const Reach g = scene.reach(j, gate);
    const Quotient leave(Scene::positive(scene.leave(j)));
    const vector<Quotient> bounds = scene.bounds(j, horizon, set_of(given[5]));
    Quotient underway, through;
    const vector<int> later = scene.after(j);
    for (const int k : vector<int>(later.rbegin(), later.rend()))
      if (gate[k])
        through = through + bounds[k] * scene.passed(k, g);
      else
        underway = underway + bounds[k] * g.over[k];
    const Quotient v = scene.tail(horizon, g);
    if (gates) low(v);
    if (gates) return low((through + underway * leave) * Quotient({1}, leave.over * g.under));
    vector<mpq_class> e;
    for (size_t k = 0; k < given[6].size(); ++k) e.push_back(given[6][k].rational());
    given[6].require(e.size() > 1 && e[0] < *threshold, "levels that do not stay below the threshold");
    auto not_positive = [&](const Quotient& x) {
      given[6].require(scene.sign(x.over, side) <= 0, "a level that is too low");
    };
    const Quotient leave_m(Scene::positive(scene.leave(feeder)));
    const Quotient w =
        scene.tail(horizon, scene.reach(feeder)) * Quotient(scene.passed(feeder, g), leave_m.over * g.under);
    underway = underway * Quotient({1}, g.under);
    const mpq_class p = e.size() - 1;
    for (size_t i = 0; i < e.size(); ++i) {
      not_positive(v + w * mpq_class(i / p) - e[i]);
      if (i == p) break;
      const Quotient beta = leave_m * mpq_class(p - i) + leave * mpq_class(i);
      not_positive(beta * mpq_class(e[i + 1] - e[i]) - leave * e[i] + leave * underway);
      not_positive(leave + beta - scene.one);
    }
  }

  int node(const Json& json) const { return node_below(heads_.n, json); }
  vector<bool> set_of(const Json& json) const {
    vector<bool> all(heads_.n);
    for (size_t k = 0; k < json.size(); ++k) {
      const int at = node(json[k]);
      json[k].require(std::find(all.begin() + at, all.end(), true) == all.end(),
                      "expected nodes in ascending order");
      all[at] = true;
    }
    return all;
  }

  TwoHeads heads_;
  long first_;
  vector<int> counted_;
};

}  // namespace crosshead::checker

// Pieces of the weights as pairs of heads (REGION.md, section 2). All is multiplied by one common
// denominator, so that the entries of E and `one` have integer coefficients. Nodes count from 0 here.
#pragma once

#include "src/checker/region_heads.hpp"
#include "src/checker/region_polynomial.hpp"

namespace crosshead::checker {

// The probabilities of reaching a node, or a pair, before a gate.
struct Reach {
  vector<Polynomial> over;
  Polynomial under = {1};
};

class Scene {
 public:
  Scene(const TwoHeads& its_heads, const mpq_class& from, const mpq_class& to)
      : heads(its_heads),
        lower(from),
        upper(to),
        n(heads.n),
        order(heads.order),
        place(heads.place),
        partner(heads.partner),
        point_(from == to) {
    vector<Vector> ends = {{1, from}, {1, to}};  // of `one`, of the weight, and of the entries
    mpz_class scale = lcm(from.get_den(), to.get_den());
    for (Vector& end : ends)
      for (int k = 0; k < n * n; ++k) {
        spend(400);
        mpq_class& entry = end.emplace_back();
        const mpq_class &x = heads.first[k / n][k % n], &y = heads.second[k / n][k % n], b = end[1],
                        rest = 1 - b;
        if (x != 0) add_product(entry, b, x);
        if (y != 0) add_product(entry, rest, y);
        if (mpz_divisible_p(scale.get_mpz_t(), entry.get_den_mpz_t()) != 0) continue;
        spend(9 * limbs(scale));
        scale = lcm(scale, entry.get_den());
      }
    for (size_t k = 0; k < ends[0].size(); ++k) {
      spend(40 + 64 * limbs(scale));
      const mpz_class left(ends[0][k] * scale), right(ends[1][k] * scale);
      Polynomial value = point_ ? Polynomial{left} : Polynomial{left, right};
      (k == 0 ? one : k == 1 ? weight : entries.emplace_back()) = std::move(value);
    }
    // Where one of a pair does not hear the other, they are two nodes, the one that is heard first.
    for (int u = 0; u < n; ++u) {
      const int v = partner[u];
      if (v < 0 || !entry(u, v).empty()) continue;
      partner[u] = partner[v] = -1;
      if (place[u] > place[v]) std::swap(order[place[u]], order[place[v]]), std::swap(place[u], place[v]);
    }
  }

  const Polynomial& entry(int i, int j) const { return entries[i * n + j]; }
  Polynomial leave(int k) const { return one - entry(k, k); }
  static Polynomial positive(Polynomial p) {
    require(p.sign() == 1, "a factor that is not positive by its coefficients");
    return p;
  }
  // The nodes that stand after a node, and after its partner, in the order.
  vector<int> after(int j) const {
    const int other = partner[j] < 0 ? j : partner[j];
    return {order.begin() + std::max(place[j], place[other]) + 1, order.end()};
  }

  // Divides the piece at the root of a polynomial in b.
  void divide_at(const Polynomial& root) {
    require(!point_ && root.size() > 1, "no root within this piece");
    Polynomial power = {1};  // of one
    mpz_class content = 0;
    root_ = {};
    for (size_t i = root.size(); i-- > 0; power = power * one) {
      root_ = root_ * weight;
      root_.add(power, {root[i]});
    }
    int changes = 0, last = 0;
    for (const mpz_class& a : root_) content = gcd(content, a);
    for (mpz_class& a : root_) {
      a /= content;
      changes += last * sgn(a) < 0;
      if (a != 0) last = sgn(a);
    }
    require(changes == 1, "a root that is not isolated");
    right_ = last;
  }
  // The sign on one side: 0 left of the root, 1 at it, 2 right of it.
  int sign(Polynomial p, size_t side) const {
    if (const auto everywhere = p.sign()) return *everywhere;
    require(!root_.empty(), "a sign that the coefficients do not tell");
    int power = 1, count = 0;
    for (; p.divide(root_); ++count) power *= side == 2 ? right_ : -right_;
    const auto rest = p.sign();
    require(count > 0 && rest, "a sign that the root does not explain");
    return side == 1 ? 0 : *rest * power;
  }

  Quotient signal(long t, int j) { return {row(t)[j], units_[t]}; }
  Reach reach(int j, const vector<bool>& gates = {}) const {
    spend(20L * n * n);
    Reach h{vector<Polynomial>(n)};
    const int other = partner[j];
    h.over[j] = {1};
    if (other >= 0) {
      h.over[other] = {1};
      const bool whole = leave(j) == entry(j, other) && leave(other) == entry(other, j);
      require(whole && gates.empty(), "a pair that does not keep what reaches it, or with gates");
    }
    const auto kept = leave(j).sign();
    require(kept && *kept >= 0, "a diagonal entry above 1");
    for (const int k : after(j)) {
      const Polynomial reached = gates.empty() || !gates[k] ? passed(k, h) : Polynomial();
      if (reached.empty()) continue;
      const Polynomial left = positive(leave(k));
      for (Polynomial& value : h.over) value = value * left;
      h.under = h.under * left;
      h.over[k] = reached;
    }
    return h;
  }
  // (E h)_k over the denominator of h.
  Polynomial passed(int k, const Reach& h) const {
    Polynomial total;
    for (int l = 0; l < n; ++l) total.add(entry(k, l), h.over[l]);
    return total;
  }
  // The sum of x_t(k) h_k, but for two nodes.
  Quotient tail(long t, const Reach& h, int but = -1, int but_too = -1) {
    Polynomial total;
    const vector<Polynomial>& x = row(t);
    for (int k = 0; k < n; ++k)
      if (k != but && k != but_too) total.add(x[k], h.over[k]);
    return {total, h.under * units_[t]};
  }
  // What the signal of an absorbing node, or the average of that of a node in a pair, tends to.
  Quotient limit(int j) const {
    const Reach h = reach(j);
    const int other = partner[j];
    require(other >= 0 || leave(j).empty(), "the node is not absorbing");
    const Quotient all(h.over[heads.sink], h.under);
    return other < 0 ? all : Quotient(entry(other, j), positive(entry(other, j) + entry(j, other))) * all;
  }
  // U_k for the nodes after j.
  vector<Quotient> bounds(int j, long t, const vector<bool>& inflow) {
    vector<Quotient> all(n);
    const vector<int> later = after(j);
    for (size_t p = later.size(); p-- > 0;) {
      const int l = later[p];
      if (inflow[l]) {
        for (size_t q = later.size(); --q > p;) all[l] = all[l] + all[later[q]] * entry(later[q], l);
        all[l] = all[l] * Quotient({1}, positive(leave(l))) + signal(t, l);
      } else {
        all[l] = tail(t, reach(l));
      }
    }
    return all;
  }
  // What must not be negative from t on, and what then bounds s_j from t on, for nodes that feed j slowly.
  vector<Quotient> slow_bounds(int j, long t, const vector<bool>& slow, const mpq_class& rate) {
    vector<Quotient> u(n), kappa(n);
    vector<Reach> reaching(n);
    const Polynomial leave_j = positive(leave(j));
    auto heard = [&](int k, bool from_j) {
      Quotient total;
      for (int l = 0; l < n; ++l)
        if (l != k && (l != j || from_j)) total = total + u[l] * entry(k, l);
      return total;
    };
    u[j] = Polynomial{1};
    for (const int k : after(j)) {
      spend(100L * n);
      const Polynomial lag = leave(k) - leave_j;
      Quotient rest = heard(k, true);
      if (slow[k]) {
        const Quotient others = heard(k, false) * mpq_class(-1),
                       kept = Quotient(entry(k, k)) - Quotient(one) * rate;
        if (!others.over.empty()) u[k] = others * Quotient(kept.under, positive(kept.over));
        rest = rest - u[k] * lag;
      }
      for (int m = 0; m < n; ++m)
        if (!kappa[m].over.empty()) rest = rest - kappa[m] * Quotient(reaching[m].over[k], reaching[m].under);
      const auto sign = rest.over.sign();
      require(bool(sign), "a sum whose coefficients have both signs");
      if (*sign <= 0) continue;
      if (slow[k]) kappa[k] = rest, reaching[k] = reach(k);
      if (!slow[k]) u[k] = rest * Quotient({1}, positive(lag));
    }
    for (int k = 0; k < n; ++k) {
      const Quotient grown = heard(k, false) + u[k] * entry(k, k) - u[k] * Quotient(one) * rate;
      require(k == j || grown.over.sign().value_or(-1) >= 0, "a rest that may turn negative");
    }
    Quotient potential, fed;
    for (int k = 0; k < n; ++k) {
      potential = potential + u[k] * signal(t, k);
      if (!kappa[k].over.empty()) fed = fed + kappa[k] * tail(t, reaching[k]);
    }
    return {potential - signal(t, j), potential, fed * Quotient({1}, leave_j)};
  }
  // The mean of s_j over t and so many geometric times more, whose rate is that of the weight that vanishes
  // at an end, or of its square root.
  Quotient mean(int j, long t, long stages, mpq_class rate, bool right, bool square_root) const {
    require(!point_ && rate > 0, "a mean at a point, or without a rate");
    Scene other(heads, lower, upper);
    if (right) other.weight = one - weight;
    if (square_root) {
      require(root_.empty(), "a mean over square roots beside a root");
      require(right ? upper == 1 : lower == 0, "a square root of a weight that does not vanish");
      const mpq_class width = upper - lower, side(sqrt(width.get_num()), sqrt(width.get_den()));
      require(side * side == width, "a distance from the end that is no square");
      rate *= side;
      for (Polynomial& p : other.entries) {
        p.resize(2);
        p = {p[right], 2 * p[right], p[!right]};
      }
      other.one = one * Polynomial{1, 1}, other.weight = one * Polynomial{0, 1};
    }
    for (Polynomial& p : other.entries) p = p * Polynomial{rate.get_den()};
    other.one = other.one * Polynomial{rate.get_den()};
    return other.mean(j, t, stages, other.weight * Polynomial{rate.get_num()});
  }

  const TwoHeads& heads;
  const mpq_class lower, upper;
  const int n;
  vector<int> order, place, partner;
  Polynomial one, weight;
  vector<Polynomial> entries;

 private:
  Quotient mean(int j, long t, long stages, const Polynomial& rho) {
    vector<Polynomial> y = row(t);
    Polynomial unit = units_[t];
    for (long stage = 0; stage < stages; ++stage) {
      spend(1000 + 20L * n * n);
      vector<Polynomial> next(n);
      Polynomial divisor = {1};
      for (const int l : vector<int>(order.rbegin(), order.rend())) {
        Polynomial total = y[l] * rho * divisor;
        for (int k = 0; k < n; ++k) total.add(next[k], entry(k, l));
        const Polynomial left = positive(leave(l) + rho);
        for (Polynomial& value : next) value = value * left;
        divisor = divisor * left;
        next[l] = total;
      }
      y = next, unit = unit * divisor;
    }
    return {y[j], unit};
  }
  const vector<Polynomial>& row(long t) {  // x_t times one^t
    if (rows_.empty()) rows_.emplace_back(n)[heads.sink] = units_.emplace_back(Polynomial{1});
    while (static_cast<long>(rows_.size()) <= t) {
      spend(1000 + 100L * n * n);
      vector<Polynomial> next(n);
      for (int k = 0; k < n * n; ++k) next[k % n].add(rows_.back()[k / n], entries[k]);
      for (const Polynomial& p : next) spend(128 * p.limbs());
      rows_.push_back(next);
      units_.push_back(units_.back() * one);
    }
    return rows_[t];
  }

  bool point_;
  Polynomial root_ = {};  // in z
  int right_ = 0;         // its sign right of the root
  vector<vector<Polynomial>> rows_ = {};
  vector<Polynomial> units_ = {};
};

}  // namespace crosshead::checker

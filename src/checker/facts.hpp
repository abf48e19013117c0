// Facts (section 4): suprema and mixing times, verified when they are read.
#pragma once

#include "src/checker/region_simplex.hpp"

namespace crosshead::checker {

using Supremum = pair<mpq_class, bool>;  // or a mixing time; whether it is attained

// Requires a proof of the supremum phi of the signal of node j.
inline void check_proof(const Json& proof, Chain& chain, int j, const Supremum& phi, long first_step) {
  const int n = chain.n;
  const Matrix& d = *chain.matrix(diffusion);
  auto x = [&](long t, int k) -> const mpq_class& { return chain.power(diffusion, t)[k]; };
  const vector<bool> visited = reach(d, chain.sink);
  auto require = [&proof](bool holds, const char* otherwise) { proof.require(holds, otherwise); };
  // The signal stays below phi before a time, is phi at that time, and does not exceed phi up to a horizon.
  auto require_signal = [&](long time, long horizon) {
    require(phi.second == (time <= horizon), "phi is attained, or not, against what is stated");
    for (long t = first_step; t <= horizon; ++t) {
      const int sign = sgn(apply('-', x(t, j), phi.first).lower);
      require(t >= time || sign < 0, "the signal reaches phi before the time");
      require(t != time || sign == 0, "phi is not the signal at the time");
      require(sign <= 0, "the signal exceeds phi");
    }
  };
  const string by = Json{json_object_get(proof.value, "by"), proof.place + ".by"}.string();
  const Vector sums = product(d, Vector(n, 1), false);
  for (int k = 0; k < n && (by == "contraction" || by == "recurrence"); ++k)
    require(!visited[k] || sums[k] == 1, "a row does not sum to 1");
  if (by == "superharmonic") {
    const auto given = proof.members({"by", "time", "horizon", "vector"});
    const long time = given[1].integer(first_step), horizon = given[2].integer(time);
    const Vector h = given[3].rationals(n), dh = product(d, h, false);
    require_signal(time, horizon);
    require(h[j] >= 1, "the vector is below 1 at the node");
    mpq_class mass = 0;
    for (int k = 0; k < n; ++k) {
      require(!visited[k] || dh[k] <= h[k], "the vector is not superharmonic");
      add_product(mass, h[k], x(horizon, k));
    }
    require(mass <= phi.first, "what is left exceeds phi");
  } else if (by == "absorbing") {
    const Vector y = proof.members({"by", "vector"})[1].rationals(n), dy = product(d, y, false);
    require(d[j][j] == 1 && y[j] == 1, "the node is not absorbing, or the vector is not 1 there");
    bool left = false;
    for (int k = 0; k < n; ++k) {
      if (!visited[k]) continue;
      require(dy[k] == y[k], "the vector is not harmonic");
      require(y[k] == 0 || reach(d, k)[j], "a positive entry at a node without a path to the node");
      left = left || (k != j && y[k] > 0 && x(n, k) > 0);
    }
    require(phi.first == y[chain.sink], "phi is not the entry of the sink");
    require(phi.second != left, "phi is attained, or not, against what is stated");
  } else if (by == "contraction") {
    const auto given = proof.members({"by", "time", "horizon", "laws"});
    const long time = given[1].integer(first_step), horizon = given[2].integer(time);
    vector<Vector> laws;
    mpq_class most = 0, distance = 0;
    for (size_t r = 0; r < given[3].size(); ++r)
      most = std::max(most, laws.emplace_back(given[3][r].rationals(n))[j]);
    require(!laws.empty(), "no law");
    for (size_t r = 0; r < laws.size(); ++r) {
      for (int k = 0; k < n; ++k) require(visited[k] || laws[r][k] == 0, "a law outside the visited nodes");
      require(product(d, laws[r], true) == laws[(r + 1) % laws.size()], "a law that is not stationary");
      require(sum_of(laws[r]) == 1, "a law that does not sum to 1");
    }
    require_signal(time, horizon);
    for (int k = 0; k < n; ++k) add_product(distance, abs(x(horizon, k) - laws[horizon % laws.size()][k]), 1);
    require(most + distance / 2 <= phi.first, "what is left exceeds phi");
  } else {
    require(by == "recurrence", "not one of the proofs of section 4");
    const auto given = proof.members({"by", "horizon", "roots"});
    const Vector roots = given[2].rationals(given[2].size());
    const long horizon = given[1].integer(first_step), length = n + static_cast<long>(roots.size());
    require_signal(horizon + 1, horizon);
    Vector a;
    for (long t = horizon; t <= horizon + length; ++t) a.push_back(phi.first - x(t, j));
    for (const mpq_class& root : roots) {
      require(root > 0 && root < 1 && a[0] >= 0, "a root outside (0, 1), or a negative difference");
      for (size_t t = 0; t + 1 < a.size(); ++t)
        spend(200 + limbs(a[t]) * (limbs(root) + limbs(a[t + 1]))), a[t] = a[t + 1] - root * a[t];
      a.pop_back();
    }
    require(std::count(a.begin(), a.end(), 0) == n + 1, "the recurrence leaves something");
  }
}

// What a reading lists about its systems.
class Facts {
 public:
  Facts(const Json& systems, const Json& convention) {
    const auto given = convention.members({"first_step", "sink_counts", "distance", "start"});
    first_step_ = given[0].integer(0);
    given[0].require(first_step_ <= 1, "expected 0 or 1");
    given[1].boolean(), given[2].choice({"tv", "l1"});
    average = given[3].choice({"worst", "average"}) == 1;
    for (size_t s = 0; s < systems.size(); ++s) {
      const auto parts = systems[s].members({"system", "facts"});
      const SystemPointer system = System::read(parts[0]);
      parts[0].require(known_.try_emplace(system->text).second, "a system that is listed before");
      for (size_t k = 0; k < parts[1].size(); ++k)
        if (!regions.verify(parts[1][k], *system, first_step_)) verify(parts[1][k], *system);
    }
  }
  // What a fact says, by the key that names it.
  const Supremum& about(const string& key) const {
    const auto it = known_.find(key);
    return it != known_.end() ? it->second
                              : throw Rejected{place, "a fact is needed that is not listed: " + key};
  }
  // The fact about the k-th chain (0 the mean): phi of a node from 1, or a mixing time for an epsilon.
  static string key_of(const System& system, int k, const string& kind, const mpq_class& argument) {
    spend(1000 + 4 * (system.text.size() + 20 * limbs(argument)));
    return kind + " " + argument.get_str() + " of " + name_of(k) + " of " + system.text;
  }
  bool average;
  Regions regions = {};

 private:
  static string name_of(size_t k) { return k == 0 ? "mean" : "head " + std::to_string(k); }
  void verify(const Json& fact, System& system) {
    place = fact.place;
    const auto parts =
        fact.members({"of", "node?", "phi?", "attained?", "proof?", "t_mix?", "t_mix_l1?", "epsilon?"});
    size_t k = 0;
    for (; k <= system.heads.size() && parts[0].string() != name_of(k); ++k) spend(100);
    parts[0].require(k <= system.heads.size(), "no chain of the system");
    Chain& chain = system.chain(static_cast<int>(k));
    const bool phi = bool(parts[1]), tv = bool(parts[5]);
    const Json& what = phi ? parts[1] : tv ? parts[5] : parts[6];
    const bool whole = phi ? parts[2] && parts[3] && parts[4] : what && parts[7];
    fact.require(whole && fact.entries().size() == (phi ? 5 : 3), "not one of the facts of section 4");
    const mpq_class x = phi ? mpq_class(what.integer(1)) : parts[7].rational();
    const bool apt = phi ? x <= chain.n && chain.matrix(diffusion) : x > 0 && chain.absorption_is_certain();
    fact.require(apt, "about a node or a time that the chain does not have");
    const Supremum stated{phi ? parts[2].rational() : mpq_class(what.integer(0)), !phi || parts[3].boolean()};
    if (phi) check_proof(parts[4], chain, static_cast<int>(what.integer(1)) - 1, stated, first_step_);
    for (long time = phi ? -1 : what.integer(0), t = std::max(time - 1, 0L); t <= time; ++t) {
      Number d = chain.rounded_distance(t, average);
      const bool clear = tv ? d.upper() <= x || d.lower > x : 2 * d.upper() < x || 2 * d.lower >= x;
      if (!clear) d = chain.distance(t, average);
      const bool mixed = tv ? d.upper() <= x : 2 * d.upper() < x;
      fact.require(mixed == (t == time), mixed ? "mixed before this time" : "not mixed at this time");
    }
    const string key = key_of(system, k, phi ? "phi" : tv ? "t_mix" : "t_mix_l1", x);
    fact.require(known_.try_emplace(key, stated).second, "a fact that is listed before");
  }
  long first_step_;
  std::map<string, Supremum> known_ = {};
};

}  // namespace crosshead::checker

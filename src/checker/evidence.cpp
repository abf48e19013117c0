#include "src/checker/evidence.hpp"

#include <algorithm>

#include "src/checker/limits.hpp"

namespace crosshead::checker {
namespace {

// A rational vector over one common denominator.
struct Vector {
  explicit Vector(const Json& json, std::size_t n) : entries(read_rationals(json, n)) {
    for (const mpq_class& x : entries)
      mpz_lcm(denominator.get_mpz_t(), denominator.get_mpz_t(), x.get_den_mpz_t());
    for (const mpq_class& x : entries) numerators.push_back(x.get_num() * (denominator / x.get_den()));
  }
  std::vector<mpq_class> entries;
  Row numerators;
  mpz_class denominator = 1;
};

// What every proof about the signal of one node shares.
struct Signal {
  const Json& proof;
  Chain& chain;
  const Convention& convention;
  int j;
  mpq_class phi;
  bool attained;
  Powers& x = *chain.powers(Chain::signal);
  const Matrix& d = *chain.diffusion();
  std::vector<bool> visited = d.reach(chain.sink);

  void require(bool holds, const char* otherwise) const {
    if (!holds) throw Rejected{&proof, otherwise};
  }
  int compare(long t) { return cmp(x.row(t)[j] * phi.get_den(), phi.get_num() * x.denominator(t)); }
  void rows_sum_to_1() const {
    Row sums = d.sums(false);
    for (int k = 0; k < chain.n; ++k)
      require(!visited[k] || sums[k] == d.denominator, "a row does not sum to 1");
  }
  // phi is first reached at time t, and not exceeded up to the horizon; returns the horizon.
  long reached(const Json& at, const Json& horizon) {
    long t = at.integer(convention.first_step), last = horizon.integer(t);
    require(attained, "a value of the signal is attained");
    for (long r = convention.first_step; r <= last; ++r)
      require(r < t    ? compare(r) < 0
              : r == t ? compare(r) == 0
                       : compare(r) <= 0,
              r < t    ? "the signal reaches phi before the time"
              : r == t ? "phi is not the signal at the time"
                       : "the signal exceeds phi");
    return last;
  }

  void unreachable() const {
    proof.members({"by"});
    require(j != chain.sink && !visited[j], "the node is visited");
    require(phi == 0 && attained, "the signal is 0, attained");
  }
  void superharmonic() {
    auto given = proof.members({"by", "time", "horizon", "vector"});
    Vector h(*given[3], chain.n);
    long last = reached(*given[1], *given[2]);
    Row dh = d.times_column(h.numerators);
    require(h.entries[j] >= 1, "the vector is below 1 at the node");
    mpz_class mass = 0;
    for (int k = 0; k < chain.n; ++k) {
      require(!visited[k] || dh[k] <= d.denominator * h.numerators[k], "the vector is not superharmonic");
      mass += x.row(last)[k] * h.numerators[k];
    }
    require(mass * phi.get_den() <= phi.get_num() * x.denominator(last) * h.denominator,
            "what is left exceeds phi");
  }
  void absorbing() {
    auto given = proof.members({"by", "vector"});
    Vector y(*given[1], chain.n);
    require(d.at(j, j) == 1 && y.entries[j] == 1, "the node is not absorbing, or the vector is not 1 there");
    Row dy = d.times_column(y.numerators);
    std::vector<bool> mass = d.support_after(chain.sink, chain.n);
    bool left = false;
    for (int k = 0; k < chain.n; ++k) {
      if (!visited[k]) continue;
      require(dy[k] == d.denominator * y.numerators[k], "the vector is not harmonic");
      require(y.entries[k] == 0 || d.reach(k)[j], "a positive entry at a node without a path to the node");
      left = left || (k != j && y.entries[k] > 0 && mass[k]);
    }
    require(phi == y.entries[chain.sink], "phi is not the entry of the sink");
    require(attained != left, left ? "the supremum is not attained" : "the supremum is attained");
  }
  void contraction() {
    auto given = proof.members({"by", "time", "horizon", "laws"});
    std::vector<Vector> laws;
    for (const Json& law : given[3]->array()) laws.emplace_back(law, chain.n);
    require(!laws.empty(), "no law");
    rows_sum_to_1();
    mpq_class most = 0;
    for (std::size_t r = 0; r < laws.size(); ++r) {
      const Vector &law = laws[r], &next = laws[(r + 1) % laws.size()];
      Row after = d.row_times(law.numerators);
      mpz_class sum = 0;
      for (int k = 0; k < chain.n; ++k) {
        sum += law.numerators[k];
        require(visited[k] || law.entries[k] == 0, "a law outside the visited nodes");
        require(after[k] * next.denominator == next.numerators[k] * law.denominator * d.denominator,
                "a law that is not stationary");
      }
      require(sum == law.denominator, "a law that does not sum to 1");
      most = std::max(most, law.entries[j]);
    }
    long last = reached(*given[1], *given[2]);
    mpq_class distance = 0;
    for (int k = 0; k < chain.n; ++k) distance += abs(x.at(last, k) - laws[last % laws.size()].entries[k]);
    require(most + distance / 2 <= phi, "what is left exceeds phi");
  }
  void recurrence() {
    auto given = proof.members({"by", "horizon", "roots"});
    auto roots = read_rationals(*given[2], given[2]->array().size());
    rows_sum_to_1();
    require(!attained, "the supremum is not attained");
    for (std::size_t k = 0; k < roots.size(); ++k)
      require(roots[k] > 0 && roots[k] < 1 && (k == 0 || roots[k - 1] <= roots[k]),
              "the roots are not ascending in (0, 1)");
    long first = convention.first_step, last = given[1]->integer(first);
    std::vector<mpq_class> a;  // from the horizon on
    for (long t = first; t < last; ++t) require(compare(t) < 0, "the signal reaches phi");
    for (std::size_t t = 0; t <= chain.n + roots.size(); ++t)
      a.push_back(phi - x.at(last + static_cast<long>(t), j));
    require(a[0] > 0, "the signal reaches phi");
    for (std::size_t i = 0; i < roots.size(); ++i) {
      require(a[0] >= 0, "a difference is negative at the horizon");
      for (std::size_t t = 0; t + 1 < a.size(); ++t)
        a[t] = a[t + 1] - roots[i] * a[t], spend(200 + limbs(a[t]));
      a.pop_back();
    }
    require(std::count(a.begin(), a.end(), 0) == static_cast<long>(a.size()),
            "the recurrence leaves something");
  }
};

std::string chain_name(int chain) {
  return chain == 0 ? "mean" : "head " + std::to_string(chain);
}

Truth criterion(const Number& distance, const mpq_class& epsilon, bool l1) {
  return l1 ? less(distance * Number(2), epsilon) : !less(epsilon, distance);
}

}  // namespace

Convention::Convention(const Json& json) {
  auto given = json.members({"first_step", "sink_counts", "distance", "start"});
  first_step = given[0]->integer(0);
  if (first_step > 1) throw Rejected{given[0], "expected 0 or 1"};
  sink_counts = given[1]->boolean();
  l1 = given[2]->choice({"tv", "l1"}) == 1;
  average = given[3]->choice({"worst", "average"}) == 1;
}

const Json& Evidence::listed(std::size_t index) const {
  if (index >= systems_.array().size())
    throw Rejected{&systems_, "no system with the index " + std::to_string(index)};
  return *systems_.items[index].members({"system", "facts"})[0];
}

std::size_t Evidence::use(const System& system) {
  std::string text = system.text();
  spend(text.size());
  auto found = index_.find(text);
  if (found != index_.end()) return found->second;
  std::size_t index = records_.size();
  if (index == systems_.array().size())
    throw Rejected{&systems_, "a system is needed that is not listed: " + text.substr(0, 300)};
  if (listed(index).text != text)
    throw Rejected{&systems_.items[index], "not the system needed next: " + text.substr(0, 300)};
  records_.push_back({systems_.items[index].members({"system", "facts"})[1]});
  return index_[text] = index;
}

const Json& Evidence::next_fact(Record& record, const std::string& about) {
  const auto& facts = record.facts->array();
  if (record.next == facts.size())
    throw Rejected{record.facts, "a fact is needed that is not listed: " + about};
  return facts[record.next++];
}

mpq_class Evidence::mixing_time(System& system, int k, const mpq_class& epsilon, bool l1_function) {
  Record& record = records_[use(system)];
  const char* name = l1_function ? "t_mix_l1" : "t_mix";
  std::string about = std::string(name) + " of " + chain_name(k) + " for " + epsilon.get_str();
  auto known = record.known.find(about);
  if (known != record.known.end()) return known->second.value;
  const Json& fact = next_fact(record, about);
  if (fact.kind != Json::Kind::object || fact.items.size() < 3 || fact.items[2].string() != name)
    throw Rejected{&fact, "not the fact needed next: " + about};
  auto given = fact.members({"of", name, "epsilon"});
  if (given[0]->string() != chain_name(k) || given[2]->rational() != epsilon)
    throw Rejected{&fact, "not the fact needed next: " + about};
  long time = given[1]->integer(0);
  bool l1 = l1_function || convention.l1;
  Chain& chain = system.chain(k);
  for (long t = std::max(time - 1, 0L); t <= time; ++t) {
    Truth holds = criterion(chain.enclosed_distance(t, convention.average), epsilon, l1);
    if (holds == Truth::unknown) holds = criterion(chain.distance(t, convention.average), epsilon, l1);
    if (holds != truth_of(t == time))
      throw Rejected{&fact, t == time ? "not mixed at this time" : "mixed before this time"};
  }
  return record.known.emplace(about, Supremum{time, true}).first->second.value;
}

const Supremum& Evidence::supremum(System& system, int k, int j) {
  Record& record = records_[use(system)];
  std::string about = "phi of " + chain_name(k) + " at node " + std::to_string(j + 1);
  auto known = record.known.find(about);
  if (known != record.known.end()) return known->second;
  const Json& fact = next_fact(record, about);
  if (fact.kind != Json::Kind::object || fact.items.size() < 3 || fact.items[2].string() != "node")
    throw Rejected{&fact, "not the fact needed next: " + about};
  auto given = fact.members({"of", "node", "phi", "attained", "proof"});
  if (given[0]->string() != chain_name(k) || given[1]->integer(1) != j + 1)
    throw Rejected{&fact, "not the fact needed next: " + about};
  const Json& proof = *given[4];
  if (proof.kind != Json::Kind::object || proof.items.size() < 2) throw Rejected{&proof, "expected a proof"};
  Signal signal{proof, system.chain(k), convention, j, given[2]->rational(), given[3]->boolean()};
  switch (proof.items[1].choice({"unreachable", "superharmonic", "absorbing", "contraction", "recurrence"})) {
    case 0:
      signal.unreachable();
      break;
    case 1:
      signal.superharmonic();
      break;
    case 2:
      signal.absorbing();
      break;
    case 3:
      signal.contraction();
      break;
    default:
      signal.recurrence();
  }
  return record.known.emplace(about, Supremum{signal.phi, signal.attained}).first->second;
}

void Evidence::finish() const {
  for (const Record& record : records_)
    if (record.next < record.facts->array().size())
      throw Rejected{&record.facts->items[record.next], "a fact that is never used"};
  if (records_.size() < systems_.array().size())
    throw Rejected{&systems_.items[records_.size()], "a system that is never used"};
}

}  // namespace crosshead::checker

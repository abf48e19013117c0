#include "crosshead/search/result.hpp"

namespace crosshead::search {

Counts& Counts::operator+=(const Counts& other) {
  candidates += other.candidates;
  systems += other.systems;
  witnesses += other.witnesses;
  ties += other.ties;
  undefined += other.undefined;
  undecided += other.undecided;
  filter_calls += other.filter_calls;
  filter_undecided += other.filter_undecided;
  exact += other.exact;
  orbits += other.orbits;
  witness_orbits += other.witness_orbits;
  return *this;
}

void Counts::include(Outcome outcome) {
  switch (outcome) {
    case Outcome::witness:
      ++witnesses;
      break;
    case Outcome::tie:
      ++ties;
      break;
    case Outcome::undefined:
      ++undefined;
      break;
    case Outcome::undecided:
      ++undecided;
      break;
    case Outcome::neither:
      break;
  }
}

void Result::include(const SystemSpace& space, const SystemIndex& system, const Decision& decision) {
  ++counts.systems;
  counts.include(decision.outcome);
  if (decision.outcome != Outcome::witness) return;
  include_first(space, system);
  if (decision.gain > 0) include_extreme(space, system, decision.gain);
}

void Result::include_first(const SystemSpace& space, const SystemIndex& system) {
  if (!first || space.before(system, *first)) first = system;
}

void Result::include_extreme(const SystemSpace& space, const SystemIndex& system,
                             const exact::Rational& gain) {
  if (!extreme || gain > extreme->gain || (gain == extreme->gain && space.before(system, extreme->system))) {
    extreme = Found{system, gain};
  }
}

Result merge(const SystemSpace& space, const Result& a, const Result& b) {
  Result result = a;
  result.counts += b.counts;
  if (b.first) result.include_first(space, *b.first);
  if (b.extreme) result.include_extreme(space, b.extreme->system, b.extreme->gain);
  return result;
}

Result search_each(const SystemSpace& space, const SystemClaim& claim, RankRange range,
                   const Symmetry* symmetry) {
  Result result;
  result.counts.candidates = range.count;
  space.for_each_run(range, [&](const Run& run) {
    SystemIndex system{run.prefix, run.weights};
    system.heads.push_back(0);
    for (std::uint32_t last = run.begin; last < run.end; ++last) {
      system.heads.back() = last;
      if (!space.in_family(system)) continue;
      ++result.counts.exact;
      const Decision decision = claim.decide(space, system);
      result.include(space, system, decision);
      if (symmetry == nullptr || !symmetry->canonical(system)) continue;
      ++result.counts.orbits;
      if (decision.outcome == Outcome::witness) ++result.counts.witness_orbits;
    }
  });
  return result;
}

}  // namespace crosshead::search

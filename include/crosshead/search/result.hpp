#pragma once

#include <cstdint>
#include <optional>

#include "crosshead/search/claims.hpp"
#include "crosshead/search/space.hpp"
#include "crosshead/search/symmetry.hpp"

namespace crosshead::search {

/// What was counted in a range of ranks. systems = witnesses + ties + undefined + undecided + the rest, for
/// which the claim is false.
struct Counts {
  std::uint64_t candidates = 0;  ///< ranks visited
  std::uint64_t systems = 0;     ///< of them in the family
  std::uint64_t witnesses = 0;
  std::uint64_t ties = 0;  ///< both sides exactly equal
  std::uint64_t undefined = 0;
  std::uint64_t undecided = 0;

  std::uint64_t filter_calls = 0;      ///< systems given to the floating filter
  std::uint64_t filter_undecided = 0;  ///< that it could not decide
  std::uint64_t exact = 0;             ///< systems decided in exact arithmetic

  std::uint64_t orbits = 0;          ///< canonical systems, if asked for (symmetry.hpp)
  std::uint64_t witness_orbits = 0;  ///< canonical witnesses, likewise

  bool operator==(const Counts&) const = default;
  Counts& operator+=(const Counts& other);
  /// Counts what a claim says of one system, but not the system.
  void include(Outcome outcome);
};

/// A witness with its exact gain.
struct Found {
  SystemIndex system;
  exact::Rational gain;

  bool operator==(const Found&) const = default;
};

/// The answer for some ranks. It does not depend on how they were cut into shards, but for the filter's
/// counters nothing depends on how they were decided.
struct Result {
  Counts counts;
  std::optional<SystemIndex> first;  ///< the first witness in the declared order
  std::optional<Found> extreme;  ///< a witness of the largest gain, the first of these in the declared order

  bool operator==(const Result&) const = default;

  /// Counts a system of the family.
  void include(const SystemSpace& space, const SystemIndex& system, const Decision& decision);
  void include_first(const SystemSpace& space, const SystemIndex& system);
  void include_extreme(const SystemSpace& space, const SystemIndex& system, const exact::Rational& gain);
};

/// The answer for two disjoint sets of ranks together: commutative and associative.
Result merge(const SystemSpace& space, const Result& a, const Result& b);

/// Visits the range one system at a time; counts orbits if `symmetry` is given. REQUIRES: the range lies
/// within space.all().
Result search_each(const SystemSpace& space, const SystemClaim& claim, RankRange range,
                   const Symmetry* symmetry = nullptr);

}  // namespace crosshead::search

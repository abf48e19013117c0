#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "crosshead/search/claims.hpp"
#include "crosshead/search/result.hpp"
#include "crosshead/search/space.hpp"

namespace crosshead::search {

/// Decides a built-in claim over a space, exactly: a floating filter with proven bounds decides most systems,
/// eight or more at a time, in lanes that step through exact integers first; what it leaves open is decided
/// in exact arithmetic. Single heads are evaluated once, when the search is made.
///
/// A search is cut into *shards*, ranges of ranks. Whoever runs them (threads, processes, a filter on another
/// device) makes a Result of each with `run` or its equal, and merges: the outcome is the same in whatever
/// way and order.
class ExhaustiveSearch {
 public:
  /// The space must outlive the search. `threads` evaluate the single heads. With `symmetry` orbits are
  /// counted as well, which takes longer than the search itself. REQUIRES: threads >= 1.
  ExhaustiveSearch(const SystemSpace& space, const Question& question, int threads, bool symmetry = false);
  ~ExhaustiveSearch();
  ExhaustiveSearch(const ExhaustiveSearch&) = delete;
  ExhaustiveSearch& operator=(const ExhaustiveSearch&) = delete;

  const SystemSpace& space() const;
  const Question& question() const;
  /// What the filter's lanes are compiled for; "none" where the numbers are too large for them.
  std::string instructions() const;

  /// Ranks of a shard of this range: some hundredths of a second's work, less where the range is small. Does
  /// not depend on the machine.
  std::uint64_t shard_size(RankRange range) const;

  /// The answer for the range. Thread-safe. REQUIRES: the range lies within space().all().
  Result run(RankRange range) const;

  /// One system in exact arithmetic, without the filter.
  Decision decide(const SystemIndex& system) const;

  /// For tests: the kernels of one instruction set instead of the widest. Throws std::invalid_argument for
  /// one that this machine lacks. REQUIRES: no run in progress.
  void use_instructions(const std::string& instructions);
  static std::vector<std::string> available_instructions();

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

/// What was done of a range; not complete if it was stopped.
struct Answer {
  Result result;
  bool complete = false;
};

}  // namespace crosshead::search

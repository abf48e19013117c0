#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "word_bounds.hpp"

#include "crosshead/heads/words.hpp"

namespace crosshead::heads {

/// A word that a pass has completed, letters of WordBounds, with an upper bound on its contribution.
struct Finalist {
  HeadWord word;
  Scaled bound;
};

/// One pass over all lengths.
struct FrontierResult {
  std::vector<Finalist> finalists;  ///< largest bound first
  Scaled dropped;        ///< largest bound of a prefix that lacked room or, if not finished, was left
  bool finished = true;  ///< false: stopped by `keep_going`, or out of work; no finalists
  double multiply_adds = 0;
};

/// The prefixes of one length that may still become one of the `wanted` largest words, extended letter by
/// letter, at most `room` of each length. Every word that is not a finalist contributes at most
/// max(cut, dropped, K-th largest finalist): see word_search.hpp for the three reasons. The first (cut) and
/// second (dominance) need no record, by induction on the length at which a word was lost.
class Frontier {
 public:
  /// Asked before each letter with the letters decided and the prefixes held.
  using KeepGoing = std::function<bool(int letters, std::size_t prefixes)>;

  /// `source` is the sink's place among the nodes of `bounds`, `target` the wanted node's.
  Frontier(const WordBounds& bounds, std::size_t source, std::size_t target, int steps, std::size_t wanted,
           int threads);

  /// Room that fits in memory.
  std::size_t most_room() const;

  /// One pass with room for `room` prefixes; contributions of at most `cut` are of no interest. Stops when it
  /// has done `work` multiply-adds.
  FrontierResult run(std::size_t room, const Scaled& cut, double work, const KeepGoing& keep_going);

 private:
  struct Candidate {
    double bound = 0;  ///< in units of the step
    std::uint32_t parent = 0;
    std::uint32_t letter = 0;
  };
  struct Step {
    std::vector<std::uint32_t> parents, letters;
  };

  void find_candidates(int left, double cut, std::vector<Candidate>& candidates);
  void look_ahead(int left, double cut, std::vector<Candidate>& candidates);
  /// Keeps the `room` largest bounds; the largest one lost is the result, 0 when all fit.
  static double make_room(std::size_t room, std::vector<Candidate>& candidates);
  void extend(const std::vector<Candidate>& candidates, Step& step);
  void drop_dominated(int left, std::vector<Candidate>& candidates);
  /// Calls `use(letter, places, count, rows)` with gathered rows of parents, all of one letter, on all
  /// threads; `places` are those of the candidates that they belong to.
  template <typename Use>
  void by_letter(const std::vector<Candidate>& candidates, const Use& use);

  const WordBounds& bounds_;
  std::size_t source_, target_;
  int steps_;
  std::size_t wanted_;
  int threads_;
  double multiply_adds_ = 0;

  std::vector<double> rows_, next_;  ///< prefixes x width, in units of 2^exponent_
  std::size_t count_ = 0;
  std::int64_t exponent_ = 0;
  double raised_ = 0;  ///< entries of rows_ are too large by at most this, beyond rounding
};

}  // namespace crosshead::heads

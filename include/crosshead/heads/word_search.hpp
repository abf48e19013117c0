#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "crosshead/exact/matrix.hpp"
#include "crosshead/heads/words.hpp"

namespace crosshead::heads {

/// Work that largest_words may do before it answers without proof. Counted, not timed.
struct WordSearchLimits {
  double multiply_adds = 2e11;    ///< floating-point; the first pass is finished in any case
  std::size_t first_room = 256;   ///< prefixes of each length in the first pass, or 2 K if that is more
  std::size_t exact_words = 500;  ///< words beyond the wanted ones that are evaluated exactly to settle ties
};

/// Where a search is: pass (from 1), letters of a word decided, prefixes held. False stops the search.
using WordSearchProgress = std::function<bool(int pass, int letters, std::size_t prefixes)>;

/// The largest words, exactly.
struct LargestWords {
  std::vector<WordValue> words;  ///< at most K, by comes_before
  /// Whether no other word contributes more than the last one listed (words with equal contributions are
  /// interchangeable), and fewer than K only if there are no more.
  bool proven = false;
  /// No word that is not listed contributes more; the last listed contribution, or 0 when every word is
  /// listed, if proven.
  exact::Rational bound;
};

/// The K words of `steps` letters with the largest contributions beta_{h_1} ... beta_{h_t} (D_{h_1} ...
/// D_{h_t})_{sink node}, for lists too long to make (27). Branch and bound over prefixes, letter by letter
/// from the sink, in floating point with proven margins; what is listed is evaluated and ordered exactly.
///
/// A prefix x = e_sink B_{h_1} ... B_{h_s}, B_h = beta_h D_h, is left aside for one of three reasons:
/// - its bound: no completion exceeds max over words w of d letters of x B_w U_{t-s-d}, with U_0 = e_node and
///   U_r(k) = max over words w of b letters of (B_w U_{r-b})(k). Proof: if v <= U_{r-b} entrywise for every
///   completion v of r - b letters, then B_w v <= B_w U_{r-b} <= U_r, as B_w >= 0. The bound lets each node
///   choose its own next b letters, which a word may not; it is tight when all choose alike, as they do
///   wherever one head is the best everywhere or the mass sits on one node;
/// - dominance: K other prefixes of its length have (y - x) v >= 0 for every v between the least and the
///   largest completions, so every word through x has K others that are as large;
/// - room: too many prefixes are left. Then the largest bound set aside is remembered, and the search is
///   repeated with more room while the limits allow.
/// Proven when what lacked room is bounded by the K-th largest exact value.
/// Shapes: matrices n x n, nonnegative; weights >= 0, one per matrix. REQUIRES: steps >= 1, K >= 1.
/// Nothing when `progress` says stop.
std::optional<LargestWords> largest_words(const std::vector<exact::RationalMatrix>& matrices,
                                          const std::vector<exact::Rational>& weights, int sink, int node,
                                          int steps, std::size_t wanted, const WordSearchLimits& limits = {},
                                          const WordSearchProgress& progress = {});

}  // namespace crosshead::heads

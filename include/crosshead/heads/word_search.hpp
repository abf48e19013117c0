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
  int threads = 1;                ///< the answer does not depend on them
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
/// - its bound: no completion of r letters that begins with the word w of e letters exceeds x E_r^w, where
///   E_0 = e_node and E_r^{h_1 ... h_e} = max over h of B_{h_1} E_{r-1}^{h_2 ... h_e h}, entry by entry.
///   Proof: a completion is B_{h_1} v for a completion v of r - 1 letters that begins with some h_2 ... h_e
///   h; if v <= E_{r-1}^{h_2 ... h_e h} then B_{h_1} v <= E_r^w, as B_{h_1} >= 0. The bound lets each node
///   choose a letter of its own e letters ahead, which a word may not. It is tight where the choices agree:
///   when one head is the best everywhere, when the mass sits on one node, and nearly so when e letters
///   forget which letter follows;
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

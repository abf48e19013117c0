#pragma once

#include <vector>

#include "crosshead/exact/integer_matrix_list.hpp"
#include "crosshead/heads/words.hpp"

namespace crosshead::heads {

/// One route of a word: nodes tau = k_0, k_1, ..., k_t = j in the order of the letters (the step next to the
/// sink first), with the product D_{h_1}(k_0, k_1) ... D_{h_t}(k_{t-1}, k_t).
struct NodePath {
  std::vector<int> nodes;  ///< t + 1 nodes
  exact::Rational value;   ///< positive
};

/// The routes of a word from one node to the sink; their values sum to the word's value.
struct WordPaths {
  exact::Integer count;           ///< all routes with a nonzero product
  std::vector<NodePath> largest;  ///< the `most` largest, largest first, ties in lexicographic order
  exact::Rational listed;         ///< sum over `largest`; the word's value when none is left out
};

/// Best-first over prefixes of routes, with the exact largest completion from each node as the bound: a
/// prefix is opened only if it belongs to a listed route (or ties with one).
WordPaths word_paths(const exact::IntegerMatrixList& matrices, int sink, int node, const HeadWord& word,
                     std::size_t most);

}  // namespace crosshead::heads

#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "crosshead/exact/integer_matrix_list.hpp"
#include "crosshead/heads/head_system.hpp"

namespace crosshead::heads {

/// A head word h_1 ... h_t (heads counted from 0 here) stands for D_{h_1} ... D_{h_t} (27): its leftmost
/// letter is the step next to the sink, its last the step next to the node that is heard.
using HeadWord = std::vector<int>;

/// A word with what it carries from one node to the sink.
struct WordValue {
  HeadWord word;
  exact::Rational value;     ///< (D_{h_1} ... D_{h_t})_{tau j}
  exact::Rational weighted;  ///< beta_{h_1} ... beta_{h_t} value
};

/// Larger contributions first, then larger values, then words in lexicographic order.
bool comes_before(const WordValue& a, const WordValue& b);

/// The diffusion matrix of every head. Throws exact::InputError(file, "heads[k]", ...) for a head that has
/// none: its words have no values.
std::vector<exact::RationalMatrix> diffusion_matrices(const HeadSystem& system, Reading reading,
                                                      const std::string& file);

/// How many words of `steps` letters from `letters` have a nonzero value at each node, length n. Counts by
/// the sets of nodes that a word hears, not word by word; nothing when there are more than `most_sets` such
/// sets. Shapes: n x n matrices.
std::optional<std::vector<exact::Integer>> count_words(const std::vector<exact::RationalMatrix>& matrices,
                                                       const std::vector<int>& letters, int sink, int steps,
                                                       std::size_t most_sets = 100'000);

/// Called with every word of nonzero value at `node`, numerator over matrices.denominator()^steps; false
/// stops the visit.
using WordVisitor = std::function<bool(const HeadWord& word, int node, const exact::Integer& numerator)>;

/// Visits the words of `steps` letters from `letters` that are nonzero at a node of `nodes`, in lexicographic
/// order. Row vectors e_tau D_{h_1} ... are kept on a stack, so words share the work of common prefixes, and
/// a prefix that no wanted node can complete is pruned. Returns false when the visitor stopped it.
/// REQUIRES: steps >= 0, letters ascending.
bool visit_words(const exact::IntegerMatrixList& matrices, const std::vector<int>& letters, int sink,
                 int steps, const std::vector<int>& nodes, const WordVisitor& visit);

/// Row `sink` of D_{h_1} ... D_{h_t} as numerators over matrices.denominator()^t, length n.
std::vector<exact::Integer> word_row(const exact::IntegerMatrixList& matrices, int sink,
                                     const HeadWord& word);

/// The product of the weights of a word's letters.
exact::Rational word_weight(const std::vector<exact::Rational>& weights, const HeadWord& word);

}  // namespace crosshead::heads

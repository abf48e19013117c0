#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crosshead/exact/weight_polynomial.hpp"
#include "crosshead/exact/weight_polynomial_power.hpp"
#include "crosshead/heads/expansion.hpp"
#include "crosshead/heads/head_system.hpp"
#include "crosshead/heads/word_paths.hpp"
#include "crosshead/heads/words.hpp"

namespace crosshead::cli {

/// What `expand` was asked for.
struct ExpandRequest {
  std::string file;
  int steps = 0;
  std::string from;                  ///< empty: every node
  std::optional<std::size_t> top;    ///< only the largest words
  double effort = 1;                 ///< allowance of the search for them, 1 is the usual
  int threads = 1;                   ///< for that search; the answer does not depend on them
  std::optional<std::size_t> paths;  ///< list this many routes of every word
  bool symbolic = false;             ///< weights are unknowns: no weighted values, no total
  bool eliminate = false;            ///< add the polynomial with b_H = 1 - b_1 - ... - b_{H-1}
  heads::Reading reading = heads::Reading::as_stored;
};

/// The expansion of one node's signal.
struct NodeExpansion {
  int node = 0;
  std::optional<heads::SignalSplit> split;            ///< none when symbolic
  std::optional<exact::WeightPolynomial> polynomial;  ///< none when it would be too large
  std::optional<exact::WeightPolynomial> on_simplex;  ///< when asked for
  std::optional<exact::Integer> nonzero;              ///< how many words contribute, when counted
  bool listed = false;                                ///< whether `words` holds what was asked for
  std::vector<heads::WordValue> words;                ///< symbolic: weighted equals value
  std::optional<exact::Rational> bound;               ///< --top: no word that is not listed contributes more
  bool proven = true;                                 ///< --top: the listed ones are the largest
  std::vector<heads::WordPaths> paths;                ///< one for each word when asked for
};

/// The whole answer.
struct Expansion {
  std::vector<int> letters;         ///< heads that words are made of: positive weight, or all when symbolic
  exact::Integer all_words;         ///< letters^steps
  exact::Integer polynomial_terms;  ///< C(steps + H - 1, H - 1)
  std::vector<NodeExpansion> nodes;
  bool proven() const;  ///< every node's words are
  std::string refusal;  ///< why the full list of words was not made; empty when it was
};

/// The node named by --from, or every node. Throws exact::UsageError for an unknown name.
std::vector<int> wanted_nodes(const heads::HeadSystem& system, const std::string& from);

/// What is under way: a node (its place among those wanted) and what of it. False stops the work.
using ExpandProgress = std::function<bool(std::size_t node, const std::string& part)>;

/// Computes what is asked for; nothing when `progress` says stop. Totals, shares and, within memory, the
/// polynomial are always complete; a list of more than a limit of words is refused in `refusal`. Throws
/// exact::UsageError for an unknown node and exact::InputError for a head without diffusion matrix.
std::optional<Expansion> expand(const heads::HeadSystem& system, const ExpandRequest& request,
                                const ExpandProgress& progress);

}  // namespace crosshead::cli

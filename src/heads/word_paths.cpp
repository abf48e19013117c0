// The routes of a word, largest first. Backwards dynamic programming gives, for every node and number of
// steps left, the number of routes and the largest product; forwards, a queue of prefixes ordered by
// (product so far) * (largest completion), which is exact, so prefixes leave it in order of their best route.
#include "crosshead/heads/word_paths.hpp"

#include <queue>

namespace crosshead::heads {
namespace {

using exact::Integer;
using exact::IntegerMatrixList;
using exact::Rational;

/// For r = 0..t: completions of the last r letters from each node to the wanted one.
struct Completions {
  std::vector<std::vector<Integer>> count, largest;  ///< shape t + 1, n; products over d^r
};

Completions completions(const IntegerMatrixList& matrices, int node, const HeadWord& word) {
  const auto n = static_cast<std::size_t>(matrices.size());
  Completions result;
  result.count.assign(word.size() + 1, std::vector<Integer>(n, 0));
  result.largest = result.count;
  result.count[0][static_cast<std::size_t>(node)] = 1;
  result.largest[0][static_cast<std::size_t>(node)] = 1;
  for (std::size_t r = 1; r <= word.size(); ++r) {
    const int letter = word[word.size() - r];
    for (std::size_t k = 0; k < n; ++k) {
      Integer& best = result.largest[r][k];
      for (const auto& entry : matrices.row(letter, static_cast<int>(k))) {
        const auto l = static_cast<std::size_t>(entry.column);
        result.count[r][k] += result.count[r - 1][l];
        Integer product = entry.value * result.largest[r - 1][l];
        if (product > best) best = std::move(product);
      }
      best *= matrices.row_factor(static_cast<int>(k));
    }
  }
  return result;
}

/// The beginning of a route and the largest product that it can end with, over d^t.
struct Prefix {
  Integer bound;
  Integer product;  ///< over d^(nodes.size() - 1)
  std::vector<int> nodes;

  /// Order of a priority queue: the last is served first.
  bool operator<(const Prefix& other) const {
    return bound != other.bound ? bound < other.bound : nodes > other.nodes;
  }
};

}  // namespace

WordPaths word_paths(const IntegerMatrixList& matrices, int sink, int node, const HeadWord& word,
                     std::size_t most) {
  const Completions rest = completions(matrices, node, word);
  WordPaths result;
  result.count = rest.count[word.size()][static_cast<std::size_t>(sink)];
  const Integer denominator =
      boost::multiprecision::pow(matrices.denominator(), static_cast<unsigned>(word.size()));
  std::priority_queue<Prefix> queue;
  if (result.count != 0) queue.push({rest.largest[word.size()][static_cast<std::size_t>(sink)], 1, {sink}});
  while (!queue.empty() && result.largest.size() < most) {
    const Prefix prefix = queue.top();
    queue.pop();
    const std::size_t done = prefix.nodes.size() - 1;
    if (done == word.size()) {
      result.largest.push_back({prefix.nodes, Rational(prefix.product, denominator)});
      result.listed += result.largest.back().value;
      continue;
    }
    const int here = prefix.nodes.back();
    for (const auto& entry : matrices.row(word[done], here)) {
      const Integer& completion =
          rest.largest[word.size() - done - 1][static_cast<std::size_t>(entry.column)];
      if (completion == 0) continue;
      Prefix longer{0, prefix.product * entry.value * matrices.row_factor(here), prefix.nodes};
      longer.bound = longer.product * completion;
      longer.nodes.push_back(entry.column);
      queue.push(std::move(longer));
    }
  }
  return result;
}

}  // namespace crosshead::heads

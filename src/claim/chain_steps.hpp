#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "crosshead/exact/integer_row.hpp"
#include "crosshead/graph/digraph.hpp"

namespace crosshead::claim {

/// Quantities of a chain that are indexed by time, computed step by step and kept. Where a time lies beyond
/// the work that is allowed for it the answer is nothing: undecided, never wrong.

/// The rows x_t = e_start M^t of a matrix.
class RowHistory {
 public:
  /// REQUIRES: no negative entry.
  RowHistory(const exact::RationalMatrix& matrix, int start);

  /// x_t(j). REQUIRES: t >= 0.
  std::optional<exact::Rational> value(int j, std::int64_t t);
  /// The least entry of x_t, and the average of its entries.
  std::optional<exact::Rational> least(std::int64_t t);
  std::optional<exact::Rational> average(std::int64_t t);

 private:
  struct Row {
    std::vector<exact::Integer> numerators;
    exact::Integer denominator;
  };
  const Row* row(std::int64_t t);
  void copy_current(Row& row) const;

  exact::IntegerMatrix matrix_;
  int start_;
  std::unique_ptr<exact::RowIteration> iteration_;
  std::vector<Row> kept_;  ///< x_0, x_1, ..., as far as they are kept
  Row far_;                ///< the last row beyond these
  std::int64_t far_time_ = -1;
};

/// How often a walk moves: the law of the number of steps, among the first t of the walk from j, that change
/// the node.
class MoveCounts {
 public:
  /// REQUIRES: the matrix outlives this.
  explicit MoveCounts(const exact::RationalMatrix& walk) : walk_(walk) {}

  /// Probability of exactly k; zero unless 0 <= k <= t. REQUIRES: t >= 0.
  std::optional<exact::Rational> probability(int j, std::int64_t t, std::int64_t k);

 private:
  struct FromStart {
    std::vector<std::vector<exact::Rational>> state;  ///< by node and number of moves, at the last time
    std::vector<std::vector<exact::Rational>> laws;   ///< by time and number of moves
  };
  void step(FromStart& from) const;

  const exact::RationalMatrix& walk_;
  std::map<int, FromStart> starts_;
};

/// Numbers of walks in a graph by their length.
class WalkCounts {
 public:
  /// REQUIRES: the graph outlives this.
  WalkCounts(const graph::Digraph& graph, int sink);

  /// Walks of length t from j to the sink, and from j to anywhere. REQUIRES: t >= 0.
  std::optional<exact::Integer> to_sink(int j, std::int64_t t);
  std::optional<exact::Integer> anywhere(int j, std::int64_t t);

 private:
  using Counts = std::vector<std::vector<exact::Integer>>;  ///< by length and node
  std::optional<exact::Integer> count(Counts& counts, int j, std::int64_t t) const;

  const graph::Digraph& graph_;
  Counts to_sink_, anywhere_;
};

/// Rows e_i M_{w_1} M_{w_2} ... of products along words. The rows of the last word are kept for each i, so
/// that words in lexicographic order share their prefixes.
class WordProducts {
 public:
  /// (M_{w_1} ... M_{w_t})_{ij} for M_h = D_h, or (I + D_h) / 2 if `halved`. One matrix per head, null where
  /// the word does not use it.
  exact::Rational entry(const std::vector<int>& word,
                        const std::vector<const exact::RationalMatrix*>& matrices, bool halved, int i, int j);

 private:
  struct Prefixes {
    std::vector<int> word;
    std::vector<std::vector<exact::Rational>> rows;  ///< one more than letters
  };
  std::map<int, Prefixes> by_row_;
};

}  // namespace crosshead::claim

#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crosshead/exact/rational.hpp"
#include "crosshead/graph/enumeration.hpp"
#include "crosshead/heads/head_system.hpp"

namespace crosshead::search {

/// Which graphs may be heads, and which systems of them belong to the family (certificate/FORMAT.md, section
/// 3). The sink is the last node.
enum class Family {
  unique_sink,    ///< feedforward, self-loops everywhere, the sink is the only sink of every head
  union_sink,     ///< feedforward, self-loops everywhere, the sink is the only sink of the union of the heads
  optional_loops  ///< feedforward, each self-loop present or not; matrices may be undefined
};
std::string name_of(Family family);

using WeightVector = std::vector<exact::Rational>;

/// Systems of H distinct heads of a family, each with a weight vector.
///
/// A system is a choice of heads together with one of the vectors of `weights`; the h-th weight belongs to
/// the h-th head. Unordered (the default): the heads of a system stand in ascending order of their codes, so
/// each set of heads occurs once with each vector. Ordered: every arrangement of distinct heads occurs with
/// each vector. Renumbering the heads together with their weights does not change a system in substance: an
/// unordered space counts such systems once exactly when `weights` is closed under permutation, as the
/// vectors made below are.
struct Space {
  Family family = Family::unique_sink;
  int nodes = 2;
  int heads = 2;
  bool ordered = false;
  std::vector<WeightVector> weights;  ///< distinct, positive, each with sum 1, in the order of search
};

/// 1/H for each head.
std::vector<WeightVector> uniform_weights(int heads);
/// All distinct permutations, in lexicographic order: each assignment of these weights to a set of heads.
std::vector<WeightVector> permutations_of(WeightVector weights);
/// All positive multiples of 1/denominator with sum 1, in lexicographic order: FORMAT.md's inner_grid.
/// Throws exact::UsageError if there are none, or more than a million.
std::vector<WeightVector> inner_grid(int heads, int denominator);

/// One system of a space: heads by their positions in the ascending list of codes, and the weight vector's.
struct SystemIndex {
  std::vector<std::uint32_t> heads;
  std::uint32_t weights = 0;

  auto operator<=>(const SystemIndex&) const = default;
};

/// Ranks first, ..., first + count - 1.
struct RankRange {
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

/// Systems that share everything but their last head, whose position runs through [begin, end).
struct Run {
  std::uint32_t weights = 0;
  std::vector<std::uint32_t> prefix;  ///< the first H - 1 heads
  std::uint32_t begin = 0, end = 0;
};

/// A space with its heads listed. *Candidates* are all choices of distinct heads with all weight vectors;
/// they are numbered by ranks 0, 1, ...: by weight vector, then lexicographically by the positions of the
/// heads. All candidates are systems of the family, but for union_sink, where the sink must be the only one
/// of the union.
///
/// The declared order of systems (which one is the "first" witness) is FORMAT.md's: by total number of edges,
/// then by codes, then by weight vector.
class SystemSpace {
 public:
  /// Largest number of heads that are listed, and of nodes.
  static constexpr std::uint64_t kMaxHeads = std::uint64_t{1} << 22;
  static constexpr int kMaxNodes = 8;

  /// Throws exact::UsageError, with the size, where there is no such system, the heads are more than
  /// kMaxHeads or the candidates do not fit 63 bits.
  explicit SystemSpace(Space space);

  const Space& space() const { return space_; }
  std::uint64_t candidates() const { return tuples_ * space_.weights.size(); }
  RankRange all() const { return {0, candidates()}; }

  const std::vector<graph::GraphCode>& codes() const { return codes_; }
  /// The graph family that the codes are of.
  graph::GraphFamily graph_family() const;
  graph::Digraph graph(std::uint32_t head) const;
  int edges(std::uint32_t head) const { return edges_[head]; }
  /// Bit j: node j has no edge to a later node.
  std::uint32_t stuck_nodes(std::uint32_t head) const { return stuck_[head]; }

  /// REQUIRES: rank < candidates().
  SystemIndex at(std::uint64_t rank) const;
  std::uint64_t rank_of(const SystemIndex& system) const;
  bool in_family(const SystemIndex& system) const;
  /// Whether a comes before b in the declared order.
  bool before(const SystemIndex& a, const SystemIndex& b) const;
  /// The system as a document can hold it: named by its rank, nodes "1", ..., "n".
  heads::HeadSystem system(const SystemIndex& index) const;

  /// Cuts the range into runs, in the order of ranks. REQUIRES: the range lies within all().
  void for_each_run(RankRange range, const std::function<void(const Run&)>& visit) const;

 private:
  std::uint64_t arrangements(std::uint64_t heads, int count) const;

  Space space_;
  std::vector<graph::GraphCode> codes_;
  std::vector<std::uint8_t> edges_, stuck_;
  std::uint64_t tuples_ = 0;
};

/// Number of candidates, and of systems, by closed forms. With m graphs there are C(m, H) sets (ordered:
/// m (m-1) ... (m-H+1) arrangements) for each weight vector; those whose union has the sink as its only one
/// are counted by inclusion and exclusion over the set of nodes without an edge to a later node in any head.
exact::Integer candidate_count(const Space& space);
exact::Integer system_count(const Space& space);

}  // namespace crosshead::search

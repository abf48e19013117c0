#pragma once

#include <optional>
#include <utility>
#include <vector>

namespace crosshead::graph {

/// A directed graph on nodes 0..n-1, listed in the order that "feedforward" is judged by (node n-1 is last).
/// Each ordered pair is an edge at most once; neighbour lists are ascending. Nothing else is assumed:
/// feedforward (Def. 2.1) and unique sink (Def. 2.2) are checked predicates below.
class Digraph {
 public:
  explicit Digraph(int nodes, bool self_loops = false);

  int size() const { return static_cast<int>(out_.size()); }
  /// Adds j -> i. Returns false if it was there already. Throws std::out_of_range for nodes outside 0..n-1.
  bool add_edge(int from, int to);
  bool has_edge(int from, int to) const;
  /// Targets of edges leaving `node`, and sources of edges entering it, ascending.
  const std::vector<int>& successors(int node) const { return out_[static_cast<std::size_t>(node)]; }
  const std::vector<int>& predecessors(int node) const { return in_[static_cast<std::size_t>(node)]; }
  int edge_count() const;

  bool operator==(const Digraph& other) const = default;

 private:
  std::vector<std::vector<int>> out_;
  std::vector<std::vector<int>> in_;
};

/// The first edge (from, to) with from > to, if any: the graph is feedforward (Def. 2.1) exactly when there
/// is none.
std::optional<std::pair<int, int>> first_backward_edge(const Digraph& graph);
inline bool is_feedforward(const Digraph& graph) {
  return !first_backward_edge(graph);
}

/// Nodes without an edge to a distinct node, ascending. `sink` is the unique sink (Def. 2.2) exactly when
/// this list is {sink}.
std::vector<int> sinks(const Digraph& graph);
bool has_unique_sink(const Digraph& graph, int sink);

/// Union of edges. REQUIRES: equal sizes.
Digraph union_of(const std::vector<Digraph>& graphs);

/// reachable[v]: there is a path (possibly empty) from `from` to v.
std::vector<bool> reachable_from(const Digraph& graph, int from);
/// reaching[v]: there is a path (possibly empty) from v to `to`.
std::vector<bool> reaching(const Digraph& graph, int to);

/// Strongly connected components (Tarjan). component[v] is the index of v's class; classes are numbered so
/// that an edge between different classes goes from the higher index to the lower one.
struct Components {
  std::vector<int> component;
  std::vector<std::vector<int>> members;  ///< ascending within each class
};
Components strongly_connected_components(const Digraph& graph);

/// An order of the nodes in which every non-loop edge goes forward, smallest available node first, or nothing
/// if the graph has a cycle of length two or more.
std::optional<std::vector<int>> topological_order(const Digraph& graph);

/// Period of the strongly connected class `members`: gcd of its cycle lengths; 0 if it has no cycle at all.
int period(const Digraph& graph, const std::vector<int>& members);

}  // namespace crosshead::graph

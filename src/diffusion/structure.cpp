#include "structure.hpp"

#include <algorithm>

#include "crosshead/heads/head_system.hpp"

namespace crosshead::diffusion {
namespace {

/// Whether the class of k keeps all its mass: every move stays inside and every row sums to 1.
bool keeps_its_mass(const Structure& s, int k) {
  const int component = s.components.component[static_cast<std::size_t>(k)];
  const auto& members = s.components.members[static_cast<std::size_t>(component)];
  return std::all_of(members.begin(), members.end(), [&](int member) {
    const auto& moves = s.graph.predecessors(member);
    return s.row_sums[static_cast<std::size_t>(member)] == 1 &&
           std::all_of(moves.begin(), moves.end(), [&](int target) {
             return s.components.component[static_cast<std::size_t>(target)] == component;
           });
  });
}

/// Acyclic apart from self-loops, any row sums.
Fate acyclic_fate(const Structure& s, const std::vector<int>& feeders, int j) {
  int full = 0;  // feeders that keep all the mass they have and still pass some on towards j
  std::vector<int> keepers;
  for (int k : feeders) {
    const auto& loop = s.loops[static_cast<std::size_t>(k)];
    if (loop > 1) return Fate::unbounded;
    if (k != j && loop == 1) {
      ++full;
      keepers.push_back(k);
    }
  }
  if (full == 0) return s.loops[static_cast<std::size_t>(j)] == 1 ? Fate::absorbing : Fate::transient;
  if (s.loops[static_cast<std::size_t>(j)] == 1) return Fate::unbounded;
  // Two keepers on one path pile up linearly growing mass; a single one leaves a finite limit that is not 0.
  for (int upper : keepers) {
    const std::vector<bool> upstream = graph::reachable_from(s.graph, upper);
    for (int other : keepers) {
      if (other != upper && upstream[static_cast<std::size_t>(other)]) return Fate::unbounded;
    }
  }
  return Fate::unknown;
}

Fate cyclic_fate(const Structure& s, const std::vector<int>& feeders, int j) {
  const bool bounded = std::all_of(feeders.begin(), feeders.end(),
                                   [&](int k) { return s.row_sums[static_cast<std::size_t>(k)] <= 1; });
  if (!bounded) return Fate::unknown;
  if (!keeps_its_mass(s, j)) return Fate::transient;
  const int component = s.components.component[static_cast<std::size_t>(j)];
  return s.components.members[static_cast<std::size_t>(component)].size() == 1 ? Fate::absorbing
                                                                               : Fate::recurrent;
}

}  // namespace

Structure::Structure(const exact::RationalMatrix& matrix, int sink_node)
    : sink(sink_node),
      graph(heads::support(matrix)),
      heard(graph::reaching(graph, sink_node)),
      order(graph::topological_order(graph)),
      components(graph::strongly_connected_components(graph)) {
  const int n = matrix.size();
  for (int k = 0; k < n; ++k) {
    row_sums.push_back(matrix.row_sum(k));
    loops.push_back(matrix.at(k, k));
  }
  for (int j = 0; j < n; ++j) {
    if (!heard[static_cast<std::size_t>(j)]) {
      fates.push_back(Fate::unheard);
    } else {
      fates.push_back(order ? acyclic_fate(*this, feeders(j), j) : cyclic_fate(*this, feeders(j), j));
    }
  }
}

std::vector<int> Structure::feeders(int j) const {
  const std::vector<bool> below = graph::reachable_from(graph, j);
  std::vector<int> result;
  for (int k = 0; k < graph.size(); ++k) {
    if (below[static_cast<std::size_t>(k)] && heard[static_cast<std::size_t>(k)]) result.push_back(k);
  }
  return result;
}

exact::RationalMatrix restricted_to_feeders(const exact::RationalMatrix& matrix, const Structure& structure,
                                            const std::vector<int>& nodes) {
  std::vector<bool> kept(static_cast<std::size_t>(matrix.size()));
  for (int j : nodes) {
    for (int k : structure.feeders(j)) kept[static_cast<std::size_t>(k)] = true;
  }
  exact::RationalMatrix result(matrix.size());
  for (int i = 0; i < matrix.size(); ++i) {
    if (!kept[static_cast<std::size_t>(i)]) continue;
    for (const auto& entry : matrix.row(i)) {
      if (kept[static_cast<std::size_t>(entry.column)]) result.append(i, entry.column, entry.value);
    }
  }
  return result;
}

}  // namespace crosshead::diffusion
